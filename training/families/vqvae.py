"""What the VQ-VAE learns: latents back from codes; knows no other family."""

from pathlib import Path

import torch
import torch.nn.functional as F

from playground.nets.vqvae import VQVAE
from training.families.data import Latents
from training.loop import Task, simple

BATCH = 64


def begin(work: Path) -> Task[VQVAE]:
    latents, model = Latents(work), VQVAE()

    def next_loss() -> torch.Tensor:
        x = latents.draw(BATCH)
        return F.mse_loss(model(x), x)

    return simple(model, next_loss, lambda average: told(average, latents.held_back()))


@torch.inference_mode()
def told(model: VQVAE, x: torch.Tensor) -> str:
    codes = model.encode(x)
    error = F.mse_loss(model.decode(codes), x)
    return f"error {error:.3f}, {len(codes.unique())} of {model.quantizer.codes} codes in {len(x)} pictures"
