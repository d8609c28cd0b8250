"""The blocks that the convolutional autoencoders share; knows no loss and no data."""

import torch
from torch import nn


class ResidualBlock(nn.Module):
    """Two normalised convolutions beside a way straight through (He et al. 2016, arXiv:1603.05027)."""

    def __init__(self, width: int):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(8, width), nn.Conv2d(width, width, 3, padding=1)
        self.norm2, self.conv2 = nn.GroupNorm(8, width), nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.conv2.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h = self.conv1(nn.functional.silu(self.norm1(x)))
        return x + self.conv2(nn.functional.silu(self.norm2(h)))


def halving(wide_in: int, wide_out: int) -> nn.Conv2d:
    return nn.Conv2d(wide_in, wide_out, 4, stride=2, padding=1)


def doubling(wide_in: int, wide_out: int) -> nn.Sequential:
    return nn.Sequential(nn.Upsample(scale_factor=2.0), nn.Conv2d(wide_in, wide_out, 3, padding=1))
