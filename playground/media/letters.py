"""A font that can write a text, out of those that are here; knows no picture and no page."""

import importlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

FONTS = (
    *("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "NotoSansCJK-Regular.ttc"),  # Linux
    *("Arial Unicode.ttf", "Hiragino Sans GB.ttc"),  # macOS
    *("segoeui.ttf", "msyh.ttc", "YuGothM.ttc", "malgun.ttf"),  # Windows
)
"""What systems bring, by the names under which Pillow finds them; all of it together in one font nobody has."""

MISSING = "\U0010ffff"  # no letter, so that every font has for it what it has for letters that it lacks


def font(text: str, size: int, first: Sequence[Path] = ()) -> Any:
    """The first of Pillow's own font, these files and the system's that has all letters of the text; if there is none,
    the one that lacks the fewest."""
    return fewest(opened(size, first), text)


def opened(size: int, first: Sequence[Path]) -> Iterator[Any]:
    fonts = importlib.import_module("PIL.ImageFont")
    yield fonts.load_default(size)
    for name in (*first, *FONTS):
        with suppress(OSError):  # it is not here, or in a format that this Pillow cannot read
            yield fonts.truetype(name, size)


def fewest(fonts: Iterator[Any], text: str) -> Any:
    best = next(fonts)
    least = lacking(best, text)
    while least and (other := next(fonts, None)):
        if (lacks := lacking(other, text)) < least:
            best, least = other, lacks
    return best


def lacking(font: Any, text: str) -> int:
    """How many of the letters are boxes."""
    none = drawn(font, MISSING)
    return sum(drawn(font, letter) == none for letter in set(text) if not letter.isspace())


def drawn(font: Any, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)
