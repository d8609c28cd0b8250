"""Trained or listed words as a tokenizer in the standard format of transformers; knows no task."""

from pathlib import Path

from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast


def save(folder: Path, words: Tokenizer, *, begin: str, end: str, pad: str, longest: int) -> PreTrainedTokenizerFast:
    """Write it and give it back. `begin`, `end` and `pad`: tokens with that meaning; `longest`: tokens of a text."""
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=words,
        bos_token=begin,
        eos_token=end,
        pad_token=pad,
        padding_side="left",
        model_max_length=longest,
        clean_up_tokenization_spaces=False,
    )
    tokenizer.save_pretrained(folder)
    return tokenizer


def load(folder: Path) -> PreTrainedTokenizerFast:
    return PreTrainedTokenizerFast.from_pretrained(folder)
