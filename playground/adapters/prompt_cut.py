"""Where a prompt ends for a text encoder that reads a limited number of tokens; knows no model."""

import warnings
from typing import Any


def unread(tokenizer: Any, prompt: str, longest: int | None = None) -> str:
    """A sentence with what of the prompt is not read; empty if all of it is. `longest`: tokens, where the pipeline
    reads less than its tokenizer would."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokens = tokenizer(prompt, truncation=False, add_special_tokens=False).input_ids
    length = min(longest or tokenizer.model_max_length, tokenizer.model_max_length)
    room = length - tokenizer.num_special_tokens_to_add()  # the ends are tokens too
    if len(tokens) <= room:
        return ""
    return f"The prompt is longer than this model reads; it does not see: {tokenizer.decode(tokens[room:])[:200]}"
