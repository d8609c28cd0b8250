"""Training on a few CPU cores: one process a core, weights averaged now and then; knows no model.

Averaging every few steps (local SGD, Stich 2018, arXiv:1805.09767) costs far less than sharing every gradient.
"""

import multiprocessing
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist


def run(worker: Callable[..., None], processes: int, *arguments: Any) -> None:
    """Call `worker(rank, *arguments)` in that many processes of one thread each; returns when all are done."""
    with tempfile.TemporaryDirectory() as folder:
        meeting = f"file://{Path(folder) / 'meeting'}"
        context = multiprocessing.get_context("spawn")
        crew = [
            context.Process(target=_member, args=(rank, processes, meeting, worker, arguments), daemon=True)
            for rank in range(processes)
        ]
        for process in crew:
            process.start()
        for process in crew:
            process.join()
        if any(process.exitcode for process in crew):
            raise SystemExit("A training process failed; what it said stands above.")


def _member(rank: int, processes: int, meeting: str, worker: Callable[..., None], arguments: tuple) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(1000 + rank)
    dist.init_process_group("gloo", init_method=meeting, rank=rank, world_size=processes)
    try:
        worker(rank, *arguments)
    finally:
        dist.destroy_process_group()


def average(tensors: Sequence[torch.Tensor], number: float) -> float:
    """Average the tensors in place over all processes, and `number` with them."""
    parent = multiprocessing.parent_process()
    if parent and not parent.is_alive():
        raise SystemExit("The training was stopped.")  # or its workers would go on unseen
    flat = torch.cat([*(tensor.detach().reshape(-1) for tensor in tensors), torch.tensor([number])])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    start = 0
    with torch.no_grad():
        for tensor in tensors:
            tensor.copy_(flat[start : start + tensor.numel()].view_as(tensor))
            start += tensor.numel()
    return flat[-1].item()
