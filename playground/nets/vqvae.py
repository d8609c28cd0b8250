"""An autoencoder with discrete codes: a VQ-VAE with finite scalar quantisation; knows no data.

Van den Oord et al. 2017 (arXiv:1711.00937); the codebook is the grid of Mentzer et al. 2024 (arXiv:2309.15505), which
needs no learning and does not collapse.
"""

import math

import torch
from torch import nn

from playground.nets.residual import ResidualBlock, doubling, halving


class FSQ(nn.Module):
    """Rounds each of a few channels to one of `levels` values; a code is the number of a point of that grid."""

    scale: torch.Tensor
    steps: torch.Tensor

    def __init__(self, levels: tuple[int, ...]):
        super().__init__()
        self.levels, self.codes = levels, math.prod(levels)
        steps = [math.prod(levels[:i]) for i in range(len(levels))]
        self.register_buffer("scale", torch.tensor(levels, dtype=torch.float32) - 1, persistent=False)
        self.register_buffer("steps", torch.tensor(steps), persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The nearest points to x (n, h, w, channels), from -1 to 1; gradients pass straight through the rounding."""
        unit = torch.sigmoid(x)
        whole = (unit * self.scale).round() / self.scale
        return 2 * (unit + (whole - unit).detach()) - 1

    def numbers(self, points: torch.Tensor) -> torch.Tensor:
        """The codes (n, h, w) of points of the grid."""
        return (((points + 1) / 2 * self.scale).round().long() * self.steps).sum(-1)

    def points(self, numbers: torch.Tensor) -> torch.Tensor:
        """The points (n, h, w, channels) of codes, from -1 to 1."""
        digits = numbers[..., None] // self.steps % torch.tensor(self.levels, device=numbers.device)
        return 2 * digits / self.scale - 1

    def nearest(self, points: torch.Tensor) -> torch.Tensor:
        """The codes nearest to any points from -1 to 1, such as those between two codes."""
        return self.numbers(2 * ((points.clamp(-1, 1) + 1) / 2 * self.scale).round() / self.scale - 1)


class VQVAE(nn.Module):
    """Between x (n, `channels`, s, s), about of unit variance, and codes (n, s / 2, s / 2)."""

    def __init__(self, channels: int = 8, widths: tuple[int, int] = (64, 128), levels: tuple[int, ...] = (8, 5, 5, 5)):
        super().__init__()
        outer, inner = widths
        self.quantizer = FSQ(tuple(levels))
        self.encoder = nn.Sequential(
            nn.Conv2d(channels, outer, 3, padding=1),
            ResidualBlock(outer),
            halving(outer, inner),
            ResidualBlock(inner),
            nn.GroupNorm(8, inner),
            nn.SiLU(),
            nn.Conv2d(inner, len(levels), 1),
        )
        self.decoder = nn.Sequential(
            nn.Conv2d(len(levels), inner, 3, padding=1),
            *(ResidualBlock(inner) for _ in range(2)),
            doubling(inner, outer),
            *(ResidualBlock(outer) for _ in range(2)),
            nn.GroupNorm(8, outer),
            nn.SiLU(),
            nn.Conv2d(outer, channels, 3, padding=1),
        )

    def quantized(self, x: torch.Tensor) -> torch.Tensor:
        """Points (n, s / 2, s / 2, len(levels)) of the grid."""
        return self.quantizer(self.encoder(x).float().permute(0, 2, 3, 1))

    def encode(self, x: torch.Tensor) -> torch.Tensor:
        return self.quantizer.numbers(self.quantized(x))

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        return self.decode_points(self.quantizer.points(codes))

    def decode_points(self, points: torch.Tensor) -> torch.Tensor:
        return self.decoder(points.permute(0, 3, 1, 2))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.decode_points(self.quantized(x))
