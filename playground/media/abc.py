"""Tunes as ABC text; knows no sound, and `abc_read` reads it.

Grammar: the abc music standard 2.1 (December 2011). L is an eighth; lengths no single note can have are tied, triplets
are written as tuplets.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from playground.media.keys import in_signature, signature, spelled, tonic_name
from playground.media.tune import BAR, Note, Tune

EIGHTH = 6  # ticks of L
SINGLE = (48, 36, 24, 18, 12, 9, 6, 3)  # ticks that one note can have: plain or dotted
MOST_IN_TUPLET = 9  # notes: the count is one digit
BARS_A_LINE = 4
MODES = {"major": "", "minor": "m", "dorian": "dor", "mixolydian": "mix"}
_SIGNS = {-2: "__", -1: "_", 0: "=", 1: "^", 2: "^^"}


@dataclass(frozen=True)
class _Piece:
    """A note or the part of it up to a chord or a tie."""

    ticks: int
    pitch: int | None
    chord: str = ""
    tied: bool = False


def write(tune: Tune, number: int = 1) -> str:
    """The tune with `number` as its reference in the file, X."""
    sharps = signature(tune.tonic, tune.mode)
    head = [f"X:{number}", f"T:{' '.join(tune.title.split()) or 'Untitled'}"]
    kind = " ".join(filter(None, (tune.mood, tune.style)))
    head += [f"R:{kind}"] if kind else []
    head += [f"M:{tune.metre}", "L:1/8", f"Q:1/4={tune.bpm}"]
    head.append(f"K:{tonic_name(tune.tonic, tune.mode)}{MODES[tune.mode]}")
    bars = [bar_text(pieces(bar.notes, bar.chords, BAR[tune.metre]), sharps) for bar in tune.bars]
    lines = [" | ".join(bars[start : start + BARS_A_LINE]) for start in range(0, len(bars), BARS_A_LINE)]
    return "\n".join([*head, " |\n".join(lines) + " |]"]) + "\n"


def pieces(notes: Iterable[Note], chords: tuple[str, ...], length: int) -> list[_Piece]:
    """The notes of a bar, parted where a chord begins within them."""
    names = {index * length // len(chords): name for index, name in enumerate(chords)}
    result, tick = [], 0
    for note in notes:
        end = tick + note.ticks
        cuts = [tick, *(place for place in sorted(names) if tick < place < end), end]
        for start, stop in zip(cuts, cuts[1:], strict=False):
            tied = stop < end and note.pitch is not None
            result.append(_Piece(stop - start, note.pitch, names.get(start, ""), tied))
        tick = end
    return result


def bar_text(bar: list[_Piece], sharps: int) -> str:
    """The pieces of one bar; an accidental holds for its letter to the end of it."""
    memory: dict[str, int] = {}
    words, place = [], 0
    while place < len(bar):
        group = tuplet(bar[place:])
        if len(group) > 1:
            count = written(group)
            words.append(f"(3:2:{count}" if count != 3 else "(3")
        for piece in group:
            ticks = piece.ticks * 3 // 2 if len(group) > 1 else piece.ticks
            words.append(piece_text(piece, ticks, sharps, memory))
        words.append(" ")
        place += len(group)
    return "".join(words).strip()


def tuplet(bar: list[_Piece]) -> list[_Piece]:
    """The first piece, or as many as make up a triplet from there."""
    total = 0
    for count, piece in enumerate(bar, 1):
        total += piece.ticks
        if total % 3 == 0:
            group = bar[:count]
            fits = all(one.ticks % 2 == 0 for one in group) and written(group) <= MOST_IN_TUPLET
            return group if fits else bar[:1]
    return bar[:1]


def written(group: list[_Piece]) -> int:
    """How many notes a tuplet has on paper."""
    return sum(len(split(piece.ticks * 3 // 2)) for piece in group)


def piece_text(piece: _Piece, ticks: int, sharps: int, memory: dict[str, int]) -> str:
    text = f'"{piece.chord}"' if piece.chord else ""
    name = note_name(piece.pitch, sharps, memory)
    parts = split(ticks)
    for index, part in enumerate(parts):
        tie = piece.pitch is not None and (piece.tied or index < len(parts) - 1)
        text += (name if index == 0 else name.lstrip("^_=")) + length(part) + ("-" if tie else "")
    return text


def split(ticks: int) -> list[int]:
    """Lengths of single notes that add up to so many ticks; what is shorter than the shortest stays as it is."""
    parts = []
    while ticks >= SINGLE[-1]:
        parts.append(next(one for one in SINGLE if one <= ticks))
        ticks -= parts[-1]
    return [*parts, ticks] if ticks else parts


def length(ticks: int) -> str:
    """Ticks in units of L, in lowest terms: "", "2", "3/2", "/2"."""
    over, under = ticks, EIGHTH
    for one in (2, 3):
        while over % one == 0 and under % one == 0:
            over, under = over // one, under // one
    return ("" if over == 1 else str(over)) + ("" if under == 1 else f"/{under}")


def note_name(pitch: int | None, sharps: int, memory: dict[str, int]) -> str:
    """Such as "^F,": the accidental only where neither the key nor the bar so far gives it; "z" for a rest."""
    if pitch is None:
        return "z"
    letter, alter = spelled(pitch % 12, sharps)
    sign = "" if memory.get(letter, in_signature(letter, sharps)) == alter else _SIGNS[alter]
    memory[letter] = alter
    octave = (pitch - alter) // 12 - 5
    return sign + (letter + "," * -octave if octave <= 0 else letter.lower() + "'" * (octave - 1))
