"""What the stage of a tab shows, pictures or tunes, as plain data folded from events; knows no component.

The browser draws it (assets/page/stage.js, music.js) and sets every text as text, never as HTML.
"""

import base64
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from playground.events import Event, Loading, Media, Notice, Output, Preview, Step, Trace, Waiting
from tabs.waiting import told


class Work(Protocol):
    """One place on the stage: a draft, or a finished work, which has a file."""

    @property
    def file(self) -> str: ...


@dataclass(frozen=True)
class Craft:
    """How the status tells of making."""

    step: str = "Step"
    last: str = ""  # what goes on after the last step, if that takes time
    made: str = "Drawn"
    nothing: str = "Nothing was drawn."


@dataclass(frozen=True)
class Stage:
    """All that is to be seen, at one moment."""

    phase: str = "idle"  # idle, working, done or failed
    status: str = ""
    fraction: float | None = None
    notes: tuple[str, ...] = ()
    works: tuple[Any, ...] = ()  # of one kind of Work
    since: float = 0.0  # when the work itself began, on the clock of the one who folds

    def shown(self) -> dict[str, Any]:
        """For the browser."""
        return {name: value for name, value in asdict(self).items() if name != "since"}

    @property
    def whole(self) -> tuple[Any, ...]:
        """What is finished."""
        return tuple(work for work in self.works if work.file)


class Making(ABC):
    """One generation as the stage shows it, state after state (a wire.Show); a tab says what its works are."""

    craft = Craft()

    def __init__(self, notes: tuple[str, ...] = (), clock: Callable[[], float] = time.monotonic):
        self.clock = clock
        self.files: list[Path] = []  # that were written
        self.person = ""  # who it is for, see people.who
        self.stage = Stage("working", "Starting", None, notes, since=clock())

    @abstractmethod
    def draft(self, media: Media) -> Work:
        """What an unfinished work looks like."""

    @abstractmethod
    def keep(self, output: Output, seconds: float) -> Work:
        """A finished work, made in so many seconds, put where the page can fetch it."""

    def after(self, event: Event) -> dict[str, Any]:
        self.stage = self.next(event)
        return self.stage.shown()

    def finish(self) -> dict[str, Any]:
        """The state after the last event."""
        if not self.stage.whole:
            return self.fail(self.craft.nothing)
        status = f"{self.craft.made} in {self.clock() - self.stage.since:.1f} s"
        self.stage = replace(self.stage, phase="done", status=status, fraction=1.0, works=self.stage.whole)
        return self.stage.shown()

    def fail(self, sentence: str) -> dict[str, Any]:
        """The state after an error: what was finished stays."""
        self.stage = replace(self.stage, phase="failed", status=sentence, fraction=None, works=self.stage.whole)
        return self.stage.shown()

    def next(self, event: Event) -> Stage:
        """The stage once `event` has happened."""
        stage, now, whole = self.stage, self.clock(), self.stage.whole
        match event:
            case Waiting() | Loading():
                return replace(stage, **told(event, now))
            case Step(done, total):
                since = stage.since if done else now  # neither the line nor the load is part of the making
                status, fraction = f"{self.craft.step} {done} of {total}", done / total if total else None
                if done == total and self.craft.last:
                    status, fraction = self.craft.last, None
                return replace(stage, status=status, fraction=fraction, since=since)
            case Preview(media):
                return replace(stage, works=whole + tuple(map(self.draft, media[len(whole) :])))
            case Notice(text):
                return replace(stage, notes=(*stage.notes, text))
            case Output():
                work = self.keep(event, round(now - stage.since, 1))
                return replace(stage, works=(*whole, work, *stage.works[len(whole) + 1 :]))
            case Trace(media, number):
                traced = replace(whole[number], trace=tuple(map(address, media)))
                return replace(stage, works=(*whole[:number], traced, *stage.works[number + 1 :]))
        return stage


def say(status: str, notes: tuple[str, ...] = ()) -> Stage:
    """A stage that tells something and leaves the works there are."""
    return Stage(status=status, notes=notes)


def address(media: Media) -> str:
    """Small pictures travel inside the message: a request of their own would cost more."""
    return f"data:{media.type};base64,{base64.b64encode(media.data).decode()}"
