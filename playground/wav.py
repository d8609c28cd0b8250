"""Text inside WAV files: chunks in and out without touching a sample; knows nothing of what the text means.

Format: Multimedia Programming Interface and Data Specifications 1.0 (IBM and Microsoft, 1991), RIFF and LIST INFO.
"""

import struct
from collections.abc import Iterator, Mapping

from playground.errors import Refused

LONGEST_TEXT = 1_000_000  # bytes of one text that are read
MOST_TEXTS = 64


def is_wav(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WAVE"


def with_text(data: bytes, texts: Mapping[str, str]) -> bytes:
    """The WAV file with these texts (by names of four letters, such as ICMT) in one LIST in place of any it had."""
    body = b"INFO" + b"".join(packed(name.encode(), text.encode() + b"\0") for name, text in texts.items())
    kept = [packed(kind, inside) for kind, inside in chunks(data) if not (kind == b"LIST" and inside[:4] == b"INFO")]
    whole = b"WAVE" + b"".join([kept[0], packed(b"LIST", body), *kept[1:]])  # fmt first, as readers expect
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def texts(data: bytes) -> dict[str, str]:
    """The texts of a WAV file by name; what is broken, doubled or beyond the limits is passed over."""
    found: dict[str, str] = {}
    for kind, inside in chunks(data):
        if kind == b"LIST" and inside[:4] == b"INFO":
            for name, text in parts(inside[4:]):
                if len(text) <= LONGEST_TEXT and len(found) < MOST_TEXTS:
                    found.setdefault(name.decode("latin-1"), text.rstrip(b"\0").decode("utf-8", "replace"))
    return found


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, body) of every chunk; Refused if the file is no WAV file. One that is cut short ends where it ends."""
    if not is_wav(data):
        raise Refused("This is not a WAV file.")
    yield from parts(data[12:])


def parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, position)
        yield name, data[position + 8 : position + 8 + length]
        position += 8 + length + length % 2


def packed(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
