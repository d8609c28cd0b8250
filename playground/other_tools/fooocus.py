"""Pictures of Fooocus in its own scheme; knows its JSON and no file.

Some of its values are written as Python would print them: only their numbers and names are taken.
"""

import re
from collections.abc import Mapping
from typing import Any

from playground.other_tools.told import Told, given, loras, number, sampled, some, words

TOOL = "Fooocus"
STEPS = {"Quality": 60, "Speed": 30, "Extreme Speed": 8, "Lightning": 4, "Hyper-SD": 4}
"""What its performances mean."""


def is_own(facts: Mapping[str, Any]) -> bool:
    return "performance" in facts or "base_model" in facts or "Performance" in facts


def told(facts: Mapping[str, Any]) -> Told:
    facts = {name.lower().replace(" ", "_"): value for name, value in facts.items()}  # once they were titles
    chosen, problems = sampled(facts.get("sampler"), facts.get("scheduler"))
    width, height = (re.findall(r"\d{1,9}", words(facts.get("resolution"))) + [None, None])[:2]
    performance = words(facts.get("performance"))
    values = {
        "prompt": facts.get("prompt"),
        "negative_prompt": facts.get("negative_prompt"),
        "seed": facts.get("seed"),
        "steps": facts.get("steps", STEPS.get(performance)),
        "guidance_scale": facts.get("guidance_scale"),
        "width": width,
        "height": height,
    }
    numbers = {name: value if name.endswith("prompt") else number(value) for name, value in given(values).items()}
    used = [words(value).partition(" : ")[0] for name, value in facts.items() if name.startswith("lora_")]
    cannot = [*problems, *loras(used)]
    if styles := re.findall(r"'([^']{1,80})'", words(facts.get("styles"))):
        cannot.append(f"Its styles wrote more into the prompt: {some(styles)}.")
    if words(facts.get("refiner_model")) not in ("", "None"):
        cannot.append("A second model refined it, which cannot be done here.")
    if "sharpness" in facts:
        cannot.append("Sharpness and ADM guidance are Fooocus' own and have no setting here.")
    return Told(TOOL, {**numbers, **chosen}, words(facts.get("base_model")), tuple(cannot))
