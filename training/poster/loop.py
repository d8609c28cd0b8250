"""The training loop that the autoencoder's two stages share: crews, averages, checkpoints; knows no loss."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from diffusers import AutoencoderTiny
from torch import nn

from training import checkpoint, parallel
from training.optimizer import Average, Optimizer
from training.schedule import Schedule

STEPS_BETWEEN_AVERAGES = 8
SECONDS_BETWEEN_CHECKPOINTS = 60


@dataclass(frozen=True)
class Task:
    """What a stage trains, the loss of its next batch, and how good an autoencoder is."""

    model: AutoencoderTiny
    next_loss: Callable[[], torch.Tensor]
    decibels: Callable[[AutoencoderTiny], float]


def train(work: Path, name: str, begin: Callable[[Path], Task], schedule: Schedule, processes: int) -> None:
    """Train what `begin(work)` makes into the folder `work`/`name`, going on from its last checkpoint."""
    parallel.run(_worker, processes, work, name, begin, schedule)


def _worker(rank: int, work: Path, name: str, begin: Callable[[Path], Task], schedule: Schedule) -> None:
    torch.manual_seed(0)  # every process starts from the same weights
    task = begin(work)
    task.model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]  # torch does not declare this form
    optimizer, average = Optimizer(task.model), Average(task.model)
    spent = _resume(work / f"{name}.state", task.model, optimizer, average)
    torch.manual_seed(time.time_ns() % 2**31 + rank)
    began, saved, step = time.monotonic() - spent, time.monotonic(), 0
    while True:
        if step % STEPS_BETWEEN_AVERAGES == 0:
            spent = parallel.average(list(task.model.parameters()), time.monotonic() - began)
            average.update(task.model, 0.98)
            done = spent >= schedule.seconds
            if rank == 0 and (done or time.monotonic() - saved > SECONDS_BETWEEN_CHECKPOINTS):
                saved = time.monotonic()
                _save(work / f"{name}.state", task.model, optimizer, average, spent)
                print(f"{name}: step {step}, {spent:.0f} s, {task.decibels(average.model):.2f} dB", flush=True)
            if done:
                break
        torch.autograd.backward(task.next_loss())
        optimizer.step(schedule.rate_at(spent, step))
        step += 1
    if rank == 0:
        average.model.save_pretrained(work / name)


def _save(folder: Path, model: nn.Module, optimizer: Optimizer, average: Average, spent: float) -> None:
    tensors = {f"model.{name}": value for name, value in model.state_dict().items()}
    tensors |= {f"average.{name}": value for name, value in average.model.state_dict().items()}
    tensors |= {f"optimizer.{name}": value for name, value in optimizer.state().items()}
    checkpoint.save(folder, tensors, {"seconds": spent, "updates": average.updates})


def _resume(folder: Path, model: nn.Module, optimizer: Optimizer, average: Average) -> float:
    """Go on from the last checkpoint if there is one; seconds spent so far."""
    found = checkpoint.load(folder)
    if found is None:
        return 0.0
    tensors, facts = found
    model.load_state_dict(checkpoint.part(tensors, "model."))
    average.model.load_state_dict(checkpoint.part(tensors, "average."))
    average.updates = facts["updates"]
    optimizer.load(checkpoint.part(tensors, "optimizer."))
    return facts["seconds"]
