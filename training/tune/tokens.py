"""The tokenizer of tunes in standard format: every word of `tune_tokens` is a token; knows no model."""

from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from playground.media.tune_tokens import BEGIN, END, PAD, VOCABULARY
from training.language import tokenizer

IDS = {word: number for number, word in enumerate(VOCABULARY)}
LONGEST = 512  # tokens of a whole tune


def make_tokenizer(folder: Path) -> PreTrainedTokenizerFast:
    """Save it: it splits at spaces and adds nothing, since the words of a tune begin with BEGIN anyway."""
    words = Tokenizer(models.WordLevel(IDS, unk_token=PAD))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer.save(folder, words, begin=BEGIN, end=END, pad=PAD, longest=LONGEST)
