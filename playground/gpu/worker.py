"""The inside of an engine: loads, runs and drops, one at a time, on the thread that calls `work`; knows no people."""

import functools
import queue
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from playground.events import Event
from playground.gpu.engine_device import tidy
from playground.gpu.frugal import run_frugally
from playground.gpu.ledger import Memory
from playground.gpu.messages import (
    Cancel,
    Command,
    Finished,
    Load,
    Loaded,
    LoadFailed,
    Measure,
    Measured,
    Problem,
    Report,
    Run,
    Said,
    Unload,
    Unloaded,
)
from playground.gpu.problems import attempt
from playground.gpu.turns import Desk, Turn, run_alone
from playground.stream import Emit


class Worker:
    def __init__(
        self,
        device: str,
        report: Callable[[Report], None],
        *,
        memory: Callable[[str], Memory],
        unpack: Callable[[Any], Any] = lambda packed: packed,
    ):
        self._device, self._report, self._memory, self._unpack = device, report, memory, unpack
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._held: list[Command | None] = []  # taken from the queue, and not yet its turn
        self._emits: dict[int, Emit] = {}
        self._models: dict[str, Any] = {}

    def accept(self, command: Command) -> None:
        """Take a command, from any thread. Cancel acts at once, and only on a job that is here."""
        match command:
            case Cancel(job):
                if emit := self._emits.get(job):
                    emit.close()
                return
            case Run(jobs):
                for job in jobs:
                    self._emits[job] = Emit(functools.partial(self._say, job))
        self._commands.put(command)

    def stop(self) -> None:
        """End `work` after the command it is at, which is told to stop if it is a job."""
        self._commands.put(None)
        for emit in list(self._emits.values()):
            emit.close()

    def work(self) -> None:
        while (command := self._held.pop() if self._held else self._commands.get()) is not None:
            match command:
                case Measure():
                    self._report(Measured(self._memory(self._device)))
                case Load():
                    self._load(command)
                case Unload():
                    self._unload(command)
                case Run():
                    self._run(command)
            del command  # or it would keep the parameters until the next one comes

    def _load(self, command: Load) -> None:
        def load() -> None:
            self._models[command.key] = self._unpack(command.load)(self._device)

        started = time.perf_counter()
        problem = attempt(load)
        if problem and problem.out_of_memory:
            tidy(self._device)
            problem = attempt(load)
        seconds, memory = time.perf_counter() - started, self._memory(self._device)
        if problem:
            tidy(self._device)
            self._report(LoadFailed(command.key, command.epoch, problem, memory))
        else:
            self._report(Loaded(command.key, command.epoch, seconds, memory))

    def _unload(self, command: Unload) -> None:
        self._models.pop(command.key, None)
        tidy(self._device)
        self._report(Unloaded(command.key, command.epoch, self._memory(self._device)))

    def _run(self, command: Run) -> None:
        loaded = self._models.get(command.key)
        finish = functools.partial(self._finish, hasattr(loaded, "degrade") and not command.frugal)
        desk = Desk(self._device, self._unpack, self._emits.__getitem__, finish)
        run = run_frugally if command.frugal else run_alone

        def model() -> Any:
            return self._models[command.key]

        if hasattr(loaded, "run_together") and not command.frugal:
            Turn(desk, model, lambda: self._joining(command.turn)).run(command)
            return
        for job, packed in zip(command.jobs, command.params, strict=True):
            run(desk, model, job, packed)

    def _joining(self, turn: int) -> Iterator[Run]:
        """The runs that came for this turn, up to the first command that is something else."""
        while not self._held:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return
            if isinstance(command, Run) and command.turn == turn and not command.frugal:
                yield command
            else:
                self._held.append(command)

    def _finish(self, can_degrade: bool, job: int, seconds: float, problem: Problem | None) -> None:
        del self._emits[job]
        if problem and problem.out_of_memory:
            problem = replace(problem, less_would_do=can_degrade)
        self._report(Finished(job, seconds, problem))

    def _say(self, job: int, event: Event) -> None:
        if not isinstance(event, Event):
            raise TypeError(f"{type(event).__name__} is not an event")
        self._report(Said(job, event))
