"""LoRA files in the weights of a pipeline, for as long as a picture takes; knows no person and no prompt.

What is added is weight * alpha / rank * up @ down, as in the paper (Hu et al., 2021). Files may use the names of peft
and diffusers or those of kohya's trainer, the two that are shared most.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from playground.adapters import lora_names
from playground.errors import Refused
from playground.events import Notice
from playground.stream import Emit

PARTS = {"unet": ("lora_unet_",), "transformer": ("lora_transformer_",), "text_encoder": ("lora_te_", "lora_te1_"),
         "text_encoder_2": ("lora_te2_",)}  # fmt: skip
"""The parts of a pipeline that LoRAs change, and how kohya's names of their layers begin."""

KEY = re.compile(r"(.+?)\.(?:lora_A|lora\.down|lora_down)(?:\.default)?\.weight")
UPS = (".lora_B.weight", ".lora_B.default.weight", ".lora.up.weight", ".lora_up.weight")
Change = tuple[torch.nn.Parameter, torch.Tensor]


@contextmanager
def worn(pipe: Any, files: Sequence[tuple[Path, float]], emit: Emit) -> Iterator[None]:
    """Inside, each of the files is added to the weights, as many times as it says; afterwards they are, bit by bit,
    what they were. Refused, with nothing changed, if a file is damaged or was made for another model."""
    layers = named_layers(pipe) if files else {}
    changes = [change for path, weight in files for change in read(path, weight, layers, emit)]
    before: dict[torch.nn.Parameter, torch.Tensor] = {}
    try:
        for parameter, added in changes:
            if parameter not in before:
                before[parameter] = parameter.detach().clone()
            parameter.data.add_(added)
        yield
    finally:
        for parameter, values in before.items():
            parameter.data.copy_(values)


def named_layers(pipe: Any) -> dict[str, torch.nn.Parameter]:
    """The weights of the layers that a LoRA can change, under all names that files have for them."""
    found = {}
    for part, starts in PARTS.items():
        module = getattr(pipe, part, None)
        for name, layer in module.named_modules() if isinstance(module, torch.nn.Module) else ():
            if isinstance(layer, torch.nn.Linear | torch.nn.Conv2d):
                for full in names(part, name, module):
                    found[f"{part}.{full}"] = layer.weight
                    found |= {start + full.replace(".", "_"): layer.weight for start in starts}
    return found


def names(part: str, name: str, module: Any) -> set[str]:
    """What files call a layer of this part."""
    if part.startswith("text"):
        short = name.removeprefix("text_model.")
        return {short, f"text_model.{short}"}
    each = module.config.get("layers_per_block") if part == "unet" else None
    other = lora_names.of_stability(name, each) if isinstance(each, int) else ""
    return {name, other} - {""}


def read(path: Path, weight: float, layers: dict[str, torch.nn.Parameter], emit: Emit) -> list[Change]:
    """What the file adds to which weights."""
    try:
        tensors = load_file(path)
    except (SafetensorError, OSError) as error:
        raise Refused(f"The LoRA {path.stem} is damaged; another copy of it may not be.") from error
    downs = {found[1]: key for key in tensors if (found := KEY.fullmatch(key))}
    changes = []
    for name, key in downs.items():
        up = next((tensors[name + ending] for ending in UPS if name + ending in tensors), None)
        if up is not None and name in layers:
            changes += change(layers[name], tensors[key], up, weight, tensors.get(name + ".alpha"))
    if not changes:
        raise Refused(f"The LoRA {path.stem} was made for another model: none of its layers fits this one.")
    if len(changes) < len(downs):
        emit(Notice(f"{len(downs) - len(changes)} of the {len(downs)} layers of the LoRA {path.stem} do not fit."))
    return changes


def change(
    target: torch.nn.Parameter, down: torch.Tensor, up: torch.Tensor, weight: float, alpha: torch.Tensor | None
) -> list[Change]:
    """What one layer gets; nothing if the shapes do not fit."""
    rank = down.shape[0]
    flat = target.shape.numel() // target.shape[0]
    if up.shape[0] != target.shape[0] or up[0].numel() != rank or down[0].numel() != flat:
        return []
    scale = weight * (float(alpha) if alpha is not None else rank) / rank
    added = up.flatten(1).float() @ down.flatten(1).float() * scale
    return [(target, added.reshape(target.shape).to(target))]
