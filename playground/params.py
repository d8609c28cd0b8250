"""Checks what is asked for against what can be asked of a kind, before anything is loaded; knows no model and no page.

What cannot be is Refused in a sentence that says what would work.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from playground.errors import Refused
from playground.kinds.image import ImageParams
from playground.kinds.latent import LatentParams
from playground.kinds.music import MusicParams
from playground.kinds.text import LONGEST_WRITING, MODES, TextParams
from playground.param import LARGEST_SEED, LONGEST_TEXT, RANDOM, Params
from playground.values import a_few, check_one

__all__ = [
    "KINDS",
    "LARGEST_SEED",
    "LONGEST_TEXT",
    "LONGEST_WRITING",
    "MODES",
    "RANDOM",
    "Has",
    "ImageParams",
    "LatentParams",
    "MusicParams",
    "Params",
    "TextParams",
    "check",
    "sorted_out",
]

KINDS: dict[str, type[Params]] = {
    "image": ImageParams,
    "text": TextParams,
    "music": MusicParams,
    "latent": LatentParams,
}

Has = Callable[[str], bool]
"""Whether a model has the setting of this name."""


def every(name: str) -> bool:
    return True


def check(
    kind: str,
    values: Mapping[str, Any],
    defaults: Mapping[str, Any],
    limits: Mapping[str, tuple],
    has: Has = every,
) -> Any:
    """The params of this kind with a model's `defaults` and `values` over them, inside the model's `limits`."""
    known = {f.name: f for f in fields(KINDS[kind]) if has(f.name)}
    if unknown := [name for name in values if name not in known]:
        raise Refused(f"There is no setting {a_few(unknown)} here; there are {', '.join(known)}.")
    checked = {name: check_one(known[name], value, limits) for name, value in {**defaults, **values}.items()}
    params = KINDS[kind](**checked)
    params.check_together()
    return params


def sorted_out(
    kind: str, values: Mapping[str, Any], limits: Mapping[str, tuple] = {}, has: Has = every
) -> tuple[dict[str, Any], list[str]]:
    """Sort values from outside into those that pass and sentences about the others."""
    known = {f.name: f for f in fields(KINDS[kind]) if has(f.name)}
    good, problems = {}, []
    for name, value in values.items():
        if name not in known:
            continue
        try:
            good[name] = check_one(known[name], value, limits)
        except Refused as refused:
            problems.append(str(refused))
    if unknown := [name for name in values if name not in known]:
        problems.append(f"Left out, since it is not known here: {a_few(unknown)}.")
    return good, problems
