"""A dozen melodies under names, so that a person has something to mix; knows no model."""

from collections.abc import Sequence
from typing import Any

from training.melody.attributes import ATTRIBUTES
from training.melody.data import Melody

NAMES = (
    "busy reel", "calm lullaby", "rising march", "falling air", "leaping chiptune", "stepwise ballad", "high hornpipe",
    "low cinematic", "calm ambient", "busy pop", "leaping reel", "rising pop",
)  # fmt: skip
_EXTREME = 0.05  # share of a style's melodies that have still more of what the name says: the very first are odd ones


def chosen(melodies: Sequence[Melody]) -> dict[str, dict[str, Any]]:
    """For each name whose style is among them, as in "busy-reel", a melody as plain data: its title, its grid, and the
    key and style to play it in."""
    cards, taken = {}, set()
    for name in NAMES:
        adjective, style = name.split()
        fitting = [melody for melody in melodies if melody.key.style == style and melody.grid not in taken]
        if fitting:
            fitting.sort(key=lambda melody, adjective=adjective: -_amount(adjective, melody))
            melody = fitting[int(_EXTREME * len(fitting))]
            taken.add(melody.grid)
            cards[name.replace(" ", "-")] = {"title": name.capitalize(), **melody.as_json()}
    return cards


def _amount(adjective: str, melody: Melody) -> float:
    for name, attribute in ATTRIBUTES.items():
        if adjective in (name, attribute.opposite):
            return attribute.of(melody.grid) * (1 if adjective == name else -1)
    raise ValueError(f"No attribute is called {adjective}.")
