"""Checks one value from outside against what a setting may be; knows no kind of model.

What cannot be is Refused in a sentence that says what would work.
"""

import base64
import math
from collections.abc import Mapping, Sequence
from typing import Any

from playground.errors import Refused
from playground.media import clips, pictures

MOST_MESSAGES = 1000


def check_one(f, value: Any, limits: Mapping[str, tuple] = {}) -> Any:
    """`value` as the type of the field `f` and within its bounds, or the model's narrower ones; else Refused."""
    name = f.metadata["label"] or f.name
    if isinstance(f.default, str):
        return check_choice(f, value) if f.metadata["choices"] else check_text(name, value, f.metadata["longest"])
    if isinstance(f.default, tuple):
        return check_messages(name, value, f.metadata["longest"])
    if isinstance(f.default, bytes):
        return check_picture(name, value) if f.metadata["holds"] == "picture" else check_clip(name, value)
    whole = isinstance(f.default, int)
    if isinstance(value, bool) or not isinstance(value, int | float) or not finite(value):
        raise Refused(f"{name} is {shortened(value)}, but has to be a number.")
    if whole and value != int(value):
        raise Refused(f"{name} is {value}, but has to be a whole number.")
    low, high = limits.get(f.name, (f.metadata["low"], f.metadata["high"]))
    if not low <= value <= high:
        raise Refused(f"{name} is {shortened(value)}, but goes from {low} to {high}.")
    if f.metadata["unit"] == "px" and value % f.metadata["step"]:
        step = f.metadata["step"]
        raise Refused(
            f"{name} is {value}, but has to be a multiple of {step}: {round(value / step) * step} would work."
        )
    return int(value) if whole else float(value)


def finite(value: float) -> bool:
    return isinstance(value, int) or math.isfinite(value)  # which fails for very large whole numbers


def check_text(name: str, value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise Refused(f"{name} is {shortened(value)}, but has to be text.")
    if len(value) > longest:
        raise Refused(f"{name} has {len(value)} characters, but at most {longest} are read.")
    if "\0" in value:
        raise Refused(f"{name} holds a null character, which no text needs; leave it out.")
    return value.encode("utf-8", "replace").decode()  # half a surrogate pair is no character that could be written


def check_clip(name: str, value: Any) -> bytes:
    """A sound as the bytes of its file; none, or nothing in it, is no clip."""
    if not isinstance(value, bytes | None):
        raise Refused(f"{name} is {shortened(value)}, but has to be the bytes of a sound file.")
    if value:
        clips.check(value)
    return value or b""


def check_picture(name: str, value: Any) -> bytes:
    """A picture as the bytes of its file, or those in base64; none, or nothing in it, is no picture."""
    if isinstance(value, str):
        try:
            value = base64.b64decode(value, validate=True)
        except ValueError:
            raise Refused(f"{name} is text, but has to be a picture's file, or that in base64.") from None
    if not isinstance(value, bytes | None):
        raise Refused(f"{name} is {shortened(value)}, but has to be the bytes of a picture file.")
    if value:
        pictures.check(value)
    return value or b""


def check_choice(f, value: Any) -> str:
    if value not in f.metadata["choices"]:
        choices = ", ".join(filter(None, f.metadata["choices"]))
        raise Refused(f"{f.metadata['label']} is {shortened(value)}, but there are {choices}.")
    return value


def check_messages(name: str, value: Any, longest: int) -> tuple[tuple[str, str], ...]:
    """Pairs of who and what, by turns, the user first and the assistant last."""
    given = value if isinstance(value, list | tuple) else [value]
    if len(given) > MOST_MESSAGES:
        raise Refused(f"{name} are {len(given)}, but at most {MOST_MESSAGES} are read; begin a new chat.")
    pairs = [tuple(pair) for pair in given if isinstance(pair, list | tuple)]
    roles = ["user" if i % 2 == 0 else "assistant" for i in range(len(pairs))]
    if [pair[0] if len(pair) == 2 else None for pair in pairs] != roles or len(pairs) % 2 or len(pairs) != len(given):
        raise Refused(f"{name} have to be pairs of who and what, user and assistant by turns.")
    checked = tuple((role, check_text(name, pair[1], longest)) for role, pair in zip(roles, pairs, strict=True))
    if sum(len(text) for _, text in checked) > longest:
        raise Refused(f"{name} have more than {longest} characters in all; begin a new chat.")
    return checked


def shortened(value: Any) -> str:
    try:
        text = repr(value)
    except ValueError:  # Python writes no whole number of more than 4300 digits
        return "a number with thousands of digits"
    return text if len(text) <= 40 else text[:37] + "..."


def a_few(names: Sequence[Any]) -> str:
    """The first names, and how many more there are."""
    named = ", ".join(map(shortened, names[:5]))
    return f"{named} and {len(names) - 5} more" if len(names) > 5 else named
