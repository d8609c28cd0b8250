"""A variational autoencoder with one vector a picture (Kingma and Welling 2014, arXiv:1312.6114); knows no data.

The width of its normal distribution over pictures is one number, the best for the mean squared error (Rybkin et al.
2021, arXiv:2006.13202): nothing has to be tuned between the two halves of its bound.
"""

import math

import torch
from torch import nn

from playground.nets.mixture import Mixture
from playground.nets.residual import ResidualBlock, doubling, halving


class DenseVAE(nn.Module):
    """Between x (n, `channels`, `size`, `size`), about of unit variance, and z (n, `latent`), near N(0, 1).

    `components`: of the mixture that z is drawn from; 0 for N(0, 1) itself.
    """

    def __init__(
        self,
        channels: int = 8,
        size: int = 16,
        latent: int = 128,
        widths: tuple[int, ...] = (64, 128, 160),
        components: int = 0,
    ):
        super().__init__()
        self.prior = Mixture(components, latent) if components else None
        self.latent, side = latent, size // 2 ** (len(widths) - 1)
        flat, last = widths[-1] * side * side, widths[-1]
        down: list[nn.Module] = [nn.Conv2d(channels, widths[0], 3, padding=1), ResidualBlock(widths[0])]
        for below, wide in zip(widths, widths[1:], strict=False):
            down += [halving(below, wide), ResidualBlock(wide)]
        self.encoder = nn.Sequential(*down, nn.GroupNorm(8, last), nn.SiLU(), nn.Flatten())
        self.moments = nn.Linear(flat, 2 * latent)
        up: list[nn.Module] = [nn.Linear(latent, flat), nn.Unflatten(1, (last, side, side)), ResidualBlock(last)]
        for wide, below in zip(widths[::-1], widths[-2::-1], strict=False):
            up += [doubling(wide, below), ResidualBlock(below), ResidualBlock(below)]
        up += [nn.GroupNorm(8, widths[0]), nn.SiLU(), nn.Conv2d(widths[0], channels, 3, padding=1)]
        self.decoder = nn.Sequential(*up)
        self.log_deviation = nn.Parameter(torch.tensor(-0.6))  # of x around what is decoded

    def encode(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and log variance (n, latent) of z given x."""
        mean, log_variance = self.moments(self.encoder(x)).float().chunk(2, dim=1)
        return mean, log_variance.clamp(-12, 4)

    def draw(self, count: int, dice: torch.Generator) -> torch.Tensor:
        """z (count, latent) of pictures that might be; `dice` is a generator of the CPU."""
        if self.prior:
            return self.prior.draw(count, dice)
        return torch.randn(count, self.latent, generator=dice).to(self.log_deviation.device)

    def decode(self, z: torch.Tensor) -> torch.Tensor:
        return self.decoder(z)

    def elbo(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Nats (n,) of the evidence lower bound with one draw of z, and of its divergence from N(0, 1)."""
        mean, log_variance = self.encode(x)
        decoded = self.decode(mean + torch.randn_like(mean) * (0.5 * log_variance).exp()).float()
        error = (decoded - x).square().flatten(1).sum(1)
        spread = x[0].numel() * (self.log_deviation + 0.5 * math.log(2 * math.pi))
        likelihood = -0.5 * error * (-2 * self.log_deviation).exp() - spread
        return likelihood - divergence(mean, log_variance), divergence(mean, log_variance)


def divergence(mean: torch.Tensor, log_variance: torch.Tensor) -> torch.Tensor:
    """Kullback-Leibler, in nats (n,), of N(mean, variance) from N(0, 1)."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1)
