"""How many tokens a language model reads and writes together, as its settings say; knows no file and no library."""

from collections.abc import Mapping
from typing import Any

NAMES = ("max_position_embeddings", "n_positions", "n_ctx", "max_seq_len", "seq_length")
"""What the settings of models call it."""

NO_LIMIT = 1_000_000
"""Lengths above this in a tokenizer's settings mean that nobody has said any."""


def context_of(config: Mapping[str, Any], tokenizer_length: Any) -> int | None:
    """By a model's `config` and the `model_max_length` of its tokenizer; None if neither says a limit."""
    for name in NAMES:
        if isinstance(value := config.get(name), int) and value > 1:
            return value
    return tokenizer_length if isinstance(tokenizer_length, int) and tokenizer_length < NO_LIMIT else None
