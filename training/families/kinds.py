"""What can be asked of each trained family when it is shipped and measured; knows no picture and no judge."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from playground.nets.dense_vae import DenseVAE
from playground.nets.glow import Glow
from playground.nets.stylegan2 import Generator
from playground.nets.vqvae import VQVAE
from training.families import glow
from training.scenes.specification import SUBJECTS


@dataclass(frozen=True)
class Kind:
    """One family. `draws` gives latents (n, ...) from nothing, None if it cannot; `place` is where latents lie in its
    space, None if it has no way there; `at` is what lies at places; `facts` measures it on latents it never saw."""

    network: type[nn.Module]
    settings: dict[str, Any]
    name: str
    place: Callable[[Any, torch.Tensor], torch.Tensor] | None
    at: Callable[[Any, torch.Tensor], torch.Tensor]
    draws: Callable[[Any, int, torch.Generator], torch.Tensor] | None
    facts: Callable[[Any, torch.Tensor], dict[str, str]]


def vae_facts(net: DenseVAE, x: torch.Tensor) -> dict[str, str]:
    bound, divergence = net.elbo(x)
    return {"evidence lower bound": f"{bound.mean():.0f} nats", "divergence": f"{divergence.mean():.0f} nats"}


def vqvae_facts(net: VQVAE, x: torch.Tensor) -> dict[str, str]:
    used = len(net.encode(x).unique())
    return {"codes used": f"{used} of {net.quantizer.codes} in {len(x)} pictures"}


def glow_place(net: Glow, x: torch.Tensor) -> torch.Tensor:
    return torch.cat([part.flatten(1) for part in net.encode(x)[0]], dim=1)


def glow_at(net: Glow, places: torch.Tensor) -> torch.Tensor:
    shapes = [(16, 8, 8), (32, 4, 4), (128, 2, 2)]
    pieces = places.split([a * b * c for a, b, c in shapes], dim=1)
    return net.decode([piece.view(-1, *shape) for piece, shape in zip(pieces, shapes, strict=True)])


def glow_facts(net: Glow, x: torch.Tensor) -> dict[str, str]:
    error = (glow_at(net, glow_place(net, x)) - x).abs().max()
    bits = glow.bits_a_dimension(net, glow.dequantized(x)).mean()
    return {"bits a dimension, of bytes": f"{bits:.3f}", "largest error of the inverse": f"{error:.1e}"}


def gan_draws(net: Generator, count: int, dice: torch.Generator) -> torch.Tensor:
    classes = F.one_hot(torch.arange(count) % len(SUBJECTS), len(SUBJECTS)).float()
    w = net.mapping(torch.randn(count, net.z_dim, generator=dice), classes)
    return net.synthesis(net.ws(w, psi=1.0))


KINDS = {
    "vae": Kind(
        DenseVAE,
        {},
        "Poster VAE",
        place=lambda net, x: net.encode(x)[0],
        at=lambda net, places: net.decode(places),
        draws=lambda net, count, dice: net.decode(net.draw(count, dice)),
        facts=vae_facts,
    ),
    "vqvae": Kind(
        VQVAE,
        {},
        "Poster VQ-VAE",
        place=lambda net, x: net.quantized(x),
        at=lambda net, places: net.decode(net.quantizer.nearest(places)),
        draws=None,
        facts=vqvae_facts,
    ),
    "gan": Kind(
        Generator,
        {"z_dim": 64, "c_dim": len(SUBJECTS), "w_dim": 128, "img_channels": 8},
        "Poster GAN",
        place=None,
        at=lambda net, ws: net.synthesis(ws),
        draws=gan_draws,
        facts=lambda net, x: {},
    ),
    "glow": Kind(
        Glow,
        {},
        "Poster Glow",
        place=glow_place,
        at=glow_at,
        draws=lambda net, count, dice: glow_at(net, 0.9 * torch.randn(count, 2048, generator=dice)),
        facts=glow_facts,
    ),
}
