"""A mixture of normal distributions: where the places of real pictures lie in a latent space; knows no picture."""

import torch
from torch import nn


class Mixture(nn.Module):
    """`components` normal distributions over vectors of `width`. A variational autoencoder's places never fill N(0, 1)
    evenly; what is drawn from a mixture fitted to them afterwards looks more like what it has learned (Ghosh et al.
    2020, arXiv:1903.12436)."""

    shares: torch.Tensor
    means: torch.Tensor
    factors: torch.Tensor

    def __init__(self, components: int, width: int):
        super().__init__()
        self.register_buffer("shares", torch.full((components,), 1 / components))
        self.register_buffer("means", torch.zeros(components, width))
        self.register_buffer("factors", torch.eye(width).repeat(components, 1, 1))  # Cholesky's, of the covariances

    def draw(self, count: int, dice: torch.Generator) -> torch.Tensor:
        """Vectors (count, width); `dice` is a generator of the CPU."""
        chosen = torch.multinomial(self.shares.cpu(), count, replacement=True, generator=dice)
        normal = torch.randn(count, self.means.shape[1], generator=dice).to(self.means.device)
        return self.means[chosen] + torch.einsum("nij,nj->ni", self.factors[chosen], normal)
