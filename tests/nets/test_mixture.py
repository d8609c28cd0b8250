"""A mixture is fitted to places, and what is drawn from it lies where they do."""

import torch

from playground.nets.dense_vae import DenseVAE
from playground.nets.mixture import Mixture
from training.families.mixture import fitted, likelihoods


def places(count=3000):
    """Three quarters of them far from the rest, and stretched."""
    dice = torch.Generator().manual_seed(3)
    rows = torch.randn(count, 3, generator=dice) * torch.tensor([0.2, 1.0, 0.5])
    rows[: count // 4] += torch.tensor([6.0, 0.0, -4.0])
    return rows


def test_each_cloud_gets_a_component_of_its_share_place_and_shape():
    mixture = fitted(places(), 2)
    few, many = mixture.shares.argsort().tolist()
    assert torch.allclose(mixture.shares[[few, many]], torch.tensor([0.25, 0.75]), atol=0.01)
    assert torch.allclose(mixture.means[few], torch.tensor([6.0, 0.0, -4.0]), atol=0.15)
    covariance = mixture.factors[many] @ mixture.factors[many].T
    assert torch.allclose(covariance[1, 1], torch.tensor(1.0), atol=0.15) and covariance[0, 0] < 0.7


def test_draws_lie_where_the_places_do_and_are_always_the_same():
    mixture = fitted(places(), 2)
    drawn = mixture.draw(3000, torch.Generator().manual_seed(0))
    assert torch.allclose((drawn[:, 0] > 3).float().mean(), torch.tensor(0.25), atol=0.03)
    assert likelihoods(mixture, drawn).logsumexp(1).mean() > likelihoods(mixture, drawn + 2).logsumexp(1).mean() + 1
    assert mixture.draw(3000, torch.Generator().manual_seed(0)).equal(drawn)


def test_one_normal_distribution_is_what_a_new_mixture_is():
    drawn = Mixture(1, 4).draw(4000, torch.Generator().manual_seed(0))
    assert drawn.mean(0).abs().max() < 0.1 and torch.allclose(torch.cov(drawn.T), torch.eye(4), atol=0.1)


def test_a_vae_draws_from_its_mixture_if_it_has_one():
    plain, own = (DenseVAE(channels=2, size=8, latent=4, widths=(8, 16), components=each) for each in (0, 2))
    assert own.prior is not None
    own.prior.means.fill_(50)
    drawn = [net.draw(9, torch.Generator().manual_seed(1)).mean() for net in (plain, own)]
    assert drawn[0].abs() < 1 and drawn[1] > 48
