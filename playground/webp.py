"""Text inside WebP files: the XMP chunk in and out without decoding a pixel; knows nothing of what the text means.

Format: RFC 9649, sections 2.3 (RIFF), 2.7 (VP8X) and 2.7.1.4 (XMP).
"""

import struct
from collections.abc import Iterator

from playground.errors import Refused

LONGEST_TEXT = 1_000_000  # bytes of a text that are read
HAS_ALPHA, HAS_XMP = 0x10, 0x04


def is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def with_xmp(data: bytes, xmp: str) -> bytes:
    """The WebP file with this packet in place of any it had; Refused if the file is not a whole WebP."""
    parts = [part for part in chunks(data) if part[0] != b"XMP "]
    if parts[0][0] != b"VP8X":
        parts = [(b"VP8X", extended(*parts[0])), *parts]
    (_, head), *rest = parts
    flagged = bytes([head[0] | HAS_XMP]) + head[1:]
    whole = b"".join(packed(*part) for part in [(b"VP8X", flagged), *rest, (b"XMP ", xmp.encode())])
    return b"RIFF" + struct.pack("<I", 4 + len(whole)) + b"WEBP" + whole


def extended(kind: bytes, body: bytes) -> bytes:
    """The VP8X body of a picture that has only its bits: its flags and its size, less one, in three bytes each."""
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        width, height, flags = bits & 0x3FFF, bits >> 14 & 0x3FFF, HAS_ALPHA * (bits >> 28 & 1)
    else:  # VP8: a tag of three bytes, a start code of three, then the sizes
        width, height = (size & 0x3FFF for size in struct.unpack_from("<HH", body, 6))
        width, height, flags = width - 1, height - 1, 0
    return bytes([flags, 0, 0, 0]) + width.to_bytes(3, "little") + height.to_bytes(3, "little")


def xmp(data: bytes) -> str:
    """The packet of a WebP file; empty if it has none, or one beyond the limit."""
    found = next((body for kind, body in chunks(data) if kind == b"XMP "), b"")
    return found.decode("utf-8", "replace") if len(found) <= LONGEST_TEXT else ""


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, body) of every chunk, one at least; Refused if the file is not a whole WebP."""
    if not is_webp(data):
        raise Refused("This is not a WebP file.")
    position = 12
    while position < len(data) or position == 12:
        if position + 8 > len(data):
            raise Refused("This WebP file is cut short.")
        kind, length = struct.unpack_from("<4sI", data, position)
        body = data[position + 8 : position + 8 + length]
        if len(body) < length or (position == 12 and length < 10):
            raise Refused("This WebP file is cut short.")
        yield kind, body
        position += 8 + length + length % 2


def packed(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
