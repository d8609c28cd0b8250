"""What the stage of a picture tab shows, as plain data folded from events; knows no component and writes no file.

The browser draws it (assets/page/stage.js) and sets every text as text, never as HTML.
"""

import base64
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from playground.events import Event, Loading, Media, Notice, Output, Preview, Step, Waiting
from tabs.waiting import told

Keep = Callable[[Output], tuple[str, str]]
"""Puts a finished work where the page can fetch it; gives its path there and its address as a link."""


@dataclass(frozen=True)
class Picture:
    """One place on the stage: a preview, or a finished file with what is told beneath it."""

    alt: str
    preview: str = ""  # a data: address
    file: str = ""
    link: str = ""
    seed: int | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Stage:
    """All that is to be seen, at one moment."""

    phase: str = "idle"  # idle, working, done or failed
    status: str = ""
    fraction: float | None = None
    notes: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    since: float = 0.0  # when the work itself began, on the clock of the one who folds

    def shown(self) -> dict[str, Any]:
        """For the browser."""
        return {name: value for name, value in asdict(self).items() if name != "since"}


def begin(now: float, notes: tuple[str, ...] = ()) -> "Stage":
    return Stage("working", "Starting", None, notes, since=now)


def after(stage: Stage, event: Event, prompt: str, now: float, keep: Keep) -> Stage:
    """The stage once `event` has happened."""
    match event:
        case Waiting() | Loading():
            return replace(stage, **told(event, now))
        case Step(done, total):
            since = stage.since if done else now  # neither the line nor the load is part of the drawing
            return replace(
                stage, status=f"Step {done} of {total}", fraction=done / total if total else None, since=since
            )
        case Preview(media):
            whole = tuple(p for p in stage.pictures if p.file)
            drafts = tuple(Picture(alt=f"Unfinished: {prompt}", preview=address(m)) for m in media[len(whole) :])
            return replace(stage, pictures=whole + drafts)
        case Notice(text):
            return replace(stage, notes=(*stage.notes, text))
        case Output():
            whole = tuple(p for p in stage.pictures if p.file)
            file, link = keep(event)
            seed, seconds = event.recipe.get("params", {}).get("seed"), round(now - stage.since, 1)
            picture = Picture(alt=prompt or "A picture of nothing in particular", file=file, link=link, seed=seed)
            picture = replace(picture, seconds=seconds)
            return replace(stage, pictures=(*whole, picture, *stage.pictures[len(whole) + 1 :]))
    return stage


def finish(stage: Stage, now: float) -> Stage:
    """The stage after the last event."""
    whole = tuple(p for p in stage.pictures if p.file)
    if not whole:
        return fail(stage, "Nothing was drawn.")
    return replace(stage, phase="done", status=f"Drawn in {now - stage.since:.1f} s", fraction=1.0, pictures=whole)


def fail(stage: Stage, sentence: str) -> Stage:
    """The stage after an error: what was finished stays."""
    whole = tuple(p for p in stage.pictures if p.file)
    return replace(stage, phase="failed", status=sentence, fraction=None, pictures=whole)


def say(status: str, notes: tuple[str, ...] = ()) -> Stage:
    """A stage that tells something and leaves the pictures there are."""
    return Stage(status=status, notes=notes)


def address(media: Media) -> str:
    """Small pictures travel inside the message: a request of their own would cost more."""
    return f"data:{media.type};base64,{base64.b64encode(media.data).decode()}"
