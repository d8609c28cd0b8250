"""Words that count more or less, as factors on what text encoders make of them; knows Stable Diffusion 1, 2 and XL."""

import warnings
from collections.abc import Sequence
from typing import Any

import torch

from playground.prompts import weights

SAME_STRENGTH = 0.05
"""Least share of its spread that a mean has to have, for the mean to be held: one near 0 says nothing of strength."""

ONE_ENCODER = ("StableDiffusionPipeline", "LatentConsistencyModelPipeline")
TWO_ENCODERS = ("StableDiffusionXLPipeline",)


def can_weigh(pipe: Any) -> bool:
    """Whether `encoded` reads prompts as this pipeline does."""
    return type(pipe).__name__ in (*ONE_ENCODER, *TWO_ENCODERS)


def encoded(pipe: Any, name: str, prompts: Sequence[str]) -> dict[str, torch.Tensor]:
    """What the pipeline reads in `prompts`, as its own arguments for `name` ("prompt" or "negative_prompt"): (n,
    tokens, width), each token weighed, and where there are two encoders what is read of the whole, (n, width)."""
    once = {prompt: encoded_one(pipe, name, prompt) for prompt in dict.fromkeys(prompts)}
    parts = zip(*(once[prompt] for prompt in prompts), strict=True)
    whole = name.replace("prompt", "pooled_prompt")
    return {f"{key}_embeds": torch.cat(part) for key, part in zip((name, whole), parts, strict=False)}


def encoded_one(pipe: Any, name: str, prompt: str) -> tuple[torch.Tensor, ...]:
    plain, found = weights.plain(prompt), weights.pieces(prompt)
    if type(pipe).__name__ in ONE_ENCODER:
        read = (pipe.encode_prompt(plain, pipe._execution_device, 1, False)[0],)
        widths = [read[0].shape[-1]]
    else:
        embeddings, _, whole, _ = pipe.encode_prompt(
            plain, device=pipe._execution_device, do_classifier_free_guidance=False
        )
        if name == "negative_prompt" and not plain and pipe.config.force_zeros_for_empty_prompt:
            return torch.zeros_like(embeddings), torch.zeros_like(whole)  # as it has learned to read nothing
        read = (embeddings, whole)
        encoders = (encoder for encoder in (pipe.text_encoder, pipe.text_encoder_2) if encoder is not None)
        widths = [encoder.config.hidden_size for encoder in encoders]
    if not weights.are_weighed(found):
        return read
    factors = torch.tensor(of_tokens(pipe.tokenizer or pipe.tokenizer_2, plain, weights.of_characters(found)))
    return (torch.cat([weighed(part, factors) for part in read[0].split(widths, dim=-1)], dim=-1), *read[1:])


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
