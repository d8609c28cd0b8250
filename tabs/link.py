"""Settings in the address of the page, there and back; checks nothing and knows no page."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from playground.params import KINDS


def query(kind: str, model: str, values: Mapping[str, Any]) -> str:
    """The part of an address that brings these settings back; empty texts are left out."""
    names = [f.name for f in fields(KINDS[kind]) if not isinstance(f.default, tuple)]
    said = {name: values[name] for name in names if values.get(name, "") != ""}
    return "?" + urlencode({"tab": kind, "model": model, **said})


def values(kind: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """The settings of `kind` in `asked`, as numbers where numbers are meant; what else it holds is not ours."""
    return {
        f.name: meant(f.default, asked[f.name])
        for f in fields(KINDS[kind])
        if f.name in asked and not isinstance(f.default, tuple)
    }


def meant(default: Any, text: str) -> Any:
    """`text` as the type of `default`, or as it is, for the check to name."""
    if isinstance(default, str):
        return text
    try:
        return float(text) if isinstance(default, float) or "." in text else int(text)
    except ValueError:
        return text
