"""The latent space of a dense VAE from a local folder; knows no line, no page and no recipe."""

from collections.abc import Sequence
from typing import Any

import torch

from playground.adapters import latent_runs
from playground.adapters.latent_folder import directions
from playground.adapters.latent_painter import open_folder
from playground.adapters.latent_ways import Place
from playground.catalog import Model
from playground.nets.dense_vae import DenseVAE
from playground.params import LatentParams
from playground.stream import Emit


class LatentVAE:
    """One vector a picture, near N(0, 1)."""

    normal: tuple[bool, ...] = (True,)

    def __init__(self, model: Model, device: str):
        self.net, self.painter = open_folder(model.source, DenseVAE, device)
        self.directions, self.device = directions(model.source, device), device
        self.cards: dict[str, Place] = {}

    def run(self, params: LatentParams, emit: Emit) -> None:
        latent_runs.run(self, params, emit)

    def drawn(self, seed: int, params: LatentParams) -> Place:
        return (self.net.draw(1, torch.Generator().manual_seed(seed)),)

    def found(self, latents: torch.Tensor, params: LatentParams, emit: Emit) -> Place:
        return (self.net.encode(latents)[0],)

    def decoded(self, places: Sequence[Place], params: LatentParams, emit: Emit) -> torch.Tensor:
        return self.net.decode(torch.cat([place[0] for place in places]))

    def told(self, latents: torch.Tensor, place: Place) -> dict[str, Any]:
        """The evidence lower bound in nats, of the latents as a density, the mean of a few draws."""
        bounds, divergence = self.net.elbo(latents.expand(16, -1, -1, -1))
        return {"elbo": round(float(bounds.mean()), 1), "divergence": round(float(divergence[0]), 1)}
