"""A flow is what it says: invertible, with a volume that is the determinant of its slope."""

import math

import torch

from playground.nets.glow import Glow, log_normal


def small():
    torch.manual_seed(0)
    model = Glow(channels=2, levels=2, steps=2, hidden=(8, 8))
    for weight in model.parameters():
        weight.data += 0.1 * torch.randn_like(weight)  # or every coupling would still be the identity
    return model


def test_what_is_encoded_comes_back():
    model, x = small(), torch.randn(3, 2, 8, 8)
    parts, _ = model.encode(x)
    assert (model.decode(parts) - x).abs().max() < 1e-3
    assert sum(part[0].numel() for part in parts) == x[0].numel()


def test_kept_inverses_give_the_same_pictures():
    model = small()
    parts, _ = model.encode(torch.randn(2, 2, 8, 8))
    before = model.decode(parts)
    model.keep_inverses()
    assert torch.allclose(model.decode(parts), before, atol=1e-5)
    assert not any("kept" in name for name in model.state_dict())


def test_the_likelihood_is_that_of_z_and_the_determinant_of_the_jacobian():
    model, x = small(), torch.randn(1, 2, 4, 4)

    def flat(row):
        return torch.cat([part.flatten() for part in model.encode(row.view(1, 2, 4, 4))[0]])

    slope = torch.autograd.functional.jacobian(flat, x.flatten())
    assert isinstance(slope, torch.Tensor)
    expected = log_normal(flat(x.flatten())[None]) + torch.linalg.slogdet(slope)[1]
    assert math.isclose(model.encode(x)[1].item(), expected.item(), rel_tol=1e-4)


def test_the_first_batch_sets_zero_mean_and_unit_variance():
    torch.manual_seed(0)
    model, x = Glow(channels=2, levels=1, steps=1, hidden=(8,)), 5 * torch.randn(64, 2, 8, 8) + 3
    model.set_by(x)
    z = model.encode(x)[0][0]
    assert abs(z.mean().item()) < 0.05 and abs(z.std().item() - 1) < 0.05
