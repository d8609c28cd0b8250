"""Small true PNG files with a recipe, and the events of a generation, without a model."""

import struct
import zlib

from playground import recipe
from playground.catalog import find
from playground.events import Media, Output
from playground.params import check

POSTER = find("poster")


def png(colour=(192, 58, 38), side=16) -> bytes:
    """A square of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes(colour) * side for _ in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def file(seed=7, **values) -> bytes:
    """The same, as the file a person saves."""
    media = output(seed, **values).media
    assert isinstance(media, Media)
    return media.data


def output(seed=7, colour=(192, 58, 38), **values) -> Output:
    """A finished picture as the engine gives it: its recipe is inside and beside it."""
    params = check("image", {"seed": seed, **values}, POSTER.defaults, POSTER.limits)
    full = recipe.make(POSTER, "0123456789", params, {"seed": seed, "pictures": 1, "sampler": "DPM++ 2M"})
    return Output(recipe.write(Media(png(colour), "image/png"), full), full)
