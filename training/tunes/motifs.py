"""Motifs, a bar of rhythm with its contour, and how they are varied; knows no chords and no pitches."""

import random
from dataclasses import dataclass, replace

from training.tunes import rhythm
from training.tunes.rhythm import Rhythm

GESTURES = {  # moves in steps of the scale from note to note
    "hold": (0,),
    "rise": (1, 1, 1),
    "fall": (-1, -1, -1),
    "over": (1, -1),
    "under": (-1, 1),
    "turn": (1, -1, -1, 1),
    "enclose": (1, -2, 1),
    "chord up": (2, 2),
    "chord down": (-2, -2),
    "zigzag up": (2, -1, 2, -1),
    "zigzag down": (-2, 1, -2, 1),
    "pedal": (2, -2, 3, -3),
    "fourth": (3, -1, -1),
    "sixth": (5, -1, -1, -1),
    "octave": (7, -2, -1),
    "dip": (-3, 1, 1),
}
_REACH = 6  # steps a motif may leave its first note


@dataclass(frozen=True)
class Motif:
    """A rhythm that fills a bar, and the height of each sounding note in steps above the first."""

    rhythm: Rhythm
    contour: tuple[int, ...]


def draw_motif(bar: Rhythm, gestures: dict[str, float], slope: float, rng: random.Random) -> Motif:
    """A contour for a rhythm; a positive slope prefers gestures that rise. It spans a third if it can."""
    drawn = [_drawn(bar, gestures, slope, rng) for _ in range(3)]
    return next((motif for motif in drawn if max(motif.contour) - min(motif.contour) > 1), drawn[0])


def _drawn(bar: Rhythm, gestures: dict[str, float], slope: float, rng: random.Random) -> Motif:
    count = sum(ticks > 0 for ticks in bar)
    names = list(gestures)
    weights = [gestures[name] * (1 + 0.8 * slope * _direction(GESTURES[name])) for name in names]
    heights = [0]
    while len(heights) < count:
        moves = GESTURES[rng.choices(names, weights)[0]]
        if abs(heights[-1] + sum(moves)) > _REACH or max(abs(heights[-1] + move) for move in moves) > _REACH:
            moves = tuple(-move for move in moves)
        for move in moves[: count - len(heights)]:
            heights.append(max(-_REACH, min(_REACH, heights[-1] + move)))
    return Motif(bar, tuple(heights))


def inverted(motif: Motif) -> Motif:
    """Upside down."""
    return replace(motif, contour=tuple(-height for height in motif.contour))


def in_other_rhythm(motif: Motif, feel: str, metre: str, rng: random.Random) -> Motif:
    """The contour in another rhythm of as many notes, if one is found at once."""
    for _ in range(12):
        other = rhythm.draw_bar(feel, metre, rng)
        if other != motif.rhythm and sum(ticks > 0 for ticks in other) == len(motif.contour):
            return replace(motif, rhythm=other)
    return motif


def fragmented(motif: Motif, step: int, metre: str) -> Motif:
    """Its first half twice, the second time some steps higher or lower; the whole motif if it has no halves."""
    length, first = sum(map(abs, motif.rhythm)), []
    while sum(map(abs, first)) < length // 2:
        first.append(motif.rhythm[len(first)])
    if metre == "3/4" or sum(map(abs, first)) != length // 2:
        return motif
    heights = motif.contour[: sum(ticks > 0 for ticks in first)]
    return Motif((*first, *first), (*heights, *(height + step for height in heights)))


def broadened(motif: Motif) -> Motif:
    """Its last two notes as one: the motif comes to rest."""
    *start, before, last = (0, *motif.rhythm)
    if before <= 0 or last < 0 or before + last not in (12, 18, 24, 36):
        return motif
    return Motif((*start[1:], before + last), motif.contour[:-1])


def _direction(moves: tuple[int, ...]) -> int:
    return (sum(moves) > 0) - (sum(moves) < 0)
