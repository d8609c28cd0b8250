"""Measures tunes: exact bars, chord tones, cadences, repetition, leaps, what is copied; knows no model and no token."""

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import pairwise

from playground.media.tune import BAR, TICKS, Bar, Tune, pitch_classes
from training.tunes import rhythm

Phrase = tuple[Hashable, ...]
DISTANCES = (1, 2, 4, 8)  # bars


@dataclass(frozen=True)
class Figures:
    """What is measured of one tune, or the mean of many; shares from 0 to 1, None where nothing can be counted."""

    exact_bars: float
    strong_chord_tones: float | None
    ends_on_tonic: float  # of one tune 1 or 0
    rhythm_again: dict[int, float | None]  # by distance in bars
    contour_again: dict[int, float | None]
    mean_leap: float  # semitones
    span: float  # semitones
    density: float  # notes in a quarter note


def measure(tune: Tune) -> Figures:
    return Figures(
        exact_bars=exact_bars(tune),
        strong_chord_tones=strong_chord_tones(tune),
        ends_on_tonic=float(ends_on_tonic(tune)),
        rhythm_again={distance: rhythm_again(tune, distance) for distance in DISTANCES},
        contour_again={distance: contour_again(tune, distance) for distance in DISTANCES},
        mean_leap=mean_leap(tune),
        span=span(tune),
        density=density(tune),
    )


def exact_bars(tune: Tune) -> float:
    """Share of bars whose notes fill them exactly."""
    return sum(_ticks(bar) == BAR[tune.metre] for bar in tune.bars) / len(tune.bars)


def strong_chord_tones(tune: Tune) -> float | None:
    """Share of the melody notes that begin on a strong beat over a chord and belong to that chord."""
    found = [pitch % 12 in tones for bar in tune.bars for pitch, tones in _on_strong_beats(bar, tune.metre)]
    return sum(found) / len(found) if found else None


def ends_on_tonic(tune: Tune) -> bool:
    """Whether the last note that sounds is the tonic."""
    return bool(_pitches(tune)) and _pitches(tune)[-1] % 12 == tune.tonic


def rhythm_again(tune: Tune, distance: int) -> float | None:
    """Share of bars with the rhythm of the bar so many bars earlier."""
    return _again([_rhythm(bar) for bar in tune.bars], distance)


def contour_again(tune: Tune, distance: int) -> float | None:
    """Share of bars whose line rises, falls and stays as in the bar so many bars earlier."""
    return _again([_contour(bar) for bar in tune.bars], distance)


def phrases(tune: Tune) -> list[Phrase]:
    """Every two bars that follow each other, comparable across keys: lengths, and intervals from note to note."""
    keys = []
    for first, second in pairwise(tune.bars):
        notes = (*first.notes, *second.notes)
        lowest = next((note.pitch for note in notes if note.pitch is not None), 0)
        keys.append(tuple((note.ticks, None if note.pitch is None else note.pitch - lowest) for note in notes))
    return keys


def mean_leap(tune: Tune) -> float:
    """Of the intervals between neighbouring notes, in semitones; 0 if there are none."""
    leaps = [abs(second - first) for first, second in pairwise(_pitches(tune))]
    return sum(leaps) / len(leaps) if leaps else 0.0


def span(tune: Tune) -> int:
    """Semitones from the lowest note to the highest."""
    return max(_pitches(tune), default=0) - min(_pitches(tune), default=0)


def density(tune: Tune) -> float:
    """Notes in a quarter note."""
    return len(_pitches(tune)) * TICKS / max(1, sum(map(_ticks, tune.bars)))


def _on_strong_beats(bar: Bar, metre: str) -> list[tuple[int, frozenset[int]]]:
    """The pitches that begin on strong beats, with the pitch classes of the chord there."""
    found, tick = [], 0
    for note in bar.notes:
        if note.pitch is not None and bar.chords and tick in rhythm.strong_beats(metre):
            found.append((note.pitch, pitch_classes(bar.chords[tick * len(bar.chords) // BAR[metre]])))
        tick += note.ticks
    return found


def _again(bars: list[Phrase], distance: int) -> float | None:
    pairs = list(zip(bars, bars[distance:], strict=False))
    return sum(first == second for first, second in pairs) / len(pairs) if pairs else None


def _rhythm(bar: Bar) -> Phrase:
    return tuple((note.ticks, note.pitch is None) for note in bar.notes)


def _contour(bar: Bar) -> Phrase:
    pitches = [note.pitch for note in bar.notes if note.pitch is not None]
    return tuple((second > first) - (second < first) for first, second in pairwise(pitches))


def _pitches(tune: Tune) -> list[int]:
    return [note.pitch for bar in tune.bars for note in bar.notes if note.pitch is not None]


def _ticks(bar: Bar) -> int:
    return sum(note.ticks for note in bar.notes)
