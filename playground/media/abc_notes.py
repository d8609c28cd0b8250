"""The music lines of ABC, read into measures of notes with chords and repeat signs; knows no header and no tune.

Grammar: the abc music standard 2.1 (December 2011). Lengths are in ticks of tune.TICKS, as fractions. Grace notes,
decorations, slurs and words are passed over; of notes that sound together the highest is kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from playground.errors import Refused
from playground.media.tune import TICKS

COMPOUND = ("6/8", "12/8", "6/4", "6/16")
_LENGTH = r"(\d{0,3})(/{0,4})(\d{0,3})"
_NOTE = r"(\^{1,2}|_{1,2}|=)?([A-Ga-g])([,']{0,5})" + _LENGTH
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]{0,200})"'
    r"|\[(?P<field>[A-Za-z]):(?P<value>[^\]]{0,200})\]"
    r"|(?P<bar>::+|:*\[?\|[|\]]*:*)(?:\s*\[?(?P<ending>\d{1,2}(?:[,-]\d{1,2})*))?"
    r"|\[(?P<alone>\d{1,2}(?:[,-]\d{1,2})*)"
    r"|\[(?P<together>[^\]|:]{0,100})\](?P<times>\d{0,3}/{0,4}\d{0,3})(?P<held>-?)"
    r"|\{[^}]{0,200}\}|![^!\s|]{0,40}!|\+[a-z0-9.<>()]{1,40}\+"
    r"|\((?P<tuplet>[2-9])(?::(?P<time>\d?))?(?::(?P<count>\d?))?"
    r"|(?P<broken>>{1,3}|<{1,3})"
    r"|(?P<note>(?:\^{1,2}|_{1,2}|=)?[A-Ga-g][,']{0,5}\d{0,3}/{0,4}\d{0,3})(?P<tie>-?)"
    r"|[zx](?P<rest>\d{0,3}/{0,4}\d{0,3})"
    r"|(?P<over>&)"
)
_FIELD = re.compile(r"([A-Za-z]):(?![|:])(.*)")
_TIME = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}  # notes in the time of how many; others: 2, or 3 in compound time
_QUALITIES = {  # as people write them -> as a tune does
    **{"": "", "maj": "", "M": "", "6": "", "aug": "", "+": "", "add9": "", "5": "", "sus2": "sus4", "sus": "sus4"},
    **{"m": "m", "min": "m", "mi": "m", "-": "m", "m6": "m", "7": "7", "9": "7", "13": "7", "7sus4": "7", "11": "7"},
    **{"maj7": "maj7", "M7": "maj7", "maj9": "maj7", "m7": "m7", "min7": "m7", "-7": "m7", "m9": "m7"},
    **{"dim": "dim", "dim7": "dim", "o": "dim", "o7": "dim", "m7b5": "dim", "sus4": "sus4"},
}


@dataclass(frozen=True)
class Key:
    """`signs`: how the signature alters a letter, 1 for a sharp."""

    tonic: int
    mode: str
    signs: dict[str, int]


@dataclass
class Sounding:
    """So many ticks of a pitch, or of none; `tied` to what follows."""

    ticks: Fraction
    pitch: int | None
    tied: bool = False


@dataclass
class Measure:
    """What stands between two bar lines. `chords`: the tick where each begins, and its name. `opens` and `repeats`: a
    repeat begins or ends here; `closes`: a section ends; `endings`: of a repeat, in which this is played, none where it
    always is."""

    notes: list[Sounding] = field(default_factory=list)
    chords: list[tuple[Fraction, str]] = field(default_factory=list)
    opens: bool = False
    repeats: bool = False
    closes: bool = False
    endings: frozenset[int] = frozenset()

    @property
    def ticks(self) -> Fraction:
        return sum((note.ticks for note in self.notes), Fraction(0))


def times(over: str, slashes: str, under: str) -> Fraction:
    """The factor that follows a note, such as "3/2", "/" or "//"; 0 counts as 1."""
    below = int(under or 0) or 2 ** len(slashes)
    return Fraction(int(over or 1) or 1, below if slashes else 1)


def chord_name(text: str) -> str:
    """A chord as a tune writes it; empty where the text is none."""
    found = re.fullmatch(r"([A-G][#b]?)([^/]*)(?:/.*)?", text.strip())
    return found[1] + _QUALITIES[found[2]] if found and found[2] in _QUALITIES else ""


class Music:
    """Reads lines in the order they stand. `unit`: ticks of the length L; `key_of` reads a field K."""

    def __init__(self, key: Key, unit: Fraction, metre: str, key_of: Callable[[str], Key]) -> None:
        self.measures = [Measure()]
        self.key, self.unit, self.metre, self.key_of = key, unit, metre, key_of
        self.altered: dict[str, int] = {}  # by accidentals, until the next bar line
        self.held: tuple[str, int] | None = None  # letter and octave, and pitch, of a note that is tied on
        self.next_times = Fraction(1)  # what a broken rhythm leaves to the next note
        self.tuplet = (0, Fraction(1))  # notes that it still takes in, and how much shorter they are
        self.muted = False  # until the next bar line
        self.voice: str | None = None  # the first that is named; others are left out
        self.elsewhere = False

    def line(self, line: str) -> None:
        found = _FIELD.match(line)
        if found:
            self.field(found[1], found[2].strip())
            return
        for token in _TOKEN.finditer(line.partition("%")[0]):
            if token["field"]:
                self.field(token["field"], token["value"].strip())
            elif not self.elsewhere:
                self.take(token)

    def field(self, name: str, value: str) -> None:
        if name == "V":
            voice = value.split()[0] if value else ""
            self.voice = voice if self.voice is None else self.voice
            self.elsewhere = voice != self.voice
        elif name == "K":
            self.key = self.key_of(value)
        elif name == "M" and re.sub(r"\s", "", value) != self.metre:
            raise Refused("This tune changes its metre, and only a tune in one metre can be read.")
        elif name == "L" and re.fullmatch(r"1/\d{1,2}", value) and int(value[2:]):
            self.unit = Fraction(4 * TICKS, int(value[2:]))

    def take(self, token: re.Match[str]) -> None:
        if token["bar"]:
            self.bar(token["bar"], token["ending"] or "")
        elif token["alone"]:
            self.bar("", token["alone"])
        elif token["over"]:
            self.muted = True
        elif self.muted:
            return
        elif token["quoted"] is not None:
            name = chord_name(token["quoted"])
            if name:
                self.measures[-1].chords.append((self.measures[-1].ticks, name))
        elif token["tuplet"]:
            notes = int(token["tuplet"])
            time = int(token["time"] or 0) or _TIME.get(notes, 3 if self.metre in COMPOUND else 2)
            self.tuplet = (int(token["count"] or 0) or notes, Fraction(time, notes))
        elif token["broken"]:
            self.broken(token["broken"])
        elif token["note"]:
            self.note(token["note"], Fraction(1), bool(token["tie"]))
        elif token["together"]:
            self.together(token["together"], token["times"], bool(token["held"]))
        elif token["rest"] is not None:
            found = re.fullmatch(_LENGTH, token["rest"])
            self.add(times(*found.groups()) if found else Fraction(1), None, False)

    def bar(self, sign: str, ending: str) -> None:
        """A bar line; several without notes between them are one."""
        current = self.measures[-1]
        ended = current if current.notes else self.measures[-2] if len(self.measures) > 1 else None
        closes = ":" in sign or "]" in sign or "||" in sign
        if ended:
            ended.repeats |= sign.startswith(":")
            ended.closes |= closes
        if current.notes:
            self.measures.append(Measure(endings=frozenset() if closes else current.endings))
        new = self.measures[-1]
        new.opens |= sign.endswith(":")
        if closes:
            new.endings = frozenset()
        if ending:
            new.endings = frozenset(int(one) for one in re.findall(r"\d+", ending))
        self.altered, self.muted = {}, False

    def broken(self, sign: str) -> None:
        """The note before becomes longer and the next shorter, or the other way round."""
        short = Fraction(1, 2 ** len(sign))
        before, self.next_times = (2 - short, short) if sign[0] == ">" else (short, 2 - short)
        if self.measures[-1].notes:
            self.measures[-1].notes[-1].ticks *= before

    def note(self, text: str, factor: Fraction, tied: bool) -> None:
        found = re.fullmatch(_NOTE, text)
        if found:
            self.add(factor * times(found[4], found[5], found[6]), self.pitch(found), tied, found[2] + found[3])

    def together(self, text: str, outer: str, tied: bool) -> None:
        """Notes in brackets: the highest, as long as the first."""
        notes = list(re.finditer(_NOTE, text))
        found = re.fullmatch(_LENGTH, outer)
        if notes and found:
            pitches = [self.pitch(note) for note in notes]
            first = times(notes[0][4], notes[0][5], notes[0][6])
            self.add(first * times(*found.groups()), max(pitches), tied)

    def pitch(self, note: re.Match[str]) -> int:
        """The MIDI number, after accidentals, those of the bar so far, a tie, and the key."""
        letter, sign = note[2].upper(), note[1]
        if sign:
            self.altered[letter] = sign.count("^") - sign.count("_")
        elif self.held and self.held[0] == note[2] + note[3]:
            return self.held[1]
        alter = self.altered.get(letter, self.key.signs.get(letter, 0))
        octave = note[2].islower() + note[3].count("'") - note[3].count(",")
        return min(127, max(0, 60 + "C D EF G A B".index(letter) + alter + 12 * octave))

    def add(self, length: Fraction, pitch: int | None, tied: bool, written: str = "") -> None:
        left, shorter = self.tuplet
        ticks = self.unit * length * self.next_times * (shorter if left else 1)
        self.tuplet, self.next_times = (max(0, left - 1), shorter), Fraction(1)
        notes = self.measures[-1].notes
        if notes and notes[-1].tied and notes[-1].pitch == pitch:
            notes[-1].ticks += ticks
            notes[-1].tied = tied
        else:
            notes.append(Sounding(ticks, pitch, tied))
        self.held = (written, pitch) if tied and pitch is not None else None
