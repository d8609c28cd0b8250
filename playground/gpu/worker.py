"""The inside of an engine: loads, runs and drops, one at a time, on the thread that calls `work`; knows no people."""

import ctypes
import gc
import importlib
import queue
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from playground import errors
from playground.events import Event, Notice, Output
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
from playground.gpu.sentences import freeing
from playground.stream import Cancelled, Emit

OUT_OF_MEMORY = (
    "out of memory",
    "defaultcpuallocator",
    "cublas_status_alloc_failed",
)  # CPU and MPS have no class for it


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
            case Run(job):
                self._emits[job] = Emit(lambda event: self._say(job, event))
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
        """Run a job; when memory runs out before it has given anything, tidy up and run it once more."""
        emit, given = self._emits[command.job], []

        def run() -> None:
            with inference_mode():
                self._models[command.key].run(self._unpack(command.params), _Watched(emit, given))

        started = time.perf_counter()
        problem = attempt(run)
        if problem and problem.out_of_memory:
            tidy(self._device)
            if not given:
                problem = attempt(lambda: emit(Notice(freeing()))) or attempt(run)
        del self._emits[command.job]
        self._report(Finished(command.job, time.perf_counter() - started, problem))

    def _say(self, job: int, event: Event) -> None:
        if not isinstance(event, Event):
            raise TypeError(f"{type(event).__name__} is not an event")
        self._report(Said(job, event))


class _Watched(Emit):
    """An emit that notes whether an Output has gone out, after which the job cannot be run again."""

    def __init__(self, emit: Emit, given: list[bool]):
        super().__init__(emit)
        self.on_close, self._given = emit.on_close, given

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        if isinstance(event, Output):
            self._given.append(True)


def attempt(action: Callable[[], None]) -> Problem | None:
    """Do it; an exception becomes text here, and its frames with all that they hold are let go."""
    try:
        action()
    except Cancelled:
        return Problem("Cancelled")
    except BaseException as error:
        return describe(error)
    return None


def describe(error: BaseException) -> Problem:
    names = (kind.__name__ for kind in type(error).__mro__ if kind.__module__ == errors.__name__)
    return Problem(
        kind=next(names, ""),
        text=str(error),
        details="".join(traceback.format_exception(error)),
        out_of_memory=is_out_of_memory(error),
    )


def is_out_of_memory(error: BaseException) -> bool:
    """By class and by text, since not every device has a class for it."""
    if isinstance(error, errors.PlaygroundError):
        return False
    named = isinstance(error, MemoryError) or any(kind.__name__ == "OutOfMemoryError" for kind in type(error).__mro__)
    return named or any(sign in str(error).lower() for sign in OUT_OF_MEMORY)


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
