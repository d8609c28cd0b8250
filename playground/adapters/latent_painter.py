"""Between latents and pictures, with the autoencoder that a family of models shares; knows no family and no place."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import AutoencoderTiny
from diffusers.utils import logging
from PIL import Image
from safetensors.torch import load_file

from playground.adapters.latent_pixels import as_pictures, as_pixels
from playground.events import Media
from playground.media.pictures import SIDE
from playground.nets.draft_decoder import DraftDecoder


class Painter:
    """Latents are of unit variance, as the families make them."""

    side, lossless = SIDE, False

    def __init__(self, folder: Path, config: dict[str, Any], device: str):
        logging.set_verbosity_error()  # it warns of a setting that old diffusers need
        self.device = device
        self.full = AutoencoderTiny.from_pretrained(
            folder / config["autoencoder"], dtype=torch.float32, local_files_only=True
        )
        self.full.eval().requires_grad_(False)
        self.full.to(device)  # pyright: ignore[reportArgumentType]  # diffusers decorates it in a way that hides self
        self.scale = self.full.config["scaling_factor"]
        self.draft = loaded(folder / config["draft"], DraftDecoder).to(device)
        neighbours = folder / config["neighbours"] / "neighbours.safetensors"
        self.neighbours = load_file(neighbours, device)["latents"].float()
        self.draft.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]  # torch does not declare it

    def pictures(self, latents: torch.Tensor, draft: bool = False) -> list[Image.Image]:
        """Of latents (n, channels, s, s). A draft takes a tenth of the time."""
        if draft:
            return as_pictures(self.draft(latents.contiguous(memory_format=torch.channels_last)))
        return as_pictures(torch.cat([self.full.decoder(part / self.scale) for part in latents.split(4)]))

    def nearest(self, latents: torch.Tensor) -> int:
        """See nearest()."""
        return nearest(self.neighbours, latents)

    def latents(self, picture: Image.Image) -> torch.Tensor:
        """(1, channels, s, s) of a picture in RGB."""
        return self.full.encoder(as_pixels(picture, self.device)) * self.scale


def open_folder(source: str, kind: type[torch.nn.Module], device: str) -> tuple[Any, Painter]:
    """The network in a folder on its device, and the painter of its latents."""
    folder = Path(source)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    return loaded(folder, kind).to(device), Painter(folder, config, device)


def loaded(folder: Path, kind: type[torch.nn.Module]) -> Any:
    """The network of this kind from config.json and model.safetensors, in single precision, at rest."""
    net = kind(**json.loads((folder / "config.json").read_text("utf-8"))["net"])
    net.load_state_dict({name: weight.float() for name, weight in load_file(folder / "model.safetensors").items()})
    return net.eval().requires_grad_(False)


def nearest(neighbours: torch.Tensor, latents: torch.Tensor) -> int:
    """Which of the training scenes on the sheet is most like latents (1, channels, s, s), by what is where."""
    summary = torch.nn.functional.avg_pool2d(latents, 4).flatten(1)
    return int((neighbours - summary).square().sum(1).argmin())


def encoded(picture: Image.Image, format: str) -> Media:
    """The picture as a file: JPEG for what is seen while a hand moves, PNG for what is kept."""
    buffer = io.BytesIO()
    picture.save(buffer, format, **({"quality": 85} if format == "JPEG" else {"compress_level": 1}))
    return Media(buffer.getvalue(), f"image/{format.lower()}")


def film(pictures: list[Image.Image], frames_per_second: int) -> Media:
    """The pictures as an animated WebP that goes on for ever."""
    buffer = io.BytesIO()
    first, *others = pictures
    first.save(
        buffer,
        "WEBP",
        save_all=True,
        append_images=others,
        duration=round(1000 / frames_per_second),
        loop=0,
        quality=80,
    )
    return Media(buffer.getvalue(), "image/webp")


def decibels(a: Image.Image, b: Image.Image) -> float:
    """Peak signal-to-noise ratio of two pictures of one size."""
    error = np.square(np.asarray(a, np.float32) - np.asarray(b, np.float32)).mean()
    return float(99.0 if error == 0 else min(99.0, 10 * np.log10(255**2 / error)))
