"""How likely a model finds a text, token by token; knows tokens and logits, no text and no person."""

import functools
from collections.abc import Callable, Iterator, Sequence

import torch
from transformers import DynamicCache

from playground.adapters.text_batch import Reader
from playground.adapters.text_sampling import Drawn, told

PART = 64
"""How many tokens are looked at in one go: few, since each brings a probability for every token there is."""


def measured(
    reader: Reader, ids: Sequence[int], before: Sequence[int], context: int | None, look: Callable[[int], object]
) -> Iterator[Drawn | None]:
    """Each token of `ids` as if it had just been drawn, with all that stands before it up to `context` tokens; None
    for the first one if there is nothing `before` it.

    A longer text is read in overlapping stretches, so that each token beyond the first stretch has at least half the
    context before it. `look` is told how many tokens are done, whenever some more are.
    """
    tokens = [*before, *ids]
    if not before:
        yield None
    size = len(tokens) if context is None else context
    done = max(len(before), 1)  # tokens before this place are not measured, or have been
    begin = 0
    while done < len(tokens):
        end = min(begin + size, len(tokens))
        yield from stretch(reader, tokens[begin:end], done - begin, functools.partial(look, done))
        begin, done = end - size // 2, end


def stretch(reader: Reader, tokens: Sequence[int], first: int, look: Callable[[], object]) -> Iterator[Drawn]:
    """The tokens from place `first` >= 1 on, with all of the stretch before each."""
    cache = DynamicCache(config=reader.model.config)
    for start in range(0, len(tokens) - 1, PART):
        look()
        part = tokens[start : min(start + PART, len(tokens) - 1)]
        logits = reader.forward(part, cache)
        asked = [place for place in range(start, start + len(part)) if place + 1 >= first]
        if asked:
            raw = torch.softmax(logits[asked[0] - start :].double(), -1)
            came = torch.tensor([[tokens[place + 1]] for place in asked], device=raw.device)
            yield from told(raw, raw, raw, came)
