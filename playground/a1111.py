"""The text that A1111 and its heirs write into pictures, both ways; knows no file, no model and no check."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.version import VERSION

FEWEST = 3  # pairs that make a line one of parameters


def write(recipe: Mapping[str, Any]) -> str:
    """A recipe of a picture as A1111's text. Its "Negative prompt:" line is there even when empty, since ComfyUI
    needs one."""
    params, model = recipe["params"], recipe["model"]
    size = f"{params['width']}x{params['height']}" if {"width", "height"} <= params.keys() else None
    facts = {
        "Steps": params.get("steps", 1),
        "Sampler": recipe["sampler"] or "Unknown",
        "Schedule type": params.get("schedule") or None,
        "CFG scale": f"{params.get('guidance_scale', 1):g}",
        "Seed": params["seed"],
        "Size": size,
        "Model hash": model["weights"],
        "Model": model["key"],
        "Variation seed": params["variation_seed"] if params.get("variation_strength") else None,
        "Variation seed strength": params.get("variation_strength") or None,
        "Denoising strength": params["strength"] if "start" in params.keys() | recipe["facts"].keys() else None,
        "RNG": "CPU",
        "Version": f"playground-{VERSION}",  # a plain number below 1.6.0 would switch on A1111's compatibility options
    }
    line = ", ".join(f"{name}: {quoted(value)}" for name, value in facts.items() if value is not None)
    return f"{params['prompt']}\nNegative prompt: {params.get('negative_prompt', '')}\n{line}"


def quoted(value: Any) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if re.search(r"[,:\n]", text) else text


PAIR = re.compile(r'(\w[\w \-/]{0,99}):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')
"""A name and its value; names have an end, or a long line without a colon would take hours to read."""

NEGATIVE = re.compile(r"^[ \t]*Negative prompt:", re.MULTILINE)
"""Where the negative prompt begins: these words in mid-sentence are the person's own."""


@dataclass(frozen=True)
class Infotext:
    """What such a text says; `facts` by A1111's names."""

    prompt: str
    negative_prompt: str
    facts: dict[str, str] = field(default_factory=dict)


def read(text: str) -> Infotext:
    """Grammar: the last line is parameters if it has FEWEST pairs or more."""
    prompt, _, last = text.strip().rpartition("\n")
    pairs = re.findall(PAIR, last)
    if len(pairs) < FEWEST:
        prompt, pairs = text.strip(), []
    prompt, *negative = NEGATIVE.split(prompt, maxsplit=1)
    return Infotext(prompt.strip(), "".join(negative).strip(), {name: unquoted(value) for name, value in pairs})


def unquoted(value: str) -> str:
    value = value.strip()
    if not value.startswith('"'):
        return value
    try:
        return str(json.loads(value))
    except ValueError:
        return value
