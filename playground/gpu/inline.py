"""An engine on a thread of this process: for scripts, the command line and tests; knows no queue of people."""

import logging
import threading
from collections.abc import Callable

from playground.gpu.engine_device import choose_device, device_memory
from playground.gpu.ledger import Memory
from playground.gpu.messages import Command, Lost, Report, Started
from playground.gpu.worker import Worker

log = logging.getLogger(__name__)


class Inline:
    """A thread cannot be killed: `kill` leaves it to end by itself at its next event, and forgets it."""

    def __init__(self, device: str = "auto", *, memory: Callable[[str], Memory] = device_memory):
        self._device, self._memory = device, memory
        self._engine: _Thread | None = None

    def start(self, epoch: int, report: Callable[[int, Report], None]) -> None:
        self._engine = _Thread(self._device, self._memory, lambda message: report(epoch, message))

    def send(self, command: Command) -> None:
        if self._engine:
            self._engine.send(command)

    def kill(self) -> None:
        if self._engine:
            self._engine.abandon()
            threading.Thread(target=self._engine.lost, name="engine-lost", daemon=True).start()
            self._engine = None

    def close(self) -> None:
        """End the engine; a job that does not emit is not waited for."""
        if self._engine:
            self._engine.abandon()
            self._engine = None

    @property
    def pid(self) -> int | None:
        return None


class _Thread:
    """One life of the engine; once abandoned, what it does is not reported."""

    def __init__(self, device: str, memory: Callable[[str], Memory], report: Callable[[Report], None]):
        self._device, self._memory, self._to = device, memory, report
        self._abandoned = False
        self._worker: Worker | None = None
        threading.Thread(target=self._work, name="engine", daemon=True).start()

    def _work(self) -> None:
        try:
            device = choose_device(self._device)
            self._worker = Worker(device, self._report, memory=self._memory)
            self._report(Started(device, self._memory(device)))
            self._worker.work()
        except Exception:  # the edge of the engine: whatever it was, it is gone
            log.exception("the engine's thread ended")
            self._report(Lost())

    def _report(self, message: Report) -> None:
        if not self._abandoned:
            self._to(message)

    def send(self, command: Command) -> None:
        if self._worker:
            self._worker.accept(command)

    def lost(self) -> None:
        self._to(Lost())

    def abandon(self) -> None:
        """Let the thread end by itself."""
        self._abandoned = True
        if self._worker:
            self._worker.stop()
