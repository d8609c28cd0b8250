"""Text inside PNG files: chunks in and out without decoding a pixel; knows nothing of what the text means.

Format: PNG specification, third edition, sections 5.3 (chunks) and 11.3.3 (tEXt, zTXt, iTXt).
"""

import struct
import zlib
from collections.abc import Iterator, Mapping

from playground.errors import Refused

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LONGEST_TEXT = 1_000_000  # characters of one text that are read, which also bounds what a compressed one may grow to
MOST_TEXTS = 64


def is_png(data: bytes) -> bool:
    return data.startswith(SIGNATURE)


def with_text(data: bytes, texts: Mapping[str, str]) -> bytes:
    """The PNG file with these texts as chunks before its picture; an older text of the same name is dropped."""
    kept, rest = [], []
    for kind, body in chunks(data):
        if kind in (b"tEXt", b"zTXt", b"iTXt") and body.partition(b"\0")[0].decode("latin-1") in texts:
            continue
        (kept if kind == b"IHDR" else rest).append(packed(kind, body))
    return SIGNATURE + b"".join([*kept, *(text_chunk(*item) for item in texts.items()), *rest])


def text_chunk(name: str, text: str) -> bytes:
    """ASCII goes into tEXt, which every tool reads; anything else into iTXt, since some read tEXt as UTF-8."""
    if text.isascii():
        return packed(b"tEXt", name.encode() + b"\0" + text.encode())
    return packed(b"iTXt", name.encode() + b"\0\0\0\0\0" + text.encode("utf-8"))


def packed(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(type, body) of every chunk; Refused if the file is not a whole PNG."""
    if not is_png(data):
        raise Refused("This is not a PNG file.")
    position = len(SIGNATURE)
    while position < len(data):
        if position + 12 > len(data):
            raise Refused("This PNG file is cut short.")
        length, kind = struct.unpack_from(">I4s", data, position)
        if position + 12 + length > len(data):
            raise Refused("This PNG file is cut short.")
        yield kind, data[position + 8 : position + 8 + length]
        position += 12 + length


def texts(data: bytes) -> dict[str, str]:
    """The texts of a PNG file by name; what is broken, doubled or beyond the limits is passed over."""
    found: dict[str, str] = {}
    for kind, body in chunks(data):
        if kind in (b"tEXt", b"zTXt", b"iTXt") and len(found) < MOST_TEXTS:
            name, _, rest = body.partition(b"\0")
            text = decoded(kind, rest)
            if text is not None:
                found.setdefault(name.decode("latin-1"), text)
    return found


def decoded(kind: bytes, rest: bytes) -> str | None:
    """The text behind a chunk's keyword; None if it is broken or too long."""
    encoding = "utf-8" if kind == b"iTXt" else "latin-1"
    compressed = kind == b"zTXt"
    if kind == b"zTXt":
        rest = rest[1:]
    elif kind == b"iTXt":
        compressed = rest[:1] == b"\1"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    try:
        if compressed:
            rest = zlib.decompressobj().decompress(rest, 4 * LONGEST_TEXT)
        text = rest.decode(encoding)
    except (zlib.error, UnicodeDecodeError):
        return None
    return text if len(text) <= LONGEST_TEXT else None
