"""LoRAs that a prompt names, `<lora:name:0.8>` as in A1111; knows no file and no model."""

import re
from dataclasses import dataclass

LARGEST = 10.0
TAG = re.compile(r"<lora:\s*([^:<>]{1,100}?)\s*(?::\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*)?>")


@dataclass(frozen=True)
class Lora:
    """One that is to be added, as many times its weight; -LARGEST to LARGEST."""

    name: str
    weight: float = 1.0


def named(prompt: str) -> list[Lora]:
    """Those that `prompt` names, in order; one that is named twice counts twice."""
    found = [(name, 1.0 if weight == "" else float(weight)) for name, weight in TAG.findall(prompt)]
    return [Lora(name, max(-LARGEST, min(LARGEST, weight))) for name, weight in found]


def without(prompt: str) -> str:
    """The prompt as the model reads it."""
    return re.sub(r"  +", " ", TAG.sub("", prompt)).strip() if TAG.search(prompt) else prompt
