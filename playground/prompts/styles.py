"""Styles, words that go around a prompt: the files that A1111, Fooocus and InvokeAI keep them in; knows no model.

A1111 and InvokeAI: CSV with the columns name, prompt and negative_prompt. Fooocus: JSON, a list of objects with these
names. InvokeAI: JSON, with positive_prompt and negative_prompt under preset_data. `{prompt}` marks the prompt's place;
without it the style's words come after.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground.errors import Refused

LARGEST = 2_000_000  # bytes of a file
MOST = 2000  # styles of a file
LONGEST = 2000  # characters of a prompt
WORKS = "a CSV file with name, prompt and negative_prompt, or the JSON of Fooocus or InvokeAI, would work"


@dataclass(frozen=True)
class Style:
    """What goes around a prompt, and around a negative one."""

    name: str
    prompt: str = ""
    negative_prompt: str = ""


def read(data: bytes) -> list[Style]:
    """The styles in a file, those without a name or words left out; Refused if there is none."""
    if len(data) > LARGEST:
        raise Refused(f"This file of styles has {len(data) // 1_000_000} MB; up to {LARGEST // 1_000_000} are read.")
    text = data.decode("utf-8-sig", "replace").replace("\0", "")
    rows = of_json(text) if text.lstrip().startswith(("[", "{")) else of_csv(text)
    found = [style for _, style in zip(range(MOST), rows, strict=False) if style.name and style != Style(style.name)]
    if not found:
        raise Refused(f"There are no styles in this file; {WORKS}.")
    return found


def of_csv(text: str) -> Iterator[Style]:
    try:
        yield from map(style, csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error:
        raise Refused(f"This file of styles cannot be read; {WORKS}.") from None


def of_json(text: str) -> Iterator[Style]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(f"This file of styles is no JSON that can be read; {WORKS}.") from None
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, Mapping):
            preset = one.get("preset_data")
            preset = preset if isinstance(preset, Mapping) else {}
            yield style({"prompt": preset.get("positive_prompt"), **preset, **one})


def style(row: Mapping[Any, Any]) -> Style:
    """Of a row with any values."""
    name, prompt, negative = (row.get(key) for key in ("name", "prompt", "negative_prompt"))
    return Style(*(value.strip()[:LONGEST] if isinstance(value, str) else "" for value in (name, prompt, negative)))


def applied(style: Style, prompt: str, negative_prompt: str) -> tuple[str, str]:
    """Both prompts with the style around them."""
    return around(style.prompt, prompt), around(style.negative_prompt, negative_prompt)


def around(words: str, prompt: str) -> str:
    if "{prompt}" in words:
        return words.replace("{prompt}", prompt.strip())
    return ", ".join(filter(None, (prompt.strip(), words)))
