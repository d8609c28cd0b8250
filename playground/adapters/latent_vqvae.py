"""The latent space of a VQ-VAE from a local folder: a grid of codes; knows no line, no page and no recipe."""

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from playground import latent_points
from playground.adapters import latent_runs
from playground.adapters.latent_folder import directions
from playground.adapters.latent_painter import open_folder
from playground.adapters.latent_ways import Place
from playground.catalog import Model
from playground.errors import Refused
from playground.nets.code_prior import CodePrior
from playground.nets.vqvae import VQVAE
from playground.params import LatentParams
from playground.stream import Emit

GUIDANCE = 3.0  # of words, as the prior has it in the Image tab
SEEDS_KEPT = 64


class LatentVQVAE:
    """A place is a grid of points (1, h, w, channels); it is rounded to codes whenever it is decoded. Codes drawn by
    lot would be no picture: a seed has a place where the folder's config.json names a prior that writes its codes, one
    after the other, about words if there are any.
    """

    normal: tuple[bool, ...] = (False,)

    def __init__(self, model: Model, device: str):
        self.net, self.painter = open_folder(model.source, VQVAE, device)
        self.directions, self.device = directions(model.source, device), device
        self.cards: dict[str, Place] = {}
        folder = Path(model.source)
        prior = json.loads((folder / "config.json").read_text("utf-8")).get("prior")
        self.prior_folder = folder / prior if prior and (folder / prior).is_dir() else None
        self.of_seed = functools.lru_cache(SEEDS_KEPT)(self.written)

    def run(self, params: LatentParams, emit: Emit) -> None:
        latent_runs.run(self, params, emit)

    def drawn(self, seed: int, params: LatentParams) -> Place:
        if self.prior_folder is None:
            raise Refused("This model has no prior to draw codes by a seed: choose cards or pictures for the corners.")
        return self.of_seed(seed, params.prompt)

    @functools.cached_property
    def prior(self) -> CodePrior:
        assert self.prior_folder is not None
        return CodePrior(self.prior_folder, self.device)

    def written(self, seed: int, words: str) -> Place:
        """It takes as long as a picture in the Image tab, so that it is kept: a puck asks for it many times."""
        codes = self.prior.drawn([words], [seed], GUIDANCE)
        return (self.net.quantizer.points(codes.to(self.device)),)

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
