"""How many tokens a text has for a model, told without loading the model; imports nothing heavy."""

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground import hub
from playground.catalog import Model
from playground.context import NO_LIMIT, context_of


@dataclass(frozen=True)
class Count:
    """The tokens of a text, and how many the model reads and writes together; None: not known."""

    tokens: int
    context: int | None


def count(model: Model, text: str) -> Count | None:
    """The count for `text`; None if the model's tokenizer is not on this machine."""
    folder = hub.folder(model)
    if not (folder / "tokenizer.json").is_file() or not (folder / "config.json").is_file():
        return None
    return Count(len(load(folder).encode(text).ids), context(folder))


@dataclass(frozen=True)
class Tokens:
    """Where each token of a prompt begins and ends in it, and how many of them are read."""

    places: list[tuple[int, int]]
    room: int


def of_prompt(model: Model, text: str) -> Tokens | None:
    """The tokens of a prompt for a pipeline; None if its tokenizer is not on this machine as one file."""
    folder = hub.folder(model) / "tokenizer"
    if not (folder / "tokenizer.json").is_file():
        return None
    tokenizer = load(folder)
    most = settings(folder / "tokenizer_config.json").get("model_max_length", NO_LIMIT)
    places = tokenizer.encode(text, add_special_tokens=False).offsets
    return Tokens(places, most - tokenizer.num_special_tokens_to_add(is_pair=False))


@functools.lru_cache(maxsize=4)
def load(folder: Path) -> Any:
    """The tokenizer in `folder`, without the limits that some are saved with."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - a compiled library that most visits to the page do not need

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@functools.lru_cache(maxsize=4)
def context(folder: Path) -> int | None:
    config, tokenizer = settings(folder / "config.json"), settings(folder / "tokenizer_config.json")
    return context_of(config.get("text_config", config), tokenizer.get("model_max_length"))


def settings(path: Path) -> dict[str, Any]:
    """The settings in a file; none if it is not there."""
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}
