"""Scenes that people meet as cards, and thumbnails of training scenes to compare with; knows no family."""

import json
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file

from training.families.data import Latents
from training.poster import dataset
from training.scenes import Scene, full_caption, render

CARDS = (
    "red boat sea sunset clear big centre",
    "yellow house meadow day cloudy big right",
    "purple castle mountains night clear big centre",
    "white lighthouse beach dusk clear big left",
    "orange rocket desert night clear big centre",
    "black cat city dusk clear big centre",
    "green tent snow night clear big left",
    "white windmill meadow morning clear big right",
    "pink balloon mountains morning clear big centre",
    "blue car city day rain big centre",
    "red mushroom meadow day clear big centre",
    "turquoise whale sea day cloudy big left",
    "green tree snow day snowfall big centre",
    "turquoise robot desert sunset clear big right",
    "pink flower meadow morning clear big centre",
    "yellow bird beach sunset clear big centre",
)
FIRST_SEED = 2**30  # beyond those of training scenes
NEIGHBOURS, THUMBNAIL, COLUMNS = 1024, 64, 32


def scene_of(words: str, number: int) -> Scene:
    colour, subject, place, time, weather, size, position = words.split()
    return Scene(subject, colour, place, time, weather, size, position, FIRST_SEED + number)


def scenes() -> dict[str, Scene]:
    """The cards' scenes by name, such as red-boat."""
    return {"-".join(words.split()[:2]): scene_of(words, number) for number, words in enumerate(CARDS)}


def write(folder: Path, size: int = 256) -> None:
    """A WebP file for each card, and cards.json with their captions."""
    (folder / "cards").mkdir(parents=True, exist_ok=True)
    captions = {}
    for name, scene in scenes().items():
        Image.fromarray(render(scene, size)[0]).save(folder / "cards" / f"{name}.webp", quality=92, method=6)
        captions[name] = full_caption(scene)
    (folder / "cards.json").write_text(json.dumps(captions, indent=1) + "\n")


def write_neighbours(folder: Path, work: Path) -> None:
    """Thumbnails of training scenes in one sheet, and what of their latents tells which is nearest."""
    latents = Latents(work)
    pictures = dataset.pictures(work / "data")
    chosen = sorted(random.Random(5).sample(range(dataset.kept_back(len(pictures)), len(pictures)), NEIGHBOURS))
    keys = summary(latents.take(torch.tensor(chosen)))
    save_file({"latents": keys.half().contiguous()}, folder / "neighbours.safetensors")
    sheet = Image.new("RGB", (COLUMNS * THUMBNAIL, NEIGHBOURS // COLUMNS * THUMBNAIL))
    for place, index in enumerate(chosen):
        whole = Image.fromarray(np.ascontiguousarray(pictures[index]))
        small = whole.resize((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
        sheet.paste(small, (place % COLUMNS * THUMBNAIL, place // COLUMNS * THUMBNAIL))
    sheet.save(folder / "neighbours.webp", quality=80, method=6)


def summary(latents: torch.Tensor) -> torch.Tensor:
    """Latents (n, 8, 16, 16) at a quarter of their size, in a row: what a person would call alike is near."""
    return F.avg_pool2d(latents, 4).flatten(1)
