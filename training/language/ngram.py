"""What counting can do: an n-gram with Witten-Bell smoothing, and how much of a text stands elsewhere in 8-grams."""

import math
from collections import defaultdict

import numpy as np


class NGram:
    """An interpolated n-gram of tokens, n being `order`; only sequences seen are kept."""

    def __init__(self, tokens: np.ndarray, vocabulary: int, order: int):
        self.order, self.vocabulary = order, vocabulary
        self.counts: list[dict[tuple[int, ...], int]] = [defaultdict(int) for _ in range(order)]
        self.totals: list[dict[tuple[int, ...], int]] = [defaultdict(int) for _ in range(order)]
        self.kinds: list[dict[tuple[int, ...], int]] = [defaultdict(int) for _ in range(order)]
        stream = tokens.tolist()
        for size in range(order):
            counts, totals, kinds = self.counts[size], self.totals[size], self.kinds[size]
            for gram in zip(*(stream[shift:] for shift in range(size + 1)), strict=False):
                if gram not in counts:
                    kinds[gram[:-1]] += 1
                counts[gram] += 1
                totals[gram[:-1]] += 1

    def nats(self, tokens: list[int]) -> float:
        """The sum of -log p over all tokens but the first."""
        return -sum(math.log(self._share(tokens, at)) for at in range(1, len(tokens)))

    def _share(self, tokens: list[int], at: int) -> float:
        share = 1 / self.vocabulary
        for size in range(min(self.order, at + 1)):
            context = tuple(tokens[at - size : at])
            total = self.totals[size].get(context, 0)
            if not total:
                break
            kinds = self.kinds[size][context]
            share = (self.counts[size].get((*context, tokens[at]), 0) + kinds * share) / (total + kinds)
        return share


def share_copied(texts: list[list[int]], stream: np.ndarray, size: int = 8) -> float:
    """The share of n-grams of `texts` (token ids) that stand in `stream` word for word, compared by 64-bit hashes."""
    known = np.sort(_hashes(np.asarray(stream), size))
    mine = np.concatenate([_hashes(np.array(text, np.uint16), size) for text in texts if len(text) >= size])
    found = np.searchsorted(known, mine).clip(max=len(known) - 1)
    return float((known[found] == mine).mean())


def _hashes(tokens: np.ndarray, size: int) -> np.ndarray:
    """One number for each n-gram (n - size + 1,)."""
    count = len(tokens) - size + 1
    found = np.zeros(count, np.uint64)
    for shift in range(size):
        found = found * np.uint64(0x9E3779B97F4A7C15) + tokens[shift : shift + count].astype(np.uint64) + np.uint64(1)
    return found
