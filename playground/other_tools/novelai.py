"""Pictures of NovelAI; knows its texts, its way of weighing words, and no file."""

import re
from collections.abc import Mapping
from typing import Any

from playground.other_tools.told import Told, from_another_picture, given, mapping, parsed, sampled, words

TOOL = "NovelAI"
NUMBERED = re.compile(r"(-?\d+(?:\.\d+)?)::(.*?)::", re.DOTALL)
MARKS = {"(": r"\(", ")": r"\)", "{": "(", "}": ":1.05)", "[": "(", "]": ":0.952)"}


def is_own(texts: Mapping[str, str]) -> bool:
    return texts.get("Software") == TOOL or "NovelAI" in texts.get("Title", "")


def told(texts: Mapping[str, str]) -> Told:
    facts = parsed(texts.get("Comment", ""))
    chosen, problems = sampled(facts.get("sampler"), facts.get("noise_schedule"))
    names = ("width", "height", "seed", "steps")
    values = {name: facts.get(name) for name in names} | {"guidance_scale": facts.get("scale")}
    prompt = caption(facts, "v4_prompt") or words(facts.get("prompt")) or texts.get("Description", "")
    unwanted = caption(facts, "v4_negative_prompt") or words(facts.get("uc"))
    values |= {"prompt": weighed(prompt), "negative_prompt": weighed(unwanted)}
    cannot = list(problems)
    if "strength" in facts and facts.get("request_type") != "PromptGenerateRequest":
        cannot.append(from_another_picture(facts.get("strength")))
    if mapping(mapping(facts.get("v4_prompt")).get("caption")).get("char_captions"):
        cannot.append("It had prompts of their own for its characters, which are not filled in.")
    return Told(TOOL, {**given(values), **chosen}, texts.get("Source", "a model of NovelAI"), tuple(cannot))


def caption(facts: Mapping[str, Any], name: str) -> str:
    return words(mapping(mapping(facts.get(name)).get("caption")).get("base_caption"))


def weighed(prompt: str) -> str:
    """`{x}`, `[x]` and `1.2::x::` as `(x:1.05)`, `(x:0.952)` and `(x:1.2)`; brackets without a partner go."""
    depth, found = [], []
    for character in prompt:
        if character in "{[":
            depth.append(len(found))
            found.append(MARKS[character])
        elif character in "}]":
            opened = depth.pop() if depth else None
            found.append(MARKS[character] if opened is not None else "")
        else:
            found.append(MARKS.get(character, character))
    for place in depth:
        found[place] = ""
    return NUMBERED.sub(r"(\2:\1)", "".join(found))
