"""The inside of an engine: loads, runs and drops, one at a time, on the thread that calls `work`; knows no people."""

import ctypes
import functools
import gc
import importlib
import queue
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from playground.events import Event, Notice, Output, Token
from playground.gpu.ledger import Memory, cpu_memory
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
from playground.gpu.problems import attempt, outcome
from playground.gpu.sentences import freeing
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
        while (command := self._commands.get()) is not None:
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
        if len(command.jobs) == 1:
            self._run_alone(command.key, *command.jobs, *command.params)
        else:
            self._run_together(command)

    def _run_alone(self, key: str, job: int, params: Any) -> None:
        """Run a job; when memory runs out before it has given anything, tidy up and run it once more."""
        emit = _Watched(self._emits[job])

        def run() -> None:
            with inference_mode():
                self._models[key].run(self._unpack(params), emit)

        started = time.perf_counter()
        problem = attempt(run)
        if problem and problem.out_of_memory:
            tidy(self._device)
            if not emit.given:
                problem = attempt(lambda: emit(Notice(freeing()))) or attempt(run)
        self._finish(job, time.perf_counter() - started, problem)

    def _run_together(self, command: Run) -> None:
        """Run several jobs at once; when memory runs out, those that have not given anything run one by one."""
        started, left = time.perf_counter(), dict(enumerate(command.jobs))
        emits = [_Watched(self._emits[job]) for job in command.jobs]

        def ended(index: int, error: BaseException | None = None) -> None:
            seconds = (time.perf_counter() - started) / len(emits)  # each has its share of the turn
            self._finish(left.pop(index), seconds, None if error is None else outcome(error))

        def run() -> None:
            params = [self._unpack(packed) for packed in command.params]
            with inference_mode():
                self._models[command.key].run_together(list(zip(params, emits, strict=True)), ended)
            assert not left, "run_together has to say of each job how it ended"

        problem = attempt(run)
        if problem and problem.out_of_memory:
            tidy(self._device)
        for index, job in list(left.items()):
            if problem and problem.out_of_memory and not emits[index].given:
                self._run_alone(command.key, job, command.params[index])
            else:
                self._finish(job, (time.perf_counter() - started) / len(emits), problem)

    def _finish(self, job: int, seconds: float, problem: Problem | None) -> None:
        del self._emits[job]
        self._report(Finished(job, seconds, problem))

    def _say(self, job: int, event: Event) -> None:
        if not isinstance(event, Event):
            raise TypeError(f"{type(event).__name__} is not an event")
        self._report(Said(job, event))


class _Watched(Emit):
    """An emit that notes whether something has gone out that a second run would say again."""

    def __init__(self, emit: Emit):
        super().__init__(emit)
        self.given = False
        emit.on_close(self.close)

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        self.given = self.given or isinstance(event, Output | Token)


def choose_device(device: str) -> str:
    """`device`, or the best one for "auto"."""
    return importlib.import_module("playground.gpu.devices").choose() if device == "auto" else device


def device_memory(device: str) -> Memory:
    return cpu_memory() if device == "cpu" else importlib.import_module("playground.gpu.devices").memory(device)


def inference_mode() -> AbstractContextManager[Any]:
    """torch's, if the adapter brought torch; entered around each run, as it would leak out of a generator."""
    torch = sys.modules.get("torch")
    return torch.inference_mode() if torch else nullcontext()


def tidy(device: str) -> None:
    """Give back what is not used: to Python, then to the device, then to the system."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch and device != "cpu":
        getattr(torch, device.split(":")[0]).empty_cache()
    if sys.platform == "linux":
        # glibc keeps freed tensors in its heap otherwise
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
