"""The tokenizer: a byte-level BPE made from generated text, in which every known name is one token; knows no model."""

import random
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

from training import tales
from training.language import tokenizer
from training.tales import nouns

PAD, BEGIN, END = "<|pad|>", "<|begin|>", "<|end|>"
VOCABULARY = 2560
LONGEST = 512  # tokens of prompt and answer together


def make_tokenizer(folder: Path, documents: int = 12_000, passages: list[str] | None = None) -> PreTrainedTokenizerFast:
    """Learn the merges and save the tokenizer; it puts BEGIN in front of every text by itself."""
    trained = Tokenizer(models.BPE())
    digits, letters = pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.pre_tokenizer = pre_tokenizers.Sequence([digits, letters])
    trained.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[PAD, BEGIN, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    trained.train_from_iterator(_texts(documents, passages or []), trainer)
    begin = (BEGIN, trained.token_to_id(BEGIN))
    trained.post_processor = processors.Sequence(
        [
            processors.ByteLevel(trim_offsets=False),
            processors.TemplateProcessing(single=f"{BEGIN} $A", special_tokens=[begin]),
        ]
    )
    return tokenizer.save(folder, trained, begin=BEGIN, end=END, pad=PAD, longest=LONGEST)


def _texts(documents: int, passages: list[str]):
    """Documents as they are trained on; names and heroes once more, so that they become single tokens."""
    rng = random.Random(0)
    for _ in range(documents):
        yield tales.draw(rng).text
    yield from rng.sample(passages, min(len(passages), documents // 25))
    names, heroes = [*nouns.SHE_NAMES, *nouns.HE_NAMES], list(nouns.HEROES)
    for _ in range(documents // 25):
        yield "".join(f" {name}" for name in names)
    for _ in range(documents // 100):
        yield "".join(f" {word}" for word in heroes)
