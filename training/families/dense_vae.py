"""What the dense VAE learns: the evidence lower bound; knows no other family."""

import math
from pathlib import Path

import torch

from playground.nets.dense_vae import DenseVAE
from training.families.data import Latents
from training.loop import Task, simple

BATCH = 64


def begin(work: Path) -> Task[DenseVAE]:
    latents, model = Latents(work), DenseVAE()

    def next_loss() -> torch.Tensor:
        bound, _ = model.elbo(latents.draw(BATCH))
        return -bound.mean() / math.prod(latents.all.shape[1:])

    return simple(model, next_loss, lambda average: told(average, latents.held_back()))


@torch.inference_mode()
def told(model: DenseVAE, x: torch.Tensor) -> str:
    bound, divergence = model.elbo(x)
    error = (model.decode(model.encode(x)[0]) - x).square().mean()
    return f"ELBO {bound.mean():.0f} nats, KL {divergence.mean():.0f} nats, error {error:.3f}"
