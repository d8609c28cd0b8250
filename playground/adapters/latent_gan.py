"""The latent space of a StyleGAN2 from a local folder; knows no line, no page and no recipe."""

from collections.abc import Sequence
from typing import Any

import torch

from playground.adapters import latent_runs
from playground.adapters import latent_styles as styles
from playground.adapters.latent_folder import cards, directions
from playground.adapters.latent_painter import open_folder
from playground.adapters.latent_ways import Place
from playground.catalog import Model
from playground.nets.stylegan2 import Generator
from playground.params import LatentParams
from playground.stream import Emit

GUESSES = 512


class LatentGAN:
    """A place is one w for every layer: (1, layers, w_dim). It is not normal: ways through it are straight."""

    normal: tuple[bool, ...] = (False,)

    def __init__(self, model: Model, device: str):
        self.net, self.painter = open_folder(model.source, Generator, device)
        self.directions, self.device = directions(model.source, device), device
        self.cards: dict[str, Place] = cards(model.source, device)

    def run(self, params: LatentParams, emit: Emit) -> None:
        latent_runs.run(self, params, emit)

    def drawn(self, seed: int, params: LatentParams) -> Place:
        return (self.net.ws(styles.mapped(self.net, [seed], self.device), params.psi),)

    def found(self, latents: torch.Tensor, params: LatentParams, emit: Emit) -> Place:
        """By optimisation from the nearest of many draws: a GAN has no encoder."""
        w = styles.mapped(self.net, range(GUESSES), self.device)
        near = latents.new_full((GUESSES,), torch.inf)
        for start in range(0, GUESSES, 64):
            drawn = self.net.synthesis(self.net.ws(w[start : start + 64]))
            near[start : start + 64] = (drawn - latents).square().mean((1, 2, 3))
        first = self.net.ws(w[near.argmin()][None])
        return (styles.searched(self.net, latents, first, None if params.way == "draft" else emit),)

    def decoded(self, places: Sequence[Place], params: LatentParams, emit: Emit) -> torch.Tensor:
        return styles.painted(self.net, styles.mixed(self.net, places, params, self.device), params)

    def told(self, latents: torch.Tensor, place: Place) -> dict[str, Any]:
        """Nothing: a GAN gives no probability. What is told is how near the search came."""
        error = (self.net.synthesis(place[0]) - latents).square().mean()
        return {"latent_error": round(float(error), 4), "steps_of_search": styles.SEARCH_STEPS}
