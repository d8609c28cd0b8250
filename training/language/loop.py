"""The training loop: rows, averages of weights, checkpoints, a look at how it does; knows no task."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from training import checkpoint, parallel
from training.language.network import Size, loss_of, make_model, parts_of
from training.language.rows import Rows, repeats_at
from training.language.tokenizer import load
from training.optimizer import Average, Optimizer
from training.schedule import Schedule

BATCH = 16  # rows a step and process
STEPS_BETWEEN_AVERAGES = 6
SECONDS_BETWEEN_CHECKPOINTS = 90
KEEP = 0.97  # of the average of weights, each time


@dataclass(frozen=True)
class Task:
    """What is trained: a network of this size on rows of this length; `look` says in a few words how well it does."""

    size: Size
    row: int
    look: Callable[[LlamaForCausalLM, PreTrainedTokenizerFast], str]
    drills: bool = True  # rows in which random tokens come twice, for a text whose names come again


def train(
    work: Path, task: Task, schedule: Schedule, processes: int, batch: int = BATCH, compiled: bool = False
) -> None:
    """Train on the stream in `work`/data into `work`/model, going on from its last checkpoint."""
    parallel.run(_worker, processes, work, task, schedule, batch, compiled)


def _worker(rank: int, work: Path, task: Task, schedule: Schedule, batch: int, compiled: bool) -> None:
    tokenizer = load(work / "tokenizer")
    torch.manual_seed(0)  # every process starts from the same weights
    model = make_model(tokenizer, task.size)
    optimizer, average = Optimizer(parts_of(model)), Average(model)
    spent, seen = _resume(work, schedule, model, optimizer, average)
    torch.manual_seed(time.time_ns() % 2**31 + rank)
    rows = Rows(work / "data", task.row, len(tokenizer), seed=torch.initial_seed())
    loss_with = torch.compile(loss_of) if compiled else loss_of
    weights, processes = list(model.parameters()), dist.get_world_size()
    began, saved, step, losses = time.monotonic() - spent, time.monotonic(), 0, []
    while True:
        if step % STEPS_BETWEEN_AVERAGES == 0:
            before, spent = spent, parallel.average(weights, time.monotonic() - began)
            average.update(model, KEEP)
            done, due = spent >= schedule.seconds, time.monotonic() - saved > SECONDS_BETWEEN_CHECKPOINTS
            if rank == 0 and schedule.decaying(spent) and not schedule.decaying(before):
                _save(work / "before-decay", model, optimizer, average, spent, seen)
            if rank == 0 and (due or done):
                _save(work / "model", model, optimizer, average, spent, seen)
                loss = sum(losses) / max(1, len(losses))
                look = task.look(average.model, tokenizer)
                print(f"{spent:.0f} s, {seen} tokens, loss {loss:.3f}, {look}", flush=True)
                saved, losses = time.monotonic(), []
            if done:
                break
        repeats = repeats_at(spent / schedule.seconds) if task.drills else 0.0
        loss = loss_with(model, *rows.next(batch, repeats))
        torch.autograd.backward(loss)
        optimizer.step(schedule.rate_at(spent, step))
        step, seen = step + 1, seen + batch * task.row * processes
        losses.append(loss.item())


def _save(folder: Path, model, optimizer: Optimizer, average: Average, spent: float, seen: int) -> None:
    """Tied weights are one tensor under two names, and are written once."""
    tensors = {f"model.{name}": value for name, value in model.named_parameters()}
    tensors |= {f"average.{name}": value for name, value in average.model.named_parameters()}
    tensors |= {f"optimizer.{name}": value for name, value in optimizer.state().items()}
    checkpoint.save(folder, tensors, {"seconds": spent, "tokens": seen, "updates": average.updates})


def _resume(work: Path, schedule: Schedule, model, optimizer: Optimizer, average: Average) -> tuple[float, int]:
    """Go on from the last checkpoint; from before the decay if the budget has grown since. (seconds, tokens)."""
    found = checkpoint.load(work / "model")
    early = checkpoint.load(work / "before-decay")
    if early and found:
        grown = not schedule.decaying(early[1]["seconds"] + 1)
        found = early if grown and found[1]["seconds"] > early[1]["seconds"] else found
    if found is None:
        return 0.0, 0
    tensors, facts = found
    _put(model, checkpoint.part(tensors, "model."))
    _put(average.model, checkpoint.part(tensors, "average."))
    average.updates = facts["updates"]
    optimizer.load(checkpoint.part(tensors, "optimizer."))
    return facts["seconds"], facts["tokens"]


@torch.no_grad()
def _put(model: torch.nn.Module, tensors: dict[str, torch.Tensor]) -> None:
    for name, weight in model.named_parameters():
        weight.copy_(tensors[name])


def averaged(work: Path, size: Size) -> tuple[LlamaForCausalLM, int]:
    """The averaged model of the last checkpoint, and the tokens it has seen."""
    found = checkpoint.load(work / "model")
    if found is None:
        raise SystemExit("There is no trained model yet.")
    tensors, facts = found
    model = make_model(load(work / "tokenizer"), size)
    _put(model, checkpoint.part(tensors, "average."))
    return model.eval().requires_grad_(False), facts["tokens"]
