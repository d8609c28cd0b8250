"""One or two settings of a picture changed in steps, all else alike; knows no model's code, no page and no file.

Values are said as in A1111's X/Y/Z plot: `5, 10, 20`, `1-5`, `1-9 (+2)`, `0-1 [5]`. Of a prompt they are words that
take each other's place; the first stands in it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass, fields
from typing import Any

from playground.catalog import Model
from playground.errors import Refused
from playground.params import KINDS
from playground.values import check_one, shortened

MOST = 40  # pictures
MOST_AXES, LONGEST = 2, 400  # letters of an axis' values
FEW = 5  # values that are proposed
LEFT_OUT = ("pictures", "format")
AMOUNT = r"\d+(?:\.\d+)?"
RANGE = re.compile(rf"(-?{AMOUNT})\s*-\s*(-?{AMOUNT})(?:\s*\(([+-]{AMOUNT})\)|\s*\[(\d+)\])?")
WORKS = "5, 10, 20 or 1-5 or 1-9 (+2) or 0-1 [5] would work"


@dataclass(frozen=True)
class Axis:
    """A setting, what it is called, and its values: as they were asked for, and each of them as it is told and with the
    settings that it changes."""

    name: str
    label: str
    asked: str
    values: tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True)
class Cell:
    """One picture: what is told of it, an axis each, and all its settings."""

    labels: tuple[str, ...]
    settings: dict[str, Any]


def varied(model: Model) -> dict[str, Field]:
    """The settings of the model that can be changed in steps."""
    known = {f.name: f for f in fields(KINDS[model.kind]) if model.has(f.name) and f.name not in LEFT_OUT}
    return {
        name: f
        for name, f in known.items()
        if not f.metadata["carried"] and (name == "prompt" or f.metadata["choices"] or f.metadata["low"] is not None)
    }


def label(field: Field) -> str:
    return field.metadata["label"] or field.name


def axis(model: Model, name: str, text: str, base: Mapping[str, Any]) -> Axis:
    """The axis that `text` says, around the settings `base`; Refused if it cannot be."""
    known = varied(model)
    if name not in known:
        raise Refused(f"{shortened(name)} cannot be changed in steps; {', '.join(map(label, known.values()))} can.")
    found, said = known[name], [part.strip() for part in text.split(",") if part.strip()]
    if not said:
        raise Refused(f"{label(found)} has no values: {WORKS}.")
    if name == "prompt":
        prompt, first = str(base.get("prompt", "")), said[0]
        if first not in prompt:
            raise Refused(f"‘{first[:40]}’ is not in the prompt: begin with a word that is, then those in its place.")
        return Axis(name, label(found), text, tuple((word, {name: prompt.replace(first, word)}) for word in said))
    if not found.metadata["choices"]:
        whole = isinstance(found.default, int)
        said = [told for part in said for told in numbers(label(found), part, whole)]
    values = [check_one(found, meant(found, one), model.limits) for one in said]
    pairs = zip(said, values, strict=True)
    return Axis(name, label(found), text, tuple((str(one), {name: value}) for one, value in pairs))


def meant(field: Field, text: str) -> Any:
    """A choice by its name, a number as one."""
    if field.metadata["choices"]:
        known = {(choice or field.metadata["unset"]).lower(): choice for choice in field.metadata["choices"]}
        return known.get(text.lower(), text)
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def numbers(name: str, text: str, whole: bool) -> list[str]:
    """The numbers that a part between commas says."""
    if (span := RANGE.fullmatch(text)) is None:
        return [text]
    first, last = float(span[1]), float(span[2])
    if span[4]:
        count = int(span[4])
        if not 1 < count <= MOST:
            raise Refused(f"{name} is to have {count} values; 2 to {MOST} would work.")
        found = [first + (last - first) * i / (count - 1) for i in range(count)]
    else:
        step = float(span[3]) if span[3] else (1.0 if last >= first else -1.0)
        if step == 0 or (last - first) / step < 0:
            raise Refused(f"{name} never gets from {first:g} to {last:g} by {step:+g}: {WORKS}.")
        if (last - first) / step >= MOST:
            raise Refused(f"{name} has more than {MOST} values; a larger step would work, such as (+{step * 10:g}).")
        found = [first + step * i for i in range(int((last - first) / step + 1e-9) + 1)]
    return [str(round(one)) if whole else f"{one:.4g}" for one in found]


def proposed(model: Model, name: str, base: Mapping[str, Any], words: Mapping[str, Any] = {}) -> str:
    """Values that show what a setting does, around what it is in `base`; `words`: those that the model knows."""
    found = varied(model).get(name)
    if found is None:
        return ""
    if name == "prompt":
        prompt = str(base.get("prompt", "")).split()
        for group in words.values():
            if isinstance(group, list) and (here := [word for word in prompt if word in group]):
                return ", ".join([here[0], *(word for word in group if word != here[0])][:FEW])
        return ""
    if choices := found.metadata["choices"]:
        return ", ".join(choice or found.metadata["unset"] for choice in choices[:FEW])
    low, high = model.limits.get(name, (found.metadata["low"], found.metadata["high"]))
    if not (step := found.metadata["step"]):  # a seed
        here = base.get(name)
        here = here if isinstance(here, int) and here >= 0 else 1
        return f"{here}-{min(here + FEW - 1, high)}"
    here = base.get(name, found.default)
    around = [here * factor for factor in (0.25, 0.5, 1, 2, 4)] if low > 0 or here > 0 else []
    around = around if len(set(around)) == FEW else [low + (high - low) * i / (FEW - 1) for i in range(FEW)]
    snapped = [min(max(low, round(one / step) * step), high // step * step) for one in around]
    return ", ".join(f"{one:g}" for one in dict.fromkeys(snapped))


def cells(base: Mapping[str, Any], axes: Sequence[Axis]) -> list[Cell]:
    """A cell for each value of the first axis, row by row of the second; Refused if there are too many."""
    rows = axes[1].values if len(axes) > 1 else (("", {}),)
    if len(rows) * len(axes[0].values) > MOST:
        raise Refused(f"These are {len(rows) * len(axes[0].values)} pictures; at most {MOST} are drawn.")
    return [
        Cell(tuple(filter(None, (across, down))), {**base, **wide, **high, "pictures": 1})
        for down, high in rows
        for across, wide in axes[0].values
    ]
