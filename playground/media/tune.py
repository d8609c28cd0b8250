"""A tune as a lead sheet, bars of melody under chords; knows no sound, no file format and no model.

Time is counted in ticks, twelve to a quarter note, so that triplets and sixteenths both come out whole. Pitches are
MIDI numbers (60 is middle C), as they sound.
"""

import re
from dataclasses import dataclass, replace

TICKS = 12  # of a quarter note
BAR = {"4/4": 48, "3/4": 36, "6/8": 36}  # ticks of a bar, by metre
MODES = {  # semitones above the tonic
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
QUALITIES = {  # of a chord: semitones above its root
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11),
    "m7": (0, 3, 7, 10),
    "dim": (0, 3, 6),
    "sus4": (0, 5, 7),
}
NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_CHORD = re.compile(r"([A-G])([#b]?)(.*)")
_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


@dataclass(frozen=True)
class Note:
    """So many ticks of one pitch; None is a rest."""

    ticks: int
    pitch: int | None


@dataclass(frozen=True)
class Bar:
    """Notes that fill a bar one after the other, and chords that share it equally."""

    notes: tuple[Note, ...]
    chords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tune:
    """A whole lead sheet. `tonic` is a pitch class, 0 for C; `mood` and `style` are words, empty if not known."""

    bars: tuple[Bar, ...]
    metre: str = "4/4"
    tonic: int = 0
    mode: str = "major"
    bpm: int = 100  # quarter notes a minute
    mood: str = ""
    style: str = ""
    title: str = ""

    @property
    def seconds(self) -> float:
        return sum(note.ticks for bar in self.bars for note in bar.notes) / TICKS * 60 / self.bpm

    @property
    def key(self) -> str:
        """Such as "D minor"."""
        return f"{NAMES[self.tonic]} {self.mode}"


def chord(name: str) -> tuple[int, str]:
    """Root (pitch class) and quality (a key of QUALITIES) of a chord such as "F#m7"; ValueError if there is none."""
    found = _CHORD.fullmatch(name)
    if not found or found[3] not in QUALITIES:
        raise ValueError(f"{name!r} is no chord.")
    return (_LETTERS[found[1]] + {"": 0, "#": 1, "b": -1}[found[2]]) % 12, found[3]


def pitch_classes(name: str) -> frozenset[int]:
    """Of all tones of a chord."""
    root, quality = chord(name)
    return frozenset((root + one) % 12 for one in QUALITIES[quality])


def transposed(tune: Tune, semitones: int) -> Tune:
    """The tune so many semitones higher: melody, chords and tonic."""

    def up(name: str) -> str:
        root, quality = chord(name)
        return NAMES[(root + semitones) % 12] + quality

    bars = tuple(
        Bar(
            tuple(note if note.pitch is None else replace(note, pitch=note.pitch + semitones) for note in bar.notes),
            tuple(up(name) for name in bar.chords),
        )
        for bar in tune.bars
    )
    return replace(tune, bars=bars, tonic=(tune.tonic + semitones) % 12)
