"""What a file says of how it was made, sorted into what can be used here and what cannot; knows no format of a file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground import lora_files
from playground.catalog import MODELS
from playground.errors import Refused
from playground.media import soundfont
from playground.other_tools.told import Told
from playground.params import KINDS, sorted_out
from playground.prompts import alternatives, weights

SCHEMA = 1
NOT_INSIDE = {"clip": "clip it was made with", "start": "picture it was made from", "mask": "mask it was made with"}


@dataclass
class Restored:
    """What a file says of how it was made: the model's key, the settings that can be used here, and what cannot; and
    by which tool, if that was not this playground."""

    kind: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)  # sentences
    tool: str = ""
    facts: dict[str, Any] = field(default_factory=dict)  # what else a file of ours says, as it stands there


def restored(recipe: Mapping[str, Any]) -> Restored:
    """What of our own recipe can be used here."""
    model = recipe.get("model")
    key = model.get("key") if isinstance(model, dict) else None
    kind = recipe.get("kind")
    result = usable(kind if isinstance(kind, str) and kind in KINDS else "image", key, recipe["params"])
    facts = recipe.get("facts")
    if isinstance(facts, dict):
        result.facts = facts
        lacking = [what for name, what in NOT_INSIDE.items() if name in facts]
        result.problems += [f"The {what} is not in the file: choose that {what.split()[0]} again." for what in lacking]
    if recipe.get("schema") != SCHEMA:
        result.problems.append("It was written by another version of Playground; what could be read is filled in.")
    if isinstance(facts, dict) and "abc" in facts and (played := played_otherwise(facts)):
        result.problems.append(f"It was played {played}: it will sound different.")
    return result


def of_another_tool(found: Told) -> Restored:
    """What of it can be used here, and what cannot be done again. Braces were ordinary ones there."""
    values = {
        name: re.sub(r"([{}|])", r"\\\1", text)
        if name in ("prompt", "negative_prompt") and isinstance(text, str) and alternatives.ways(text) > 1
        else text
        for name, text in found.values.items()
    }
    result = usable("image", found.model, values)
    result.tool, prompt = found.tool, result.values.get("prompt", "")
    result.problems += filter(None, (*found.cannot, weights.foreign(prompt)))
    return result


def played_otherwise(facts: Mapping[str, Any]) -> str:
    """With which soundfont a tune was played, in words, if it is not the one that is set here; else empty."""
    font, sha256 = str(facts.get("soundfont", ""))[:80], facts.get("soundfont_sha256")
    if font != soundfont.named():
        return f"with the soundfont {font!r}" if font else "without the soundfont that is set here"
    other = bool(font and sha256) and sha256 != soundfont.named_sha256()
    return f"with another soundfont of the name {font!r}" if other else ""


def without_its_loras(prompt: Any) -> list[str]:
    """A sentence, if a prompt names one that is not here."""
    try:
        lora_files.found(prompt if isinstance(prompt, str) else "")
    except Refused as refused:
        return [str(refused)]
    return []


def usable(kind: str, key: Any, values: Mapping[str, Any]) -> Restored:
    """Sort what was read into values that pass this kind's checks and sentences about the rest."""
    model = MODELS.get(key) if isinstance(key, str) else None
    good, problems = sorted_out(kind, values, model.limits, model.has) if model else sorted_out(kind, values)
    if model is None:
        which = (
            f"Its model, {str(key)[:60]!r}, is not in this playground" if key else "It does not say with which model"
        )
        problems.insert(0, f"{which}: the one chosen stays.")
    if kind == "image":
        problems += without_its_loras(good.get("prompt"))
    return Restored(kind, model.key if model else "", good, problems)
