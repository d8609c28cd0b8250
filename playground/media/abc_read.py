"""ABC text read into tunes: headers, keys, repeats and whole bars; knows no sound. `abc_notes` reads its music.

Grammar: the abc music standard 2.1 (December 2011). A piece of several voices gives its first. Metres that a tune does
not know are written in one that it does, with notes of twice or half the length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from playground.errors import Refused
from playground.media.abc_bars import expanded, recounted, whole_bars
from playground.media.abc_notes import Key, Music
from playground.media.styles import STYLES
from playground.media.tune import BAR, TICKS, Tune
from playground.media.tune_words import MOODS

LARGEST = 4_000_000  # characters
MOST_TUNES = 5000
MOST_LINES = 2000  # of one tune
METRES = {  # as written -> metre of the tune, and how many times as long its notes are
    **{"4/4": ("4/4", 1), "C": ("4/4", 1), "C|": ("4/4", 1), "2/2": ("4/4", 1), "2/4": ("4/4", 2), "4/2": ("4/4", 0.5)},
    **{"3/4": ("3/4", 1), "3/8": ("3/4", 2), "3/2": ("3/4", 0.5)},
    **{"6/8": ("6/8", 1), "12/8": ("6/8", 1), "6/4": ("6/8", 0.5), "6/16": ("6/8", 2)},
}
NONE = "This is no ABC: no line of it begins with K: and a key."
USUAL_BPM = 100
SLOWEST, FASTEST = 30, 300  # quarter notes a minute
_MODES = {"m": "minor", "min": "minor", "aeo": "minor", "dor": "dorian", "mix": "mixolydian", "phr": "minor"}
_FIFTHS = {"min": -3, "m": -3, "aeo": -3, "dor": -2, "mix": -1, "phr": -4, "loc": -5, "lyd": 1}
_KEY = re.compile(r"([A-G])([#b]?)\s*([A-Za-z]*)(.*)")
_FIELD = re.compile(r"([A-Za-z]):(.*)")


@dataclass(frozen=True)
class Header:
    """What stands above a tune. `written`: its metre there; `scale`: how many times as long its notes become."""

    title: str
    written: str
    metre: str
    scale: Fraction
    unit: Fraction  # of a whole note
    bpm: int
    mood: str
    style: str
    key: Key


def read(text: str) -> tuple[Tune, ...]:
    """The tunes that come out in whole bars; Refused, with the reason of the first, if none does."""
    tunes: list[Tune] = []
    reason: Refused | None = None
    for block in blocks(text):
        if len(tunes) == MOST_TUNES:
            break
        try:
            tunes.append(read_one(block))
        except Refused as error:
            reason = reason or error
    if not tunes:
        raise reason or Refused(NONE)
    return tuple(tunes)


def first(text: str) -> tuple[Tune, bool]:
    """The first tune, and whether its bars are those of the text. They are counted anew, in its metre or in 4/4, where
    that is not known or the bar lines do not fit it; Refused if there is no tune."""
    block = next(blocks(text), None)
    if block is None:
        raise Refused(NONE)
    try:
        return read_one(block), True
    except Refused:
        return read_one(block, anyhow=True), False


def blocks(text: str) -> Iterator[str]:
    """The text of each tune: from its X (or from the start) to the next; Refused if it is too much."""
    if len(text) > LARGEST:
        raise Refused(f"This ABC has {len(text)} characters, but at most {LARGEST} are read.")
    for block in re.split(r"^(?=X:)", text.replace("\r\n", "\n").replace("\r", "\n"), flags=re.MULTILINE):
        if re.search(r"^K:", block, re.MULTILINE):
            yield block


def read_one(block: str, anyhow: bool = False) -> Tune:
    """One tune; Refused if its metre is not known, changes, or its bars do not come out whole, unless `anyhow`."""
    above, _, rest = re.split(r"^(K:)", block, maxsplit=1, flags=re.MULTILINE)
    key_line, _, body = rest.partition("\n")
    header = read_header(above, key_line, anyhow)
    if anyhow:
        body = re.sub(r"^M:.*\n?|\[M:[^\]\n]*\]", "", body, flags=re.MULTILINE)
    music = Music(header.key, header.unit * header.scale * 4 * TICKS, header.written, key_of)
    lines = body.split("\n")
    for line in lines[: lines.index("") if "" in lines else MOST_LINES][:MOST_LINES]:  # a tune ends at an empty line
        music.line(line.rstrip("\\ "))
    length = BAR[header.metre]
    bars = (recounted if anyhow else whole_bars)(expanded(music.measures, length), length)
    if not any(note.pitch is not None for bar in bars for note in bar.notes):
        raise Refused(f"The tune {header.title[:40]!r} holds no notes.")
    key = header.key
    return Tune(tuple(bars), header.metre, key.tonic, key.mode, header.bpm, header.mood, header.style, header.title)


def read_header(above: str, key_line: str, anyhow: bool = False) -> Header:
    fields: dict[str, str] = {}
    for line in above.split("\n"):
        found = _FIELD.match(line)
        if found and found[2].strip():
            fields.setdefault(found[1], found[2].partition("%")[0].strip())
    written = re.sub(r"\s", "", fields.get("M", "4/4")) or "4/4"
    if written not in METRES and anyhow:
        written = "4/4"
    if written not in METRES:
        raise Refused(f"A tune in {written[:20]} cannot be read; one in {', '.join(METRES)} can.")
    metre, scale = METRES[written]
    beats = Fraction(re.sub(r"C\|?", "1", written))
    unit = fraction(fields.get("L", "")) or (Fraction(1, 16) if beats < Fraction(3, 4) else Fraction(1, 8))
    kind = re.findall(r"[a-z]+", fields.get("R", "").lower())
    mood, style = (next((word for word in kind if word in known), "") for known in (MOODS, STYLES))
    title = fields.get("T", "")[:200]
    bpm = tempo(fields.get("Q", ""), unit, scale)
    return Header(title, written, metre, Fraction(scale), unit, bpm, mood, style, key_of(key_line))


def fraction(text: str) -> Fraction | None:
    found = re.match(r"(\d{1,3})/(\d{1,3})(?!\d)", text.strip())
    return Fraction(int(found[1]), int(found[2])) if found and int(found[1]) and int(found[2]) else None


def tempo(text: str, unit: Fraction, scale: float) -> int:
    """Quarter notes a minute of a field Q such as "1/4=120" or, as of old, "120" units."""
    plain = re.sub(r'"[^"]*"', "", text)
    found = re.search(r"(?:(\d{1,3}/\d{1,3})|C(\d{0,2}))\s*=\s*(\d{1,4})\b|^\s*(\d{1,4})\s*$", plain)
    count = int(found[3] or found[4]) if found else 0
    if not found or not count:
        return USUAL_BPM
    beat = fraction(found[1]) if found[1] else unit * int(found[2] or 1)
    return min(FASTEST, max(SLOWEST, round(count * (beat or Fraction(1, 4)) * 4 * Fraction(scale))))


def key_of(line: str) -> Key:
    """The key of a field K. Modes that a tune does not know keep their signature and take the name of the nearest."""
    text = line.partition("%")[0].strip()
    if text[:2].lower() == "hp":
        text = "A mix"
    found = _KEY.match(text)
    if not found:
        return Key(0, "major", {})
    mode = found[3].lower()[:3]
    fifths = "FCGDAEB".index(found[1]) - 1 + 7 * ((found[2] == "#") - (found[2] == "b")) + _FIFTHS.get(mode, 0)
    signs = {name: 1 for name in "FCGDAEB"[: max(0, fifths)]} | {name: -1 for name in "BEADGCF"[: max(0, -fifths)]}
    for sign, name in re.findall(r"(\^+|_+|=)([A-Ga-g])(?![a-z])", found[4]):
        signs[name.upper()] = min(2, sign.count("^")) - min(2, sign.count("_"))
    tonic = ("C D EF G A B".index(found[1]) + (found[2] == "#") - (found[2] == "b")) % 12
    return Key(tonic, _MODES.get(mode, "major"), signs)
