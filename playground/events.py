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
class Alternative:
    """A piece of text that might have come, with its probability at three moments of the draw, each from 0 to 1."""

    text: str
    raw: float  # as the model said
    tempered: float  # after repetition penalty and temperature
    kept: float  # after top-k, top-p and min-p: what was drawn from; 0 if it was cut away


@dataclass(frozen=True)
class Token:
    """The next piece of answer number `answer`, or of the text that is being measured."""

    text: str  # may be empty: the bytes of one character may take several tokens, and the last one brings it
    answer: int = 0
    probability: float = 1.0  # as the model said
    rank: int = 0  # 0: nothing was likelier
    alternatives: tuple[Alternative, ...] = ()  # the likeliest ones by `raw`, and this piece itself among them


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


@dataclass(frozen=True)
class Trace:
    """How output `number` of those that came before it came about: small pictures from the first step on."""

    media: tuple[Media, ...]
    number: int = 0


Event = Waiting | Loading | Step | Token | Notice | Preview | Output | Trace
"""Everything a generation can say."""
