"""Pictures in rows under their labels, as one PNG file; knows no model, no recipe and no page."""

import importlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playground.media import letters

SIDE, GAP, TEXT = 320, 12, 18  # pixels: of a picture's longer side, between pictures, of letters
PAPER, INK = (245, 239, 227), (35, 34, 58)


def png(pictures: Sequence[tuple[str, bytes]], columns: int, title: str, fonts: Sequence[Path] = ()) -> bytes:
    """The picture files with their labels, so many in a row, under a title. `fonts`: files with more letters than
    Pillow's own font has, which need not be there."""
    image, draw = (importlib.import_module(f"PIL.{name}") for name in ("Image", "ImageDraw"))
    font = letters.font(title + "".join(label for label, _ in pictures), TEXT, fonts)
    opened = [(label, small(image, data)) for label, data in pictures]
    wide, high = (max(picture.size[axis] for _, picture in opened) for axis in (0, 1))
    rows = -(-len(opened) // columns)
    line = TEXT + GAP
    sheet = image.new("RGB", (GAP + columns * (wide + GAP), 2 * GAP + TEXT + rows * (high + line + GAP)), PAPER)
    pen = draw.Draw(sheet)
    pen.text((GAP, GAP), cut(title, font, sheet.width - 2 * GAP), INK, font)
    for index, (label, picture) in enumerate(opened):
        x = GAP + index % columns * (wide + GAP)
        y = 2 * GAP + TEXT + index // columns * (high + line + GAP)
        pen.text((x, y), cut(label, font, wide), INK, font)
        sheet.paste(picture, (x, y + line))
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    return buffer.getvalue()


def small(image: Any, data: bytes) -> Any:
    picture = image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP", "AVIF"]).convert("RGB")
    picture.thumbnail((SIDE, SIDE))
    return picture


def cut(text: str, font: Any, width: int) -> str:
    """As much of the text as fits into so many pixels."""
    line = " ".join(text.split())
    while len(line) > 1 and font.getlength(line) > width:
        line = line[:-2].rstrip() + "…"
    return line
