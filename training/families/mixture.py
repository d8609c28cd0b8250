"""Fits a mixture of normal distributions to places by expectation maximisation; knows no network and no picture."""

import math

import torch

from playground.nets.mixture import Mixture

ROUNDS = 25
SHRINKAGE = 60.0  # places as of all together that each component's covariance is blended with
FLATTEST = 1e-4  # the least variance, where there are fewer places than directions


@torch.inference_mode()
def fitted(places: torch.Tensor, components: int) -> Mixture:
    """`places`: (n, width), more than components. Always the same for the same."""
    dice = torch.Generator().manual_seed(0)
    whole = torch.cov(places.T) + FLATTEST * torch.eye(places.shape[1])
    mixture = Mixture(components, places.shape[1])
    mixture.means = places[torch.randperm(len(places), generator=dice)[:components]].clone()
    mixture.factors = torch.linalg.cholesky(whole / 2).repeat(components, 1, 1)
    for _ in range(ROUNDS):
        belongs = likelihoods(mixture, places).softmax(dim=1)
        counts = belongs.sum(0).clamp_min(1e-3)  # one that no place belongs to stays harmless
        mixture.shares = counts / len(places)
        mixture.means = belongs.T @ places / counts[:, None]
        covariances = torch.stack([scatter(places, *each) for each in zip(mixture.means, belongs.T, strict=True)])
        blended = (covariances + SHRINKAGE * whole) / (counts + SHRINKAGE)[:, None, None]
        mixture.factors = torch.linalg.cholesky(blended)
    return mixture


def likelihoods(mixture: Mixture, places: torch.Tensor) -> torch.Tensor:
    """The logarithm of each component's density times its share, (n, components)."""
    return torch.stack(
        [
            share.log() - factor.diagonal().log().sum() - 0.5 * distances(factor, places - mean)
            for share, mean, factor in zip(mixture.shares, mixture.means, mixture.factors, strict=True)
        ],
        dim=1,
    ) - 0.5 * places.shape[1] * math.log(2 * math.pi)


def distances(factor: torch.Tensor, apart: torch.Tensor) -> torch.Tensor:
    """Mahalanobis', squared, (n,)."""
    return torch.linalg.solve_triangular(factor, apart.T, upper=False).square().sum(0)


def scatter(places: torch.Tensor, mean: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """The sum (width, width) of squares around the mean, each place weighted."""
    apart = places - mean
    return (apart * weights[:, None]).T @ apart
