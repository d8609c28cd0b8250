"""The autoencoder between pictures and latents, eight numbers for 16 x 16 pixels; knows no text and no noise.

It begins as what a person would write by hand: the encoder takes the mean colour of each patch, in its principal axes
with unit variance, the decoder paints the patch in that colour. Training then only has to learn what is missing, and
latents carry true colours from the first step on.
"""

import math
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny
from torch import nn

from training.poster import dataset
from training.poster.latents import as_tensor
from training.poster.loop import Task, task

WIDTH, LEVELS, CHANNELS = 32, 5, 8
CROP, BATCH = 128, 8  # pixels; crops a step and process
NOISE = 0.08  # on latents, so that what the denoiser gets slightly wrong still decodes well


def make() -> AutoencoderTiny:
    return AutoencoderTiny(
        latent_channels=CHANNELS,
        encoder_block_out_channels=(WIDTH,) * LEVELS,
        decoder_block_out_channels=(WIDTH,) * LEVELS,
        num_encoder_blocks=(0, 0, 1, 2, 2),
        num_decoder_blocks=(4, 4, 4, 2, 0),
    )


@torch.no_grad()
def start_as_patch_means(model: AutoencoderTiny, pictures: np.ndarray) -> None:
    """Let the first three channels carry colour from end to end, and the rest start small."""
    mean, to_axes, from_axes = colour_axes(pictures)
    convolutions = [(name, part) for name, part in model.named_modules() if isinstance(part, nn.Conv2d)]
    ends = {
        id(model.encoder.layers[-1]): "in",
        id(model.decoder.layers[0]): "out",
        id(model.decoder.layers[-1]): "last",
    }
    for name, part in convolutions:
        nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
        if part.bias is not None:
            nn.init.zeros_(part.bias)
        if ".conv." in name:  # inside a residual block
            if name.endswith(".conv.4"):
                part.weight.mul_(0.25)
                part.weight[:3] = 0
        else:
            carry_colour(part, ends.get(id(part), ""), mean, to_axes, from_axes)


def carry_colour(part: nn.Conv2d, end: str, mean: torch.Tensor, to_axes: torch.Tensor, from_axes: torch.Tensor) -> None:
    """Make channels 0 to 2 of a plain convolution pass on what they get; `end` says which of the special ones it is."""
    assert part.bias is not None or not end
    if end == "last":
        part.weight *= 0.03
    elif end:
        part.weight /= math.sqrt(2)
    for channel in range(3):
        part.weight[channel, :] = 0 if end != "last" else part.weight[channel]
        if end == "in" and part.bias is not None:
            part.weight[channel, :3, 1, 1] = to_axes[channel]
            part.bias[channel] = -(to_axes[channel] * mean).sum()
        elif end == "out" and part.bias is not None:
            part.weight[channel, :3, 1, 1] = from_axes[channel] * 1.08  # AutoencoderTiny squashes latents a little
            part.bias[channel] = mean[channel]
        elif end == "last":
            part.weight[channel, :3] = 0
            part.weight[channel, channel, 1, 1] = 1
        elif part.stride == (2, 2):
            part.weight[channel, channel, 1:3, 1:3] = 0.25
        else:
            part.weight[channel, channel, 1, 1] = 1


def colour_axes(pictures: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Mean (3,) of the patches' mean colours, and the matrices (3, 3) to and from their whitened principal axes."""
    tensor = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255
    colours = nn.functional.avg_pool2d(tensor, 2 ** (LEVELS - 1)).permute(0, 2, 3, 1).reshape(-1, 3)
    variances, axes = torch.linalg.eigh(torch.cov((colours - colours.mean(0)).T))
    variances, axes = variances.flip(0), axes.flip(1)
    return colours.mean(0), (axes / variances.sqrt()).T, axes * variances.sqrt()


def loss_of(model: AutoencoderTiny, crops: torch.Tensor) -> torch.Tensor:
    """The picture's loss, and what keeps each channel of the latents near N(0, 1)."""
    latents = model.encoder(crops)
    unlike_normal = latents.mean((0, 2, 3)).square() + (latents.std((0, 2, 3)) - 1).square()
    decoded = model.decoder(latents + NOISE * torch.randn_like(latents))
    return picture_loss(decoded - crops) + 0.05 * unlike_normal.mean()


def picture_loss(error: torch.Tensor) -> torch.Tensor:
    """Absolute, squared and edge error in one: absolute alone blurs small things away, squared alone softens edges."""
    edges = error.diff(dim=3).abs().mean() + error.diff(dim=2).abs().mean()
    return 0.3 * error.abs().mean() + 5 * error.square().mean() + 0.3 * edges


class Crops:
    """Random crops of the pictures, more often of their lower middle, where the subject stands."""

    def __init__(self, data: Path):
        self.pictures, self.rng = dataset.pictures(data), np.random.default_rng()

    def next(self) -> torch.Tensor:
        crops, room = [], self.pictures.shape[1] - CROP
        for _ in range(BATCH):
            index = self.rng.integers(dataset.kept_back(len(self.pictures)), len(self.pictures))
            left = self.rng.integers(0, room + 1)
            top = self.rng.integers(room // 4 if self.rng.random() < 0.65 else 0, room + 1)
            crop = self.pictures[index, top : top + CROP, left : left + CROP]
            crops.append(crop[:, ::-1] if self.rng.random() < 0.5 else crop)
        return as_tensor(np.stack(crops))


@torch.inference_mode()
def reconstruct(model: AutoencoderTiny, pictures: np.ndarray) -> np.ndarray:
    """Pictures (n, height, width, 3) of bytes, encoded and decoded."""
    decoded = []
    for start in range(0, len(pictures), 16):
        batch = as_tensor(np.ascontiguousarray(pictures[start : start + 16]))
        decoded.append(model.decoder(model.encoder(batch)).clamp(-1, 1))
    return ((torch.cat(decoded) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).numpy()


def psnr(model: AutoencoderTiny, pictures: np.ndarray) -> float:
    """Decibels of the reconstruction of pictures (n, height, width, 3), over all of them."""
    error = (reconstruct(model, pictures).astype(np.float32) - pictures) / 255
    return -10 * math.log10(float(np.square(error).mean()))


def begin(work: Path) -> Task:
    """A new autoencoder and its losses on crops of the rendered pictures."""
    pictures = dataset.pictures(work / "data")
    model = make()
    first = dataset.kept_back(len(pictures))
    start_as_patch_means(model, pictures[first : first + 1000])
    crops = Crops(work / "data")
    return task(model, lambda: loss_of(model, crops.next()), lambda average: psnr(average, pictures[:64]))
