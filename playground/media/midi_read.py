"""Standard MIDI Files of type 0 and 1, read with limits: notes, tempo, metre, key and texts; knows no tune.

Format: Standard MIDI Files 1.0 (MIDI Manufacturers Association, RP-001).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from playground.errors import Refused
from playground.media.midi import DRUM_CHANNEL, KEY, METRE, NAME, TEMPO, TEXT

LARGEST = 4_000_000  # bytes of a file
MOST_TRACKS, MOST_EVENTS, MOST_TEXTS = 128, 400_000, 64
LONGEST = 24 * 3600 * 4  # quarter notes, more than a day's
_CUT = "This MIDI file is cut short or broken."


@dataclass(frozen=True)
class Heard:
    """One note: start and length in quarter notes, MIDI pitch, velocity above 0 and at most 1."""

    start: float
    length: float
    pitch: int
    velocity: float


@dataclass(frozen=True)
class Part:
    """What one channel of one track plays. `program`: of General MIDI, from 0."""

    name: str
    program: int
    drums: bool
    notes: tuple[Heard, ...]


@dataclass(frozen=True)
class Midi:
    """A file. `bpm`, `metre` and `key` (sharps, whether minor) are the first that it names, else what the standard
    takes for granted; `texts` are the text events of all its tracks."""

    parts: tuple[Part, ...]
    bpm: float = 120.0
    metre: tuple[int, int] = (4, 4)
    key: tuple[int, bool] | None = None
    title: str = ""
    texts: tuple[str, ...] = ()


@dataclass
class _Found:
    """What has been read so far."""

    quarter: int
    metas: dict[int, bytes] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)  # of tracks
    programs: dict[tuple[int, int], int] = field(default_factory=dict)  # of (track, channel)
    notes: dict[tuple[int, int], list[Heard]] = field(default_factory=dict)
    events: int = 0


def read(data: bytes) -> Midi:
    """The file's content; Refused if it is no MIDI file, broken, of type 2, timed in frames, or too large."""
    if len(data) > LARGEST:
        raise Refused(f"This MIDI file has {len(data)} bytes, but at most {LARGEST} are read.")
    if data[:4] != b"MThd":
        raise Refused("This is not a MIDI file.")
    if len(data) < 14:
        raise Refused(_CUT)
    size, kind, _, division = struct.unpack_from(">IHHH", data, 4)
    if kind > 1:
        raise Refused("This MIDI file holds several pieces (type 2); save it as type 0 or 1.")
    if not 0 < division < 0x8000:
        raise Refused("This MIDI file counts in frames of film, not in notes; save it with ticks per quarter note.")
    found = _Found(division)
    for index, body in enumerate(tracks(data, 8 + size)):
        if index >= MOST_TRACKS:
            raise Refused(f"This MIDI file has more than {MOST_TRACKS} tracks.")
        try:
            read_track(body, index, found)
        except (IndexError, struct.error):
            raise Refused(_CUT) from None
    return collected(found)


def tracks(data: bytes, position: int) -> Iterator[bytes]:
    """The bodies of the track chunks; chunks of other kinds are passed over."""
    while position < len(data):
        if position + 8 > len(data):
            raise Refused(_CUT)
        kind, length = struct.unpack_from(">4sI", data, position)
        if position + 8 + length > len(data):
            raise Refused(_CUT)
        if kind == b"MTrk":
            yield data[position + 8 : position + 8 + length]
        position += 8 + length


def read_track(body: bytes, track: int, found: _Found) -> None:
    """The events of a track into `found`; IndexError where it ends too soon."""
    position, tick, status = 0, 0, 0
    sounding: dict[tuple[int, int], list[tuple[int, int]]] = {}  # (channel, pitch) -> (tick, velocity) of its starts
    while position < len(body):
        found.events += 1
        if found.events > MOST_EVENTS:
            raise Refused(f"This MIDI file has more than {MOST_EVENTS} events.")
        wait, position = number(body, position)
        tick += wait
        if tick > LONGEST * found.quarter:
            raise Refused("This MIDI file is longer than a day.")
        first = body[position]
        if first >= 0xF0:
            status = 0
            position = read_other(body, position, track, found)
            continue
        if first >= 0x80:
            status, position = first, position + 1
        if not status:
            raise Refused(_CUT)
        values = body[position : position + (1 if status >> 4 in (0xC, 0xD) else 2)]
        if len(values) < (1 if status >> 4 in (0xC, 0xD) else 2) or max(values) > 127:
            raise Refused(_CUT)
        position += len(values)
        play(status, values, tick, track, sounding, found)
    for (channel, pitch), starts in sounding.items():
        for start, velocity in starts:
            keep(found, track, channel, pitch, start, max(tick, start + 1), velocity)


def number(body: bytes, position: int) -> tuple[int, int]:
    """A number of variable length, at most four bytes, and where it ends."""
    value = 0
    for offset in range(4):
        byte = body[position + offset]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, position + offset + 1
    raise Refused(_CUT)


def read_other(body: bytes, position: int, track: int, found: _Found) -> int:
    """A meta event or a system message; returns where it ends."""
    first = body[position]
    if first not in (0xF0, 0xF7, 0xFF):
        raise Refused(_CUT)
    kind = body[position + 1] if first == 0xFF else -1
    length, start = number(body, position + (2 if first == 0xFF else 1))
    if start + length > len(body):
        raise Refused(_CUT)
    content = body[start : start + length]
    if kind == NAME:
        found.names.setdefault(track, text_of(content))
    elif kind == TEXT and len(found.texts) < MOST_TEXTS:
        found.texts.append(text_of(content))
    elif kind >= 0:
        found.metas.setdefault(kind, content)
    return start + length


def text_of(content: bytes) -> str:
    """MIDI names no encoding; most files are UTF-8 or Latin-1."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def play(
    status: int,
    values: bytes,
    tick: int,
    track: int,
    sounding: dict[tuple[int, int], list[tuple[int, int]]],
    found: _Found,
) -> None:
    """One message of a channel: a note that begins or ends, or a program; others do not matter here."""
    kind, channel = status >> 4, status & 15
    if kind == 0xC:
        found.programs.setdefault((track, channel), values[0])
    elif kind == 0x9 and values[1]:
        sounding.setdefault((channel, values[0]), []).append((tick, values[1]))
    elif kind in (0x8, 0x9) and sounding.get((channel, values[0])):
        start, velocity = sounding[channel, values[0]].pop(0)
        keep(found, track, channel, values[0], start, tick, velocity)


def keep(found: _Found, track: int, channel: int, pitch: int, start: int, end: int, velocity: int) -> None:
    if end > start:
        quarter = found.quarter
        note = Heard(start / quarter, (end - start) / quarter, pitch, velocity / 127)
        found.notes.setdefault((track, channel), []).append(note)


def collected(found: _Found) -> Midi:
    tempo, metre, key = (found.metas.get(kind, b"") for kind in (TEMPO, METRE, KEY))
    tempo = int.from_bytes(tempo, "big") if len(tempo) == 3 else 0
    parts = tuple(
        Part(
            found.names.get(track, ""),
            found.programs.get((track, channel), 0),
            channel == DRUM_CHANNEL,
            tuple(sorted(notes, key=lambda note: (note.start, note.pitch))),
        )
        for (track, channel), notes in sorted(found.notes.items())
    )
    return Midi(
        parts,
        60e6 / tempo if tempo else 120.0,
        (metre[0], 2 ** metre[1]) if len(metre) >= 2 and metre[0] and metre[1] <= 6 else (4, 4),
        (struct.unpack("b", key[:1])[0], key[1] == 1) if len(key) == 2 and (key[0] <= 7 or key[0] >= 249) else None,
        found.names.get(0, ""),
        tuple(found.texts),
    )
