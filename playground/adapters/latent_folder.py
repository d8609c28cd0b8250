"""What lies in the folder of a starter with a latent space beside its network: directions, places; knows no family."""

from pathlib import Path

import torch
from safetensors.torch import load_file

from playground.adapters.latent_ways import Place


def directions(source: str, device: str) -> dict[str, torch.Tensor]:
    """Attributes by name; empty if none were measured."""
    path = Path(source) / "directions.safetensors"
    return {name: row.float() for name, row in load_file(path, device).items()} if path.is_file() else {}


def cards(source: str, device: str) -> dict[str, Place]:
    """The places of cards that took long to find."""
    path = Path(source) / "cards.safetensors"
    return {name: (row.float(),) for name, row in load_file(path, device).items()} if path.is_file() else {}
