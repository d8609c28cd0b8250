"""An engine in a process of its own, the only one that imports torch; knows no queue of people.

The process is started with a command of its own, not by multiprocessing: that would run the main script again in it,
and with it import the whole page.
"""

import json
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from playground.gpu.engine_device import device_memory
from playground.gpu.engine_process import Setup
from playground.gpu.ledger import Memory
from playground.gpu.messages import Command, Load, Lost, Report, Run, refusals
from playground.gpu.problems import describe

BOOT = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from playground.gpu.engine_process import main; main()"


class Local:
    """Starts, feeds and ends the process. `threads`: how many torch uses on the CPU.

    One thread is the default because two of them on a busy machine wait for each other and were 25 times slower.
    """

    def __init__(self, device: str = "auto", *, threads: int = 1, memory: Callable[[str], Memory] = device_memory):
        self._setup, self._threads = Setup(device, memory), threads
        self._process: _Process | None = None

    def start(self, epoch: int, report: Callable[[int, Report], None]) -> None:
        self._process = _Process(self._setup, self._threads, lambda message: report(epoch, message))

    def send(self, command: Command) -> None:
        if self._process:
            self._process.outbox.put(command)

    def kill(self) -> None:
        if self._process:
            self._process.kill()

    def close(self) -> None:
        if self._process:
            self._process.close()
            self._process = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None


class _Process:
    """One life of the engine: a thread writes to it, since a pipe may be full, and a thread reads what it says."""

    def __init__(self, setup: Setup, threads: int, report: Callable[[Report], None]):
        self.outbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._report = report
        limits = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
        self._popen = subprocess.Popen(
            [sys.executable, "-c", BOOT, json.dumps([str(path) for path in sys.path])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | limits,
            start_new_session=True,
        )
        self.pid = self._popen.pid
        self._threads = [
            threading.Thread(target=self._write, args=(setup,), name="engine-commands", daemon=True),
            threading.Thread(target=self._read, name="engine-reports", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def kill(self) -> None:
        self._popen.kill()

    def close(self) -> None:
        """End it and wait until it has gone; it is told nothing, as it has nothing to save."""
        self.kill()
        for thread in self._threads:
            thread.join()

    def _write(self, setup: Setup) -> None:
        """Send what is in the outbox; the end of the process is for the reader to notice."""
        assert self._popen.stdin
        with suppress(OSError), self._popen.stdin as pipe:
            pipe.write(pickle.dumps(setup))
            pipe.flush()
            while (command := self.outbox.get()) is not None:
                if packed := self._packed(command):
                    pipe.write(packed)
                    pipe.flush()
                del command

    def _packed(self, command: Command) -> bytes | None:
        """The command with its payload packed on its own, so that it is unpacked where it is used."""
        try:
            match command:
                case Load(load=payload):
                    command = replace(command, load=pickle.dumps(payload))
                case Run(params=payloads):
                    command = replace(command, params=tuple(map(pickle.dumps, payloads)))
        except Exception as error:  # whatever a value's own pickling raises
            for report in refusals(command, describe(error)):
                self._report(report)
            return None
        return pickle.dumps(command)

    def _read(self) -> None:
        assert self._popen.stdout
        try:
            with self._popen.stdout as pipe:
                while True:
                    self._report(pickle.load(pipe))
        except (EOFError, OSError, pickle.UnpicklingError):
            pass  # it died, perhaps in the middle of a sentence
        finally:
            self._popen.kill()
            self._popen.wait()
            self.outbox.put(None)
            self._report(Lost())
