"""A flow: an invertible network with an exact likelihood; knows no data.

Glow: Kingma and Dhariwal 2018, arXiv:1807.03039.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn


class ActNorm(nn.Module):
    """A scale and a shift a channel, set by the first batch so that it leaves with zero mean and unit variance."""

    def __init__(self, channels: int):
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.log_scale = nn.Parameter(torch.zeros(1, channels, 1, 1))

    @torch.no_grad()
    def set_by(self, x: torch.Tensor) -> None:
        self.shift.copy_(-x.mean((0, 2, 3), keepdim=True))
        self.log_scale.copy_(-(x.std((0, 2, 3), keepdim=True) + 1e-4).log())

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return (x + self.shift) * self.log_scale.exp(), self.log_scale.sum() * x.shape[2] * x.shape[3]

    def inverse(self, y: torch.Tensor) -> torch.Tensor:
        return y * (-self.log_scale).exp() - self.shift


class InvertibleConv1x1(nn.Module):
    """A mixing of channels by a matrix kept as P L (U + diag(s)), whose determinant is the product of s."""

    permutation: torch.Tensor
    sign: torch.Tensor
    kept_inverse: torch.Tensor | None

    def __init__(self, channels: int):
        super().__init__()
        rotation = torch.linalg.qr(torch.randn(channels, channels))[0]
        permutation, lower, upper = torch.linalg.lu(rotation)
        self.register_buffer("permutation", permutation)
        self.register_buffer("sign", upper.diag().sign())
        self.lower, self.upper = nn.Parameter(lower.tril(-1)), nn.Parameter(upper.triu(1))
        self.log_scale = nn.Parameter(upper.diag().abs().log())
        self.register_buffer("kept_inverse", None, persistent=False)

    def matrix(self) -> torch.Tensor:
        lower = self.lower.tril(-1) + torch.eye(len(self.lower), device=self.lower.device)
        return self.permutation @ lower @ (self.upper.triu(1) + torch.diag(self.sign * self.log_scale.exp()))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return F.conv2d(x, self.matrix()[:, :, None, None]), self.log_scale.sum() * x.shape[2] * x.shape[3]

    def inverse(self, y: torch.Tensor) -> torch.Tensor:
        inverse = torch.linalg.inv(self.matrix()) if self.kept_inverse is None else self.kept_inverse
        return F.conv2d(y, inverse[:, :, None, None])


class AffineCoupling(nn.Module):
    """Scales and shifts one half of the channels by what a small network reads in the other half."""

    def __init__(self, channels: int, hidden: int):
        super().__init__()
        half = channels // 2
        last = nn.Conv2d(hidden, channels, 3, padding=1)
        for weight in last.parameters():
            nn.init.zeros_(weight)  # it begins as the identity
        between = nn.Conv2d(hidden, hidden, 1)
        self.net = nn.Sequential(nn.Conv2d(half, hidden, 3, padding=1), nn.ReLU(), between, nn.ReLU(), last)

    def parts(self, read: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        log_scale, shift = self.net(read).chunk(2, dim=1)
        return 2 * torch.tanh(log_scale / 2), shift  # bounded, or one outlier would break the training

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        read, changed = x.chunk(2, dim=1)
        log_scale, shift = self.parts(read)
        return torch.cat([read, (changed + shift) * log_scale.exp()], 1), log_scale.sum((1, 2, 3))

    def inverse(self, y: torch.Tensor) -> torch.Tensor:
        read, changed = y.chunk(2, dim=1)
        log_scale, shift = self.parts(read)
        return torch.cat([read, changed * (-log_scale).exp() - shift], 1)


class Glow(nn.Module):
    """Between x (n, `channels`, s, s) and parts of z, each drawn from N(0, 1): one a level, coarsest last.

    Each level but the last lets half of its channels go as a part of z, normalised by what the other half foretells.
    """

    def __init__(self, channels: int = 8, levels: int = 3, steps: int = 8, hidden: tuple[int, ...] = (128, 128, 96)):
        super().__init__()
        self.levels, self.foretellers = nn.ModuleList(), nn.ModuleList()
        for level in range(levels):
            channels *= 4
            self.levels.append(
                nn.ModuleList(
                    part
                    for _ in range(steps)
                    for part in (
                        ActNorm(channels),
                        InvertibleConv1x1(channels),
                        AffineCoupling(channels, hidden[level]),
                    )
                )
            )
            if level < levels - 1:
                channels //= 2
                foreteller = nn.Conv2d(channels, 2 * channels, 3, padding=1)
                for weight in foreteller.parameters():
                    nn.init.zeros_(weight)
                self.foretellers.append(foreteller)

    @torch.no_grad()
    def set_by(self, x: torch.Tensor) -> None:
        """Set every ActNorm by this batch; once, before the training."""
        for level, parts in enumerate(self.levels):
            x = F.pixel_unshuffle(x, 2)
            for part in parts:  # pyright: ignore[reportGeneralTypeIssues]  # a ModuleList, which torch declares a Module
                if isinstance(part, ActNorm):
                    part.set_by(x)
                x, _ = part(x)
            if level < len(self.foretellers):
                x = x.chunk(2, dim=1)[0]

    @torch.no_grad()
    def keep_inverses(self) -> None:
        """Invert every matrix once and not for each picture, for a network that learns no more."""
        for part in self.modules():
            if isinstance(part, InvertibleConv1x1):
                part.kept_inverse = torch.linalg.inv(part.matrix())

    def encode(self, x: torch.Tensor) -> tuple[list[torch.Tensor], torch.Tensor]:
        """The parts of z, and the exact log density (n,) of x in nats."""
        volume = torch.zeros(len(x), device=x.device)
        likelihood, parts = volume, []
        for level, flow in enumerate(self.levels):
            x = F.pixel_unshuffle(x, 2)
            for part in flow:  # pyright: ignore[reportGeneralTypeIssues]  # as above
                x, grown = part(x)
                volume = volume + grown
            if level < len(self.foretellers):
                x, gone = x.chunk(2, dim=1)
                mean, log_deviation = self.foretellers[level](x).chunk(2, dim=1)
                parts.append((gone - mean) * (-log_deviation).exp())
                likelihood = likelihood + log_normal(parts[-1]) - log_deviation.sum((1, 2, 3))
        return [*parts, x], likelihood + log_normal(x) + volume

    def decode(self, parts: list[torch.Tensor]) -> torch.Tensor:
        x = parts[-1]
        for level in reversed(range(len(self.levels))):
            if level < len(self.foretellers):
                mean, log_deviation = self.foretellers[level](x).chunk(2, dim=1)
                x = torch.cat([x, parts[level] * log_deviation.exp() + mean], 1)
            for part in list(self.levels[level])[::-1]:  # pyright: ignore[reportArgumentType, reportCallIssue]  # as above
                x = part.inverse(x)
            x = F.pixel_shuffle(x, 2)
        return x


def log_normal(z: torch.Tensor) -> torch.Tensor:
    """Log density (n,) of z under N(0, 1)."""
    return -0.5 * (z.square() + math.log(2 * math.pi)).flatten(1).sum(1)
