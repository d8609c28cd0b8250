"""Pictures of InvokeAI, of today and of its first year; knows its texts and no file."""

import re
from collections.abc import Mapping
from typing import Any

from playground.other_tools.told import (
    Told,
    from_another_picture,
    given,
    listed,
    loras,
    mapping,
    number,
    parsed,
    sampled,
    some,
    words,
)

TOOL = "InvokeAI"
GUIDES = {"controlnets": "ControlNet", "ipAdapters": "IP adapter", "t2iAdapters": "T2I adapter"}
DREAM = {"s": "steps", "S": "seed", "W": "width", "H": "height", "C": "guidance_scale"}
COMPEL = re.compile(r"[\w)][+-]+(?=[\s,.)]|$)|\)\d*\.?\d+")
WEIGHS = "Its prompt weighs words as InvokeAI does, word++ or (words)1.2: write (word:1.2) instead."


def told(texts: Mapping[str, str]) -> Told | None:
    """From the texts of a file; None if they are not InvokeAI's."""
    if "invokeai_metadata" in texts:
        return of_today(parsed(texts["invokeai_metadata"]))
    if "sd-metadata" in texts:
        return of_2022(parsed(texts["sd-metadata"]))
    return of_command(texts["Dream"]) if "Dream" in texts else None


def of_today(facts: Mapping[str, Any]) -> Told:
    chosen, problems = sampled(facts.get("scheduler"))
    model = mapping(facts.get("model"))
    names = ("width", "height", "seed", "steps", "negative_prompt")
    values = {name: facts.get(name) for name in names} | {"prompt": facts.get("positive_prompt")}
    values["guidance_scale"] = facts.get("guidance", facts.get("cfg_scale"))
    used = [mapping(mapping(one).get("model", mapping(one).get("lora"))) for one in listed(facts.get("loras"))]
    cannot = [*problems, *loras(one.get("name", one.get("model_name")) for one in used)]
    guides = [title for name, title in GUIDES.items() if facts.get(name)]
    if guides:
        cannot.append(f"It followed another picture ({some(guides)}), which cannot be done here.")
    if "strength" in facts or str(facts.get("generation_mode", "")).endswith("img2img"):
        cannot.append(from_another_picture(facts.get("strength")))
    return made(values | chosen, words(model.get("name", model.get("model_name"))), cannot)


def of_2022(facts: Mapping[str, Any]) -> Told:
    image = mapping(facts.get("image"))
    chosen, problems = sampled(image.get("sampler"))
    names = ("width", "height", "seed", "steps")
    values = {name: image.get(name) for name in names} | {"guidance_scale": image.get("cfg_scale")}
    prompt = image.get("prompt")
    parts = [mapping(one).get("prompt") for one in listed(prompt)] if isinstance(prompt, list) else [prompt]
    text = ", ".join(filter(None, map(words, parts)))
    cannot = [*problems] + ([from_another_picture(image.get("strength"))] if image.get("type") == "img2img" else [])
    return made(values | sides(text) | chosen, words(facts.get("model_weights")), cannot)


def of_command(line: str) -> Told:
    """As in `"a cat [dog]" -s 50 -S 7 -W 512 -H 512 -C 7.5 -A k_lms`."""
    start, mark, flags = line.strip().rpartition('"')
    values = {
        name: number(value) for flag, value in re.findall(r"-(\w)\s*([\d.]+)", flags) if (name := DREAM.get(flag))
    }
    sampler = re.search(r"-A\s*(\w+)", flags)
    chosen, problems = sampled(sampler[1] if sampler else "")
    return made(values | sides(start.removeprefix('"') if mark else line) | chosen, "", problems)


def sides(prompt: str) -> dict[str, str]:
    """The prompt without its parts in square brackets, and these, which were the negative prompt then."""
    unwanted = re.findall(r"\[([^\[\]]*)\]", prompt)
    return {"prompt": re.sub(r"\[[^\[\]]*\]", "", prompt).strip(), "negative_prompt": ", ".join(unwanted)}


def made(values: dict[str, Any], model: str, cannot: list[str]) -> Told:
    compel = COMPEL.search(words(values.get("prompt"))) or COMPEL.search(words(values.get("negative_prompt")))
    return Told(TOOL, given(values), model, (*cannot, *([WEIGHS] if compel else [])))
