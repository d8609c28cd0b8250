"""What manager and engine say to each other, as plain values, and the form of an engine; knows no transport."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from playground.events import Event
from playground.gpu.ledger import Memory


@dataclass(frozen=True)
class Measure:
    """Read the device's memory."""


@dataclass(frozen=True)
class Load:
    key: str
    epoch: int
    load: Any


@dataclass(frozen=True)
class Unload:
    key: str
    epoch: int


@dataclass(frozen=True)
class Run:
    """Run these jobs, together if they are several; `params` and `seats` have an item for each. They join `turn` if it
    goes on."""

    jobs: tuple[int, ...]
    key: str
    params: tuple[Any, ...]
    seats: tuple[int, ...]
    turn: int = 0
    frugal: bool = False
    """Memory ran out, and no more can be made: the model is to do it in ways that need less."""


@dataclass(frozen=True)
class Cancel:
    """End the job at its next event; the only command that overtakes others."""

    job: int


Command = Measure | Load | Unload | Run | Cancel


@dataclass(frozen=True)
class Problem:
    """An exception as text, so that no frame and no tensor outlives it. `kind` names its class in errors or stream."""

    kind: str
    text: str = ""
    details: str = ""
    out_of_memory: bool = False
    less_would_do: bool = False
    """The model has ways to do the same in less memory, which have not been tried."""


@dataclass(frozen=True)
class Started:
    device: str
    memory: Memory


@dataclass(frozen=True)
class Measured:
    memory: Memory


@dataclass(frozen=True)
class Loaded:
    key: str
    epoch: int
    seconds: float
    memory: Memory


@dataclass(frozen=True)
class LoadFailed:
    key: str
    epoch: int
    problem: Problem
    memory: Memory | None = None


@dataclass(frozen=True)
class Unloaded:
    key: str
    epoch: int
    memory: Memory


@dataclass(frozen=True)
class Said:
    """The job's adapter emitted an event."""

    job: int
    event: Event


@dataclass(frozen=True)
class Finished:
    """The job is over, after `seconds` of run time; `problem` is None when it came to its end."""

    job: int
    seconds: float
    problem: Problem | None = None


@dataclass(frozen=True)
class Lost:
    """The engine is gone, and with it all that it had loaded."""


Report = Started | Measured | Loaded | LoadFailed | Unloaded | Said | Finished | Lost


class Executor(Protocol):
    """An engine that may be started, lost and started again; it does one command at a time, in order,
    but for a Run that joins the one that goes on.

    Nothing here blocks but `close`.
    """

    def start(self, epoch: int, report: Callable[[int, Report], None]) -> None:
        """Start an engine, which calls `report(epoch, ...)` from a thread of its own; OSError if it cannot."""

    def send(self, command: Command) -> None: ...

    def kill(self) -> None:
        """End the engine, whatever it does; it reports Lost."""

    def close(self) -> None:
        """End the engine for good and wait until it has gone."""

    @property
    def pid(self) -> int | None:
        """The engine's process; None when there is none of its own."""


def refusals(command: Command, problem: Problem) -> Sequence[Report]:
    """What to report about a command that cannot be carried out."""
    match command:
        case Load(key, epoch):
            return [LoadFailed(key, epoch, problem)]
        case Run(jobs):
            return [Finished(job, 0.0, problem) for job in jobs]
    return []
