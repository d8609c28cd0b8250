"""Settings in the address of the page, there and back; checks nothing and knows no page."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from playground.params import KINDS

LONGEST = 6000  # characters that every server and messenger passes on
CHANGE = ("start", "change", "first_bar", "last_bar")
"""The settings that say nothing without a tune to go on from."""

LONG = {"start": CHANGE, "points": ("points",)}
"""What may be too long for an address, with all that says nothing without it."""


def query(kind: str, model: str, values: Mapping[str, Any]) -> str:
    """The part of an address that brings these settings back; empty texts are left out, and so is what would
    make it longer than LONGEST."""
    names = [f.name for f in fields(KINDS[kind]) if not isinstance(f.default, tuple | bytes)]
    said = {"tab": kind, "model": model, **{name: values[name] for name in names if values.get(name, "") != ""}}
    whole = "?" + urlencode(said)
    if (set(CHANGE) & set(said) and "start" not in said) or len(whole) > LONGEST:
        left_out = {other for others in LONG.values() for other in others}
        return "?" + urlencode({name: value for name, value in said.items() if name not in left_out})
    return whole


def is_whole(query: str, values: Mapping[str, Any]) -> bool:
    """Whether the address brings back the tune that the settings go on from, if they do."""
    return all(not values.get(name) or f"&{name}=" in query for name in LONG)


def values(kind: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """The settings of `kind` in `asked`, as numbers where numbers are meant; what else it holds is not ours."""
    return {
        f.name: meant(f.default, asked[f.name])
        for f in fields(KINDS[kind])
        if f.name in asked and not isinstance(f.default, tuple | bytes)
    }


def meant(default: Any, text: str) -> Any:
    """`text` as the type of `default`, or as it is, for the check to name."""
    if isinstance(default, str):
        return text
    try:
        return float(text) if isinstance(default, float) or "." in text else int(text)
    except ValueError:
        return text
