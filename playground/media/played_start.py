"""What somebody played on a keyboard as the start of a tune; knows no page and no text."""

from collections.abc import Sequence
from typing import Any

from playground.errors import Refused
from playground.media.melody_edits import HIGHEST, LOWEST, in_bars
from playground.media.tune import BAR, MODES, Bar, Tune

MOST_BARS = 16
TITLE = "My start"

Played = tuple[int, int | None]
"""Ticks of a note, and its pitch; None is a rest."""


def tune_of(notes: Any, metre: Any, asked: tuple[int, str] | None = None) -> Tune:
    """The start in whole bars: the last note is held to the end of its bar. Its key is the one `asked` for (tonic and
    mode) if that has all its notes, else the likeliest. Refused if it is no start."""
    if metre not in BAR:
        raise Refused(f"A start is in {', '.join(BAR)}.")
    placed, end = [], 0
    for ticks, pitch in checked(notes):
        if pitch is not None:
            placed.append((end, ticks, pitch))
        end += ticks
    count = -(-end // BAR[metre])
    if not placed or count > MOST_BARS:
        raise Refused(f"A start has at least one note and at most {MOST_BARS} bars.")
    begin, _, pitch = placed[-1]
    placed[-1] = (begin, count * BAR[metre] - begin, pitch)
    tonic, mode = asked if asked and fits(placed, *asked) else likely(placed)
    bars = tuple(Bar(one) for one in in_bars(placed, count, BAR[metre]))
    return Tune(bars, metre, tonic, mode, title=TITLE)


def likely(placed: Sequence[tuple[int, int, int]]) -> tuple[int, str]:
    """The major or minor key whose scale has most of the notes; of several the one on whose tonic chord they lie, and
    that begins on its tonic, as starts do."""
    total = sum(ticks for _, ticks, _ in placed)

    def fit(key: tuple[int, str]) -> float:
        scale = [(key[0] + step) % 12 for step in MODES[key[1]]]
        chord = {scale[0], scale[2], scale[4]}
        held = sum(ticks * ((pitch % 12 in scale) + (pitch % 12 in chord) / 2) for _, ticks, pitch in placed)
        return held + total / 24 * (placed[0][2] % 12 == key[0])

    return max(((tonic, mode) for mode in ("major", "minor") for tonic in range(12)), key=fit)


def fits(placed: Sequence[tuple[int, int, int]], tonic: int, mode: str) -> bool:
    scale = {(tonic + step) % 12 for step in MODES[mode]}
    return all(pitch % 12 in scale for _, _, pitch in placed)


def checked(notes: Any) -> list[Played]:
    """`notes`, if they are some; else Refused."""
    if not isinstance(notes, Sequence) or len(notes) > 16 * MOST_BARS:
        raise Refused("This is no start that could be played.")
    for note in notes:
        if not (isinstance(note, Sequence) and len(note) == 2 and type(note[0]) is int and 0 < note[0] <= 48):
            raise Refused("This is no start that could be played.")
        if note[1] is not None and not (type(note[1]) is int and LOWEST <= note[1] <= HIGHEST):
            raise Refused("This is no start that could be played.")
    return [(note[0], note[1]) for note in notes]
