"""The VAE's bound, the VQ-VAE's codes and their gradients, and the draft decoder's size."""

import torch
from torch.distributions import Normal, kl_divergence

from playground.nets.dense_vae import DenseVAE, divergence
from playground.nets.draft_decoder import DraftDecoder
from playground.nets.vqvae import FSQ, VQVAE


def test_the_divergence_is_that_of_two_normal_distributions():
    mean, log_variance = torch.randn(3, 5), torch.randn(3, 5)
    expected = kl_divergence(Normal(mean, (0.5 * log_variance).exp()), Normal(0.0, 1.0)).sum(1)
    assert torch.allclose(divergence(mean, log_variance), expected, atol=1e-5)
    assert divergence(torch.zeros(1, 5), torch.zeros(1, 5)).item() == 0


def test_the_bound_stays_below_the_likelihood_of_what_is_decoded():
    torch.manual_seed(0)
    model, x = DenseVAE(channels=2, size=8, latent=4, widths=(8, 16)), torch.randn(4, 2, 8, 8)
    bound, apart = model.elbo(x)
    likeliest = Normal(x, model.log_deviation.exp()).log_prob(x).flatten(1).sum(1)
    assert bound.shape == apart.shape == (4,) and (bound < likeliest).all() and (apart >= 0).all()
    assert model.decode(model.encode(x)[0]).shape == x.shape


def test_every_code_has_its_point_and_every_point_its_code():
    grid = FSQ((4, 3, 2))
    numbers = torch.arange(24).view(1, 4, 6)
    points = grid.points(numbers)
    assert grid.codes == 24 and len({tuple(row) for row in points.view(-1, 3).tolist()}) == 24
    assert grid.numbers(points).equal(numbers) and grid.nearest(points + 0.2).equal(numbers)
    assert points.min() == -1 and points.max() == 1


def test_gradients_pass_straight_through_the_rounding():
    grid, x = FSQ((5, 5)), torch.randn(1, 2, 2, 2, requires_grad=True)
    grid(x).sum().backward()
    slope = 2 * torch.sigmoid(x) * (1 - torch.sigmoid(x))
    assert x.grad is not None and torch.allclose(x.grad, slope.detach(), atol=1e-6)


def test_a_picture_goes_through_its_codes_and_nothing_else():
    torch.manual_seed(0)
    model, x = VQVAE(channels=2, widths=(8, 16), levels=(4, 3)), torch.randn(2, 2, 8, 8)
    codes = model.encode(x)
    assert codes.shape == (2, 4, 4) and codes.max() < 12
    assert torch.allclose(model.decode(codes), model(x), atol=1e-5)


def test_the_draft_decoder_paints_sixteen_pixels_a_latent():
    assert DraftDecoder(channels=4, widths=(16, 8, 8), blocks=(1, 1, 1))(torch.zeros(2, 4, 3, 5)).shape == (
        2,
        3,
        48,
        80,
    )
