"""Ways between places: what stays, what is met, and what closes."""

import pytest
import torch

from playground.adapters import latent_ways as ways

NORMAL = (True,)


def place(*numbers):
    return (torch.tensor([numbers], dtype=torch.float32),)


def test_slerp_keeps_the_norm_that_lerp_loses():
    torch.manual_seed(0)
    a, b = torch.randn(1, 512), torch.randn(1, 512)
    middle = ways.slerp(a, b, 0.5)
    assert middle.norm() == pytest.approx((a.norm() + b.norm()).item() / 2, rel=1e-4)
    assert torch.lerp(a, b, 0.5).norm() < 0.8 * middle.norm()


@pytest.mark.parametrize("a, b", [((1.0, 0.0), (1.0, 1e-9)), ((0.0, 0.0), (1.0, 2.0)), ((1.0, 2.0), (-1.0, -2.0))])
def test_slerp_between_parallel_opposite_or_empty_places_is_finite_and_meets_the_ends(a, b):
    x, y = place(*a)[0], place(*b)[0]
    assert torch.isfinite(ways.slerp(x, y, 0.5)).all()
    assert torch.allclose(ways.slerp(x, y, 0.0), x, atol=1e-5) and torch.allclose(ways.slerp(x, y, 1.0), y, atol=1e-5)


def test_the_pad_meets_its_corners():
    corners = [place(1, 0), place(0, 1), place(-1, 0), place(0, -1)]
    for (x, y), corner in zip([(0, 0), (1, 0), (0, 1), (1, 1)], corners, strict=True):
        assert torch.allclose(ways.on_pad(corners, x, y, NORMAL)[0], corner[0], atol=1e-5)


@pytest.mark.parametrize("path", ["slerp", "lerp", "cubic"])
def test_a_line_goes_through_its_points_and_a_loop_comes_back_to_the_first(path):
    keys = [place(1, 0), place(0, 2), place(-3, 1)]
    line = ways.walk(keys, 5, path, False, NORMAL)
    assert all(torch.allclose(line[2 * i][0], keys[i][0], atol=1e-4) for i in range(3))
    loop = ways.walk(keys, 6, path, True, NORMAL)
    assert all(torch.allclose(loop[2 * i][0], keys[i][0], atol=1e-4) for i in range(3))
    steps = [(b[0] - a[0]).norm() for a, b in zip(loop, [*loop[1:], loop[0]], strict=True)]
    assert max(steps) < 4  # the last leads on to the first


def test_a_circle_keeps_its_distance_and_closes():
    torch.manual_seed(0)
    keys = [(torch.randn(1, 64),), (torch.randn(1, 64),)]
    circle = ways.walk(keys, 8, "circular", True, NORMAL)
    norms = [found[0].norm().item() for found in circle]
    assert max(norms) == pytest.approx(min(norms), rel=1e-4) and torch.allclose(circle[0][0], keys[0][0], atol=1e-5)


def test_a_sum_is_weighted():
    total = ways.summed([place(1, 2), place(3, 4), place(5, 6)], (1, -1, 1))
    assert total[0].tolist() == [[3, 4]]


def test_a_sum_of_draws_stays_as_far_from_the_centre_as_draws_do():
    a, b, c = places = [(torch.randn(1, 4096, generator=torch.Generator().manual_seed(seed)),) for seed in range(3)]
    (straight,), (kept,) = ways.summed(places, [1, -1, 1]), ways.summed(places, [1, -1, 1], [True])
    assert straight.norm() / 64 == pytest.approx(3**0.5, abs=0.05) and kept.norm() / 64 == pytest.approx(1, abs=0.05)
    assert torch.equal(ways.summed([a], [1], [True])[0], a[0])
    assert torch.allclose(ways.summed([a, a, c], [1, -1, 1], [True])[0], c[0], atol=1e-4)
    assert torch.equal(ways.summed([b], [-1], [True])[0], -b[0])
