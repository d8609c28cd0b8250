"""What the scheduler asks for, beside the commands that go to the engine as they are; plain values."""

from dataclasses import dataclass

from playground.errors import PlaygroundError
from playground.gpu.messages import Cancel, Load, Measure, Unload


@dataclass(frozen=True)
class Start:
    """Start the engine."""

    epoch: int


@dataclass(frozen=True)
class Grant:
    """It is this request's turn, and that of `others`, which run together with it."""

    id: int
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Ready:
    """The model is there that this request wanted loaded and nothing else."""

    id: int


@dataclass(frozen=True)
class Fail:
    """This request is over."""

    id: int
    error: PlaygroundError


@dataclass(frozen=True)
class Tell:
    """A sentence for the person who made this request."""

    id: int
    text: str


Effect = Start | Measure | Load | Unload | Cancel | Grant | Ready | Fail | Tell
