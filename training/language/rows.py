"""A stream of documents as tokens on disk, with a weight for each, and rows drawn from it; knows no task."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch


def write(folder: Path, documents: Iterable[tuple[np.ndarray, np.ndarray]], facts: dict[str, Any]) -> None:
    """Write tokens (uint16), weights (uint8) and where documents begin; `facts` and the counts go into stream.json."""
    folder.mkdir(parents=True, exist_ok=True)
    starts, length = [], 0
    with (folder / "tokens.bin").open("wb") as tokens_file, (folder / "weights.bin").open("wb") as weights_file:
        for tokens, weights in documents:
            starts.append(length)
            length += len(tokens)
            tokens_file.write(tokens.astype(np.uint16).tobytes())
            weights_file.write(weights.astype(np.uint8).tobytes())
    np.save(folder / "starts.npy", np.array(starts, np.int64))
    (folder / "stream.json").write_text(json.dumps({"documents": len(starts), "tokens": length} | facts))


class Rows:
    """Rows of `length` tokens that begin with a document, and among them rows in which random tokens come twice."""

    def __init__(self, folder: Path, length: int, vocabulary: int, seed: int):
        self.tokens = np.memmap(folder / "tokens.bin", np.uint16, "r")
        self.weights = np.memmap(folder / "weights.bin", np.uint8, "r")
        starts = np.load(folder / "starts.npy")
        self.starts = starts[starts <= len(self.tokens) - length - 1]
        if not len(self.starts):
            raise SystemExit("The stream is shorter than one row; make it of more documents.")
        self.length, self.vocabulary, self.rng = length, vocabulary, np.random.default_rng(seed)

    def next(self, count: int, repeats: float) -> tuple[torch.Tensor, torch.Tensor]:
        """Tokens (count, length + 1) and weights (count, length) of what follows each; `repeats`: share of drills."""
        tokens = np.empty((count, self.length + 1), np.int64)
        weights = np.empty((count, self.length), np.float32)
        for row in range(count):
            if self.rng.random() < repeats:
                tokens[row], weights[row] = self._repeated()
            else:
                start = self.rng.choice(self.starts)
                tokens[row] = self.tokens[start : start + self.length + 1]
                weights[row] = self.weights[start + 1 : start + self.length + 1]
        return torch.from_numpy(tokens), torch.from_numpy(weights)

    def _repeated(self) -> tuple[np.ndarray, np.ndarray]:
        """A random phrase again and again; only what can be known from its first time counts."""
        length = int(self.rng.integers(4, 80))
        phrase = self.rng.integers(3, self.vocabulary, length)
        tokens = np.resize(phrase, self.length + 1)
        weights = np.ones(self.length, np.float32)
        weights[: length - 1] = 0
        return tokens, weights


def repeats_at(share: float) -> float:
    """The share of repeated rows after this share of the training: many first, then few."""
    return 0.3 if share < 0.08 else max(0.02, 0.3 * (1 - (share - 0.08) / 0.22))
