"""What the commands that train a language model have in common: flags, and the way from rows to a folder."""

import argparse
from collections.abc import Callable
from pathlib import Path

from transformers import LlamaForCausalLM, PreTrainedTokenizerFast
from transformers.utils import logging

from training.language import loop, tokenizer
from training.schedule import Schedule

STARTERS = Path(__file__).parents[2] / "assets" / "starters"
RATE, DECAY = 2.5e-3, 0.5


def parser(key: str, description: str | None, *, hours: float, documents: int) -> argparse.ArgumentParser:
    """For `python -m training.KEY`, with these defaults."""
    found = argparse.ArgumentParser(prog=f"python -m training.{key}", description=description)
    add = found.add_argument
    add("--work", type=Path, default=Path("training/runs") / key, help="folder for data and checkpoints")
    add("--out", type=Path, default=STARTERS / key, help="folder of the finished model (default: %(default)s)")
    more = "of training in all; a larger number later goes on (default: %(default)s)"
    add("--hours", type=float, default=hours, help=more)
    add("--processes", type=int, default=2, help="one a core (default: 2)")
    add("--documents", type=int, default=documents, help="to write and train on (default: %(default)s)")
    add("--batch", type=int, default=loop.BATCH, help="rows a step and process (default: %(default)s)")
    add("--rate", type=float, default=RATE, help="highest learning rate (default: %(default)s)")
    add("--compile", action="store_true", help="a third faster after the first minute; needs a C++ compiler")
    add("--samples", type=int, default=100, help="to measure with (default: 100)")
    add("--evaluate", action="store_true", help="only measure the finished model, and print the table")
    logging.set_verbosity_error()
    return found


def train(
    options: argparse.Namespace,
    task: loop.Task,
    export: Callable[[Path, LlamaForCausalLM, PreTrainedTokenizerFast], None],
) -> None:
    """Train on what was prepared in the work folder, and put the averaged model into the other one."""
    schedule = Schedule(options.hours * 3600, rate=options.rate, decay=DECAY)
    loop.train(options.work, task, schedule, options.processes, options.batch, options.compile)
    model, _ = loop.averaged(options.work, task.size)
    export(options.out, model, tokenizer.load(options.work / "tokenizer"))
