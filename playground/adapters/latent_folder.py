"""What lies in the folder of a starter with a latent space: settings, network, directions, places; knows no family."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from playground.adapters.latent_painter import Painter, loaded
from playground.adapters.latent_ways import Place


def open_folder(source: str, kind: type[torch.nn.Module], device: str) -> tuple[Any, Painter]:
    """The network on its device, and the painter of its latents."""
    folder = Path(source)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    return loaded(folder, kind).to(device), Painter(folder, config, device)


def directions(source: str, device: str) -> dict[str, torch.Tensor]:
    """Attributes by name; empty if none were measured."""
    path = Path(source) / "directions.safetensors"
    return {name: row.float() for name, row in load_file(path, device).items()} if path.is_file() else {}


def cards(source: str, device: str) -> dict[str, Place]:
    """The places of cards that took long to find."""
    path = Path(source) / "cards.safetensors"
    return {name: (row.float(),) for name, row in load_file(path, device).items()} if path.is_file() else {}
