"""A tune becomes a score: melody, chords, bass and drums in its style, in seconds; knows no sound and no file."""

import random
from collections.abc import Iterable, Mapping

from playground.errors import Refused
from playground.media.accompaniment import Placed, bass, drums, hands
from playground.media.harmony import BEAT, harmonised
from playground.media.score import INSTRUMENTS, Played, Score, Track
from playground.media.styles import Style, dense, style_of
from playground.media.takes import BASS, DRUMS, styled
from playground.media.tune import BAR, TICKS, Tune

MELODY = "Melody"  # the name of its track
LATEST = 0.006  # seconds that a note comes late by chance
UNEVEN = 0.06  # share by which a velocity varies by chance


def arrange(
    tune: Tune,
    instruments: Mapping[str, str] | None = None,
    seed: int = 0,
    takes: Mapping[str, int] | None = None,
    density: str = "",
) -> Score:
    """The tune as a band plays it. `instruments`: others than the style's, by name of track; `seed`: of the small
    unevenness of a player, the same for the same tune; `takes`: see takes.styled, another one of a track leaves the
    others as they are; `density`: see styles.dense. Refused for an instrument that is not in score.INSTRUMENTS."""
    takes = dict(takes or {})
    style = styled(dense(style_of(tune.style, tune.metre), density), takes)
    chosen = dict(instruments or {})
    for name in chosen.values():
        if name not in INSTRUMENTS:
            raise Refused(f"There is no instrument {name[:40]!r}; there are {', '.join(INSTRUMENTS)}.")
    full = harmonised(tune)
    parts = [(MELODY, style.lead, melody(full, style))]
    parts += [(part.name, part.instrument, hands(full, part)) for part in style.parts]
    parts.append((BASS, style.bass.instrument, bass(full, style.bass)))

    def notes(name: str, placed: Iterable[Placed]) -> tuple[Played, ...]:
        human = random.Random(f"{seed} {tune.title} {len(tune.bars)} {name} {takes.get(name, 0)}")
        return played(tune, style, placed, human)

    tracks = [Track(name, chosen.get(name, default), notes(name, placed)) for name, default, placed in parts]
    beat = drums(full, style)
    if beat:
        tracks.append(Track(DRUMS, "", notes(DRUMS, beat), drums=True))
    return Score(tuple(tracks), tune.seconds, tune.bpm, tune.metre, tune.tonic, tune.mode, tune.title)


def melody(tune: Tune, style: Style) -> list[Placed]:
    """The notes of the tune, louder on strong places and towards the highest, in the octave of the style's
    instrument."""
    pitches = [note.pitch for bar in tune.bars for note in bar.notes if note.pitch is not None]
    low, high = min(pitches, default=0), max(pitches, default=0)
    placed = []
    for index, bar in enumerate(tune.bars):
        tick = 0
        for note in bar.notes:
            if note.pitch is not None:
                height = (note.pitch - low) / max(1, high - low)
                accent = 0.1 if tick == 0 else 0.05 if tick % BEAT[tune.metre] == 0 else 0.0
                pitch = min(127, note.pitch + 12 * style.octave)
                ticks = max(1, round(note.ticks * style.legato)) if note.ticks > 6 else note.ticks
                placed.append(Placed(index * BAR[tune.metre] + tick, ticks, pitch, 0.75 + accent + 0.1 * height))
            tick += note.ticks
    return placed


def played(tune: Tune, style: Style, placed: Iterable[Placed], human: random.Random) -> tuple[Played, ...]:
    """The notes in seconds, swung and a little uneven, none of them past the end of the tune."""
    second = 60 / tune.bpm / TICKS  # of a tick
    swing = style.swing if tune.metre != "6/8" else 0
    notes: list[Played] = []
    again: dict[int, float] = {}  # when a pitch is next struck, which ends the note that still holds it
    for one in sorted(placed, key=lambda one: (-one.tick, one.pitch)):
        start = swung(one.tick, swing) * second + (human.random() * LATEST if one.tick else 0)
        end = min(swung(one.tick + one.ticks, swing) * second, tune.seconds, again.get(one.pitch, tune.seconds))
        velocity = min(1.0, one.velocity * (1 + UNEVEN * (2 * human.random() - 1)))
        if end - start > LATEST:
            notes.append(Played(start, end - start, one.pitch, velocity))
            again[one.pitch] = start
    return tuple(sorted(notes, key=lambda note: (note.start, note.pitch)))


def swung(tick: int, late: float) -> float:
    """Where a tick falls when every second eighth comes `late` by so many ticks; triplets stay where they are."""
    quarter, within = divmod(tick, TICKS)
    if within in (4, 8):
        return tick
    half = TICKS / 2
    bent = within * (half + late) / half if within <= half else TICKS - (TICKS - within) * (half - late) / half
    return quarter * TICKS + bent
