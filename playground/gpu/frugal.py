"""Runs a job whose memory ran out in the ways that its model has for doing it with less; knows no queue, no model."""

import time
from collections.abc import Callable
from typing import Any

from playground.events import Notice
from playground.gpu.engine_device import inference_mode, tidy
from playground.gpu.messages import Problem
from playground.gpu.problems import attempt
from playground.gpu.turns import Desk, Player, Watched
from playground.stream import Emit

Way = tuple[str, Callable[[Emit], None]]
"""A sentence on what is done otherwise, empty if nothing need be said, and how it is run."""


def run_frugally(desk: Desk, model: Callable[[], Any], job: int, packed: Any) -> None:
    """Try the ways of the model's `degrade(params)`, each after the one before ran out of memory and had given
    nothing yet."""
    player, started = Player(job, packed, Watched(desk.emit_of(job))), time.perf_counter()
    ways: list[Way] = []
    none = Problem("", details="the model has no way to do it in less memory", out_of_memory=True)
    problem = attempt(lambda: ways.extend(model().degrade(desk.unpack(packed)))) or none
    for way in ways:
        tidy(desk.device)
        problem = play(way, player.emit)
        if not (problem and problem.out_of_memory) or player.emit.given:
            break
    desk.finish(job, time.perf_counter() - started, problem)


def play(way: Way, emit: Emit) -> Problem | None:
    told, run = way

    def go() -> None:
        if told:
            emit(Notice(told))
        with inference_mode():
            run(emit)

    return attempt(go)
