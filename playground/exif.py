"""Texts in EXIF data, in and out; knows no picture format and nothing of what the texts mean.

Format: Exif 3.0, sections 4.6 (tags) and 4.6.6 (UserComment), within TIFF 6.0, section 2 (image file directories).
"""

import struct

HEAD = b"Exif\0\0"
LONGEST_TEXT = 1_000_000  # bytes of one text that are read
MOST_ENTRIES = 200
DIRECTORY, USER_COMMENT, SOFTWARE = 0x8769, 0x9286, 0x0131
NAMES = {
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    SOFTWARE: "Software",
    0x927C: "MakerNote",
    USER_COMMENT: "UserComment",
}
TEXTS = (1, 2, 7)  # the types of values that may be text: bytes, ASCII, undefined


def written(comment: str, software: str) -> bytes:
    """EXIF data with a user comment, as A1111 reads it, and the name of a program in ASCII."""
    told, made = b"UNICODE\0" + comment.encode("utf-16-be"), software.encode("ascii", "replace") + b"\0"
    first, second = 8 + 2 + 2 * 12 + 4, 2 + 12 + 4  # bytes before and in the second directory
    data = b"MM\0*" + struct.pack(">L", 8) + struct.pack(">H", 2)
    data += struct.pack(">HHLL", SOFTWARE, 2, len(made), first + second)
    data += struct.pack(">HHLLL", DIRECTORY, 4, 1, first, 0)
    data += struct.pack(">HHHLLL", 1, USER_COMMENT, 7, len(told), first + second + len(made), 0)
    return HEAD + data + made + told


def texts(data: bytes) -> dict[str, str]:
    """The texts in EXIF data, by NAMES; what is broken or beyond the limits is passed over."""
    data = data.removeprefix(HEAD)
    order = {b"MM": ">", b"II": "<"}.get(data[:2])
    if order is None or len(data) < 8:
        return {}
    found, places = {}, [struct.unpack_from(order + "L", data, 4)[0]]
    for place in places:
        for tag, kind, count, value in entries(data, place, order):
            if tag == DIRECTORY and len(places) == 1:
                places.append(struct.unpack(order + "L", value)[0])
            elif tag in NAMES and kind in TEXTS and count <= LONGEST_TEXT:
                start = struct.unpack(order + "L", value)[0]
                raw = value[:count] if count <= 4 else data[start : start + count]
                found.setdefault(NAMES[tag], decoded(raw))
    return found


def entries(data: bytes, place: int, order: str) -> list[tuple[int, int, int, bytes]]:
    """(tag, type, count, value or where it is) of each entry of the directory at `place`."""
    if place + 2 > len(data):
        return []
    (count,) = struct.unpack_from(order + "H", data, place)
    whole = min(count, MOST_ENTRIES, (len(data) - place - 2) // 12)
    return [struct.unpack_from(order + "HHL4s", data, place + 2 + 12 * index) for index in range(whole)]


def decoded(raw: bytes) -> str:
    """A text in any of the ways in which tools write it."""
    if raw.startswith(b"UNICODE\0"):
        big, little = (raw[8:].decode(f"utf-16-{end}e", "replace") for end in "bl")
        return max(big, little, key=lambda text: sum(character.isascii() for character in text)).rstrip("\0")
    return raw.removeprefix(b"ASCII\0\0\0").decode("utf-8", "replace").strip("\0")
