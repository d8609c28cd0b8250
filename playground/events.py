"""What a generation tells its caller, event by event: picklable values; knows nothing of who makes or shows them."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Media:
    """A finished or unfinished work as an encoded file: `data` in the format named by `type`, a MIME type."""

    data: bytes
    type: str


@dataclass(frozen=True)
class Waiting:
    """In the line: `ahead` jobs come first, which takes about `seconds` (None: not known yet)."""

    ahead: int
    seconds: float | None = None


@dataclass(frozen=True)
class Loading:
    """The model is being fetched or loaded; `fraction` goes from 0 to 1 (None: not known)."""

    fraction: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Step:
    """Work is under way: `done` of `total` steps."""

    done: int
    total: int


@dataclass(frozen=True)
class Token:
    """The next piece of a text; `alternatives` are the (text, probability) pairs it was chosen from."""

    text: str
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Notice:
    """A sentence the person should know; the work goes on."""

    text: str


@dataclass(frozen=True)
class Preview:
    """Unfinished outputs, one for each that was asked for; the next Preview replaces them all."""

    media: tuple[Media, ...]


@dataclass(frozen=True)
class Output:
    """A finished output; `recipe` holds what is needed to make it again."""

    media: Media | str
    recipe: dict[str, Any] = field(default_factory=dict)


Event = Waiting | Loading | Step | Token | Notice | Preview | Output
"""Everything a generation can say."""
