"""What painting begins from: noise, a mixture of two noises, or a picture; knows no line, no page and no recipe.

Where only a part of a picture is to be painted anew, the rest of the latents is put back after each step, as noisy as
the step left the others (blended latent diffusion, Avrahami et al. 2023, arXiv:2206.02779), and in the end the rest of
the pixels. Around that part each place is let go the later, the less it may change (differential diffusion, Levin and
Fried 2023, arXiv:2306.00950), so that no seam shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from diffusers import AutoPipelineForImage2Image
from PIL import Image
from torch.nn.functional import adaptive_avg_pool2d

from playground.adapters import image_latents, image_noise
from playground.errors import Failed
from playground.media import retouch
from playground.params import ImageParams

LEAST = 0.02  # of a change that is one
KEEPS_COLOURS = 0.2  # up to this strength it is about details alone


class Rest:
    """The latents that stay, of pictures that begin from one; `noise` (n, channels, height, width) is theirs."""

    def __init__(self, pipe: Any, picture: Image.Image, mask: Image.Image, noise: torch.Tensor):
        self.pipe, self.noise, self.clean = pipe, noise, image_latents.encoded(pipe, picture).to(noise)
        pixels = torch.frombuffer(bytearray(mask.tobytes()), dtype=torch.uint8).view(1, 1, *mask.size[::-1])
        self.change = (adaptive_avg_pool2d(pixels.float(), (noise.shape[-2], noise.shape[-1])) / 255).to(noise)
        self.noise, self.clean, self.change = (
            image_noise.packed(pipe, part.expand_as(noise)) for part in (self.noise, self.clean, self.change)
        )

    def put_back(self, step: int, latents: torch.Tensor) -> torch.Tensor:
        """The latents after `step`, counted from 0, with the rest as it was."""
        scheduler, steps = self.pipe.scheduler, self.pipe.num_timesteps
        clean, left = self.clean, 1 - (step + 1) / steps
        if left:
            times = scheduler.timesteps[len(scheduler.timesteps) - steps + step + 1].repeat(len(latents))
            blur = getattr(scheduler, "scale_noise", None)
            clean = blur(clean, times, self.noise) if blur else scheduler.add_noise(clean, self.noise, times)
        return torch.where(self.change > max(left, LEAST), latents, clean.to(latents.dtype))


@dataclass
class Start:
    """Where one call of a pipeline begins: the pipeline, and what it is told besides what it is always told. With a
    `picture` (width x height, RGB) it is one of image to image; `mask` (L) is 255 where that is painted anew, None if
    that is everywhere."""

    pipe: Any
    arguments: dict[str, Any] = field(default_factory=dict)
    strength: float = 1.0
    picture: Image.Image | None = None
    mask: Image.Image | None = None
    rest: Rest | None = None

    def after(self, step: int, latents: torch.Tensor) -> torch.Tensor:
        """The latents after `step`, counted from 0: what stays of a picture is put back."""
        return self.rest.put_back(step, latents) if self.rest else latents

    def finished(self, painted: Image.Image) -> Image.Image:
        """What was painted, with the rest of the old picture as it was; if little was to change, in its colours."""
        if self.picture is None:
            return painted
        if self.mask:
            return retouch.joined(painted, self.picture, self.mask)
        return retouch.coloured(painted, self.picture) if self.strength <= KEEPS_COLOURS else painted


def of(pipe: Any, params: ImageParams, seeds: Sequence[int], title: str) -> Start:
    """What the pictures with these seeds begin from; Refused if a picture cannot be read, Failed if the model, `title`,
    cannot begin from one."""
    if not params.start:
        return Start(pipe, image_noise.arguments(pipe, params, seeds))
    picture, mask = retouch.ready(params.start, params.mask, params.extend, params.width, params.height)
    other = image_to_image(pipe, title)
    # of so many steps it takes the last ones, at least one
    arguments = {"image": [picture] * len(seeds), "strength": max(params.strength, (1 + 1e-6) / params.steps)}
    start = Start(other, arguments, params.strength, picture, mask)
    if mask:
        if not image_latents.known(other):
            raise Failed(f"{title} can begin from a picture, but not change a part of it: let all of it change.")
        start.rest = Rest(other, picture, mask, image_noise.drawn(other, params, image_noise.generators(seeds)))
    return start


def image_to_image(pipe: Any, title: str) -> Any:
    """The image-to-image pipeline with the parts of a text-to-image one; Failed if there is none of its kind."""
    try:
        made = AutoPipelineForImage2Image.from_pipe(pipe)
    except ValueError:
        raise Failed(f"{title} cannot begin from a picture: take the picture away, or choose another model.") from None
    made.set_progress_bar_config(disable=True)
    return made
