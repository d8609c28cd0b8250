"""Other takes of a track: the same chords in other patterns, chosen by number; knows no tune and no sound."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from playground.errors import Refused
from playground.media import patterns as p
from playground.media.styles import PAD, STYLES, Part, Style

HANDS = (p.HELD, p.AFTER, p.VAMP, p.STRUM, p.PUSH, p.COMP, p.DRIVE, p.QUICK, p.ROCKING, p.WAVES, p.SLOW)
BASSES = (p.DRONE, p.HALVES, p.TURNS, p.STEPS, p.ROCK, p.OCTAVES, p.WALK)
BEATS = (
    *(p.SOFT_BEAT, p.WALTZ_BEAT, p.FOLK_BEAT, p.MARCH_BEAT),
    *(p.EPIC_BEAT, p.ROCK_BEAT, p.CHIP_BEAT, p.SWING_BEAT),
)
"""All that can be played; neighbours are alike."""

MOST = 99
BASS, DRUMS = "Bass", "Drums"
TRACKS = (*dict.fromkeys(part.name for style in STYLES.values() for part in (*style.parts, PAD)), BASS, DRUMS)
"""Names of the tracks that can be played another way; which of them there are depends on the style."""


def parsed(text: str) -> dict[str, int]:
    """The takes that a text such as "Bass 2, Drums 1" asks for, by the names of TRACKS; Refused if it says anything
    else."""
    names = {name.lower(): name for name in TRACKS}
    takes = {}
    for one in filter(None, (piece.strip() for piece in text.split(","))):
        found = re.fullmatch(r"([A-Za-z]+) (\d{1,2})", one)
        if not found or found[1].lower() not in names:
            raise Refused(f"{one[:40]!r} is no take; {BASS} 2, {DRUMS} 1 are, of {', '.join(TRACKS)}.")
        takes[names[found[1].lower()]] = int(found[2])
    return takes


def styled(style: Style, takes: dict[str, int]) -> Style:
    """The style with other patterns for the tracks that `takes` names. Take 0 is the style's own."""
    return replace(
        style,
        parts=tuple(hand(part, takes.get(part.name, 0)) for part in style.parts),
        bass=replace(style.bass, patterns=varied(style.bass.patterns, BASSES, takes.get(BASS, 0))),
        beat=other(style.beat, BEATS, takes.get(DRUMS, 0)) if style.beat else None,
    )


def hand(part: Part, take: int) -> Part:
    return replace(part, patterns=varied(part.patterns, HANDS, take))


def varied(own: p.Patterns, pool: Sequence[p.Patterns], take: int) -> p.Patterns:
    """Four bars of another pattern, of which the last brings a third one in."""
    if not take:
        return own
    first, last = other(own, pool, take), other(own, pool, take + 1 + (take - 1) // (len(pool) - 1))
    return {metre: (bars[0], bars[-1], bars[0], last[metre][-1]) for metre, bars in first.items()}


def other(own: Any, pool: Sequence[Any], take: int) -> Any:
    """The one that stands so many places after `own`, in a ring that `own` itself has left; take 0 is `own`."""
    place = pool.index(own)
    rest = (*pool[place + 1 :], *pool[:place])
    return rest[(take - 1) % len(rest)] if take else own
