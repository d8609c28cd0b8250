"""How the autoencoder's two stages are trained and kept; knows no loss."""

from collections.abc import Callable
from pathlib import Path

import torch
from diffusers import AutoencoderTiny

from training import loop
from training.schedule import Schedule

Task = loop.Task[AutoencoderTiny]


def task(
    model: AutoencoderTiny, next_loss: Callable[[], torch.Tensor], decibels: Callable[[AutoencoderTiny], float]
) -> Task:
    return loop.simple(model, next_loss, lambda average: f"{decibels(average):.2f} dB")


def train(work: Path, name: str, begin: Callable[[Path], Task], schedule: Schedule, processes: int) -> None:
    """Train what `begin(work)` makes into the folder `work`/`name`, going on from its last checkpoint."""
    loop.train(work, name, begin, schedule, processes)
    model, _ = loop.averaged(work, name, begin(work).model)
    model.save_pretrained(work / name)
