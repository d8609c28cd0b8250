"""The generator keeps the properties that StyleGAN2 is named for."""

import torch

from playground.nets.stylegan2 import Generator, demodulation, doubled, filtered, modulated


def small(**sizes):
    torch.manual_seed(0)
    return Generator(z_dim=8, w_dim=16, img_channels=3, widths=(16, 12, 8), mapping_layers=2, **sizes).eval()


def test_demodulated_weights_have_unit_norm():
    weight, styles = torch.randn(5, 4, 3, 3), torch.rand(2, 4) + 0.5
    scaled = weight[None] * styles[:, None, :, None, None] * demodulation(weight, styles)[:, :, None, None, None]
    assert torch.allclose(scaled.square().sum((2, 3, 4)), torch.ones(2, 5), atol=1e-4)


def test_scaling_the_input_is_scaling_the_weights():
    x, weight, styles = torch.randn(2, 4, 6, 6), torch.randn(5, 4, 3, 3), torch.rand(2, 4) + 0.5
    own = weight[None] * styles[:, None, :, None, None] * demodulation(weight, styles)[:, :, None, None, None]
    rows = [torch.nn.functional.conv2d(x[i : i + 1], own[i], padding=1) for i in range(2)]
    assert torch.allclose(modulated(x, weight, styles, demodulate=True, up=False), torch.cat(rows), atol=1e-4)


def test_without_truncation_all_seeds_give_the_mean_picture():
    net = small()
    net.mapping.w_avg.copy_(torch.randn(16))
    w = net.mapping(torch.randn(3, 8))
    mean, other = net.synthesis(net.ws(w, psi=0.0)), net.synthesis(net.ws(w, psi=1.0))
    assert torch.allclose(mean[0], mean[2], atol=1e-5) and not torch.allclose(other[0], other[2], atol=1e-2)


def test_early_styles_and_late_styles_meet_where_they_are_mixed():
    net = small()
    a, b = (net.ws(net.mapping(torch.randn(1, 8))) for _ in range(2))
    mixed = a.clone()
    mixed[:, 3:] = b[:, 3:]
    assert mixed.shape == (1, net.synthesis.num_ws, 16) and net.synthesis.num_ws == 6
    assert not torch.allclose(net.synthesis(mixed), net.synthesis(a)) and net.synthesis(mixed).shape == (1, 3, 16, 16)


def test_noise_is_the_same_or_drawn_or_none():
    net = small()
    for name, weight in net.named_parameters():
        if "noise_strength" in name:
            weight.data.fill_(0.5)
    ws = net.ws(net.mapping(torch.randn(1, 8)))
    drawn = [net.synthesis(ws, "random", torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)]
    assert drawn[0].equal(drawn[1]) and not drawn[0].equal(drawn[2])
    assert net.synthesis(ws).equal(net.synthesis(ws)) and not net.synthesis(ws).equal(net.synthesis(ws, "none"))


def test_a_class_changes_the_picture():
    net = small(c_dim=3)
    z = torch.randn(1, 8)
    rows = [net.mapping(z, torch.eye(3)[i : i + 1]) for i in range(2)]
    assert not torch.allclose(rows[0], rows[1])


def test_filters_keep_what_is_even():
    x = torch.full((1, 2, 6, 6), 3.0)
    assert torch.allclose(doubled(x)[:, :, 3:-3, 3:-3], torch.tensor(3.0)) and doubled(x).shape == (1, 2, 12, 12)
    assert torch.allclose(filtered(x, (0, 0, 0, 0), 1.0), torch.tensor(3.0))
