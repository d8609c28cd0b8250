"""The training stream: documents as tokens on disk, with a weight for each, and rows drawn from it; knows no model."""

import json
import random
import re
from pathlib import Path

import numpy as np
import torch
from transformers import PreTrainedTokenizerBase

from training import tales
from training.tale.tokens import END

ROW = 256  # tokens of a row
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
    """Write the stream of so many documents: tokens as uint16, weights as uint8, and where documents begin."""
    folder.mkdir(parents=True, exist_ok=True)
    rng, starts, length = random.Random(SEED), [], 0
    with (folder / "tokens.bin").open("wb") as tokens_file, (folder / "weights.bin").open("wb") as weights_file:
        for first in range(0, documents, 2000):
            batch = [_draw(rng, passages) for _ in range(min(2000, documents - first))]
            for tokens, weights in encode(batch, tokenizer):
                starts.append(length)
                length += len(tokens)
                tokens_file.write(tokens.tobytes())
                weights_file.write(weights.tobytes())
    np.save(folder / "starts.npy", np.array(starts, np.int64))
    facts = {"documents": documents, "passages": len(passages), "tokens": length}
    (folder / "stream.json").write_text(json.dumps(facts))


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


class Rows:
    """Rows that begin with a document, and among them rows in which random tokens come twice."""

    def __init__(self, folder: Path, vocabulary: int, seed: int):
        self.tokens = np.memmap(folder / "tokens.bin", np.uint16, "r")
        self.weights = np.memmap(folder / "weights.bin", np.uint8, "r")
        starts = np.load(folder / "starts.npy")
        self.starts = starts[starts <= len(self.tokens) - ROW - 1]
        if not len(self.starts):
            raise SystemExit("The stream is shorter than one row; make it of more documents.")
        self.vocabulary, self.rng = vocabulary, np.random.default_rng(seed)

    def next(self, count: int, repeats: float) -> tuple[torch.Tensor, torch.Tensor]:
        """Tokens (count, ROW + 1) and weights (count, ROW) of what follows each; `repeats`: the share of drills."""
        tokens, weights = np.empty((count, ROW + 1), np.int64), np.empty((count, ROW), np.float32)
        for row in range(count):
            if self.rng.random() < repeats:
                tokens[row], weights[row] = self._repeated()
            else:
                start = self.rng.choice(self.starts)
                tokens[row] = self.tokens[start : start + ROW + 1]
                weights[row] = self.weights[start + 1 : start + ROW + 1]
        return torch.from_numpy(tokens), torch.from_numpy(weights)

    def _repeated(self) -> tuple[np.ndarray, np.ndarray]:
        """A random phrase again and again; only what can be known from its first time counts."""
        length = int(self.rng.integers(4, 80))
        phrase = self.rng.integers(3, self.vocabulary, length)
        tokens = np.resize(phrase, ROW + 1)
        weights = np.ones(ROW, np.float32)
        weights[: length - 1] = 0
        return tokens, weights


def repeats_at(share: float) -> float:
    """The share of repeated rows after this share of the training: many first, then few."""
    return 0.3 if share < 0.08 else max(0.02, 0.3 * (1 - (share - 0.08) / 0.22))
