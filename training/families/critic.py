"""The GAN's second network: how real latents are, seen through frozen features; knows no generator and no loss.

Sauer et al. 2021 (arXiv:2111.01007): features are mixed across channels and scales by fixed random projections, and a
small head with spectral normalisation judges each scale, place by place. One more head looks at the latents themselves,
a few numbers at a time: features that tell scenes apart do not see whether a sky is smooth.
"""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

from training.families.features import WIDTHS, Features

MIXED = (48, 64, 96)
HEAD = 64
STRIDES = ((2, 2, 1), (2, 1), (1,), (1, 2))


class Projection(nn.Module):
    """Fixed random mixtures of the features, deeper ones added to those of finer scales."""

    def __init__(self):
        super().__init__()
        self.across = nn.ModuleList(nn.Conv2d(a, b, 1) for a, b in zip(WIDTHS, MIXED, strict=True))
        self.down = nn.ModuleList(nn.Conv2d(b, a, 3, padding=1) for a, b in zip(MIXED, MIXED[1:], strict=False))
        for weight in self.parameters():
            if weight.ndim > 1:
                nn.init.kaiming_normal_(weight, nonlinearity="linear")
            else:
                nn.init.zeros_(weight)
        self.requires_grad_(False)

    def forward(self, pyramid: list[torch.Tensor]) -> list[torch.Tensor]:
        mixed = [across(x) for across, x in zip(self.across, pyramid, strict=True)]
        for index in reversed(range(len(self.down))):
            above = F.interpolate(mixed[index + 1], scale_factor=2.0)
            mixed[index] = (mixed[index] + self.down[index](above)) / 2**0.5
        return mixed


class Head(nn.Module):
    """Scores (n, places) of one scale of features for a class."""

    def __init__(self, wide: int, strides: tuple[int, ...], classes: int):
        super().__init__()
        layers: list[nn.Module] = []
        for stride in strides:
            layers += [spectral_norm(nn.Conv2d(wide, HEAD, 3, stride, padding=1)), nn.LeakyReLU(0.2)]
            wide = HEAD
        self.body = nn.Sequential(*layers)
        self.score = spectral_norm(nn.Conv2d(HEAD, 1, 1, bias=False))
        self.embedding = spectral_norm(nn.Embedding(classes, HEAD))

    def forward(self, x: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
        features = self.body(x)
        of_class = (self.embedding(classes)[:, :, None, None] * features).sum(1)
        return (self.score(features)[:, 0] + of_class).flatten(1)


class Critic(nn.Module):
    """How real latents (n, channels, 16, 16) of a class (n,) are: scores (n, places) of each head."""

    def __init__(self, features: Features, channels: int, classes: int):
        super().__init__()
        self.features = features.eval().requires_grad_(False)
        self.projection = Projection()
        wide = (*MIXED, channels)
        self.heads = nn.ModuleList(Head(*each, classes) for each in zip(wide, STRIDES, strict=True))

    def forward(self, x: torch.Tensor, classes: torch.Tensor) -> list[torch.Tensor]:
        seen = [*self.projection(self.features.pyramid(x)), x]
        return [head(each, classes) for head, each in zip(self.heads, seen, strict=True)]
