"""What Glow learns: the exact likelihood of latents that are kept as bytes; knows no other family."""

import math
from pathlib import Path

import torch

from playground.nets.glow import Glow
from training.families.data import Latents
from training.loop import Task, simple

BATCH = 32
BIN = 6 / 255 / 0.886163  # between two bytes of a latent, as AutoencoderTiny stores them, in units of its deviation


def begin(work: Path) -> Task[Glow]:
    latents, model = Latents(work), Glow()
    model.set_by(dequantized(latents.draw(256)))

    def next_loss() -> torch.Tensor:
        return bits_a_dimension(model, dequantized(latents.draw(BATCH))).mean()

    return simple(model, next_loss, lambda average: told(average, latents.held_back()), muon=False)


def dequantized(x: torch.Tensor) -> torch.Tensor:
    """Bytes are steps; noise as wide as a step makes a density out of them (Theis et al. 2016, arXiv:1511.01844)."""
    return (x / BIN).round() * BIN + BIN * (torch.rand_like(x) - 0.5)


def bits_a_dimension(model: Glow, x: torch.Tensor) -> torch.Tensor:
    """(n,) of x, counted as bytes."""
    _, likelihood = model.encode(x)
    return (-likelihood / x[0].numel() - math.log(BIN)) / math.log(2)


@torch.inference_mode()
def told(model: Glow, x: torch.Tensor) -> str:
    parts, _ = model.encode(x)
    error = (model.decode(parts) - x).abs().max()
    return f"{bits_a_dimension(model, dequantized(x)).mean():.3f} bits a dimension, inverse error {error:.1e}"
