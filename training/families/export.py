"""Writes a trained family as a folder: settings, weights and directions of attributes in half precision."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import nn

STARTERS = Path(__file__).parents[2] / "assets" / "starters"


def save(folder: Path, net: nn.Module, settings: dict[str, Any], beside: dict[str, str] | None = None) -> None:
    """config.json and model.safetensors. `settings`: what the network's class is made with; `beside`: more folders."""
    folder.mkdir(parents=True, exist_ok=True)
    shared = {"autoencoder": "../poster/vae", "draft": "../draft-decoder", "neighbours": "../scenes"}
    config = {**shared, **(beside or {}), "net": settings}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    weights = {name: weight.half().contiguous() for name, weight in net.state_dict().items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def save_rows(path: Path, rows: dict[str, torch.Tensor]) -> None:
    """Directions or places by name, in half precision."""
    save_file({name: row.half().contiguous() for name, row in rows.items()}, path)


def attribute_directions(places: torch.Tensor, labels: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """From places (n, ...) to each attribute: the mean of those that have it, less the mean of the others.

    `labels`: for each attribute which of the places (n,) have it.
    """
    rows = places.flatten(1)
    return {
        name: (rows[has].mean(0) - rows[~has].mean(0)).view(places.shape[1:])
        for name, has in labels.items()
        if 8 <= int(has.sum()) <= len(rows) - 8
    }


def principal_directions(places: torch.Tensor, count: int = 6) -> dict[str, torch.Tensor]:
    """The axes along which places (n, ...) vary most, each as long as one deviation (GANSpace, arXiv:2004.02546)."""
    rows = places.flatten(1)
    _, sizes, axes = torch.svd_lowrank(rows - rows.mean(0), q=count, niter=4)
    lengths = sizes / len(rows) ** 0.5
    return {f"component {i + 1}": (axes[:, i] * lengths[i]).view(places.shape[1:]) for i in range(count)}
