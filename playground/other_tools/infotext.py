"""Pictures of A1111, Forge and all that write as they do; knows that text and no file."""

import re
from collections.abc import Iterator, Mapping

from playground import a1111
from playground.other_tools.told import Told, from_another_picture, given, loras, number, sampled, some
from playground.prompts.loras import named

DONE = ("Steps", "Sampler", "Schedule type", "CFG scale", "Distilled CFG Scale", "Seed", "Size", "Model", "Model hash",
        "Version", "RNG", "App", "Denoising strength", "Variation seed", "Variation seed strength", "Lora hashes",
        "Clip skip")  # fmt: skip
"""Names that are understood, or say nothing that could be set."""

PARTS = {
    "Hires": "It was made larger in a second pass (Hires. fix): here it comes in its first size.",
    "ControlNet": "It followed another picture (ControlNet), which cannot be done here.",
    "Refiner": "A second model refined it (Refiner), which cannot be done here.",
    "ADetailer": "Faces were drawn anew (ADetailer), which cannot be done here.",
    "Mask": "A part of another picture was drawn anew (inpainting); that picture is not in the file.",
}
"""By how the names of their settings begin: what was done that cannot be done here."""


def told(text: str) -> Told:
    found = a1111.read(text)
    facts = found.facts
    width, _, height = facts.get("Size", "").partition("x")
    scale = facts.get("Distilled CFG Scale") or facts.get("CFG scale")
    chosen, problems = sampled(facts.get("Sampler", ""), facts.get("Schedule type", ""))
    numbers = {"steps": facts.get("Steps"), "guidance_scale": scale, "seed": facts.get("Seed"), "width": width}
    varied = {"variation_seed": facts.get("Variation seed"), "variation_strength": facts.get("Variation seed strength")}
    numbers = given({**numbers, **varied, "height": height})
    values = {name: number(value) for name, value in numbers.items()}
    values |= {"prompt": found.prompt, "negative_prompt": found.negative_prompt, **chosen}
    return Told(tool(facts), values, facts.get("Model", ""), (*problems, *cannot(found)))


def tool(facts: Mapping[str, str]) -> str:
    """Which program wrote it, by its version."""
    version = facts.get("Version", "")
    if version.startswith("Fooocus"):
        return "Fooocus"
    if version.startswith("ComfyUI"):
        return "ComfyUI"
    if version.startswith("playground"):
        return "Playground"
    if re.match(r"(f\d|forge|neo|classic)", version, re.IGNORECASE):
        return "Forge"
    return facts.get("App", "")[:40] or ("A1111" if re.match(r"v?\d", version) else "A1111 or a tool like it")


def cannot(found: a1111.Infotext) -> Iterator[str]:
    """What cannot be done again."""
    facts = found.facts
    names = [name.partition(":")[0].strip() for name in facts.get("Lora hashes", "").split(",") if ":" in name]
    in_prompt = [lora.name for lora in named(found.prompt)]
    yield from loras(name for name in names if name not in in_prompt)
    for start, sentence in PARTS.items():
        if any(name.startswith(start) for name in facts):
            yield sentence
    if "Denoising strength" in facts and not any(name.startswith("Hires") for name in facts):
        yield from_another_picture(facts["Denoising strength"])
    if facts.get("Clip skip", "1") not in ("", "1"):
        yield "It skipped layers of the text encoder (Clip skip), which cannot be done here."
    rest = [name for name in facts if name not in DONE and not name.startswith(tuple(PARTS))]
    if rest:
        yield f"There is no setting here for: {some(rest)}."
