"""The melody autoencoder by what defines it: the divergence, the draws, and melodies that come back."""

import pytest
import torch

from playground.nets.dense_vae import divergence
from playground.nets.melody_vae import Config, MelodyVAE, drawn

SMALL = Config(tokens=7, steps=8, beat=4, width=32, heads=2, inner=64, layers=1, latent=8, embedding=8)


def test_the_divergence_is_that_of_two_normal_distributions():
    assert divergence(torch.zeros(2, 3), torch.zeros(2, 3)).tolist() == [0, 0]
    mean, log_variance = torch.tensor([[1.5, -0.3]]), torch.tensor([[0.7, -1.2]])
    ours = torch.distributions.Normal(mean, (0.5 * log_variance).exp())
    true = torch.distributions.kl_divergence(ours, torch.distributions.Normal(0.0, 1.0))
    torch.testing.assert_close(divergence(mean, log_variance), true.sum(1))


def test_draws_have_the_mean_and_the_variance_and_let_gradients_through():
    torch.manual_seed(0)
    mean = torch.full((20_000,), 2.0, requires_grad=True)
    log_variance = torch.full((20_000,), -1.0, requires_grad=True)
    found = drawn(mean, log_variance)
    assert found.mean().item() == pytest.approx(2, abs=0.02)
    assert found.var().log().item() == pytest.approx(-1, abs=0.05)
    found.sum().backward()
    assert mean.grad is not None and mean.grad.eq(1).all()
    assert log_variance.grad is not None and log_variance.grad.std() > 0


def test_a_handful_of_melodies_comes_back_and_nothing_else_does():
    torch.manual_seed(0)
    model, melodies = MelodyVAE(SMALL), torch.randint(SMALL.tokens, (6, SMALL.steps))
    optimizer = torch.optim.AdamW(model.parameters(), 5e-3)
    for _ in range(150):
        mean, log_variance = model.encode(melodies)
        logits = model.decode(drawn(mean, log_variance))
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), melodies.flatten())
        optimizer.zero_grad()
        (loss + 1e-3 * divergence(mean, log_variance).mean()).backward()
        optimizer.step()
    with torch.inference_mode():
        assert model.decode(model.encode(melodies)[0]).argmax(-1).equal(melodies)
        assert not model.decode(torch.zeros(6, SMALL.latent)).argmax(-1).equal(melodies)


def test_every_melody_of_a_batch_is_read_alone():
    torch.manual_seed(0)
    model, melodies = MelodyVAE(SMALL).eval(), torch.randint(SMALL.tokens, (4, SMALL.steps))
    with torch.inference_mode():
        together, alone = model.encode(melodies)[0], torch.cat([model.encode(one[None])[0] for one in melodies])
    torch.testing.assert_close(together, alone, rtol=1e-4, atol=1e-5)


def test_the_shipped_size_fits_in_two_megabytes_of_half_precision():
    assert 2 * sum(weight.numel() for weight in MelodyVAE(Config()).parameters()) < 1_500_000
