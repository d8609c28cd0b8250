"""A generator under each of the known names paints what the papers say, and what is no generator is told apart."""

import pytest
import torch

from playground.nets.stylegan2_names import generator
from tests.nets import stylegan2_reference as reference


def painted(net, z, psi, c=None):
    w = net.mapping(z[None], None if c is None else c[None])
    return net.synthesis(net.ws(w, psi))[0]


def close(a, b):
    assert a.shape == b.shape == (3, 32, 32) and b.std() > 0.1
    assert torch.allclose(a, b, atol=1e-4, rtol=1e-4), float((a - b).abs().max())


@pytest.mark.parametrize("psi", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("prefix", ["", "G_ema."])
def test_nvidia_names_paint_what_the_papers_say(prefix, psi):
    weights, z = reference.nvidia(), torch.randn(12, generator=torch.Generator().manual_seed(5))
    net = generator({prefix + name: weight for name, weight in weights.items()})
    close(painted(net, z, psi), reference.picture_of(weights, z, psi))


def test_a_class_is_read_as_the_papers_say():
    weights, z, c = reference.nvidia(c_dim=4), torch.randn(12), torch.eye(4)[2]
    net = generator(weights)
    assert (net.z_dim, net.c_dim, net.w_dim) == (12, 4, 10)
    close(painted(net, z, 0.7, c), reference.picture_of(weights, z, 0.7, c))


@pytest.mark.parametrize("prefix", ["", "g_ema.", "decoder."])
def test_rosinality_names_paint_the_same(prefix):
    weights, z = reference.nvidia(z_dim=10), torch.randn(10, generator=torch.Generator().manual_seed(6))
    renamed, mean = reference.rosinality(weights)
    net = generator({**{prefix + name: weight for name, weight in renamed.items()}, "latent_avg": mean})
    close(painted(net, z, 0.5), reference.picture_of(weights, z, 0.5))


def test_the_running_average_is_taken_where_both_are_there():
    one, other = reference.nvidia(0), reference.nvidia(1)
    net = generator({**{f"G.{n}": w for n, w in one.items()}, **{f"G_ema.{n}": w for n, w in other.items()}})
    assert net.synthesis.blocks()[0].const.equal(other["synthesis.b4.const"])


def test_without_a_mean_it_is_drawn_and_without_noise_there_is_none():
    renamed, _ = reference.rosinality(reference.nvidia(z_dim=10))
    net = generator({name: weight for name, weight in renamed.items() if not name.startswith("noises.")})
    w = net.mapping(torch.randn(3000, 10))
    assert torch.allclose(net.mapping.w_avg, w.mean(0), atol=float(w.std()) / 5)
    ws = net.ws(w[:1])
    assert net.synthesis(ws, "const").equal(net.synthesis(ws, "none"))


def test_fewer_layers_paint_a_smaller_picture_at_first():
    net = generator(reference.nvidia())
    assert net.synthesis(net.ws(torch.randn(2, 10)), resolution=16).shape == (2, 3, 16, 16)


def changed(**changes):
    weights = reference.nvidia()
    for name, weight in changes.items():
        name = name.replace("__", ".")
        if weight is None:
            del weights[name]
        else:
            weights[name] = weight
    return weights


@pytest.mark.parametrize(
    "weights, sentence",
    [
        ({}, "holds no StyleGAN2 generator"),
        ({"a.b": torch.zeros(2)}, "but a.b"),
        (changed(synthesis__input__weight=torch.zeros(2)), "StyleGAN3"),
        (changed(synthesis__b8__torgb__bias=None), r"lacks 1 of its weights \(synthesis.b8.torgb.bias"),
        (changed(synthesis__b8__skip__weight=torch.zeros(8, 9, 1, 1)), "1 weights that have no place"),
        (changed(synthesis__b8__conv0__bias=torch.zeros(5)), r"of size \(5,\) and not \(8,\)"),
        (changed(synthesis__b8__resample_filter=torch.ones(4, 4)), "another filter"),
        (changed(synthesis__b4__const=None), "tell its size"),
        (changed(mapping__fc0__weight=torch.zeros(())), "tell its size"),
        ({"style.1.weight": torch.zeros(2, 2), "style.1.nothing": torch.zeros(2)}, "no style.1.nothing"),
        ({"style.1.weight": torch.zeros(2, 2), "input.input": torch.zeros(3, 1, 3, 1, 3)}, "lacks weights"),
    ],
)
def test_what_is_no_generator_is_told_in_a_sentence(weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        generator(weights)
