"""How many tokens a text has for a model, told without loading the model; imports nothing heavy."""

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground import hub
from playground.catalog import Model

CONTEXTS = ("max_position_embeddings", "n_positions", "n_ctx")  # what config.json calls it, newest first


@dataclass(frozen=True)
class Count:
    """The tokens of a text, and how many the model reads and writes together; None: not known."""

    tokens: int
    context: int | None


def count(model: Model, text: str) -> Count | None:
    """The count for `text`; None if the model's tokenizer is not on this machine."""
    folder = hub.folder(model)
    tokenizer = load(folder)
    return Count(len(tokenizer.encode(text).ids), context(folder)) if tokenizer else None


@functools.lru_cache(maxsize=4)
def load(folder: Path) -> Any:
    """The tokenizer in `folder`, or None."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - a compiled library that most visits to the page do not need

    path = folder / "tokenizer.json"
    return Tokenizer.from_file(str(path)) if path.is_file() else None


@functools.lru_cache(maxsize=4)
def context(folder: Path) -> int | None:
    path = folder / "config.json"
    config = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return next((config[name] for name in CONTEXTS if isinstance(config.get(name), int)), None)
