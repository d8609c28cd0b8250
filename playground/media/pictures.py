"""Any picture of a person, in the size that is needed; knows no model and no page."""

import importlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playground.errors import Refused

SIDE = 256
MOST_BYTES = 40_000_000
MOST_PIXELS = 80_000_000
TOO_LARGE = f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels; 8,000 x 8,000 would work."
WORKS = "PNG, JPEG, WebP, GIF, BMP or AVIF would work"


def opened(data: bytes, side: int = SIDE):
    """A PIL picture in RGB, `side` pixels square: its middle, on white where it is transparent; or Refused."""
    return filling(data, side, side)


def filling(data: bytes, width: int, height: int):
    """A PIL picture in RGB of this size: its middle, on white where it is transparent; or Refused."""
    operations = importlib.import_module("PIL.ImageOps")
    picture = whole(data, max(width, height))
    return operations.fit(picture, (width, height), importlib.import_module("PIL.Image").Resampling.LANCZOS)


def whole(data: bytes, side: int):
    """All of it in RGB, upright; a large JPEG may come smaller, but not much below `side` pixels each way."""
    operations = importlib.import_module("PIL.ImageOps")
    with readable(data) as picture:
        picture.draft("RGB", (2 * side, 2 * side))
        return flat(importlib.import_module("PIL.Image"), operations.exif_transpose(picture))


def check(data: bytes) -> None:
    """Refused if it is no picture that can be used, as far as its beginning tells; `whole` sees the rest."""
    with readable(data):
        pass


@contextmanager
def readable(data: bytes) -> Iterator[Any]:
    """The picture, open; Refused if it is too large or none, also for what is found inside the `with`."""
    image = importlib.import_module("PIL.Image")  # a heavy one, only when somebody brings a picture
    if not data:
        raise Refused(f"There is no picture in this file; {WORKS}.")
    if len(data) > MOST_BYTES:
        raise Refused(f"This file has {len(data) // 1_000_000} MB, but at most {MOST_BYTES // 1_000_000} are read.")
    try:
        picture = image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP", "GIF", "BMP", "AVIF", "TIFF"])
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise Refused(TOO_LARGE)
        yield picture
    except Refused:
        raise
    except image.DecompressionBombError:
        raise Refused(TOO_LARGE) from None
    except Exception as error:  # Pillow raises many kinds for broken files
        raise Refused(f"This is no picture that can be read, or it is cut short; {WORKS}.") from error


def flat(image, picture):
    """In RGB; what is transparent lies on white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = image.new("RGBA", picture.size, "white")
        return image.alpha_composite(white, picture).convert("RGB")
    if picture.mode.startswith(("I", "F")):  # 16 or 32 bits: Pillow would clip them to white
        low, high = picture.getextrema()
        scale = 255 / (high - low) if high > low else 0.0
        picture = picture.convert("F").point(lambda value: value * scale - low * scale)
    return picture.convert("RGB")


def small(data: bytes, side: int = SIDE) -> bytes:
    """The picture as a WebP file of about 10 kB, to be kept in a recipe; or Refused."""
    buffer = io.BytesIO()
    opened(data, side).save(buffer, "WEBP", quality=82)
    return buffer.getvalue()
