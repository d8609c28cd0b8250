"""Scores as Standard MIDI Files of type 1; knows no sound and no page, and `midi_read` reads them.

Track 0 holds name, tempo, metre, key and texts; then comes one track for each instrument, drums on channel index 9.
Format: Standard MIDI Files 1.0 (MIDI Manufacturers Association, RP-001).
"""

import struct
from collections.abc import Iterable

from playground.media.keys import signature
from playground.media.score import INSTRUMENTS, Score, Track

TICKS = 480  # of a quarter note
DRUM_CHANNEL = 9
TEXT, NAME, END, TEMPO, METRE, KEY = 0x01, 0x03, 0x2F, 0x51, 0x58, 0x59  # meta events
_CHANNELS = [channel for channel in range(16) if channel != DRUM_CHANNEL]


def write(score: Score, text: str = "") -> bytes:
    """The file's bytes. `text` goes into the conductor's track, which is where a recipe belongs."""
    chunks = [conductor(score, text)]
    for index, track in enumerate(score.tracks):
        channel = DRUM_CHANNEL if track.drums else _CHANNELS[index % len(_CHANNELS)]
        chunks.append(chunk(track_events(track, channel, score.bpm)))
    return b"MThd" + struct.pack(">IHHH", 6, 1, len(chunks), TICKS) + b"".join(chunks)


def conductor(score: Score, text: str) -> bytes:
    beats, unit = (int(part) for part in score.metre.split("/"))
    events = [(0, meta(NAME, score.title.encode()))] if score.title else []
    events += [
        (0, meta(TEMPO, round(60e6 / score.bpm).to_bytes(3, "big"))),
        (0, meta(METRE, bytes([beats, unit.bit_length() - 1, 36 if score.metre == "6/8" else 24, 8]))),
        (0, meta(KEY, struct.pack("bB", signature(score.tonic, score.mode), score.mode in ("minor", "dorian")))),
    ]
    events += [(0, meta(TEXT, text.encode()))] if text else []
    return chunk([*events, (at(score.seconds, score.bpm), meta(END, b""))])


def track_events(track: Track, channel: int, bpm: int) -> list[tuple[int, bytes]]:
    """(tick, event) in order; where a note ends as another begins, the end comes first."""
    events = [(0, 0, meta(NAME, track.name.encode()))]
    if not track.drums:
        events.append((0, 1, bytes([0xC0 | channel, INSTRUMENTS[track.instrument]])))
    for note in track.notes:
        start = at(note.start, bpm)
        end = max(start + 1, at(note.start + note.seconds, bpm))
        events.append((start, 3, bytes([0x90 | channel, note.pitch, max(1, round(note.velocity * 127))])))
        events.append((end, 2, bytes([0x80 | channel, note.pitch, 64])))
    ordered = [(tick, event) for tick, _, event in sorted(events)]
    return [*ordered, (ordered[-1][0], meta(END, b""))]


def at(seconds: float, bpm: int) -> int:
    return round(seconds * bpm / 60 * TICKS)


def meta(kind: int, body: bytes) -> bytes:
    return bytes([0xFF, kind]) + number(len(body)) + body


def chunk(events: Iterable[tuple[int, bytes]]) -> bytes:
    """A track of events, each after the time that has gone by since the last."""
    body, before = bytearray(), 0
    for tick, event in events:
        body += number(tick - before) + event
        before = tick
    return b"MTrk" + struct.pack(">I", len(body)) + bytes(body)


def number(value: int) -> bytes:
    """A number of variable length: seven bits a byte, the high bit on all but the last."""
    parts = [value & 0x7F]
    while value := value >> 7:
        parts.append(0x80 | value & 0x7F)
    return bytes(reversed(parts))
