"""Rhythms of bars by feel and metre, and the weight of beats; knows no pitches.

A rhythm is a tuple of ticks that fills a bar, twelve ticks to a quarter note; a negative number is a rest.
"""

import random
from functools import cache

from playground.media.tune import BAR

Rhythm = tuple[int, ...]

# Halves of a bar that go together in pairs, and whole bars, where a note may cross the middle.
_HALVES = {
    ("flowing", "4/4"): "24|12 12|18 6|12 6 6",
    ("marching", "4/4"): "12 12|9 3 12|12 6 6|18 6|6 6 12|9 3 9 3|24",
    ("bouncing", "4/4"): "6 6 6 6|3 3 6 6 6|6 3 3 6 6|9 9 6|6 6 12|12 6 6|6 12 6|9 3 6 6|3 3 3 3 12|12 -6 6",
    ("swinging", "4/4"): "8 4 8 4|12 8 4|8 4 12|8 16|4 4 4 12|12 12|-12 8 4|24|8 4 -8 4",
    ("reeling", "4/4"): "6 6 6 6|6 6 6 6|6 6 6 6|12 6 6|6 6 12|4 4 4 6 6|12 6 6|6 6 3 3 6",
    ("dotted", "4/4"): "9 3 9 3|9 3 9 3|4 4 4 9 3|12 9 3|9 3 12|4 4 4 12|9 3 4 4 4|12 12",
    ("flowing", "6/8"): "9 3 6|12 6|6 6 6|18|6 12",
    ("marching", "6/8"): "12 6|6 6 6|9 3 6|18|12 3 3",
    ("rocking", "6/8"): "12 6|12 6|18|6 6 6",
    ("majestic", "6/8"): "18|12 6|9 3 6|6 6 6",
    ("jigging", "6/8"): "6 6 6|6 6 6|6 6 6|12 6|6 6 6|12 6|18|6 3 3 6|6 12",
}
_WHOLES = {
    ("flowing", "4/4"): "36 12|12 24 12|24 12 12|18 6 24|18 6 12 12|12 12 12 6 6|18 18 12|12 6 6 24|30 6 12|6 6 12 24",
    ("floating", "4/4"): "48|24 24|36 12|12 36|12 12 24|-12 36|-12 12 24|18 30|24 12 12|30 6 12|-12 24 12",
    ("rocking", "4/4"): "24 12 12|12 12 24|18 6 24|24 24|12 12 12 12|18 6 12 12|36 12|12 6 6 24",
    ("majestic", "4/4"): "36 6 6|18 6 24|24 18 6|12 12 24|36 12|18 18 12|24 12 12|9 3 12 24|24 24|30 6 6 6|18 6 18 6",
    ("syncopated", "4/4"): "18 18 12|6 12 6 12 12|12 6 12 6 12|6 12 12 6 12|12 12 6 12 6|18 6 6 12 6|-6 6 6 6 12 12"
    "|-12 6 6 12 12|18 12 18|6 6 12 6 6 12|9 9 6 12 12|9 9 12 6 12|6 6 6 12 6 12|-6 12 6 12 12|12 6 6 6 12 6"
    "|18 6 12 6 6|9 9 6 6 18|12 6 18 12|6 12 6 6 6 12|-6 6 12 6 6 12|12 12 18 6|18 30|12 6 12 18|3 3 6 12 6 18",
    ("bouncing", "4/4"): "9 9 6 6 6 12|9 9 9 9 12|9 9 9 9 6 6|6 6 -6 6 6 6 12|9 9 6 9 9 6|12 6 12 6 6 6",
    ("swinging", "4/4"): "8 16 8 16|-12 8 4 12 12|8 4 8 4 8 16|24 8 16|-8 4 8 4 12 12|12 8 16 12|-12 8 16 12"
    "|36 8 4|8 16 12 8 4|-8 4 8 4 8 16|8 4 8 16 12|4 4 4 8 16 12",
    ("reeling", "4/4"): "12 6 6 6 6 6 6|6 6 6 6 6 6 6 6|6 12 6 6 6 6 6|18 6 6 6 6 6|12 6 6 12 6 6",
    ("dotted", "4/4"): "9 3 9 3 9 3 12|12 9 3 9 3 9 3|12 4 4 4 9 3 9 3|12 12 9 3 9 3",
    ("flowing", "3/4"): "24 12|12 12 12|18 6 12|12 18 6|12 6 6 12|24 6 6|12 12 6 6|36|18 6 6 6|6 6 12 12|30 6|9 3 24"
    "|6 6 24|12 24|18 18",
    ("floating", "3/4"): "36|24 12|12 24|-12 24|-12 12 12|18 18|12 12 12|30 6|24 6 6",
    ("rocking", "3/4"): "24 12|12 12 12|24 6 6|12 24|18 6 12|36|12 12 6 6|30 6",
    ("majestic", "3/4"): "24 12|18 6 12|36|24 6 6|12 12 12|9 3 12 12|12 24|30 6|9 3 24|18 6 6 6",
    ("waltzing", "3/4"): "12 12 12|24 12|36|12 6 6 12|18 6 12|12 12 6 6|6 6 6 6 12|-12 12 12|24 6 6|6 6 12 12|12 24"
    "|12 6 6 6 6|6 6 6 6 6 6|18 18|30 6|-12 6 6 12|12 18 6",
    ("swinging", "3/4"): "12 8 4 12|8 4 8 4 12|24 8 4|8 16 12|12 12 8 4|-12 12 8 4|12 8 16|18 18|-12 8 4 12|36"
    "|8 4 12 12|12 8 4 8 4|8 4 8 16",
    ("flowing", "6/8"): "24 6 6|18 12 6|30 6|12 6 18|12 12 12",
    ("rocking", "6/8"): "36|30 6|18 12 6|12 6 18|24 12",
    ("majestic", "6/8"): "18 12 6|12 6 18|36|18 6 6 6|9 3 6 18|30 6|12 12 12",
    ("jigging", "6/8"): "12 6 12 6|6 6 6 6 6 6|12 6 6 6 6|6 6 6 12 6|18 6 6 6",
    ("marching", "6/8"): "12 6 12 6|18 12 6|18 9 3 6|30 6",
}
_BREATHS = {  # the last bar of a phrase that stops for breath
    "4/4": "36 -12|24 12 -12|12 24 -12|18 18 -12|12 12 12 -12|48|12 12 24|24 24|18 6 24|18 6 12 -12",
    "3/4": "36|24 -12|24 12|12 24|12 12 -12|18 6 -12|12 12 12",
    "6/8": "36|30 -6|18 12 -6|12 6 12 -6|12 6 18|18 18|6 6 6 12 -6",
}
_HOMES = {  # the last bar of all and of answers: the last note falls on the first beat or on the middle of the bar
    "4/4": "48|36 -12|12 12 24|24 24|18 6 24|24 12 -12|18 6 12 -12",
    "3/4": "36|24 -12|30 -6",
    "6/8": "36|30 -6|18 18|12 6 18|18 12 -6|12 6 12 -6",
}
_DANCE_HOMES = {  # with a run up to the last note
    "reeling": "6 6 6 6 24|12 6 6 24|6 6 6 6 12 -12|12 12 24|6 6 12 24",
    "dotted": "12 12 24|9 3 9 3 24|12 9 3 24|4 4 4 9 3 24|12 12 12 -12",
    "jigging": "6 6 6 18|12 6 18|6 6 6 12 -6|12 6 12 -6|6 6 6 18",
    "marching": "12 12 24|9 3 12 24|12 6 6 12 -12|9 3 12 12 -12",
    "bouncing": "6 6 6 6 24|9 9 6 24|12 6 6 12 -12|6 6 12 24",
    "swinging": "12 8 4 24|8 4 8 4 24|8 16 24|12 12 12 -12|8 4 12 12 -12",
    "syncopated": "12 12 24|12 6 6 24|6 12 6 24|18 6 24",
}
_STRONG = {"4/4": (0, 24), "3/4": (0,), "6/8": (0, 18)}
_MIDDLING = {"4/4": (12, 36), "3/4": (12, 24), "6/8": ()}


@cache
def table(kind: str, feel: str, metre: str) -> tuple[Rhythm, ...]:
    """All rhythms of a kind: "halves" or "wholes" of a feel, its "breaths", or "homes" and "dance homes" of endings."""
    text = {
        "halves": _HALVES.get((feel, metre), ""),
        "wholes": _WHOLES.get((feel, metre), ""),
        "breaths": _BREATHS[metre],
        "homes": _HOMES[metre],
        "dance homes": _DANCE_HOMES.get(feel, ""),
    }[kind]
    rhythms = tuple(tuple(map(int, one.split())) for one in text.split("|") if one)
    length = BAR[metre] // 2 if kind == "halves" else BAR[metre]
    return tuple(rhythm for rhythm in rhythms if sum(map(abs, rhythm)) == length)


def draw_bar(feel: str, metre: str, rng: random.Random) -> Rhythm:
    """A whole bar, of one piece or of two halves."""
    halves, wholes = table("halves", feel, metre), table("wholes", feel, metre)
    if wholes and (not halves or rng.random() < 0.5):
        return rng.choice(wholes)
    return rng.choice(halves) + rng.choice(halves)


def draw_motif_bar(feel: str, metre: str, rng: random.Random) -> Rhythm:
    """A bar with something to remember: three notes at least, but where the feel is a quiet one."""
    drawn = [draw_bar(feel, metre, rng) for _ in range(5)]
    return next((bar for bar in drawn if feel == "floating" or len(bar) > 2), drawn[0])


def draw_contrast(feel: str, metre: str, other: Rhythm, rng: random.Random) -> Rhythm:
    """Of some bars, the one whose number of notes differs most from the other's."""
    drawn = [draw_bar(feel, metre, rng) for _ in range(4)]
    return max(drawn, key=lambda rhythm: (abs(len(rhythm) - len(other)), rhythm != other))


def draw_ending(feel: str, metre: str, home: bool, rng: random.Random) -> Rhythm:
    """The last bar of a phrase; `home` if it comes to rest for good."""
    if not home:
        return rng.choice(table("breaths", feel, metre))
    dance = table("dance homes", feel, metre)
    return rng.choice(dance if dance and rng.random() < 0.6 else table("homes", feel, metre))


def weight(tick: int, metre: str) -> int:
    """Of a tick of a bar: 2 on strong beats, 1 on other beats, 0 between."""
    return 2 if tick in _STRONG[metre] else 1 if tick in _MIDDLING[metre] else 0


def strong_beats(metre: str) -> tuple[int, ...]:
    """Their ticks within a bar."""
    return _STRONG[metre]
