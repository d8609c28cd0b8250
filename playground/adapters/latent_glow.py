"""The latent space of a Glow from a local folder, with its exact likelihood; knows no line, no page and no recipe."""

import math
from collections.abc import Sequence
from typing import Any

import torch
from PIL import Image

from playground.adapters import latent_runs
from playground.adapters.latent_folder import directions
from playground.adapters.latent_painter import open_folder
from playground.adapters.latent_ways import Place
from playground.catalog import Model
from playground.media.pictures import SIDE
from playground.nets.glow import Glow
from playground.params import LatentParams
from playground.stream import Emit


class LatentGlow:
    """All parts of z in one row, near N(0, 1); nothing of a picture is lost on the way."""

    normal: tuple[bool, ...] = (True,)

    def __init__(self, model: Model, device: str):
        self.net, self.painter = open_folder(model.source, Glow, device)
        self.net.keep_inverses()
        self.directions, self.device = directions(model.source, device), device
        self.cards: dict[str, Place] = {}
        nothing = self.painter.latents(Image.new("RGB", (SIDE, SIDE)))
        self.parts = [part.shape[1:] for part in self.net.encode(nothing)[0]]

    def run(self, params: LatentParams, emit: Emit) -> None:
        latent_runs.run(self, params, emit)

    def drawn(self, seed: int, params: LatentParams) -> Place:
        dice = torch.Generator().manual_seed(seed)
        size = sum(math.prod(part) for part in self.parts)
        return (params.temperature * torch.randn(1, size, generator=dice).to(self.device),)

    def found(self, latents: torch.Tensor, params: LatentParams, emit: Emit) -> Place:
        return (torch.cat([part.flatten(1) for part in self.net.encode(latents)[0]], dim=1),)

    def decoded(self, places: Sequence[Place], params: LatentParams, emit: Emit) -> torch.Tensor:
        rows = torch.cat([place[0] for place in places])
        pieces = rows.split([math.prod(part) for part in self.parts], dim=1)
        return self.net.decode([piece.view(-1, *part) for piece, part in zip(pieces, self.parts, strict=True)])

    def told(self, latents: torch.Tensor, place: Place) -> dict[str, Any]:
        """The exact log density of the latents in nats, and per dimension in bits."""
        _, likelihood = self.net.encode(latents)
        nats = float(likelihood[0])
        return {"log_likelihood": round(nats, 1), "bits_per_dimension": round(-nats / latents.numel() / math.log(2), 4)}
