"""Chords for a melody that has none, and hands that move little between chords; knows no style and no sound."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from playground.media.tune import BAR, MODES, NAMES, QUALITIES, Bar, Tune, chord, pitch_classes

BEAT = {"4/4": 12, "3/4": 12, "6/8": 18}  # ticks from one strong place to the next, by metre
LOWEST, HIGHEST = 50, 69  # of a voicing: between the bass and most melodies


def harmonised(tune: Tune) -> Tune:
    """The tune with a chord in every bar: a bar without one goes on with the last, and a tune without any gets the
    plainest that fit its melody."""
    if any(bar.chords for bar in tune.bars):
        last = _triad(tune, 0)
        bars = []
        for bar in tune.bars:
            bars.append(bar if bar.chords else replace(bar, chords=(last,)))
            last = bars[-1].chords[-1]
    else:
        bars = [replace(bar, chords=(name,)) for bar, name in zip(tune.bars, guessed(tune), strict=True)]
    return replace(tune, bars=tuple(bars))


def guessed(tune: Tune) -> list[str]:
    """A chord for every bar: the cheapest way through the triads of the scale (Viterbi), which pays for melody tones
    outside the chord and for a change, and starts and ends on the tonic where the melody lets it."""
    names = [_triad(tune, degree) for degree in (0, 3, 4, 5, 1, 6, 2)]  # the plainer first: they win where costs tie
    names = [name for name in names if chord(name)[1] != "dim"]
    ways: list[tuple[float, list[str]]] = [(4.0 * (name != names[0]), []) for name in names]
    for bar in tune.bars:
        reached = []
        for place, name in enumerate(names):
            cost, way = min(ways, key=lambda one, name=name: one[0] + 2 * (one[1][-1:] not in ([], [name])))
            cost += 2 * (way[-1:] not in ([], [name])) + _misfit(bar, name, tune.metre) + 0.4 * place
            reached.append((cost, [*way, name]))
        ways = reached
    return min(ways, key=lambda one: one[0] + 6 * (one[1][-1:] != names[:1]))[1]


def _triad(tune: Tune, degree: int) -> str:
    """The triad on a degree of the tune's scale, counted from 0; the fifth degree of minor takes its leading note."""
    scale = MODES[tune.mode]
    root, third, fifth = (scale[(degree + step) % 7] for step in (0, 2, 4))
    intervals = (0, (third - root) % 12, (fifth - root) % 12)
    quality = next((name for name, tones in QUALITIES.items() if tones == intervals), "")
    if tune.mode == "minor" and degree == 4:
        quality = ""
    return NAMES[(tune.tonic + root) % 12] + quality


def _misfit(bar: Bar, name: str, metre: str) -> float:
    """Quarter notes of melody outside the chord; what begins on a strong place counts double."""
    tones, tick, cost = pitch_classes(name), 0, 0.0
    for note in bar.notes:
        if note.pitch is not None and note.pitch % 12 not in tones:
            cost += note.ticks / 12 * (2 if tick % BEAT[metre] == 0 else 1) * 2
        tick += note.ticks
    return cost


def voicing(name: str, before: Sequence[int] = ()) -> tuple[int, ...]:
    """The chord in close position, three or four pitches upwards between LOWEST and HIGHEST, as near as can be to the
    pitches `before`."""
    root, quality = chord(name)
    tones = [root + one for one in QUALITIES[quality]]
    places: list[tuple[int, ...]] = []
    for lowest in range(LOWEST, LOWEST + 12):
        if lowest % 12 in (tone % 12 for tone in tones):
            hand = tuple(sorted(lowest + (tone - lowest) % 12 for tone in tones))
            if hand[-1] <= HIGHEST:
                places.append(hand)
    return min(places, key=lambda hand: (_way(before, hand), abs(sum(hand) / len(hand) - 60)))


def _way(before: Sequence[int], after: Sequence[int]) -> int:
    """Semitones that the voices move, each to the nearest tone, both ways."""
    if not before:
        return 0
    return sum(min(abs(a - b) for b in before) for a in after) + sum(min(abs(a - b) for a in after) for b in before)


def voicings(names: Iterable[str]) -> list[tuple[int, ...]]:
    """One voicing a chord, led from each to the next."""
    hands: list[tuple[int, ...]] = []
    for name in names:
        hands.append(voicing(name, hands[-1] if hands else ()))
    return hands


def bars_chords(tune: Tune) -> list[list[tuple[int, int, str]]]:
    """Of every bar its chords as (first tick, ticks, name); neighbours of the same name are one."""
    result = []
    for bar in tune.bars:
        share = BAR[tune.metre] // max(1, len(bar.chords))
        spans: list[tuple[int, int, str]] = []
        for place, name in enumerate(bar.chords):
            if spans and spans[-1][2] == name:
                spans[-1] = (spans[-1][0], spans[-1][1] + share, name)
            else:
                spans.append((place * share, share, name))
        result.append(spans)
    return result
