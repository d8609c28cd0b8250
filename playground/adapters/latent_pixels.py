"""Between pictures and tensors of pixels, for models that make pixels themselves; knows no model and no place."""

import numpy as np
import torch
from PIL import Image

from playground.errors import Failed


class Pixels:
    """Stands where a family of models has its autoencoder: what these models call latents are pixels from -1 to 1."""

    lossless = True

    def __init__(self, side: int, device: str):
        self.side, self.device = side, device

    def pictures(self, latents: torch.Tensor, draft: bool = False) -> list[Image.Image]:
        return as_pictures(latents)

    def latents(self, picture: Image.Image) -> torch.Tensor:
        return as_pixels(picture, self.device)

    def nearest(self, latents: torch.Tensor) -> None:
        """Nothing is known of the pictures that these models have learned from."""


def as_pictures(pixels: torch.Tensor) -> list[Image.Image]:
    """Of pixels (n, 3, height, width), about from -1 to 1; Failed if they are no numbers."""
    if not torch.isfinite(pixels).all():
        raise Failed("The model made numbers that are no picture; a place nearer to the middle may work.")
    rows = ((pixels.clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()
    return [Image.fromarray(picture) for picture in rows]


def as_pixels(picture: Image.Image, device: str) -> torch.Tensor:
    """(1, 3, height, width) from -1 to 1, of a picture in RGB."""
    return torch.from_numpy(np.array(picture)).to(device).permute(2, 0, 1)[None].float() / 127.5 - 1
