"""The latent space of a VQ-VAE from a local folder: a grid of codes; knows no line, no page and no recipe."""

from collections.abc import Sequence
from typing import Any

import torch

from playground import latent_points
from playground.adapters import latent_runs
from playground.adapters.latent_folder import directions
from playground.adapters.latent_painter import open_folder
from playground.adapters.latent_ways import Place
from playground.catalog import Model
from playground.errors import Refused
from playground.nets.vqvae import VQVAE
from playground.params import LatentParams
from playground.stream import Emit


class LatentVQVAE:
    """A place is a grid of points (1, h, w, channels); it is rounded to codes whenever it is decoded. Codes drawn by
    lot would be no picture, so that seeds have no place.
    """

    normal: tuple[bool, ...] = (False,)

    def __init__(self, model: Model, device: str):
        self.net, self.painter = open_folder(model.source, VQVAE, device)
        self.directions, self.device = directions(model.source, device), device
        self.cards: dict[str, Place] = {}

    def run(self, params: LatentParams, emit: Emit) -> None:
        latent_runs.run(self, params, emit)

    def drawn(self, seed: int, params: LatentParams) -> Place:
        raise Refused("The codes of a VQ-VAE are not drawn by lot: choose cards or pictures for the corners.")

    def found(self, latents: torch.Tensor, params: LatentParams, emit: Emit) -> Place:
        return (self.net.quantized(latents),)

    def decoded(self, places: Sequence[Place], params: LatentParams, emit: Emit) -> torch.Tensor:
        return self.net.decode(torch.cat([self.codes(place, params) for place in places]))

    def codes(self, place: Place, params: LatentParams) -> torch.Tensor:
        """The codes (1, h, w) nearest to a place, with those a person has changed."""
        codes = self.net.quantizer.nearest(place[0])
        height, width = codes.shape[1:]
        for (row, column), number in latent_points.code_changes(params.codes).items():
            if row >= height or column >= width or number >= self.net.quantizer.codes:
                raise Refused(
                    f"There is no code {number} at row {row}, column {column}: rows go from 0 to {height - 1}, "
                    f"columns from 0 to {width - 1}, codes from 0 to {self.net.quantizer.codes - 1}."
                )
            codes[0, row, column] = number
        return codes

    def told(self, latents: torch.Tensor, place: Place) -> dict[str, Any]:
        """The codes, a list a row."""
        return {"code_grid": self.net.quantizer.nearest(place[0])[0].tolist()}
