"""The folder of a finished melody model: weights in half precision, config, directions, examples; knows no training."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from playground.nets.melody_vae import Config, MelodyVAE
from training.melody.attributes import ATTRIBUTES

WEIGHTS, DIRECTIONS = "model.safetensors", "directions.safetensors"


def save(folder: Path, model: MelodyVAE, directions: Mapping[str, torch.Tensor], examples: Mapping[str, Any]) -> None:
    """config.json holds the sizes of the network, and for every direction the word for the other way."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: value.half().contiguous() for name, value in model.state_dict().items()}, folder / WEIGHTS)
    save_file({name: value.contiguous() for name, value in directions.items()}, folder / DIRECTIONS)
    opposites = {name: attribute.opposite for name, attribute in ATTRIBUTES.items()}
    config = {"network": asdict(model.config), "opposites": opposites}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(one)}" for name, one in examples.items())
    (folder / "examples.json").write_text(f"{{\n{lines}\n}}\n")


def load(folder: Path) -> MelodyVAE:
    config = json.loads((folder / "config.json").read_text())["network"]
    model = MelodyVAE(Config(**config))
    model.load_state_dict(load_file(folder / WEIGHTS))
    return model.float().eval().requires_grad_(False)


def load_directions(folder: Path) -> dict[str, torch.Tensor]:
    return load_file(folder / DIRECTIONS)
