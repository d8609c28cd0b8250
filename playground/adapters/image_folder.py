"""Loads a text-to-image pipeline of diffusers from a local folder, and refuses others; knows no prompt and no picture.

Weights are looked over, by their headers alone, before any of them is read.
"""

import json
import warnings
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoPipelineForText2Image, DiffusionPipeline
from diffusers.pipelines.auto_pipeline import AUTO_TEXT2IMAGE_PIPELINES_MAPPING, SUPPORTED_TASKS_MAPPINGS
from safetensors import SafetensorError, safe_open

from playground import diffusion_folders
from playground.adapters.quiet import quiet
from playground.adapters.text_folder import dtype_of, has_words
from playground.catalog import Model
from playground.errors import Refused

DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, SafetensorError)
"""What libraries raise of files that are not what they should be. Memory that ran out is none of it."""

PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
HALF = "fp16"
"""How diffusers names files that hold half numbers beside, or in place of, whole ones."""


def load(model: Model, device: str) -> Any:
    """The pipeline on `device`, ready to be asked; Refused if the folder holds none that can be used."""
    quiet()
    folder = Path(model.source)
    diffusion_folders.class_name(folder)
    index = diffusion_folders.config(folder, diffusion_folders.INDEX)
    name = index["_class_name"]
    if "Control" in name or "Inpaint" in name:
        raise Refused(f"{model.title} is a {name} and needs a picture to begin with; choose one that draws from words.")
    parts = {part for part, entry in index.items() if isinstance(entry, list) and entry and entry[0]}
    halves = [check_part(model, folder / part) for part in sorted(parts)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of parts that diffusers will call otherwise one day
            pipe: Any = opener(model, name).from_pretrained(
                folder,
                dtype=numbers(parts, device),
                variant=HALF if any(halves) else None,
                local_files_only=True,
                use_safetensors=True,
                trust_remote_code=False,
            )
    except DAMAGED as error:
        raise Refused(f"The files of {model.title} are damaged or not all there; get them again.") from error
    pipe.set_progress_bar_config(disable=True)
    pipe.to(device)
    if getattr(pipe, "vae", None) is not None and pipe.vae.config.get("force_upcast"):
        pipe.vae.to(torch.float32)  # it makes numbers too large for half ones
    return pipe


def opener(model: Model, name: str) -> Any:
    """The class that opens a pipeline of this name to make pictures from words; Refused if there is none."""
    if name in diffusion_folders.PIPELINES:
        return DiffusionPipeline
    families = [family for task in SUPPORTED_TASKS_MAPPINGS for family, kind in task.items() if kind.__name__ == name]
    if any(family in AUTO_TEXT2IMAGE_PIPELINES_MAPPING for family in families):
        return AutoPipelineForText2Image
    raise Refused(f"{model.title} is a {name}, which makes no picture from words alone; choose another.")


def check_part(model: Model, folder: Path) -> bool:
    """Refuse a part whose weights are a pickle, damaged or missing; whether it has them in half numbers only."""
    if "tokenizer" in folder.name and not (has_words(folder) or (folder / "tokenizer.model").is_file()):
        raise Refused(f"{model.title} lacks the words of its {folder.name}; get its files again.")
    if not (folder / "config.json").is_file():
        return False  # it has no weights: schedulers, tokenizers and the like
    files = sorted(folder.glob("*.safetensors"))
    if not files and any(path.suffix in PICKLES for path in folder.iterdir()):
        raise Refused(
            f"The {folder.name} of {model.title} is there as a pickle only, which can hide programs and is not loaded; "
            "get it as safetensors."
        )
    for wanted in map(shards, folder.glob("*.index*.json")):
        missing = sorted(wanted - {path.name for path in files})
        if missing and len(missing) < len(wanted):  # of another kind of numbers there may be no file at all
            raise Refused(f"{model.title} lacks {missing[0]} in its {folder.name}; get its files again.")
    if not files:
        raise Refused(f"{model.title} has no weights for its {folder.name}; get its files again.")
    for path in files:
        try:
            with safe_open(path, framework="pt"):
                pass
        except (SafetensorError, OSError) as error:
            raise Refused(f"{folder.name}/{path.name} of {model.title} is damaged; get it again.") from error
    return all(f".{HALF}" in path.name for path in files)


def shards(index: Path) -> set[str]:
    """The safetensors files that an index names."""
    try:
        named = json.loads(index.read_text("utf-8"))["weight_map"].values()
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return set()
    return {name for name in named if isinstance(name, str) and name.endswith(".safetensors")}


def numbers(parts: set[str], device: str) -> torch.dtype:
    """Half ones off the CPU: the kind that those models are used with."""
    return torch.float16 if "unet" in parts and device != "cpu" else dtype_of(device)
