"""Grows the autoencoder of 128 pixels into one of 256 with the same latents; knows no text and no noise.

The encoder learns to say of the large picture what the small one says of its half; the decoder learns to paint twice
as large, and sharper. The latents stay as they are, so the denoiser need not be trained again.
"""

from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny
from torch import nn

from training.poster import dataset, latents
from training.poster.autoencoder import LEVELS, NOISE, WIDTH, picture_loss, psnr
from training.poster.latents import as_tensor
from training.poster.loop import Task
from training.scenes import PICTURE_SIZE

CROP, CROPS, WHOLE = 8, 8, 1  # latents a side of a crop for the decoder; crops and whole pictures a step and process


@torch.no_grad()
def grow(small: AutoencoderTiny) -> AutoencoderTiny:
    """One level more at both outer ends; everything further in is copied."""
    large = AutoencoderTiny(
        encoder_block_out_channels=(WIDTH,) * (LEVELS + 1),
        decoder_block_out_channels=(WIDTH,) * (LEVELS + 1),
        num_encoder_blocks=(0, 0, 1, 2, 2),
        num_decoder_blocks=(3, 3, 2, 1, 0),
        scaling_factor=small.config["scaling_factor"],
    )
    old, new = list(small.encoder.layers), list(large.encoder.layers)
    _copy([old[0], *old[1:]], [new[0], *new[2:]])
    halving = new[1]
    assert isinstance(halving, nn.Conv2d)
    nn.init.zeros_(halving.weight)
    for channel in range(WIDTH):
        halving.weight[channel, channel, 1:, 1:] = 0.25
    old, new = list(small.decoder.layers), list(large.decoder.layers)
    shared = len(old) - 1
    _copy([*old[:shared], old[-1]], [*new[:shared], new[-1]])
    *_, last_of_block = (part for part in new[shared].modules() if isinstance(part, nn.Conv2d))
    doubling = new[-2]
    assert isinstance(doubling, nn.Conv2d)
    nn.init.zeros_(last_of_block.weight)
    nn.init.dirac_(doubling.weight)
    return large


def _copy(old: list[nn.Module], new: list[nn.Module]) -> None:
    for source, target in zip(old, new, strict=True):
        target.load_state_dict(source.state_dict())


class Examples:
    """Latents with the large pictures they stand for, whole or as crops."""

    def __init__(self, work: Path, scale: float):
        self.pictures = dataset.pictures(work / "data", PICTURE_SIZE)
        self.first = dataset.kept_back(len(self.pictures))
        self.latents, _ = latents.load(work / "latents", work / "data")
        self.scale, self.rng = scale, np.random.default_rng()
        self.patch = PICTURE_SIZE // self.latents.shape[-1]

    def next(self, count: int, side: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Latents (count, 4, side, side) and pictures (count, 3, side x 16, side x 16)."""
        codes, pictures = [], []
        room = self.latents.shape[-1] - side
        for _ in range(count):
            index, flip = self.rng.integers(self.first, len(self.pictures)), self.rng.integers(2)
            top, left = self.rng.integers(0, room + 1, 2)
            y, x, pixels = top * self.patch, left * self.patch, side * self.patch
            picture = self.pictures[index][:, ::-1] if flip else self.pictures[index]
            pictures.append(picture[y : y + pixels, x : x + pixels])
            codes.append(self.latents[index + flip * len(self.pictures), :, top : top + side, left : left + side])
        return torch.stack(codes).float() * self.scale, as_tensor(np.stack(pictures))


def begin(work: Path) -> Task:
    """The grown autoencoder, and the losses of its two halves, which train side by side."""
    small = AutoencoderTiny.from_pretrained(work / "autoencoder")
    model = grow(small)
    examples = Examples(work, scale=1 / small.config["scaling_factor"])
    whole = examples.latents.shape[-1]

    def next_loss() -> torch.Tensor:
        codes, pictures = examples.next(WHOLE, whole)
        encoding = (model.encoder(pictures) - codes).square().mean()
        codes, pictures = examples.next(CROPS, CROP)
        decoded = model.decoder(codes + NOISE * torch.randn_like(codes))
        return encoding + picture_loss(decoded - pictures)

    return Task(model, next_loss, lambda average: psnr(average, examples.pictures[:64]))
