"""The stream that `poster-tokens` is trained on: a caption, then the 64 codes of its picture; knows no network."""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from transformers import PreTrainedTokenizerFast

from playground.nets.vqvae import VQVAE
from training.families.data import Latents
from training.language import rows
from training.scenes import caption
from training.tokens.words import END, PICTURE

NO_CAPTION = 0.1  # the share of pictures that teaches what no words mean, for classifier-free guidance


def make(folder: Path, tokenizer: PreTrainedTokenizerFast, latents: Latents, vqvae: VQVAE, passes: int) -> None:
    """Every picture `passes` times, each time with another caption."""
    codes = encoded(latents, vqvae)
    rng, vocabulary = random.Random(0), tokenizer.get_vocab()
    usable = latents.usable.tolist()

    def documents() -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for _ in range(passes):
            rng.shuffle(usable)
            for index in usable:
                words = "" if rng.random() < NO_CAPTION else caption(latents.scenes[index], rng)
                yield document(tokenizer(words).input_ids, codes[index], vocabulary)

    rows.write(folder, documents(), {"passes": passes})


def document(caption: list[int], codes: np.ndarray, vocabulary: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Tokens of a caption and a picture, and weights: only the picture is to be learned."""
    prompt = [*caption, vocabulary[PICTURE]]
    picture = [*(vocabulary["<0>"] + codes), vocabulary[END]]
    return np.array([*prompt, *picture], np.uint16), np.array([0] * len(prompt) + [1] * len(picture), np.uint8)


@torch.inference_mode()
def encoded(latents: Latents, vqvae: VQVAE) -> np.ndarray:
    """The codes (n, 64) of all pictures, row by row."""
    parts = [vqvae.encode(part.float()).flatten(1) for part in latents.all.split(256)]
    return torch.cat(parts).numpy().astype(np.int64)
