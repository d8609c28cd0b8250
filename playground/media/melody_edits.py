"""The melody of a tune as plain numbers for those who edit it, and back; knows no page, no text and no sound.

A note is (tick, ticks, pitch): when it begins after the start of the tune, how long it lasts, and the MIDI pitch that
is heard, which lies in the octave of the style's lead instrument.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from playground.errors import Refused
from playground.media.styles import style_of
from playground.media.tune import BAR, Note, Tune

MOST = 2000  # notes
LOWEST, HIGHEST = 21, 108  # written pitches: the keys of a piano

Numbers = tuple[int, int, int]


def numbers(tune: Tune) -> list[Numbers]:
    """The notes of the melody; rests are the gaps between them."""
    lift, tick, notes = 12 * style_of(tune.style, tune.metre).octave, 0, []
    for bar in tune.bars:
        for note in bar.notes:
            if note.pitch is not None:
                notes.append((tick, note.ticks, note.pitch + lift))
            tick += note.ticks
    return notes


def with_melody(tune: Tune, notes: Any) -> Tune:
    """The tune with this melody under its own chords; Refused if `notes` are no notes or lie outside the tune.

    Each note lasts at most until the next begins; of several that begin together the last one counts.
    """
    lift, length = 12 * style_of(tune.style, tune.metre).octave, BAR[tune.metre]
    placed = {tick: (ticks, pitch - lift) for tick, ticks, pitch in checked(notes, len(tune.bars) * length, lift)}
    bars = in_bars([(tick, *placed[tick]) for tick in sorted(placed)], len(tune.bars), length)
    return replace(tune, bars=tuple(replace(old, notes=new) for old, new in zip(tune.bars, bars, strict=True)))


def checked(notes: Any, end: int, lift: int) -> list[Numbers]:
    """`notes`, if they are some and each begins before `end` and can be played; else Refused."""
    if not isinstance(notes, Sequence) or not 1 <= len(notes) <= MOST:
        raise Refused(f"A melody has 1 to {MOST} notes: draw one first.")
    for note in notes:
        numbers = isinstance(note, Sequence) and len(note) == 3 and all(type(value) is int for value in note)
        if not numbers or not (0 <= note[0] < end and note[1] > 0 and LOWEST <= note[2] - lift <= HIGHEST):
            raise Refused("One of the notes lies outside the tune; undo the last step.")
    return [tuple(note) for note in notes]


def in_bars(notes: Sequence[Numbers], count: int, length: int) -> Iterable[tuple[Note, ...]]:
    """The notes of each of `count` bars of `length` ticks, rests between them; a note over a bar line is struck again.
    `notes` are in order, no two at a time."""
    bars: list[list[Note]] = [[] for _ in range(count)]
    now, end = 0, count * length

    def fill(until: int, pitch: int | None) -> None:
        nonlocal now
        while now < until:
            ticks = min(until, (now // length + 1) * length) - now
            bars[now // length].append(Note(ticks, pitch))
            now += ticks

    nexts = [*(note[0] for note in notes[1:]), end]
    for (tick, ticks, pitch), following in zip(notes, nexts, strict=False):  # without notes there is still an end
        fill(tick, None)
        fill(min(tick + ticks, following), pitch)
    fill(end, None)
    return map(tuple, bars)
