"""The text that A1111 and its heirs write into pictures, both ways; knows no file, no model and no check."""

import json
import re
from collections.abc import Mapping
from typing import Any

from playground.version import VERSION


def write(recipe: Mapping[str, Any]) -> str:
    """A recipe of a picture as A1111's text. Its "Negative prompt:" line is there even when empty, since ComfyUI
    needs one."""
    params, model = recipe["params"], recipe["model"]
    facts = {
        "Steps": params["steps"],
        "Sampler": recipe["sampler"] or "Unknown",
        "CFG scale": f"{params['guidance_scale']:g}",
        "Seed": params["seed"],
        "Size": f"{params['width']}x{params['height']}",
        "Model hash": model["weights"],
        "Model": model["key"],
        "RNG": "CPU",
        "Version": f"playground-{VERSION}",  # a plain number below 1.6.0 would switch on A1111's compatibility options
    }
    line = ", ".join(f"{name}: {quoted(value)}" for name, value in facts.items())
    return f"{params['prompt']}\nNegative prompt: {params['negative_prompt']}\n{line}"


def quoted(value: Any) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if re.search(r"[,:\n]", text) else text


PAIR = re.compile(r'(\w[\w \-/]{0,99}):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')
"""A name and its value; names have an end, or a long line without a colon would take hours to read."""

NEGATIVE = re.compile(r"^[ \t]*Negative prompt:", re.MULTILINE)
"""Where the negative prompt begins: these words in mid-sentence are the person's own."""


def read(text: str) -> tuple[str | None, dict[str, Any]]:
    """The model and the settings, unchecked (grammar: the last line is parameters if it has three pairs or more)."""
    prompt, _, last = text.strip().rpartition("\n")
    pairs = re.findall(PAIR, last)
    if len(pairs) < 3:
        prompt, pairs = text.strip(), []
    prompt, *negative = NEGATIVE.split(prompt, maxsplit=1)
    facts = {name: value.strip() for name, value in pairs}
    width, _, height = facts.get("Size", "").partition("x")
    numbers = {"steps": facts.get("Steps"), "guidance_scale": facts.get("CFG scale"), "seed": facts.get("Seed")}
    numbers |= {"width": width, "height": height}
    values: dict[str, Any] = {"prompt": prompt.strip(), "negative_prompt": "".join(negative).strip()}
    return facts.get("Model"), values | {name: number(value) for name, value in numbers.items() if value}


def number(text: str) -> int | float | str:
    """The number a text is, else the text, which the check will name."""
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
