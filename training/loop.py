"""The training loop of the picture models: crews, averages, checkpoints; knows no network and no loss."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

import torch

from training import checkpoint, parallel
from training.optimizer import Average, Network, Optimizer
from training.schedule import Schedule

STEPS_BETWEEN_AVERAGES = 8
SECONDS_BETWEEN_CHECKPOINTS = 60


@dataclass(frozen=True)
class Task(Generic[Network]):
    """What is trained. `advance(rate)` makes one step of all optimizers; `measure` says in a few words how good the
    average is."""

    model: Network
    optimizers: Mapping[str, Optimizer]
    advance: Callable[[float], None]
    measure: Callable[[Network], str]
    keep: float = 0.98  # of the average of weights, each time


def simple(
    model: Network,
    next_loss: Callable[[], torch.Tensor],
    measure: Callable[[Network], str],
    muon: bool = True,
) -> Task[Network]:
    """The task of one network that makes one loss small."""
    optimizer = Optimizer(model, muon)

    def advance(rate: float) -> None:
        torch.autograd.backward(next_loss())
        optimizer.step(rate)

    return Task(model, {"optimizer": optimizer}, advance, measure)


def train(work: Path, name: str, begin: Callable[[Path], Task], schedule: Schedule, processes: int) -> None:
    """Train what `begin(work)` makes, into `work`/`name`.state, going on from its last checkpoint."""
    parallel.run(_worker, processes, work, name, begin, schedule)


def _worker(rank: int, work: Path, name: str, begin: Callable[[Path], Task], schedule: Schedule) -> None:
    torch.manual_seed(0)  # every process starts from the same weights
    task = begin(work)
    task.model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]  # torch does not declare this form
    average = Average(task.model)
    spent = _resume(work / f"{name}.state", task, average)
    torch.manual_seed(time.time_ns() % 2**31 + rank)
    began, saved, step = time.monotonic() - spent, time.monotonic(), 0
    while True:
        if step % STEPS_BETWEEN_AVERAGES == 0:
            spent = parallel.average(list(task.model.parameters()), time.monotonic() - began)
            average.update(task.model, task.keep)
            done = spent >= schedule.seconds
            if rank == 0 and (done or time.monotonic() - saved > SECONDS_BETWEEN_CHECKPOINTS):
                _save(work / f"{name}.state", task, average, spent)
                print(f"{name}: step {step}, {spent:.0f} s, {task.measure(average.model)}", flush=True)
                saved = time.monotonic()
            if done:
                break
        task.advance(schedule.rate_at(spent, step))
        step += 1


def _save(folder: Path, task: Task, average: Average, spent: float) -> None:
    tensors = {f"model.{name}": value for name, value in task.model.state_dict().items()}
    tensors |= {f"average.{name}": value for name, value in average.model.state_dict().items()}
    for kind, optimizer in task.optimizers.items():
        tensors |= {f"{kind}.{name}": value for name, value in optimizer.state().items()}
    checkpoint.save(folder, tensors, {"seconds": spent, "updates": average.updates})


def _resume(folder: Path, task: Task, average: Average) -> float:
    """Go on from the last checkpoint if there is one; seconds spent so far."""
    found = checkpoint.load(folder)
    if found is None:
        return 0.0
    tensors, facts = found
    task.model.load_state_dict(checkpoint.part(tensors, "model."))
    average.model.load_state_dict(checkpoint.part(tensors, "average."))
    average.updates = facts["updates"]
    for kind, optimizer in task.optimizers.items():
        optimizer.load(checkpoint.part(tensors, f"{kind}."))
    return facts["seconds"]


def averaged(work: Path, name: str, model: Network) -> tuple[Network, float]:
    """`model` with the averaged weights of the last checkpoint, and the seconds of training behind it."""
    found = checkpoint.load(work / f"{name}.state")
    if found is None:
        raise SystemExit(f"There is no trained {name} yet.")
    tensors, facts = found
    model.load_state_dict(checkpoint.part(tensors, "average."))
    return model.eval().requires_grad_(False), facts["seconds"]
