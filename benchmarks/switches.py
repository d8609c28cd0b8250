"""Switches between two models that do not fit together, and what the engine's memory comes to; Linux only."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground import hub
from playground.catalog import find
from playground.engine import Engine
from playground.events import Output
from playground.gpu import Manager
from playground.gpu.ledger import Memory, weights_bytes
from playground.gpu.local import Local

ASKED: dict[str, dict[str, Any]] = {"poster": {"steps": 2}, "tale": {"max_new_tokens": 8}}
"""Two models of different families, and settings with which a job is short."""


@dataclass(frozen=True)
class Switches:
    """`anonymous`: bytes of the engine after the first round and after each later one, with the first model loaded.
    They go up and down with how the heap is cut up, so the ends are medians of five."""

    anonymous: list[int]
    seconds: list[float]
    loads: int

    @property
    def drift(self) -> float:
        """How much more there is in the end than at the start, as a share."""
        return self.end / self.start - 1

    @property
    def start(self) -> float:
        return statistics.median(self.anonymous[:5])

    @property
    def end(self) -> float:
        return statistics.median(self.anonymous[-5:])


def measured(count: int, tell: Callable[[str], None] = lambda line: None) -> Switches:
    """`count` switches, in a real engine process whose memory has room for one of the models."""
    manager = Manager(Local("cpu", memory=room_for_one))
    engine, anonymous, seconds = Engine(manager), [], []
    try:
        for index in range(count + 3):  # the first round imports the libraries
            key = list(ASKED)[index % 2]
            started = time.perf_counter()
            assert any(
                isinstance(event, Output) for event in engine.generate(key, prompt="a cat", seed=1, **ASKED[key])
            )
            if index >= 3:
                seconds.append(time.perf_counter() - started)
            if index >= 2 and index % 2 == 0:
                anonymous.append(anonymous_bytes(manager.engine_pid()))
                tell(f"{max(0, index - 2)} switches: {anonymous[-1] / 1e6:.1f} MB")
        return Switches(anonymous, seconds, manager.status().counters.loads)
    finally:
        manager.close()


def room_for_one(device: str) -> Memory:
    """More than the larger one of the models needs, and less than both."""
    needs = [weights_bytes(hub.weights(hub.folder(find(key))), dtype_bytes=4) or 0 for key in ASKED]
    total = max(needs) + min(needs) // 2
    return Memory(total, total)


def anonymous_bytes(pid: int | None) -> int:
    """Memory of a process that is no file's: what it keeps."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("RssAnon"))


def report(count: int) -> None:
    found = measured(count, print)
    print(f"{count} switches, {found.loads} loads, {statistics.median(found.seconds):.2f} s each with a short job")
    least, most = min(found.anonymous), max(found.anonymous)
    print(f"anonymous memory of the engine: {found.start / 1e6:.1f} MB, then {found.end / 1e6:.1f} MB", end="")
    print(f" ({found.drift:+.1%}; {least / 1e6:.1f} to {most / 1e6:.1f} MB on the way)")
