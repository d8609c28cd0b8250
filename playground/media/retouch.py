"""A picture to be changed, made ready, and put together with what came of it; knows no model and no page.

Pictures are PIL pictures in RGB; a mask is one in L: 255 where the picture is painted anew, 0 where it stays, and in
between where it may change a little.
"""

import importlib
from typing import Any

from playground import extents
from playground.media import pictures

OVERLAP = 1 / 4  # of the old picture's shorter side: how far it may change, less and less, where it is extended
FEATHER = 1 / 32  # of the shorter side: the same around what was painted over
FREE = 0.3  # how much a place has to change for its pixels to be new ones altogether
COARSE = 1 / 64  # of the shorter side: what is wider is a matter of colour, and not of detail


def ready(start: bytes, mask: bytes, extend: str, width: int, height: int) -> tuple[Any, Any]:
    """The picture to begin with and its mask, or None where all of it may change, of width x height; or Refused."""
    image = importlib.import_module("PIL.Image")
    box = extents.inner(extend, width, height)
    inside = (box[2] - box[0], box[3] - box[1])
    picture, changed = pictures.filling(start, *inside), None
    if mask:
        changed = softened(pictures.filling(mask, *inside).convert("L"), max(1, round(min(inside) * FEATHER)))
    if inside == (width, height):
        return picture, changed
    outside = image.new("L", (width, height), 255)
    outside.paste(0, box)
    outside = softened(outside, round(min(inside) * OVERLAP))
    if changed:
        outside.paste(image.new("L", inside, 255), box[:2], changed)
    return continued(picture, box, width, height), outside


def softened(mask: Any, reach: int) -> Any:
    """The mask, which falls off to 0 over so many pixels around its white parts."""
    numpy, image = importlib.import_module("numpy"), importlib.import_module("PIL.Image")
    filters = importlib.import_module("PIL.ImageFilter")
    wider = image.fromarray(numpy.pad(numpy.asarray(mask), reach, mode="edge"))
    wider = wider.filter(filters.BoxBlur(reach / 2)).filter(filters.BoxBlur(reach / 2))
    blurred = wider.crop((reach, reach, reach + mask.width, reach + mask.height))
    doubled = blurred.point(lambda value: min(255, 2 * value))  # a blur is half as white where the mask ends
    return importlib.import_module("PIL.ImageChops").lighter(mask, doubled)


def continued(picture: Any, box: tuple[int, int, int, int], width: int, height: int) -> Any:
    """The picture in `box` of a larger one; around it the colours of its edges go on."""
    numpy = importlib.import_module("numpy")
    around = ((box[1], height - box[3]), (box[0], width - box[2]), (0, 0))
    return importlib.import_module("PIL.Image").fromarray(numpy.pad(numpy.asarray(picture), around, mode="edge"))


def joined(new: Any, old: Any, mask: Any) -> Any:
    """What is new where the mask says so; what is black in it is the old picture, pixel by pixel."""
    image = importlib.import_module("PIL.Image")
    return image.composite(new, old, mask.point(lambda value: min(255, round(value / FREE))))


def coloured(new: Any, old: Any) -> Any:
    """The new picture's details in the old one's colours: what is coarse comes from the old, what is fine from the new.

    A model that repaints a larger picture than it was trained on tends to wash out its colours.
    """
    image, numpy = importlib.import_module("PIL.Image"), importlib.import_module("numpy")
    blur = importlib.import_module("PIL.ImageFilter").GaussianBlur(max(1.0, min(old.size) * COARSE))
    coarse = (numpy.asarray(one.filter(blur), numpy.float32) for one in (old, new))
    shift = next(coarse) - next(coarse)
    return image.fromarray((numpy.asarray(new, numpy.float32) + shift).round().clip(0, 255).astype(numpy.uint8))
