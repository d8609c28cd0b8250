"""The rendered pictures on disk, drawn once by all cores; knows no network."""

import json
import multiprocessing
import random
from dataclasses import asdict
from pathlib import Path

import numpy as np

from training.scenes import PICTURE_SIZE, Scene, draw_training_scene, render

SIZES = (PICTURE_SIZE, PICTURE_SIZE // 2)


def make(folder: Path, pictures: int, processes: int) -> None:
    """Render `pictures` scenes into arrays of bytes, of 256 and of 128 pixels a side, with the scenes beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(0)
    scenes = [draw_training_scene(rng) for _ in range(pictures)]
    for size in SIZES:
        np.lib.format.open_memmap(_file(folder, size), "w+", np.uint8, (pictures, size, size, 3)).flush()
    parts = [(folder, scenes, range(part, pictures, processes)) for part in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.starmap(_render_part, parts)
    (folder / "scenes.json").write_text(json.dumps([asdict(scene) for scene in scenes]))


def _render_part(folder: Path, scenes: list[Scene], indices: range) -> None:
    large, small = (np.load(_file(folder, size), mmap_mode="r+") for size in SIZES)
    for index in indices:
        large[index] = render(scenes[index])[0]
        small[index] = halved(large[index])


def halved(picture: np.ndarray) -> np.ndarray:
    """The picture (height, width, 3) at half its size, each pixel the mean of four."""
    height, width, _ = picture.shape
    return (picture.reshape(height // 2, 2, width // 2, 2, 3).mean((1, 3)) + 0.5).astype(np.uint8)


def pictures(folder: Path, size: int) -> np.ndarray:
    """All pictures (n, size, size, 3), mapped: what is not looked at takes no memory; no change reaches the disk."""
    return np.load(_file(folder, size), mmap_mode="c")


def kept_back(count: int) -> int:
    """How many of the first of `count` pictures are never trained on."""
    return min(256, count // 4)


def _file(folder: Path, size: int) -> Path:
    return folder / f"pictures-{size}.npy"


def scenes(folder: Path) -> list[Scene]:
    return [Scene(**values) for values in json.loads((folder / "scenes.json").read_text())]
