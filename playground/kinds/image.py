"""What can be asked of a model that makes pictures from words."""

from dataclasses import dataclass
from typing import Any

from playground import lora_files, samplers
from playground.param import LARGEST_SEED, Params, param
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
    format: str = param("png", choices=FORMATS, more=True, label="File format",
                        help="png keeps every pixel; the others are smaller")  # fmt: skip

    def check_together(self) -> None:
        lora_files.found(self.prompt)

    @property
    def seeds(self) -> list[int]:
        """Of each picture."""
        return [(self.seed + i) % (LARGEST_SEED + 1) for i in range(self.pictures)]

    def chosen(self, seed: int) -> dict[str, str]:
        """Both prompts, as the picture with this seed has them: after all choices."""
        return {name: alternatives.chosen(getattr(self, name), seed) for name in ("prompt", "negative_prompt")}

    def of_picture(self, seed: int) -> dict[str, Any]:
        """For its recipe: what the picture with this seed has of its own, and the prompt it was chosen from."""
        own = {name: text for name, text in self.chosen(seed).items() if text != getattr(self, name)}
        return {"seed": seed, "pictures": 1, **own, **({"chosen_from": self.prompt} if "prompt" in own else {})}

    @property
    def work(self) -> float:
        return float(self.steps * self.pictures * self.width * self.height)
