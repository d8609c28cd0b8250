"""A lead sheet out of a MIDI file: its melody in bars, with chords that fit; knows no bytes and no sound."""

from collections.abc import Iterable

from playground.errors import Refused
from playground.media.harmony import harmonised
from playground.media.keys import tonic_of
from playground.media.midi_read import Heard, Midi, Part
from playground.media.tune import BAR, MODES, TICKS, Bar, Note, Tune

GRID = (0, 3, 4, 6, 8, 9, 12)  # ticks of a quarter where notes begin and end: sixteenths and triplets
MOST_BARS = 400
METRES = {(3, 4): "3/4", (3, 8): "3/4", (3, 2): "3/4", (6, 8): "6/8", (9, 8): "6/8", (12, 8): "6/8"}  # others: 4/4
SLOWEST, FASTEST = 30, 300  # quarter notes a minute


def tune_of(midi: Midi) -> Tune:
    """The highest line of the most melodic part, in bars filled with rests, with plain chords. Notes end where the
    next begins, and at the bar line. Refused if nothing but drums is played."""
    parts = [part for part in midi.parts if part.notes and not part.drums]
    if not parts:
        raise Refused("This MIDI file holds no notes that could be a melody.")
    line = top_line(max(parts, key=melodic).notes)
    metre = METRES.get(midi.metre, "4/4")
    first = line[0][0] // BAR[metre] * BAR[metre]
    bars = in_bars([(start - first, ticks, pitch) for start, ticks, pitch in line], BAR[metre])
    tonic, mode = key_of(midi, line)
    bpm = min(FASTEST, max(SLOWEST, round(midi.bpm)))
    return harmonised(Tune(tuple(bars), metre, tonic, mode, bpm, title=midi.title))


def melodic(part: Part) -> float:
    """How much a part is like a melody: named so, high, one note at a time, with something to say."""
    starts = {round(note.start * TICKS) for note in part.notes}
    named = any(word in part.name.lower() for word in ("melod", "lead", "vocal", "voice", "solo"))
    height = sum(note.pitch for note in part.notes) / len(part.notes) / 12
    return 10 * named + height + 4 * len(starts) / len(part.notes) + min(2.0, len(starts) / 16)


def top_line(notes: Iterable[Heard]) -> list[tuple[int, int, int]]:
    """(first tick, ticks, pitch) of the highest note at every start; short gaps before the next are closed."""
    highest: dict[int, Heard] = {}
    for note in notes:
        start = on_grid(note.start)
        if start not in highest or note.pitch > highest[start].pitch:
            highest[start] = note
    starts = sorted(highest)
    line = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        note = highest[start]
        ticks = max(3, on_grid(note.start + note.length) - start)
        if following is not None and (ticks > following - start or 4 * ticks >= 3 * (following - start)):
            ticks = following - start
        line.append((start, ticks, note.pitch))
    return line


def on_grid(quarters: float) -> int:
    """The nearest tick of the grid."""
    whole = int(quarters)
    return whole * TICKS + min(GRID, key=lambda tick: abs(tick - (quarters - whole) * TICKS))


def in_bars(line: Iterable[tuple[int, int, int]], length: int) -> list[Bar]:
    """Bars of so many ticks; what is silent is a rest, what lasts over a bar line ends there."""
    bars: list[list[Note]] = []
    filled = 0
    for start, ticks, pitch in line:
        index = start // length
        if index >= MOST_BARS:
            break
        while len(bars) <= index:
            close(bars, filled, length)
            bars.append([])
            filled = 0
        within = start % length
        if within > filled:
            bars[-1].append(Note(within - filled, None))
        ticks = min(ticks, length - within)
        bars[-1].append(Note(ticks, pitch))
        filled = within + ticks
    close(bars, filled, length)
    return [Bar(tuple(notes)) for notes in bars]


def close(bars: list[list[Note]], filled: int, length: int) -> None:
    """The last bar filled up with a rest."""
    if bars and filled < length:
        bars[-1].append(Note(length - filled, None))


def key_of(midi: Midi, line: list[tuple[int, int, int]]) -> tuple[int, str]:
    """Tonic and mode: of the file's signature the mode that ends where the melody does; without one, the major or
    minor scale that holds most of the melody, and rather one that ends on its tonic."""
    last = line[-1][2] % 12
    if midi.key:
        sharps, minor = midi.key
        modes = ("minor", "dorian") if minor else ("major", "mixolydian")
        mode = next((one for one in modes if tonic_of(sharps, one) == last), modes[0])
        return tonic_of(sharps, mode), mode
    total = sum(ticks for _, ticks, _ in line)

    def fit(key: tuple[int, str]) -> float:
        scale = {(key[0] + step) % 12 for step in MODES[key[1]]}
        return sum(ticks for _, ticks, pitch in line if pitch % 12 in scale) + total / 8 * (key[0] == last)

    return max(((tonic, mode) for mode in ("major", "minor") for tonic in range(12)), key=fit)
