"""Small changes to finished bars: ornaments where a bar returns, half steps for colour; knows no motifs."""

import random
from dataclasses import replace

from playground.media.tune import Bar, Note
from training.tunes import melody, rhythm

_SPLITS = {12: ((6, 6), (9, 3), (4, 4, 4)), 18: ((12, 6), (6, 6, 6)), 24: ((18, 6), (12, 12))}


def ornamented(bar: Bar, mode: str, dotted: bool, rng: random.Random) -> Bar:
    """The bar with one note, if any is long enough, broken into steps towards the note that follows it."""
    choices = [
        index
        for index, (note, following) in enumerate(zip(bar.notes, bar.notes[1:], strict=False))
        if note.pitch is not None and following.pitch is not None and note.ticks in _SPLITS
    ]
    if not choices or not bar.chords:
        return bar
    index = rng.choice(choices)
    note, following = bar.notes[index], bar.notes[index + 1]
    assert note.pitch is not None and following.pitch is not None
    splits = [split for split in _SPLITS[note.ticks] if dotted or split != (9, 3)]
    pieces = rng.choice(splits)
    tones = _way(note.pitch, following.pitch, len(pieces), mode, bar.chords[0])
    broken = tuple(Note(ticks, tone) for ticks, tone in zip(pieces, tones, strict=True))
    return replace(bar, notes=(*bar.notes[:index], *broken, *bar.notes[index + 1 :]))


def _way(first: int, goal: int, count: int, mode: str, chord: str) -> list[int]:
    """So many pitches: the first, the neighbour towards the goal (away from it if it is one step off), the first."""
    position, target = melody.position_of(first), melody.position_of(goal)
    step = 1 if target >= position else -1
    if abs(target - position) == 1:
        step = -step
    beside = melody.pitch(position + step, mode, chord)
    return [first, beside, first][:count]


def coloured(bars: list[Bar], metre: str, chance: float, rng: random.Random) -> list[Bar]:
    """Lower neighbours and steps up to a strong beat raised to a half step, here and there, where they are short."""
    result = []
    for bar in bars:
        notes, tick = list(bar.notes), 0
        for index in range(1, len(notes) - 1):
            tick += notes[index - 1].ticks
            if _may_rise(notes[index - 1], notes[index], notes[index + 1], tick, metre) and rng.random() < chance:
                pitch = notes[index].pitch
                notes[index] = replace(notes[index], pitch=None if pitch is None else pitch + 1)
        result.append(replace(bar, notes=tuple(notes)))
    return result


def _may_rise(before: Note, note: Note, after: Note, tick: int, metre: str) -> bool:
    if before.pitch is None or note.pitch is None or after.pitch is None:
        return False
    neighbour = before.pitch == after.pitch
    approach = rhythm.weight(tick + note.ticks, metre) > 0 and before.pitch > note.pitch
    return (
        note.ticks <= 8
        and rhythm.weight(tick, metre) == 0
        and note.pitch == after.pitch - 2
        and (neighbour or approach)
    )
