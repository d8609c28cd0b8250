"""The noise that a picture begins as, or a mixture of two seeds' noise; knows no line, no page and no recipe."""

from collections.abc import Sequence
from typing import Any

import torch
from diffusers.utils.torch_utils import randn_tensor

from playground.adapters.latent_ways import slerp
from playground.params import ImageParams


def generators(seeds: Sequence[int]) -> list[torch.Generator]:
    """One for each picture, on the CPU, so that a seed gives the same noise on every device."""
    return [torch.Generator("cpu").manual_seed(seed) for seed in seeds]


def drawn(pipe: Any, params: ImageParams, generators: Sequence[torch.Generator]) -> torch.Tensor:
    """(n, channels, height, width) of latents, from a normal distribution, each picture's from its own generator."""
    factor, vae = pipe.vae_scale_factor, pipe.vae
    shape = (1, vae.config.latent_channels, params.height // factor, params.width // factor)
    return torch.cat([randn_tensor(shape, generator) for generator in generators]).to(vae.device, vae.dtype)


def arguments(pipe: Any, params: ImageParams, seeds: Sequence[int]) -> dict[str, Any]:
    """What a pipeline is told where each picture's noise is on its way to that of its variation seed, along the great
    circle, as A1111 has it; nothing where it is its own."""
    if not params.variation_strength:
        return {}
    own, others = generators(seeds), generators(params.variation_seeds)
    pairs = zip(drawn(pipe, params, own), drawn(pipe, params, others), strict=True)
    noise = torch.stack([slerp(mine, other, params.variation_strength) for mine, other in pairs])
    return {"latents": packed(pipe, noise), "generator": own}  # those go on from the noise


def packed(pipe: Any, latents: torch.Tensor) -> torch.Tensor:
    """As the pipeline wants them: those of FLUX take a row for each 2 x 2."""
    return pipe._pack_latents(latents, *latents.shape) if hasattr(pipe, "_pack_latents") else latents
