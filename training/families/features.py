"""What the GAN's second network looks through: features of latents that tell scenes apart; knows no GAN.

A small classifier of all that a scene consists of, trained on noisy latents, so that it looks at shapes and not at the
last digits. It is frozen afterwards (Sauer et al. 2021, "Projected GANs Converge Faster", arXiv:2111.01007) and has
nothing in common with the classifier that families are measured by.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from playground.nets.residual import ResidualBlock, halving
from training.families.data import Latents
from training.loop import Task, simple
from training.scenes.specification import ATTRIBUTES

BATCH = 64
WIDTHS = (48, 96, 128)
MOST_NOISE = 0.6


class Features(nn.Module):
    """From latents (n, channels, 16, 16) to features at 16, 8 and 4, and scores for the attributes."""

    def __init__(self, channels: int = 8):
        super().__init__()
        outer, middle, inner = WIDTHS
        self.conv_in = nn.Conv2d(channels, outer, 3, padding=1)
        self.at_16 = ResidualBlock(outer)
        self.at_8 = nn.Sequential(halving(outer, middle), ResidualBlock(middle))
        self.at_4 = nn.Sequential(halving(middle, inner), ResidualBlock(inner))
        self.scores = nn.ModuleDict({name: nn.Linear(inner * 16, len(values)) for name, values in ATTRIBUTES.items()})

    def pyramid(self, x: torch.Tensor) -> list[torch.Tensor]:
        at_16 = self.at_16(self.conv_in(x))
        at_8 = self.at_8(at_16)
        return [at_16, at_8, self.at_4(at_8)]

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        deepest = F.silu(self.pyramid(x)[-1]).flatten(1)
        return {name: score(deepest) for name, score in self.scores.items()}


def begin(work: Path) -> Task[Features]:
    latents = Latents(work)
    model = Features(latents.all.shape[1])
    labels = {name: latents.labels(name, values) for name, values in ATTRIBUTES.items()}

    def next_loss() -> torch.Tensor:
        lots = latents.lots(BATCH)
        x = latents.take(lots)
        x = x + MOST_NOISE * torch.rand(BATCH, 1, 1, 1) * torch.randn_like(x)
        scores = model(x)
        return torch.stack([F.cross_entropy(scores[name], labels[name][lots]) for name in labels]).sum()

    return simple(model, next_loss, lambda average: told(average, latents, labels))


@torch.inference_mode()
def told(model: Features, latents: Latents, labels: dict[str, torch.Tensor]) -> str:
    """The share of pictures that were never trained on whose attributes are told right."""
    kept = latents.kept[:512]
    scores = model(latents.take(kept))
    right = {name: (scores[name].argmax(1) == labels[name][kept]).float().mean() for name in labels}
    return ", ".join(f"{name} {share:.0%}" for name, share in right.items())
