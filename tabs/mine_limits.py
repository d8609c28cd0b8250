"""Which finished works may stay: by their age, their number and their size; touches no disk."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MOST = 500  # works of a person, so that all their ids fit a short answer


@dataclass(frozen=True)
class Limits:
    """How long and how much: bytes of one person, and of everybody together."""

    seconds: float = 86400
    each: int = 200_000_000
    all: int = 2_000_000_000
    most: int = MOST


@dataclass(frozen=True)
class Kept:
    """One work on the disk. The id begins with the millisecond it was added in: ids sort by age."""

    folder: str
    id: str
    bytes: int
    copy: Path | None = None  # where the page serves it

    @property
    def added(self) -> float:
        return int(self.id[:12], 16) / 1000


def surplus(kept: Iterable[Kept], limits: Limits, now: float) -> list[Kept]:
    """Those that are too old, or the oldest of too many."""
    count: dict[str, int] = {}
    size: dict[str, int] = {}
    gone, total = [], 0
    for one in sorted(kept, key=lambda one: one.id, reverse=True):
        count[one.folder] = count.get(one.folder, 0) + 1
        size[one.folder] = size.get(one.folder, 0) + one.bytes
        own_too_much = count[one.folder] > limits.most or size[one.folder] > limits.each
        stays = not own_too_much and now - one.added <= limits.seconds
        total += one.bytes if stays else 0
        if not stays or total > limits.all:
            gone.append(one)
    return gone
