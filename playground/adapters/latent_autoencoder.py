"""The latent space of any autoencoder in diffusers format, from a local folder; knows no line, no page and no recipe.

Takes AutoencoderKL, AutoencoderTiny and VQModel.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, AutoencoderTiny, VQModel
from diffusers.utils import logging
from safetensors import SafetensorError

from playground.adapters import latent_runs
from playground.adapters.latent_pixels import Pixels
from playground.adapters.latent_ways import Place
from playground.adapters.stopping import stoppable
from playground.catalog import Model
from playground.errors import Refused
from playground.media.pictures import SIDE
from playground.params import LatentParams
from playground.stream import Emit

KINDS: dict[str, Any] = {kind.__name__: kind for kind in (AutoencoderKL, AutoencoderTiny, VQModel)}
WORKS = f"choose the folder of one of {', '.join(KINDS)}"
UNSET = 32  # the sample_size of a configuration that says nothing of it


class LatentAutoencoder:
    """A place is what the encoder makes of a picture, (1, channels, s, s). Ways through it are straight: a picture's
    latents are no draws, and far from N(0, 1)."""

    normal: tuple[bool, ...] = (False,)

    def __init__(self, model: Model, device: str):
        self.title, self.net = model.title, load(model).to(device)
        self.kind = type(self.net).__name__
        self.painter = Pixels(side(self.net.config), device)
        self.directions: dict[str, torch.Tensor] = {}
        self.cards: dict[str, Place] = {}

    def run(self, params: LatentParams, emit: Emit) -> None:
        with stoppable(self.net, emit):
            latent_runs.run(self, params, emit)

    def drawn(self, seed: int, params: LatentParams) -> Place:
        raise Refused(f"{self.title} cannot draw a picture from a seed: choose cards or pictures.")

    def found(self, latents: torch.Tensor, params: LatentParams, emit: Emit) -> Place:
        encoded = self.net.encode(latents)
        return (encoded.latent_dist.mean if self.kind == "AutoencoderKL" else encoded.latents,)

    def decoded(self, places: Sequence[Place], params: LatentParams, emit: Emit) -> torch.Tensor:
        """Pixels. A draft is decoded at half the size."""
        latents = torch.cat([place[0] for place in places])
        if params.way == "draft" and min(latents.shape[2:]) > 1:
            latents = torch.nn.functional.avg_pool2d(latents, 2)
        return self.net.decode(latents).sample

    def told(self, latents: torch.Tensor, place: Place) -> dict[str, Any]:
        """Of a variational one its divergence from N(0, 1) in nats, of a VQ-VAE its codes, a list a row."""
        if self.kind == "AutoencoderKL":
            return {"divergence": round(float(self.net.encode(latents).latent_dist.kl()), 1)}
        if self.kind == "VQModel":
            _, _, (_, _, codes) = self.net.quantize(place[0])
            return {"code_grid": codes.view(place[0].shape[2:]).tolist()}
        return {}


def side(config: Any) -> int:
    """Pixels of its pictures: as many as it learned from, if that is known, and at most as many as elsewhere here."""
    learned = config.get("sample_size") or UNSET
    return learned - learned % 32 if isinstance(learned, int) and UNSET < learned < SIDE else SIDE


def load(model: Model) -> Any:
    """The autoencoder, at rest, in single precision; Refused if the folder holds none that can be used."""
    logging.set_verbosity_error()
    folder = Path(model.source)
    kind = KINDS[check(model, folder)]
    options: dict[str, Any] = dict(dtype=torch.float32, local_files_only=True, use_safetensors=True)
    try:
        net, found = kind.from_pretrained(folder, output_loading_info=True, **options)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise Refused(f"The files of {model.title} are damaged or not all there; get them again.") from error
    if missing := found["missing_keys"]:
        raise Refused(
            f"{model.title} lacks {len(missing)} of its weights ({missing[0]} is the first); get its files again."
        )
    return net.eval().requires_grad_(False)


def check(model: Model, folder: Path) -> str:
    """What it says it is, in config.json; Refused if that is no autoencoder of colour pictures in safetensors."""
    if (folder / "model_index.json").is_file():
        raise Refused(f"{model.title} is a whole pipeline; choose the folder vae inside it.")
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        kind = str(config["_class_name"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{model.title} has no config.json that says what it is; {WORKS}.") from error
    if kind not in KINDS:
        raise Refused(f"{model.title} is of the kind {kind[:60]}; {WORKS}.")
    if not any(folder.glob("*.safetensors")):
        raise Refused(f"{model.title} has no weights in safetensors; other formats can hide programs.")
    for name in ("in_channels", "out_channels"):
        if config.get(name, 3) != 3:
            raise Refused(f"{model.title} is made for {config[name]} channels; 3, red, green and blue, would work.")
    return kind
