"""The latents that every family learns from, and the pictures they stand for; knows no family."""

from pathlib import Path

import torch
from diffusers import AutoencoderTiny
from diffusers.utils import logging

from training.poster import dataset, latents

POSTER = Path(__file__).parents[2] / "assets" / "starters" / "poster"


def autoencoder() -> AutoencoderTiny:
    """The shipped one, between pictures and latents."""
    logging.set_verbosity_error()
    return AutoencoderTiny.from_pretrained(POSTER / "vae", dtype=torch.float32).eval().requires_grad_(False)


def prepare(work: Path, pictures: int, processes: int) -> None:
    """Render and encode; what is done is not done again."""
    if not (work / "data" / "scenes.json").is_file():
        dataset.make(work / "data", pictures, processes)
    if not (work / "latents" / "latents.safetensors").is_file():
        scale = 1 / autoencoder().config["scaling_factor"]
        latents.make(work / "latents", POSTER / "vae", work / "data", processes, scale)


class Latents:
    """Latents (8, 16, 16) of unit variance, with their scenes."""

    def __init__(self, work: Path):
        self.all, self.scenes = latents.load(work / "latents", work / "data")
        pictures = len(self.scenes) // 2
        kept = dataset.kept_back(pictures)
        self.usable = torch.tensor([i for i in range(len(self.scenes)) if i % pictures >= kept])
        self.kept = torch.arange(kept)

    def draw(self, count: int) -> torch.Tensor:
        """`count` latents for training, drawn by lot."""
        return self.take(self.lots(count))

    def lots(self, count: int) -> torch.Tensor:
        return self.usable[torch.randint(len(self.usable), (count,))]

    def take(self, indices: torch.Tensor) -> torch.Tensor:
        return self.all[indices].float().contiguous(memory_format=torch.channels_last)

    def held_back(self, count: int = 256) -> torch.Tensor:
        """Latents of pictures that are never trained on."""
        return self.take(self.kept[:count])

    def labels(self, attribute: str, values: tuple[str, ...]) -> torch.Tensor:
        """The number (n,) of each scene's value of this attribute."""
        return torch.tensor([values.index(getattr(scene, attribute)) for scene in self.scenes])
