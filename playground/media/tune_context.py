"""A tune of any kind in the words that a model of lead sheets knows, as near as they come; knows no model.

What a model goes on from is read in its home key, with notes, lengths and chords of its vocabulary. The tune itself
stays as it is.
"""

from dataclasses import dataclass, replace

from playground.media.tune import Bar, Note, Tune, chord, pitch_classes, transposed
from playground.media.tune_tokens import LENGTHS
from playground.media.tune_words import CHORDS, HIGHEST, HOME, LOWEST

MIDDLE = 72  # MIDI pitch about which melodies lie


@dataclass(frozen=True)
class Context:
    """A tune the model can read: `semitones` above the one it was made of, and how many of its `notes`, `lengths` and
    `chords` were brought to the nearest there are."""

    tune: Tune
    semitones: int
    notes: int
    lengths: int
    chords: int

    @property
    def told(self) -> str:
        """A sentence about what was changed; empty if nothing was."""
        counts = {"note out of its range": self.notes, "very short note": self.lengths, "chord": self.chords}
        said = [f"{count} {name if count == 1 else plural(name)}" for name, count in counts.items() if count]
        if not said:
            return ""
        *first, last = said
        what = f"{', '.join(first)} and {last}" if first else last
        return f"The model reads {what} as the nearest it knows; you hear the tune as it was."


def plural(name: str) -> str:
    """Of a phrase whose noun is "note" or "chord"."""
    return name.replace("note", "notes").replace("chord", "chords")


def readable(tune: Tune) -> Context:
    """The tune for the model. `tune` has chords in every bar, a mode of HOME and whole bars."""
    semitones = way_home(tune)
    home = transposed(tune, semitones)
    notes = lengths = chords = 0
    bars = []
    for bar in home.bars:
        sung = tuple(in_range(note) for note in bar.notes)
        notes += sum(a != b for a, b in zip(sung, bar.notes, strict=True))
        told = told_lengths(sung)
        lengths += len(sung) - len(told)
        names = some(bar.chords, 1 if tune.metre == "3/4" else 2)
        known = tuple(nearest(name, tune.mode) for name in names)
        chords += sum(a != b for a, b in zip(known, names, strict=True)) + len(set(bar.chords) - set(names))
        bars.append(Bar(told, known))
    return Context(replace(home, bars=tuple(bars)), semitones, notes, lengths, chords)


def way_home(tune: Tune) -> int:
    """Semitones up to the home key, in the octave where most notes can be told, then nearest to the middle."""
    least = (HOME[tune.mode] - tune.tonic) % 12
    pitches = [note.pitch for bar in tune.bars for note in bar.notes if note.pitch is not None]
    mean = sum(pitches) / max(1, len(pitches))

    def cost(semitones: int) -> tuple[int, float]:
        outside = sum(not LOWEST <= pitch + semitones <= HIGHEST for pitch in pitches)
        return outside, abs(mean + semitones - MIDDLE)

    return min((least + 12 * octaves for octaves in range(-8, 8)), key=cost) if pitches else least


def in_range(note: Note) -> Note:
    """The note, or the same in the nearest octave that can be told."""
    if note.pitch is None or LOWEST <= note.pitch <= HIGHEST:
        return note
    octaves = (LOWEST - note.pitch + 11) // 12 if note.pitch < LOWEST else (HIGHEST - note.pitch) // 12
    return replace(note, pitch=note.pitch + 12 * octaves)


def told_lengths(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """The notes without those that are too short to be told; the one before, or after, lasts as much longer."""
    kept: list[Note] = []
    owed = 0
    for note in notes:
        note = replace(note, ticks=note.ticks + owed)
        owed = 0
        if note.ticks >= LENGTHS[0]:
            kept.append(note)
        elif kept:
            kept[-1] = replace(kept[-1], ticks=kept[-1].ticks + note.ticks)
        else:
            owed = note.ticks
    return tuple(kept)


def some(names: tuple[str, ...], most: int) -> tuple[str, ...]:
    """At most so many of the chords that share a bar, from places that share it equally."""
    names = tuple(dict.fromkeys(names)) if len(set(names)) == 1 else names
    return names if len(names) <= most else tuple(names[place * len(names) // most] for place in range(most))


def nearest(name: str, mode: str) -> str:
    """The chord of the mode with the most of its tones, and rather one on its root."""
    known = CHORDS[mode]
    if name in known:
        return name
    tones, root = pitch_classes(name), chord(name)[0]

    def likeness(other: str) -> float:
        theirs = pitch_classes(other)
        return len(tones & theirs) / len(tones | theirs) + (chord(other)[0] == root)

    return max(known, key=likeness)
