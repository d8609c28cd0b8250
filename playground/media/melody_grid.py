"""Two bars of a melody as a grid of small numbers, as the melody model reads and writes them; knows no model.

A grid has a number for each sixteenth of two 4/4 bars: HOLD goes on with what was there, REST is silence, and others
are notes by their place in the scale, so that a melody is the same in every key and mode. What has no place is moved:
tones outside the scale to the tone below, times between sixteenths to the nearest; a note over a bar line is struck
again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.errors import Refused
from playground.media.melody_edits import in_bars
from playground.media.tune import BAR, MODES, Bar, Note, Tune

BARS, METRE, TICKS_OF_STEP = 2, "4/4", 3
BAR_STEPS = BAR[METRE] // TICKS_OF_STEP
STEPS = BARS * BAR_STEPS
HOLD, REST, FIRST = 0, 1, 2  # FIRST is the note of the lowest degree
LOWEST, HIGHEST = -7, 21  # degrees of the scale; 0 is the tonic from A3 to Ab4
TOKENS = FIRST + HIGHEST - LOWEST + 1
_ALTO = 57  # the lowest pitch that degree 0 may have

Grid = tuple[int, ...]


@dataclass(frozen=True)
class Key:
    """How a grid is played: tonic (pitch class), mode, quarter notes a minute, and the style of the band."""

    tonic: int = 0
    mode: str = "major"
    bpm: int = 100
    style: str = ""


def grid_of(tune: Tune, first_bar: int = 0) -> Grid:
    """Two bars of the tune from a bar on, counted from 0, in canonical form; bars that it lacks are silent. Refused if
    it is not in 4/4 or has no notes there."""
    if tune.metre != METRE:
        raise Refused(f"Melodies can be mixed in {METRE} only; this one is in {tune.metre}.")
    grid: list[int | None] = [None] * STEPS
    notes = [(tick, note) for tick, note in _placed(tune.bars[first_bar : first_bar + BARS])]
    sounding = [(tick, degree_of(note.pitch, tune)) for tick, note in notes if note.pitch is not None]
    if not sounding:
        raise Refused("There are no notes in these two bars; take others.")
    lift = _lift([degree for _, degree in sounding])
    for tick, note in notes:
        step = _step(tick)
        if note.pitch is None and grid[step] is None:
            grid[step] = REST
    for tick, degree in sounding:
        step = _step(tick)
        if grid[step] in (None, REST):
            grid[step] = FIRST + _folded(degree + lift) - LOWEST
    silent_from = max(tick + note.ticks for tick, note in notes)
    if silent_from < STEPS * TICKS_OF_STEP and grid[_step(silent_from)] is None:
        grid[_step(silent_from)] = REST
    return canonical([HOLD if token is None else token for token in grid])


def tune_of(grids: Sequence[Sequence[int]], key: Key, title: str = "") -> Tune:
    """A tune of two bars for each grid, one after the other, without chords."""
    bars: list[Bar] = []
    for grid in grids:
        bars += [Bar(notes) for notes in in_bars(_numbers(canonical(grid), key), BARS, BAR[METRE])]
    return Tune(tuple(bars), METRE, key.tonic, key.mode, key.bpm, style=key.style, title=title)


def canonical(grid: Sequence[int]) -> Grid:
    """The one grid among those that mean the same: silence begins once, with REST, and a note that is held over a bar
    line is struck again, since a bar has to hold its own notes."""
    found: list[int] = []
    before = HOLD  # the note or rest that goes on
    for step, token in enumerate(grid):
        if token == HOLD and step % BAR_STEPS == 0:
            token = before if before >= FIRST else REST
        if token == REST and before == REST:
            token = HOLD
        before = token if token != HOLD else before
        found.append(token)
    return tuple(found)


def on_steps(bars: Sequence[Bar]) -> bool:
    """Whether every note of the bars begins on a sixteenth, so that a grid keeps their rhythm."""
    return all(tick % TICKS_OF_STEP == 0 for tick, _ in _placed(bars))


def notes_of(grid: Sequence[int]) -> list[tuple[int, int]]:
    """(step, degree of the scale) of every note."""
    return [(step, token - FIRST + LOWEST) for step, token in enumerate(grid) if token >= FIRST]


def notes_kept(true: Sequence[Grid], found: Sequence[Grid]) -> float:
    """Share of the notes of melodies that come back, each at its step with its pitch."""
    pairs = [pair for grids in zip(true, found, strict=True) for pair in zip(*grids, strict=True)]
    return sum(a == b for a, b in pairs if a >= FIRST) / max(1, sum(a >= FIRST for a, _ in pairs))


def pitch_of(degree: int, tonic: int, mode: str) -> int:
    """The MIDI pitch of a degree of the scale."""
    octave, place = divmod(degree, 7)
    return _base(tonic) + 12 * octave + MODES[mode][place]


def degree_of(pitch: int, tune: Tune) -> int:
    """The degree of a MIDI pitch in the tune's key; of a pitch between two tones of the scale, that of the lower."""
    octave, above = divmod(pitch - _base(tune.tonic), 12)
    return 7 * octave + max(place for place, tone in enumerate(MODES[tune.mode]) if tone <= above)


def _base(tonic: int) -> int:
    return _ALTO + (tonic - _ALTO) % 12


def _placed(bars: Sequence[Bar]) -> list[tuple[int, Note]]:
    """The notes and rests with the ticks at which they begin."""
    found = []
    for index, bar in enumerate(bars):
        tick = index * BAR[METRE]
        for note in bar.notes:
            found.append((tick, note))
            tick += note.ticks
    return found


def _step(tick: int) -> int:
    """The nearest step of the grid."""
    return min(STEPS - 1, (2 * tick + TICKS_OF_STEP) // (2 * TICKS_OF_STEP))


def _lift(degrees: Sequence[int]) -> int:
    """Degrees in whole octaves by which a melody has to be moved to lie within the grid."""
    if min(degrees) < LOWEST:
        return 7 * -((min(degrees) - LOWEST) // 7)
    return -7 * -((HIGHEST - max(degrees)) // 7) if max(degrees) > HIGHEST else 0


def _folded(degree: int) -> int:
    """The degree in the nearest octave that the grid has: of a melody too wide for it."""
    while degree > HIGHEST:
        degree -= 7
    while degree < LOWEST:
        degree += 7
    return degree


def _numbers(grid: Grid, key: Key) -> list[tuple[int, int, int]]:
    """(tick, ticks, pitch) of every note of a canonical grid."""
    marks = [step for step, token in enumerate(grid) if token != HOLD] + [STEPS]
    return [
        (step * TICKS_OF_STEP, (end - step) * TICKS_OF_STEP, pitch_of(grid[step] - FIRST + LOWEST, key.tonic, key.mode))
        for step, end in zip(marks, marks[1:], strict=False)
        if grid[step] != REST
    ]
