"""A light decoder from latents to pictures, for what is seen while a hand moves; knows no data.

All of its work is done at small sizes, and its last layer paints each patch at once (Shi et al. 2016,
arXiv:1609.05158): a fraction of the time of the full decoder, for softer edges.
"""

import torch
from torch import nn


class DraftBlock(nn.Module):
    """Two convolutions beside a way straight through, without a norm, which costs as much as a convolution here."""

    def __init__(self, width: int):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.conv2(torch.relu(self.conv1(x)))


class DraftDecoder(nn.Module):
    """From latents (n, `channels`, s, s) to pictures (n, 3, 16 s, 16 s), about from -1 to 1."""

    def __init__(
        self, channels: int = 8, widths: tuple[int, int, int] = (96, 64, 32), blocks: tuple[int, ...] = (3, 2, 1)
    ):
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(channels, widths[0], 3, padding=1)]
        for index, (wide, count) in enumerate(zip(widths, blocks, strict=True)):
            layers += [DraftBlock(wide) for _ in range(count)]
            if index + 1 < len(widths):
                layers += [nn.ReLU(), nn.Conv2d(wide, 4 * widths[index + 1], 1), nn.PixelShuffle(2)]
        layers += [nn.ReLU(), nn.Conv2d(widths[-1], 3 * 16, 3, padding=1), nn.PixelShuffle(4)]
        self.layers = nn.Sequential(*layers)

    def forward(self, latents: torch.Tensor) -> torch.Tensor:
        return self.layers(latents)
