"""The latents of all pictures and of their mirror images, encoded once; knows no text."""

from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny
from safetensors.torch import load_file, save_file

from training import parallel
from training.poster import dataset
from training.scenes import Scene, mirrored


def make(folder: Path, autoencoder: Path, data: Path, processes: int, scale: float = 0.0) -> None:
    """Encode every picture and its mirror image, over `scale`.

    Without one they get unit variance, and their scale goes into the autoencoder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parallel.run(_encode_part, processes, folder, autoencoder, data, processes)
    parts = [load_file(folder / f"part-{rank}.safetensors")["latents"] for rank in range(processes)]
    latents = torch.empty((sum(len(part) for part in parts), *parts[0].shape[1:]), dtype=torch.float16)
    pictures = len(latents) // 2
    for rank, part in enumerate(parts):
        half = len(part) // 2
        latents[rank:pictures:processes] = part[:half]
        latents[pictures + rank :: processes] = part[half:]
    known, scale = bool(scale), scale or latents.float().std().item()
    save_file({"latents": (latents.float() / scale).half().contiguous()}, folder / "latents.safetensors")
    for rank in range(processes):
        (folder / f"part-{rank}.safetensors").unlink()
    if known:
        return
    model = AutoencoderTiny.from_pretrained(autoencoder)
    model.register_to_config(scaling_factor=1 / scale)
    model.save_pretrained(autoencoder)


@torch.inference_mode()
def _encode_part(rank: int, folder: Path, autoencoder: Path, data: Path, processes: int) -> None:
    model = AutoencoderTiny.from_pretrained(autoencoder).eval()
    model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]  # torch does not declare this form
    pictures = dataset.pictures(data)[rank::processes]
    halves = []
    for step in (1, -1):  # as they are, then mirrored
        for start in range(0, len(pictures), 32):
            batch = np.ascontiguousarray(pictures[start : start + 32, :, ::step])
            halves.append(model.encoder(as_tensor(batch)).half())
    save_file({"latents": torch.cat(halves).contiguous()}, folder / f"part-{rank}.safetensors")


def as_tensor(pictures: np.ndarray) -> torch.Tensor:
    """Bytes (n, height, width, 3) as floats (n, 3, height, width) from -1 to 1."""
    floats = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1
    return floats.contiguous(memory_format=torch.channels_last)


def load(folder: Path, data: Path) -> tuple[torch.Tensor, list[Scene]]:
    """All latents (n, 8, 16, 16) with their scenes: the pictures first, then their mirror images."""
    scenes = dataset.scenes(data)
    return load_file(folder / "latents.safetensors")["latents"], scenes + [mirrored(scene) for scene in scenes]
