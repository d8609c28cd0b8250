"""Pictures for many people at once: a bare pipeline one after the other beside the door, with and without batches."""

import statistics
import threading
import time
from collections.abc import Callable
from unittest.mock import patch

from playground import engine as door
from playground.engine import Engine
from playground.events import Output


def clients(engine: Engine, key: str, prompt: str, people: int) -> float:
    """Seconds until all of so many people, who ask at the same moment, have their picture."""

    def ask(seed: int) -> None:
        got.append(
            any(isinstance(one, Output) for one in engine.generate(key, prompt=prompt, seed=seed, person=f"{seed}"))
        )

    got: list[bool] = []
    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(people)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [True] * people
    return time.perf_counter() - started


def report(engine: Engine, key: str, prompt: str, draw: Callable[[int], object], people: int, rounds: int) -> None:
    """Print the medians, measured in turn; the floor is `draw`, one seed after the other."""

    def floor() -> float:
        started = time.perf_counter()
        for seed in range(people):
            draw(seed)
        return time.perf_counter() - started

    def alone() -> float:
        with patch.dict(door.TURNS, clear=True):
            return clients(engine, key, prompt, people)

    def together() -> float:
        return clients(engine, key, prompt, people)

    ways = {"bare pipeline, one after the other": floor, "door, one by one": alone, "door, together": together}
    together()
    times = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            times[name].append(way())
    middle = {name: statistics.median(seconds) for name, seconds in times.items()}
    print(f"\n{people} people ask at once\n| | seconds | against one by one |\n|---|---|---|")
    for name, seconds in middle.items():
        print(f"| {name} | {seconds:.2f} | {middle['door, one by one'] / seconds:.2f} x |")
