"""How a picture came about, as small pictures of its latents after some of the steps; knows no person and no line."""

import logging
from collections.abc import Sequence
from typing import Any

import torch

from playground.adapters import image_latents, schedulers
from playground.adapters.image_files import encoded
from playground.events import Media

log = logging.getLogger(__name__)
MOST_FRAMES = 5
LARGEST = 12  # latents wide and high


class Seen:
    """What the latents of one call of a pipeline were after each step."""

    def __init__(self, pipe: Any, width: int, height: int):
        self.pipe, self.width, self.height = pipe, width, height
        self.latents: list[torch.Tensor] = []

    def add(self, latents: torch.Tensor) -> None:
        self.latents.append(latents)

    def frames(self, row: int) -> tuple[Media, ...]:
        """Of the picture in this row, from noise to what came before the last step; none of a single step."""
        chosen = spread(self.latents[:-1])
        try:
            return self.decoded(row, chosen) if chosen else ()
        except Exception:  # such as too little memory: the picture is there, and nobody is to lose it for this
            log.warning("how a picture came about cannot be shown", exc_info=True)
            return ()

    def decoded(self, row: int, chosen: list[torch.Tensor]) -> tuple[Media, ...]:
        grids = [image_latents.grid(self.pipe, one[row : row + 1], self.width, self.height) for one in chosen]
        scaled = torch.cat(list(map(shrunk, grids)))
        if hasattr(self.pipe.scheduler, "betas"):
            scaled = scaled / schedulers.scale(self.pipe.scheduler)
        pictures = image_latents.decoded(self.pipe, scaled)
        return tuple(encoded(picture, "JPEG") for picture in pictures if picture)


def spread(steps: Sequence[Any]) -> list[Any]:
    """At most MOST_FRAMES of them, the first one and the others as far apart from each other."""
    count = min(MOST_FRAMES, len(steps))
    return [steps[index * len(steps) // count] for index in range(count)]


def shrunk(latents: torch.Tensor) -> torch.Tensor:
    """Half as wide and high, or less, so that a frame takes little work."""
    while max(latents.shape[-2:]) > LARGEST and min(latents.shape[-2:]) > 1:
        latents = latents[..., ::2, ::2]  # and not their mean, in which the noise would be gone
    return latents
