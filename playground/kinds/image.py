"""What can be asked of a model that makes pictures from words."""

import secrets
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from playground import extents, lora_files, samplers
from playground.errors import Refused
from playground.param import LARGEST_SEED, RANDOM, Params, param
from playground.prompts import alternatives

FORMATS = ("png", "jpeg", "webp", "avif")


@dataclass(frozen=True, kw_only=True)
class ImageParams(Params):
    """A picture from words. Names are those of diffusers; sizes are in pixels."""

    negative_prompt: str = param("", more=True, label="Negative prompt", help="what to keep out")
    steps: int = param(20, low=1, high=100, step=1, more=True, label="Steps",
                       help="how often the noise is refined; more is slower and, up to a point, better")  # fmt: skip
    guidance_scale: float = param(5.0, low=0.0, high=20.0, step=0.5, more=True, label="Guidance",
                                  help="how strictly to follow the words; 1 turns it off")  # fmt: skip
    width: int = param(512, low=64, high=2048, step=16, unit="px", more=True, label="Width", help="of the picture")
    height: int = param(512, low=64, high=2048, step=16, unit="px", more=True, label="Height", help="of the picture")
    pictures: int = param(1, low=1, high=4, step=1, more=True, label="Pictures",
                          help="how many at once; each next one has the next seed")  # fmt: skip
    scheduler: str = param("", choices=("", *samplers.NAMES), unset="the model's own", more=True, label="Sampler",
                           help="how the noise is refined, step by step")  # fmt: skip
    schedule: str = param("", choices=("", *samplers.SCHEDULES), unset="the model's own", more=True,
                          label="Schedule type", help="how much of the noise each step takes")  # fmt: skip
    variation_seed: int = param(RANDOM, low=RANDOM, high=LARGEST_SEED, more=True, label="Variation seed",
                                help="whose noise is mixed in; -1 draws one")  # fmt: skip
    variation_strength: float = param(0.0, low=0.0, high=1.0, step=0.05, more=True, label="Variation strength",
                                      help="how much of it: a little gives much the same picture")  # fmt: skip
    start: bytes = param(b"", carried=True, holds="picture", label="Picture to start from", help="a picture's file")
    mask: bytes = param(b"", carried=True, holds="picture", label="Mask",
                        help="a picture's file: white is painted anew, black stays")  # fmt: skip
    strength: float = param(0.6, low=0.05, high=1.0, step=0.05, carried=True, label="Change",
                            help="of the picture it starts from: 0.3 keeps what is where, 1 keeps nothing")  # fmt: skip
    extend: str = param("", longest=100, carried=True, label="Extend",
                        help="the picture it starts from, by pixels a side: left 64, top 32")  # fmt: skip
    format: str = param("png", choices=FORMATS, more=True, label="File format",
                        help="png keeps every pixel; the others are smaller")  # fmt: skip

    def check_together(self) -> None:
        lora_files.found(self.prompt)
        if not self.start and (self.mask or self.extend):
            raise Refused("A mask, or a picture to be extended, needs a picture to start from.")
        extents.inner(self.extend, self.width, self.height)

    def with_seed_drawn(self) -> "ImageParams":
        drawn = super().with_seed_drawn()
        if not drawn.variation_strength or drawn.variation_seed != RANDOM:
            return drawn
        return replace(drawn, variation_seed=secrets.randbelow(LARGEST_SEED + 1))

    @property
    def seeds(self) -> list[int]:
        """Of each picture. Where another seed's noise is mixed in, that one counts up and this one stays."""
        return [self.seed] * self.pictures if self.variation_strength else counted(self.seed, self.pictures)

    @property
    def variation_seeds(self) -> list[int]:
        """Of each picture; they say nothing without a variation strength."""
        return counted(self.variation_seed, self.pictures)

    def single(self, index: int) -> "ImageParams":
        """What makes the picture of this number alone."""
        return replace(self, seed=self.seeds[index], variation_seed=self.variation_seeds[index], pictures=1)

    def chosen(self, seed: int) -> dict[str, str]:
        """Both prompts, as the picture with this seed has them: after all choices."""
        return {name: alternatives.chosen(getattr(self, name), seed) for name in ("prompt", "negative_prompt")}

    def of_picture(self, index: int) -> dict[str, Any]:
        """For its recipe: what the picture of this number has of its own, and the prompt it was chosen from."""
        seed = self.seeds[index]
        own: dict[str, Any] = {name: text for name, text in self.chosen(seed).items() if text != getattr(self, name)}
        chosen = {"chosen_from": self.prompt} if "prompt" in own else {}
        varied = {"variation_seed": self.variation_seeds[index]} if self.variation_strength else {}
        return {"seed": seed, "pictures": 1, **varied, **own, **chosen}

    @property
    def steps_done(self) -> int:
        """How many of the steps are taken: of a picture to start from, only the last ones."""
        return max(1, int(self.steps * self.strength)) if self.start else self.steps

    @property
    def alike(self) -> Hashable:
        """What a pipeline has for all pictures of a call: all but their words and their seeds. What the LoRAs of the
        first picture are, those of the others have to be too. Nobody else has what is not made from a seed alone."""
        if self.start or self.variation_strength:
            return object()
        loras = lora_files.found(self.chosen(self.seeds[0])["prompt"])
        shape = (self.width, self.height, self.steps, self.guidance_scale, self.scheduler, self.schedule)
        return (*shape, *loras)

    @property
    def seats(self) -> int:
        return self.pictures

    @property
    def work(self) -> float:
        return float(self.steps_done * self.pictures * self.width * self.height)


def counted(seed: int, count: int) -> list[int]:
    return [(seed + i) % (LARGEST_SEED + 1) for i in range(count)]
