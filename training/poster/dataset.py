"""The rendered pictures on disk, drawn once by all cores; knows no network."""

import json
import multiprocessing
import random
from dataclasses import asdict
from pathlib import Path

import numpy as np

from training.scenes import PICTURE_SIZE, Scene, draw_training_scene, render


def make(folder: Path, pictures: int, processes: int) -> None:
    """Render `pictures` scenes into one array of bytes, with the scenes beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(0)
    scenes = [draw_training_scene(rng) for _ in range(pictures)]
    shape = (pictures, PICTURE_SIZE, PICTURE_SIZE, 3)
    np.lib.format.open_memmap(_file(folder), "w+", np.uint8, shape).flush()
    parts = [(folder, scenes, range(part, pictures, processes)) for part in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.starmap(_render_part, parts)
    (folder / "scenes.json").write_text(json.dumps([asdict(scene) for scene in scenes]))


def _render_part(folder: Path, scenes: list[Scene], indices: range) -> None:
    pictures = np.load(_file(folder), mmap_mode="r+")
    for index in indices:
        pictures[index] = render(scenes[index])[0]


def pictures(folder: Path) -> np.ndarray:
    """All pictures (n, 256, 256, 3), mapped: what is not looked at takes no memory; no change reaches the disk."""
    return np.load(_file(folder), mmap_mode="c")


def kept_back(count: int) -> int:
    """How many of the first of `count` pictures are never trained on."""
    return min(256, count // 4)


def _file(folder: Path) -> Path:
    return folder / "pictures.npy"


def scenes(folder: Path) -> list[Scene]:
    return [Scene(**values) for values in json.loads((folder / "scenes.json").read_text())]
