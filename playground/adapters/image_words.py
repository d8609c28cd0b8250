"""Prompts as a text-to-image pipeline takes them, and what of them it does not read; knows no latents and no folder."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from playground.adapters import prompt_weights
from playground.adapters.prompt_cut import unread
from playground.prompts import loras, weights

NO_NEGATIVE = "This model reads no negative prompt: say in the prompt what there should be instead."


def arguments(pipe: Any, pictures: Sequence[Mapping[str, str]], negative: bool) -> dict[str, Any]:
    """The prompts of some pictures, as arguments of the pipeline. `negative`: whether what to keep out is read."""
    texts = {"prompt": prompts(pictures, "prompt")}
    if negative:
        texts["negative_prompt"] = prompts(pictures, "negative_prompt")
    if prompt_weights.can_weigh(pipe):
        found = (prompt_weights.encoded(pipe, name, each) for name, each in texts.items())
        return {name: value for part in found for name, value in part.items()}
    return {name: list(map(weights.plain, each)) for name, each in texts.items()}


def losses(pipe: Any, pictures: Sequence[Mapping[str, str]], reads_negative: bool) -> list[str]:
    """A sentence on each thing in the prompts that changes nothing."""
    wanted, unwanted = (prompts(pictures, name) for name in ("prompt", "negative_prompt"))
    tokenizer, longest = reader(pipe)
    told = [unread(tokenizer, weights.plain(prompt), longest) for prompt in wanted] if tokenizer else []
    if any(map(weights.weighs, wanted)) and not prompt_weights.can_weigh(pipe):
        told.append(weights.IGNORED)
    if any(map(str.strip, unwanted)) and not reads_negative:
        told.append(NO_NEGATIVE)
    return list(dict.fromkeys(filter(None, told)))


def prompts(pictures: Sequence[Mapping[str, str]], name: str) -> list[str]:
    return [loras.without(picture[name]) for picture in pictures]


def reader(pipe: Any) -> tuple[Any, int | None]:
    """The tokenizer that reads the most of a prompt, None if it cannot be told, and how much that is if the pipeline
    says: of several encoders the last is the one for long texts."""
    longest = inspect.signature(pipe.__call__).parameters.get("max_sequence_length")
    numbers = ("_3", "_2", "") if longest else ("", "_2")
    for number in numbers:
        if all(getattr(pipe, part + number, None) is not None for part in ("tokenizer", "text_encoder")):
            return getattr(pipe, "tokenizer" + number), longest.default if longest else None
    return None, None
