"""Words that count more or less, as factors on what a text encoder makes of them; knows no model."""

import warnings
from collections.abc import Sequence
from typing import Any

import torch

from playground.prompts import weights

SAME_STRENGTH = 0.05
"""Least share of its spread that a mean has to have, for the mean to be held: one near 0 says nothing of strength."""


def encoded(pipe: Any, prompts: Sequence[str]) -> torch.Tensor:
    """What a pipeline with one text encoder reads in `prompts`, (n, tokens, width), each token weighed."""
    once = {prompt: encoded_one(pipe, prompt) for prompt in dict.fromkeys(prompts)}
    return torch.cat([once[prompt] for prompt in prompts])


def encoded_one(pipe: Any, prompt: str) -> torch.Tensor:
    found = weights.pieces(prompt)
    plain = weights.plain(prompt)
    embeddings, _ = pipe.encode_prompt(plain, pipe._execution_device, 1, False)
    if not weights.are_weighed(found):
        return embeddings
    factors = torch.tensor(of_tokens(pipe.tokenizer, plain, weights.of_characters(found)))
    return weighed(embeddings, factors)


def of_tokens(tokenizer: Any, text: str, characters: Sequence[float]) -> list[float]:
    """The weight of each token, by that of the character it begins with; 1 for those that stand for no text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        length = tokenizer.model_max_length
        read = tokenizer(
            text, padding="max_length", max_length=length, truncation=True, return_offsets_mapping=True
        ).offset_mapping
    return [characters[start] if end > start else 1.0 for start, end in read]


def weighed(embeddings: torch.Tensor, factors: torch.Tensor) -> torch.Tensor:
    """Embeddings (n, tokens, width) times factors (tokens,). As in A1111 the mean of the whole stays as it was, so that
    some words count more at the cost of others; a mean near 0 cannot tell, and is let go."""
    scaled = embeddings * factors.to(embeddings)[None, :, None]
    before, after = embeddings.mean(), scaled.mean()
    if min(abs(before), abs(after)) < SAME_STRENGTH * embeddings.std():
        return scaled
    return scaled * (before / after)


def can_weigh(pipe: Any) -> bool:
    """Whether `encoded` reads prompts as this pipeline does: with one text encoder and nothing beside."""
    parts = ("text_encoder", "tokenizer")
    return all(getattr(pipe, part, None) is not None for part in parts) and not hasattr(pipe, "tokenizer_2")
