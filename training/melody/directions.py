"""Directions in the latent space along which one attribute of a melody grows; knows no training and no file.

The difference of means, as in the demonstration of Glow (Kingma and Dhariwal 2018, arXiv:1807.03039).
"""

from collections.abc import Sequence

import torch

from playground.media.melody_grid import Grid
from training.melody.attributes import ATTRIBUTES


def found(latents: torch.Tensor, grids: Sequence[Grid]) -> dict[str, torch.Tensor]:
    """For every attribute the mean latent of the third of the melodies that have most of it, less that of the third
    that have least: one such step leads from the one kind to the other. `latents` are (n, latent), of these grids."""
    third = max(1, len(grids) // 3)
    directions = {}
    for name, attribute in ATTRIBUTES.items():
        order = torch.tensor([attribute.of(grid) for grid in grids]).argsort(stable=True)
        directions[name] = latents[order[-third:]].mean(0) - latents[order[:third]].mean(0)
    return directions
