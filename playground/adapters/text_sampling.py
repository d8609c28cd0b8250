"""Draws the next token of several answers at once, each by its own settings and seed; knows logits and nothing else.

The order is: repetition penalty, temperature, top-k, top-p, min-p, draw. All of it is computed in 64 bits, and the draw
walks through the tokens in the order of their numbers: the last bits of a logit, which differ between an answer alone
and the same answer among others, then practically never decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from playground.params import LARGEST_SEED, TextParams

SHOWN = 10
"""How many of the likeliest tokens are told."""

LARGEST_TOP_K = 256
"""More than anybody can ask for."""

COLUMNS = ("temperature", "top_k", "top_p", "min_p", "penalty")
"""What a Sampler knows of each row, as tensors (rows, 1)."""


@dataclass(frozen=True)
class Option:
    """A token that might have come, with its probability at three moments of the draw, each from 0 to 1."""

    id: int
    raw: float
    tempered: float
    kept: float


@dataclass(frozen=True)
class Drawn:
    """A token, how likely the model found it, how many it found likelier, and what else there was."""

    id: int
    probability: float
    rank: int
    options: tuple[Option, ...]


def seed_of(params: TextParams, answer: int) -> int:
    """The seed of answer number `answer`; after the largest comes 0."""
    return (params.seed + answer) % (LARGEST_SEED + 1)


class Sampler:
    """The state of the draw for some rows; row i draws by settings[i], with the seed seeds[i], after prompts[i]."""

    def __init__(
        self, settings: Sequence[TextParams], seeds: Sequence[int], prompts: Sequence[Sequence[int]], device: str
    ):
        def column(name: str) -> torch.Tensor:
            values = [float(getattr(one, name)) for one in settings]
            return torch.tensor(values, dtype=torch.float64, device=device)[:, None]

        self.device = device
        self.generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        self.temperature, self.top_k, self.top_p = column("temperature"), column("top_k"), column("top_p")
        self.min_p, self.penalty = column("min_p"), column("repetition_penalty")
        self.prompts, self.seen = list(prompts), None
        self.look()

    def look(self) -> None:
        """Note which steps any row needs, so that the others cost nothing."""
        self.greedy = self.temperature == 0
        self.any_greedy = bool(self.greedy.any())
        self.any_top_k, self.any_top_p = bool((self.top_k > 0).any()), bool((self.top_p < 1).any())
        self.any_min_p, self.any_penalty = bool((self.min_p > 0).any()), bool((self.penalty != 1).any())

    def leave(self, rows: Sequence[int]) -> None:
        """Go on with these rows only, in this order."""
        index = torch.tensor(rows, device=self.device)
        for name in COLUMNS:
            setattr(self, name, getattr(self, name)[index])
        self.generators = [self.generators[row] for row in rows]
        self.prompts = [self.prompts[row] for row in rows]
        self.seen = self.seen[index] if self.seen is not None else None
        self.look()

    def join(self, other: "Sampler") -> None:
        """Go on with the rows of `other` too, which has not drawn yet, after those there are."""
        for name in COLUMNS:
            setattr(self, name, torch.cat([getattr(self, name), getattr(other, name)]))
        self.generators += other.generators
        self.prompts += other.prompts
        if self.seen is not None:
            self.seen = torch.cat([self.seen, marked(other.prompts, self.seen.shape[-1], self.device)])
        self.look()

    def draw(self, logits: torch.Tensor) -> list[Drawn]:
        """The next token of each row. logits: (rows, tokens), finite where a token is possible."""
        logits = logits.to(self.device, torch.float64)
        raw = torch.softmax(logits, -1)
        tempered = self.tempered(logits, raw)
        kept = self.kept(tempered)
        chosen = pick(kept, self.generators)
        if self.seen is not None:
            self.seen.scatter_(1, chosen, True)
        return told(raw, tempered, kept, chosen)

    def tempered(self, logits: torch.Tensor, raw: torch.Tensor) -> torch.Tensor:
        """Probabilities after repetition penalty and temperature; at 0 all is on the likeliest token."""
        if self.any_penalty:
            logits = torch.where(self.seen_by_now(logits), penalized(logits, self.penalty), logits)
        elif bool((self.temperature == 1).all()):
            return raw
        logits = logits - logits.amax(-1, keepdim=True)  # or the smallest temperatures would end in infinity
        if not self.any_greedy:
            return torch.softmax(logits / self.temperature, -1)
        soft = torch.softmax(logits / torch.where(self.greedy, 1.0, self.temperature), -1)
        hard = torch.zeros_like(soft).scatter_(1, logits.argmax(-1, keepdim=True), 1.0)
        return torch.where(self.greedy, hard, soft)

    def seen_by_now(self, logits: torch.Tensor) -> torch.Tensor:
        """(rows, tokens): whether the token stood in the prompt or the answer."""
        if self.seen is None:
            # Rows that have drawn before had no penalty, so what they drew does not matter.
            self.seen = marked(self.prompts, logits.shape[-1], self.device)
        return self.seen

    def kept(self, probabilities: torch.Tensor) -> torch.Tensor:
        """What is drawn from: the probabilities after top-k, top-p and min-p, with a sum of 1 a row."""
        if not (self.any_top_k or self.any_top_p or self.any_min_p):
            return probabilities
        size, kept = probabilities.shape[-1], probabilities
        if self.any_top_k:
            ranked = kept.topk(min(LARGEST_TOP_K, size)).values
            least = ranked.gather(1, (self.top_k.long() - 1).clamp(0, ranked.shape[-1] - 1))
            kept = kept.where((kept >= least) | (self.top_k == 0), 0.0)
            kept = kept / kept.sum(-1, keepdim=True)
        if self.any_top_p:
            kept = kept.where((kept >= least_of_top_p(kept, self.top_p)) | (self.top_p == 1), 0.0)
        if self.any_min_p:
            kept = kept.where(kept >= self.min_p * kept.amax(-1, keepdim=True), 0.0)
        return kept / kept.sum(-1, keepdim=True)


def marked(prompts: Sequence[Sequence[int]], size: int, device: str) -> torch.Tensor:
    """(prompts, size): which of so many tokens stand in each prompt."""
    marks = torch.zeros(len(prompts), size, dtype=torch.bool, device=device)
    for row, prompt in enumerate(prompts):
        marks[row, torch.tensor(list(prompt), dtype=torch.long, device=device)] = True
    return marks


def penalized(logits: torch.Tensor, penalty: torch.Tensor) -> torch.Tensor:
    """Logits made less likely: divided by the penalty where positive, times it where negative."""
    return torch.where(logits < 0, logits * penalty, logits / penalty)


def least_of_top_p(probabilities: torch.Tensor, top_p: torch.Tensor) -> torch.Tensor:
    """(rows, 1): the smallest probability among the likeliest tokens that together reach `top_p`."""
    ranked = likeliest_first(probabilities)
    short = (ranked.cumsum(-1) < top_p).sum(-1, keepdim=True)  # how many do not reach it yet
    return ranked.gather(1, short.clamp(max=ranked.shape[-1] - 1))


def likeliest_first(probabilities: torch.Tensor) -> torch.Tensor:
    """Each row sorted; on a CPU by numpy, which takes a tenth of torch's time."""
    if probabilities.device.type == "cpu":
        return torch.from_numpy(-np.sort(-probabilities.numpy(), axis=-1))
    return probabilities.sort(-1, descending=True).values


def pick(probabilities: torch.Tensor, generators: Sequence[torch.Generator]) -> torch.Tensor:
    """(rows, 1): one token a row, each drawn with its own generator."""
    dice = torch.cat([torch.rand(1, dtype=torch.float64, generator=generator) for generator in generators])
    heaps = probabilities.cumsum(-1)
    found = torch.searchsorted(heaps, dice.to(heaps.device)[:, None] * heaps[:, -1:], right=True)
    rounded_up = found == heaps.shape[-1]
    return torch.where(rounded_up, probabilities.argmax(-1, keepdim=True), found)


def told(raw: torch.Tensor, tempered: torch.Tensor, kept: torch.Tensor, chosen: torch.Tensor) -> list[Drawn]:
    """What is told of a draw: the SHOWN likeliest tokens and the chosen one. (rows, tokens) each, chosen (rows, 1)."""
    ids = torch.cat([raw.topk(min(SHOWN, raw.shape[-1])).indices, chosen], -1)
    own = raw.gather(1, chosen)
    ranks = (raw > own).sum(-1)
    moments = torch.stack([values.gather(1, ids) for values in (raw, tempered, kept)], -1)
    rows = zip(ids.tolist(), moments.tolist(), ranks.tolist(), strict=True)
    return [drawn(*row) for row in rows]


def drawn(ids: list[int], moments: list[list[float]], rank: int) -> Drawn:
    """One row; the chosen token comes last in `ids`, once more if it is among the likeliest."""
    options = [Option(id, *moment) for id, moment in zip(ids, moments, strict=True)]
    chosen = options.pop()
    if chosen.id not in ids[:-1]:
        options.append(chosen)
    return Drawn(chosen.id, chosen.raw, rank, tuple(options))
