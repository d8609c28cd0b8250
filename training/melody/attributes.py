"""What can be said of a melody in a word and its opposite, as numbers; knows no model."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from playground.media.melody_grid import STEPS, Grid, notes_of


@dataclass(frozen=True)
class Attribute:
    """`of` a grid gives a number, which is large where the name fits and small where its `opposite` does."""

    opposite: str
    told: str  # what the number counts
    of: Callable[[Grid], float]


def _notes(grid: Grid) -> float:
    return float(len(notes_of(grid)))


def _height(grid: Grid) -> float:
    return _mean([degree for _, degree in notes_of(grid)])


def leap(grid: Grid) -> float:
    """Mean interval between neighbouring notes, in steps of the scale."""
    return _mean([abs(second - first) for (_, first), (_, second) in pairwise(notes_of(grid))])


def _rise(grid: Grid) -> float:
    """By how much the second bar is higher than the first."""
    bars = [[degree for step, degree in notes_of(grid) if (step >= STEPS // 2) == late] for late in (False, True)]
    return _mean(bars[1]) - _mean(bars[0]) if all(bars) else 0.0


def _mean(values: list[int]) -> float:
    return sum(values) / max(1, len(values))


ATTRIBUTES = {
    "busy": Attribute("calm", "notes", _notes),
    "high": Attribute("low", "mean degree of the scale", _height),
    "leaping": Attribute("stepwise", "mean interval in steps", leap),
    "rising": Attribute("falling", "steps from bar to bar", _rise),
}
