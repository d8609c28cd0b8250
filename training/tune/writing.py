"""Lets a model write tunes after their control words, with or without the grammar; knows no judgement."""

from collections.abc import Sequence
from typing import Any

import torch
from transformers import LogitsProcessor, LogitsProcessorList

from playground.media import tune_grammar as grammar
from playground.media.tune_tokens import BEGIN, END, PAD, VOCABULARY
from training.tune.tokens import IDS, LONGEST
from training.tunes import Wish

BATCH = 16
TEMPERATURE, TOP_P = 0.9, 0.95


def prefix(wish: Wish) -> list[str]:
    """The words that a tune of this wish begins with, up to its first bar."""
    controls = (f"{name}_{getattr(wish, name)}" for name in ("mood", "style", "mode", "metre", "tempo"))
    return [BEGIN, *controls, f"bar_{wish.bars}"]


class OnlyAllowed(LogitsProcessor):
    """Rules out every token that the grammar does not allow next."""

    def __init__(self) -> None:
        self.states: dict[int, grammar.State] = {}
        self.read = 0

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        mask = torch.full_like(scores, -torch.inf)
        for row, ids in enumerate(input_ids.tolist()):
            state = self.states.get(row, grammar.State())
            for word in (VOCABULARY[id] for id in ids[self.read :]):
                state = grammar.advanced(state, word) if state.expects != "nothing" else state
            self.states[row] = state
            mask[row, [IDS[word] for word in grammar.allowed(state) or (PAD,)]] = 0
        self.read = input_ids.shape[1]
        return scores + mask  # pyright: ignore[reportReturnType] - the sum of two float tensors is one


@torch.inference_mode()
def write(model: Any, prefixes: Sequence[Sequence[str]], masked: bool) -> list[list[str]]:
    """The words of whole tunes, their prefixes included, up to the end or LONGEST; all prefixes are equally long."""
    written = []
    for start in range(0, len(prefixes), BATCH):
        asked = torch.tensor([[IDS[word] for word in words] for words in prefixes[start : start + BATCH]])
        found = model.generate(
            input_ids=asked,
            attention_mask=torch.ones_like(asked),
            max_new_tokens=LONGEST - asked.shape[1],
            do_sample=True,
            temperature=TEMPERATURE,
            top_p=TOP_P,
            top_k=0,
            logits_processor=LogitsProcessorList([OnlyAllowed()] if masked else []),
        )
        written += [_up_to_the_end([VOCABULARY[id] for id in row]) for row in found.tolist()]
    return written


def _up_to_the_end(words: list[str]) -> list[str]:
    return words[: words.index(END) + 1] if END in words else words
