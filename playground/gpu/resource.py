"""A model as the resource manager sees it: a name, a way to load it and its size; knows no family of models."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Resource:
    """Something that can be loaded onto a device and then asked to run.

    `load` is called in the engine with the device ("cpu", "cuda:0", "mps") and returns an object with
    `run(params, emit)`. It must be picklable by import: a `functools.partial` of a module's function, not of one that
    is defined in the script being run.
    """

    key: str
    """Identity: model, revision and dtype. Two resources of one key are the same thing in memory."""
    load: Callable[[str], Any]
    bytes: int | None = None
    """Of the weights as loaded. None: not known, then it is given the device to itself, never counted as 0."""
    workspace: int = 0
    """Bytes that this job needs beside the weights; each job of a key may name its own."""
    together: int = 1
    """How many seats a turn has for jobs of a key that are alike. More than 1: what is loaded has
    `run_together(jobs, ended, more)` as well. `jobs` are pairs of params and emit, and `more()` gives those that have
    joined since it was last asked; it calls `ended(index, error or None)` as soon as each of them is over, where the
    index counts all that came."""
    joins: bool = True
    """Whether a job may join a turn that goes on; if not, a turn is shared by those who wait when it begins."""
