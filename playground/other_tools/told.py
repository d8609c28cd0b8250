"""What a picture of another tool says of how it was made; knows no tool."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground import samplers

LONGEST_JSON = 1_000_000  # characters that are read
A_FEW, LONGEST_NAME = 8, 40  # names in one sentence, and characters of one


@dataclass(frozen=True)
class Told:
    """`values` by the names of this playground, unchecked; `cannot`: sentences on what cannot be done again here."""

    tool: str
    values: dict[str, Any] = field(default_factory=dict)
    model: str = ""  # as the tool calls it
    cannot: tuple[str, ...] = ()


def parsed(text: str) -> dict[str, Any]:
    """The object in a JSON text; empty if there is none."""
    try:
        value = json.loads(text) if len(text) <= LONGEST_JSON else None
    except (ValueError, RecursionError):
        return {}
    return mapping(value)


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def words(value: Any) -> str:
    """A text, or a number as text; empty for anything else."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def number(value: Any) -> Any:
    """The number a text is, else the value as it is, which the check will name."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        return value
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        return value


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not said."""
    return {name: value for name, value in values.items() if value is not None and value != ""}


def sampled(sampler: Any, schedule: Any = "") -> tuple[dict[str, str], list[str]]:
    """The settings for a sampler and a schedule as a tool calls them, and sentences."""
    name, kind, problems = samplers.understood(words(sampler), words(schedule))
    return given({"scheduler": name, "schedule": kind}), problems


def some(names: Iterable[Any]) -> str:
    """The first of them, short, and how many more there are."""
    found = [words(name)[:LONGEST_NAME] or "?" for name in names]
    return ", ".join(found[:A_FEW]) + (f" and {len(found) - A_FEW} more" if len(found) > A_FEW else "")


def loras(names: Iterable[Any]) -> list[str]:
    """A sentence, if there are any."""
    found = list(names)
    return [f"It used LoRAs, which the prompt has to name again as <lora:name:1>: {some(found)}."] if found else []


def from_another_picture(strength: Any) -> str:
    said = words(strength)[:9] or "not said"
    return f"It was made from another picture (denoising strength {said}), which is not in the file."
