"""What JPEG files hold beside their picture; knows nothing of what it means.

Format: ITU-T T.81, annex B (markers); Exif 3.0, 4.7.2 (APP1); XMP specification, part 3, 1.1.3.
"""

from collections.abc import Iterator

XMP = b"http://ns.adobe.com/xap/1.0/\0"
APP1, COMMENT, START_OF_SCAN, FILL = 0xE1, 0xFE, 0xDA, 0xFF
MOST_SEGMENTS = 1000


def is_jpeg(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff")


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, body) of each segment before the picture's bits, as far as the file is whole."""
    position = 2
    for _ in range(MOST_SEGMENTS):
        while data[position : position + 2] == b"\xff\xff":
            position += 1
        head = data[position : position + 4]
        if len(head) < 4 or head[0] != FILL or head[1] == START_OF_SCAN:
            return
        length = int.from_bytes(head[2:4], "big")
        body = data[position + 4 : position + 2 + length]
        if length < 2 or len(body) < length - 2:
            return
        yield head[1], body
        position += 2 + length


def exif(data: bytes) -> bytes:
    """Its EXIF data; empty if there is none."""
    return next((body for marker, body in segments(data) if marker == APP1 and body.startswith(b"Exif\0\0")), b"")


def xmp(data: bytes) -> str:
    found = next((body for marker, body in segments(data) if marker == APP1 and body.startswith(XMP)), XMP)
    return found.removeprefix(XMP).decode("utf-8", "replace")


def comment(data: bytes) -> str:
    return next((body.decode("utf-8", "replace") for marker, body in segments(data) if marker == COMMENT), "")
