"""The latent space of a StyleGAN2 from a local folder; knows no line, no page and no recipe."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from playground.adapters import latent_runs
from playground.adapters.latent_folder import cards, directions, open_folder
from playground.adapters.latent_ways import Place
from playground.catalog import Model
from playground.events import Step
from playground.nets.stylegan2 import Generator
from playground.params import LatentParams
from playground.stream import Emit

GUESSES, INVERSION_STEPS, INVERSION_RATE = 512, 60, 0.05


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
        return (self.net.ws(self.mapped([seed]), params.psi),)

    def mapped(self, seeds: Sequence[int]) -> torch.Tensor:
        """w (n, w_dim) of seeds, drawn as StyleGAN's tools draw them; the class is drawn after z."""
        rows, classes = [], []
        for seed in seeds:
            dice = np.random.RandomState(seed % 2**32)
            rows.append(dice.randn(self.net.z_dim))
            classes.append(dice.randint(self.net.c_dim) if self.net.c_dim else 0)
        z = torch.from_numpy(np.stack(rows)).float().to(self.device)
        one_hot = torch.nn.functional.one_hot(torch.tensor(classes), self.net.c_dim).float().to(self.device)
        return self.net.mapping(z, one_hot if self.net.c_dim else None)

    def found(self, latents: torch.Tensor, params: LatentParams, emit: Emit) -> Place:
        """By optimisation from the nearest of many draws (Image2StyleGAN, arXiv:1904.03189): a GAN has no encoder."""
        w = self.mapped(range(GUESSES))
        near = latents.new_full((GUESSES,), torch.inf)
        for start in range(0, GUESSES, 64):
            drawn = self.net.synthesis(self.net.ws(w[start : start + 64]))
            near[start : start + 64] = (drawn - latents).square().mean((1, 2, 3))
        with torch.inference_mode(False), torch.enable_grad():
            target = latents.clone()
            ws = self.net.ws(w[near.argmin()][None]).clone().requires_grad_(True)
            optimizer = torch.optim.Adam([ws], INVERSION_RATE)
            for step in range(INVERSION_STEPS):
                optimizer.param_groups[0]["lr"] = INVERSION_RATE * (1 - step / INVERSION_STEPS)
                loss = (self.net.synthesis(ws) - target).square().mean()
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                if params.way != "draft":
                    emit(Step(step + 1, INVERSION_STEPS))
        return (ws.detach(),)

    def decoded(self, places: Sequence[Place], params: LatentParams, emit: Emit) -> torch.Tensor:
        ws = torch.cat([place[0] for place in places])
        if params.mix_seed >= 0 and params.mix_from < self.net.synthesis.num_ws:
            ws[:, params.mix_from :] = self.drawn(params.mix_seed, params)[0][:, params.mix_from :]
        dice = torch.Generator().manual_seed(params.seed) if params.noise == "random" else None
        return self.net.synthesis(ws, params.noise, dice)

    def told(self, latents: torch.Tensor, place: Place) -> dict[str, Any]:
        """Nothing: a GAN gives no probability. What is told is how near the search came."""
        error = (self.net.synthesis(place[0]) - latents).square().mean()
        return {"latent_error": round(float(error), 4), "steps_of_search": INVERSION_STEPS}
