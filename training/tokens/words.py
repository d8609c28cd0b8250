"""The words of captions and the codes of pictures as one vocabulary; knows no network."""

from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

from training.language import tokenizer
from training.scenes.captions import FILLERS, OPENINGS, vocabulary

PAD, BEGIN, END, PICTURE, UNKNOWN = "<pad>", "<begin>", "<end>", "<picture>", "<unknown>"
LONGEST = 128  # tokens of caption and picture together


def make(folder: Path, codes: int) -> PreTrainedTokenizerFast:
    """One token a word that captions use, one for all other words, one a code: <0>, <1> and so on."""
    listed = [PAD, BEGIN, END, PICTURE, UNKNOWN, *caption_words(), *(f"<{number}>" for number in range(codes))]
    words = Tokenizer(models.WordLevel({word: index for index, word in enumerate(listed)}, unk_token=UNKNOWN))
    words.normalizer = normalizers.Lowercase()
    words.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation()])
    begin = (BEGIN, words.token_to_id(BEGIN))
    words.post_processor = processors.TemplateProcessing(single=f"{BEGIN} $A", special_tokens=[begin])
    return tokenizer.save(folder, words, begin=BEGIN, end=END, pad=PAD, longest=LONGEST)


def caption_words() -> list[str]:
    """All that captions are made of, made-up words left out: those are all the same unknown one."""
    found = {"a", "an", ","}
    known = vocabulary()
    texts = [*FILLERS, *OPENINGS]
    for value in known.values():
        texts += [*value, *(form for forms in value.values() for form in forms)] if isinstance(value, dict) else value
    for text in texts:
        found |= set(text.replace(",", " ").split())
    return sorted(found)
