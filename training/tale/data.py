"""What `tale` is trained on: documents as tokens with a weight for each, and passages of books; knows no model."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from transformers import PreTrainedTokenizerBase

from training import tales
from training.language import rows
from training.tale.tokens import END

NAMED = 4  # the weight of a token that repeats a fact of its document; all others weigh 1
BOOKS_SHARE = 0.08  # of all documents
KEPT_BACK = 977  # the seed of documents that are only measured with
SEED = 2024


def read_books(folder: Path | None, longest: int = 600) -> list[str]:
    """Passages of whole paragraphs, at most about `longest` characters, of all .txt files in a folder, in ASCII."""
    passages: list[str] = []
    for path in sorted(folder.glob("*.txt")) if folder else ():
        text = path.read_text("utf-8", errors="ignore").encode("ascii", "ignore").decode()
        for story in re.split(r"<\|[a-z]+\|>|\n{3,}", text):
            passage = ""
            for paragraph in filter(None, (" ".join(part.split()) for part in story.split("\n"))):
                if passage and len(passage) + len(paragraph) > longest:
                    passages.append(passage)
                    passage = ""
                passage += ("\n" if passage else "") + paragraph[: 2 * longest]
            if len(passage) > 100:
                passages.append(passage)
    return passages


def make(folder: Path, tokenizer: PreTrainedTokenizerBase, documents: int, passages: list[str]) -> None:
    """Write the stream of so many documents."""
    rows.write(folder, _encoded(tokenizer, documents, passages), {"passages": len(passages)})


def _encoded(
    tokenizer: PreTrainedTokenizerBase, documents: int, passages: list[str]
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    rng = random.Random(SEED)
    for first in range(0, documents, 2000):
        yield from encode([_draw(rng, passages) for _ in range(min(2000, documents - first))], tokenizer)


def _draw(rng: random.Random, passages: list[str]) -> tales.Document:
    if passages and rng.random() < BOOKS_SHARE:
        return tales.Document("", rng.choice(passages), tales.Facts("book"))
    return tales.draw(rng)


def encode(documents: list[tales.Document], tokenizer: PreTrainedTokenizerBase) -> list[tuple[np.ndarray, np.ndarray]]:
    """Tokens and weights of each document, from its begin token to its end token."""
    end = tokenizer.convert_tokens_to_ids(END)
    found = tokenizer([document.text for document in documents], return_offsets_mapping=True)
    pairs = []
    for document, ids, offsets in zip(documents, found["input_ids"], found["offset_mapping"], strict=True):
        marked = np.zeros(len(document.text) + 1, bool)
        for start, stop in named_spans(document):
            marked[start:stop] = True
        last_letters = np.array([max(0, stop - 1) for _, stop in offsets])
        weights = np.where(marked[last_letters], NAMED, 1).astype(np.uint8)
        weights[0] = 1
        pairs.append((np.array([*ids, end], np.uint16), np.append(weights, np.uint8(1))))
    return pairs


def named_spans(document: tales.Document) -> list[tuple[int, int]]:
    """Where, in characters of the whole text, a name or a word of the facts stands that stood before."""
    facts = document.facts
    words = {*facts.names, facts.name, facts.hero, facts.thing, facts.topic, facts.place.removeprefix("the ")} - {""}
    if not words:
        return []
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})\b")
    matches = list(pattern.finditer(document.text))
    return [match.span() for index, match in enumerate(matches) if match[0] in {one[0] for one in matches[:index]}]


def kept_back(count: int) -> list[tales.Document]:
    """Documents that are never trained on."""
    rng = random.Random(KEPT_BACK)
    return [tales.draw(rng) for _ in range(count)]
