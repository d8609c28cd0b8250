"""The latent space of a StyleGAN2 that makes pictures itself, from a safetensors file; knows no line and no page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from playground.adapters import latent_runs
from playground.adapters import latent_styles as styles
from playground.adapters.latent_pixels import Pixels
from playground.adapters.latent_ways import Place
from playground.adapters.stopping import stoppable
from playground.catalog import Model
from playground.errors import Refused
from playground.nets.stylegan2 import Generator
from playground.nets.stylegan2_names import generator
from playground.params import LatentParams
from playground.stream import Emit

LARGEST_DRAFT = 128


class LatentStyleGAN:
    """A place is one w for every layer: (1, layers, w_dim). It is not normal: ways through it are straight."""

    normal: tuple[bool, ...] = (False,)

    def __init__(self, model: Model, device: str):
        self.net, self.device = load(model).to(device), device
        side = self.net.synthesis.resolutions[-1]
        self.painter, self.draft_side = Pixels(side, device), min(side // 2, LARGEST_DRAFT)
        self.directions: dict[str, torch.Tensor] = {}
        self.cards: dict[str, Place] = {}

    def run(self, params: LatentParams, emit: Emit) -> None:
        with stoppable(self.net, emit):
            latent_runs.run(self, params, emit)

    def drawn(self, seed: int, params: LatentParams) -> Place:
        return (self.net.ws(styles.mapped(self.net, [seed], self.device), params.psi),)

    def found(self, latents: torch.Tensor, params: LatentParams, emit: Emit) -> Place:
        """By optimisation from the mean: a GAN has no encoder. It takes so long that a draft shows its steps too."""
        mean = self.net.ws(self.net.mapping.w_avg[None])
        return (styles.searched(self.net, latents, mean, emit),)

    def decoded(self, places: Sequence[Place], params: LatentParams, emit: Emit) -> torch.Tensor:
        """Pixels. A draft is what the layers of a lower resolution have painted."""
        ws = styles.mixed(self.net, places, params, self.device)
        return styles.painted(self.net, ws, params, self.draft_side if params.way == "draft" else None, at_once=1)

    def told(self, latents: torch.Tensor, place: Place) -> dict[str, Any]:
        """Nothing: a GAN gives no probability."""
        return {}


def load(model: Model) -> Generator:
    """The generator of the folder's one safetensors file; Refused if there is none that makes colour pictures."""
    files = sorted(Path(model.source).glob("*.safetensors"))
    if len(files) != 1:
        raise Refused(
            f"{model.title} has {len(files)} safetensors files in its folder; one with a generator would work."
        )
    try:
        net = generator(load_file(files[0]))
    except (OSError, SafetensorError) as error:
        raise Refused(f"The file of {model.title} is damaged or not all there; get it again.") from error
    except ValueError as error:
        raise Refused(f"{model.title} cannot be used: {error}.") from error
    channels = net.synthesis.blocks()[0].torgb.bias.numel()
    if channels != 3:
        raise Refused(f"{model.title} makes pictures of {channels} channels; 3, red, green and blue, would work.")
    return net
