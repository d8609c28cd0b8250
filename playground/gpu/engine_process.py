"""The engine's process: commands on its standard input, reports on its standard output; knows no queue of people.

It ends when its input does, so it never outlives the process that started it.
"""

import io
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from playground.gpu.engine_device import choose_device
from playground.gpu.ledger import Memory
from playground.gpu.messages import Report, Started
from playground.gpu.worker import Worker

UNSENT = 256
"""Reports that may wait to be sent; then the engine waits for whoever reads them."""

PLAIN = ("playground.events", "playground.gpu.")


@dataclass(frozen=True)
class Setup:
    """The first thing that an engine process is told."""

    device: str
    memory: Callable[[str], Memory]


class _Plain(pickle.Pickler):
    """A pickler of plain values: anything else would make the reader import what it was made with."""

    def reducer_override(self, obj: Any) -> Any:
        kind = obj if isinstance(obj, type) else type(obj)
        if not kind.__module__.startswith(PLAIN):
            raise TypeError(
                f"{kind.__module__}.{kind.__qualname__} cannot leave the engine: events hold plain values only"
            )
        return NotImplemented


def pack_plain(value: Any) -> bytes:
    """Pickle events and what is made of Python's own values; TypeError for anything else."""
    buffer = io.BytesIO()
    _Plain(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return buffer.getvalue()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the process that started this one
    inbox, outbox = take_over(0, "rb"), take_over(1, "wb")
    os.dup2(2, 1)  # what a library prints must not get between the reports
    setup: Setup = pickle.load(inbox)
    device, reports = choose_device(setup.device), queue.Queue(UNSENT)

    def report(message: Report) -> None:
        reports.put(pack_plain(message))

    worker = Worker(device, report, memory=setup.memory, unpack=pickle.loads)
    threading.Thread(target=read, args=(inbox, worker), name="commands", daemon=True).start()
    threading.Thread(target=write, args=(outbox, reports), name="reports", daemon=True).start()
    report(Started(device, setup.memory(device)))
    worker.work()


def read(inbox: BinaryIO, worker: Worker) -> None:
    try:
        while True:
            worker.accept(pickle.load(inbox))
    finally:
        os._exit(0)  # there is nobody to work for


def write(outbox: BinaryIO, reports: queue.Queue[bytes]) -> None:
    """Send what there is in one go, while the model goes on: a write wakes the reader, which may take the core."""
    try:
        while True:
            packed = [reports.get()]
            while not reports.empty():
                packed.append(reports.get())
            outbox.write(b"".join(packed))
            outbox.flush()
    finally:
        os._exit(0)  # there is nobody to report to


def take_over(descriptor: int, mode: str) -> Any:
    """A file of our own for a standard stream, and nothing in its old place."""
    file = os.fdopen(os.dup(descriptor), mode)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, descriptor)
    os.close(nothing)
    return file


if __name__ == "__main__":
    sys.exit("This is started by playground.gpu.local.")
