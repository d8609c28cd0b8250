"""A picture to begin from, as the page carries it beside the form; knows no component and no model's code.

The page tells {"settings": ..., "size": [width, height], "extend": shares by side, "model": key}: the picture and the
mask as base64, its own size, and how far it is to go on beyond its sides, as shares of that size. Settings and model of
a picture that is to be varied lie over the form's.
"""

import base64
import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from playground import extents
from playground.catalog import MODELS, Model, find
from playground.errors import Refused
from playground.params import ImageParams

FILES = ("start", "mask")
NAMES = frozenset(f.name for f in fields(ImageParams))
STEP = 16  # pixels: sizes are multiples of it
MOST_TIMES = 4  # so many times the pixels that a model paints by itself are kept of a picture's size


def gathered(key: str, form: Mapping[str, Any], told: Any) -> tuple[str, dict[str, Any]]:
    """The model's key and all settings: what the page tells lies over the form."""
    told = told if isinstance(told, Mapping) else {}
    settings = told.get("settings")
    settings = settings if isinstance(settings, Mapping) else {}
    other = told.get("model")
    key = other if isinstance(other, str) and other in MODELS and MODELS[other].kind == "image" else key
    values = {**form, **{name: value for name, value in settings.items() if name in NAMES}}
    if not values.get("start"):
        return key, values
    if not find(key).has("start"):
        raise Refused(f"{find(key).title} cannot begin from a picture: take it away with ×, or choose another model.")
    return key, {**values, "variation_strength": 0.0, **sized(find(key), told, values)}


def sized(model: Model, told: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The size of what is painted, and the extension in pixels."""
    own = told.get("size")  # none of a picture that is varied: its settings say it
    if not (isinstance(own, list) and len(own) == 2 and all(isinstance(side, int) and side > 0 for side in own)):
        return {}
    width, height = fitting(model, own[0], own[1])
    shares = told.get("extend")
    shares = shares if isinstance(shares, Mapping) else {}
    beyond = {side: pixels(shares.get(side), width if side in ("left", "right") else height) for side in extents.SIDES}
    said = ", ".join(f"{side} {count}" for side, count in beyond.items() if count)
    wide, high = width + beyond["left"] + beyond["right"], height + beyond["top"] + beyond["bottom"]
    return {"width": wide, "height": high, "extend": said}


def pixels(share: Any, side: int) -> int:
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 4:
        return 0
    return round(share * side / STEP) * STEP


def fitting(model: Model, width: int, height: int) -> tuple[int, int]:
    """The picture's own size if the model can paint that; else one of its shape and of the pixels of the model's own,
    within the model's limits."""
    (low_w, high_w), (low_h, high_h) = (limits(model, name) for name in ("width", "height"))
    own = start(model, "width") * start(model, "height")
    fits = low_w <= width <= high_w and low_h <= height <= high_h and width % STEP == height % STEP == 0
    if fits and width * height <= MOST_TIMES * own:
        return width, height
    scale = math.sqrt(own / (width * height))
    return rounded(width * scale, low_w, high_w), rounded(height * scale, low_h, high_h)


def rounded(side: float, low: int, high: int) -> int:
    return min(high // STEP * STEP, max(math.ceil(low / STEP) * STEP, round(side / STEP) * STEP))


def limits(model: Model, name: str) -> tuple[int, int]:
    field = ImageParams.__dataclass_fields__[name]
    return model.limits.get(name, (field.metadata["low"], field.metadata["high"]))  # pyright: ignore[reportReturnType]  # two numbers


def start(model: Model, name: str) -> int:
    return model.defaults.get(name, ImageParams.__dataclass_fields__[name].default)


def larger(model: Model, values: Mapping[str, Any]) -> tuple[int, int] | None:
    """Twice the size of a picture, if its model paints so large."""
    if not (model.has("start") and {"width", "height"} <= values.keys()):
        return None
    width, height = 2 * values["width"], 2 * values["height"]
    return (width, height) if width <= limits(model, "width")[1] and height <= limits(model, "height")[1] else None


def carried(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows of settings that fill the form: the picture they begin from; nothing if there is none."""
    if not values.get("start"):
        return {}
    width, height = (values.get(name, ImageParams.__dataclass_fields__[name].default) for name in ("width", "height"))
    left, top, right, bottom = extents.inner(values.get("extend", ""), width, height)
    beyond = extents.parsed(values.get("extend", ""))
    across = {side: right - left if side in ("left", "right") else bottom - top for side in extents.SIDES}
    files = {name: base64.b64encode(values[name]).decode() for name in FILES if values.get(name)}
    return {
        "settings": {**files, "strength": values.get("strength", ImageParams.strength)},
        "size": [right - left, bottom - top],
        "extend": {side: count / across[side] for side, count in beyond.items() if count},
    }
