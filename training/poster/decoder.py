"""Trains the decoder alone, on the latents that the denoiser learns; knows no text and no noise.

The encoder stays as it is, so the latents stay valid and the denoiser need not be trained again.
"""

from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny

from training.poster import dataset, latents
from training.poster.autoencoder import picture_loss, psnr
from training.poster.latents import as_tensor
from training.poster.loop import Task, task

CROP, BATCH = 8, 8  # latents a side of a crop; crops a step and process
NOISE = 0.03  # on latents; less than the encoder learned with, since noise blurs edges


class Examples:
    """Crops of latents with the pictures they stand for."""

    def __init__(self, work: Path, scale: float):
        self.pictures = dataset.pictures(work / "data")
        self.first = dataset.kept_back(len(self.pictures))
        self.latents, _ = latents.load(work / "latents", work / "data")
        self.scale, self.rng = scale, np.random.default_rng()

    def next(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Latents (BATCH, channels, CROP, CROP) and pictures (BATCH, 3, CROP x 16, CROP x 16)."""
        codes, pictures = [], []
        patch, room = self.pictures.shape[1] // self.latents.shape[-1], self.latents.shape[-1] - CROP
        for _ in range(BATCH):
            index, flip = self.rng.integers(self.first, len(self.pictures)), self.rng.integers(2)
            top, left = self.rng.integers(0, room + 1, 2)
            y, x, pixels = top * patch, left * patch, CROP * patch
            picture = self.pictures[index][:, ::-1] if flip else self.pictures[index]
            pictures.append(picture[y : y + pixels, x : x + pixels])
            codes.append(self.latents[index + flip * len(self.pictures), :, top : top + CROP, left : left + CROP])
        return torch.stack(codes).float() * self.scale, as_tensor(np.stack(pictures))


def begin(work: Path) -> Task:
    """The trained autoencoder with its encoder at rest, and the decoder's losses."""
    model = AutoencoderTiny.from_pretrained(work / "autoencoder")
    model.encoder.requires_grad_(False)
    examples = Examples(work, scale=1 / model.config["scaling_factor"])

    def next_loss() -> torch.Tensor:
        codes, pictures = examples.next()
        decoded = model.decoder(codes + NOISE * torch.randn_like(codes))
        return picture_loss(decoded - pictures)

    return task(model, next_loss, lambda average: psnr(average, examples.pictures[:64]))
