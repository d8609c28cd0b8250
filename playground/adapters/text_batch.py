"""Several rows of tokens that one model goes on with at once; knows the model's forward pass and its cache.

Each prompt is read alone, which wastes nothing on padding and makes what is read independent of the neighbours; then
the caches are joined with padding on the left, and every step writes one token a row. Rows can come and leave at any
step.
"""

import copy
import inspect
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn.functional import pad
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer, DynamicSlidingWindowLayer

from playground.errors import Failed

CHUNKS = {"cpu": 128}
LARGEST_CHUNK = 1024
"""How many tokens of a prompt are read at once, while those wait who are answered already."""


@dataclass
class Read:
    """A prompt that was read: its cache, its length in tokens and the logits (1, vocabulary) after it."""

    cache: DynamicCache
    length: int
    logits: torch.Tensor


class Reader:
    """Reads tokens with a model, on its device."""

    def __init__(self, model: Any):
        self.model = model
        self.known = model.get_input_embeddings().num_embeddings
        known = inspect.signature(model.forward).parameters
        self.only_last = {"logits_to_keep": 1} if "logits_to_keep" in known else {}
        self.chunk = CHUNKS.get(model.device.type, LARGEST_CHUNK)
        config = model.config.get_text_config()
        layers = set(getattr(config, "layer_types", None) or ["full_attention"])
        plain = layers <= {"full_attention", "sliding_attention"} and not stretches(config)
        self.joins = "position_ids" in known and plain
        """Whether the caches of several prompts can be joined."""

    def ids(self, tokens: Sequence[int]) -> torch.Tensor:
        """(1, len(tokens)) on the model's device; Failed if the model has never heard of one of them."""
        if max(tokens) >= self.known:
            raise Failed("This model's tokenizer and weights do not belong together; its files are damaged.")
        return torch.tensor([list(tokens)], device=self.model.device)

    def forward(self, tokens: Sequence[int], cache: DynamicCache) -> torch.Tensor:
        """Logits (len(tokens), vocabulary) after each of `tokens`, which come after what `cache` holds."""
        return self.model(input_ids=self.ids(tokens), past_key_values=cache, use_cache=True).logits[0]

    def parts(self, tokens: Sequence[int], look: Callable[[int], object]) -> Generator[None, None, Read]:
        """Read a prompt with a pause after each part; `look` is told before it how many of its tokens are done."""
        cache, logits = DynamicCache(config=self.model.config), None
        for start in range(0, len(tokens), self.chunk):
            if start:
                yield
            look(start)
            ids = self.ids(tokens[start : start + self.chunk])
            logits = self.model(input_ids=ids, past_key_values=cache, use_cache=True, **self.only_last).logits[:, -1]
        assert logits is not None, "a prompt has at least one token"
        return Read(cache, len(tokens), logits)

    def read(self, tokens: Sequence[int]) -> Read:
        """Read all of a prompt."""
        return end_of(self.parts(tokens, lambda done: None))


def end_of(steps: Generator[None, None, Any]) -> Any:
    """What a generator returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def stretches(config: Any) -> bool:
    """Whether positions are turned by frequencies that depend on the longest of all rows."""
    given = getattr(config, "rope_parameters", None) or {}
    kinds = {one.get("rope_type") for one in (given, *given.values()) if isinstance(one, dict)}
    return bool(kinds & {"dynamic", "longrope"})


class Batch:
    """Rows that go on together; `logits` (rows, vocabulary) say what may come next in each."""

    def __init__(self, model: Any, rows: Sequence[Read]):
        first, *others = rows
        self.model, self.cache, self.logits = model, first.cache, first.logits
        self.positions = torch.tensor([[first.length]], device=model.device)  # the length of each row
        self.mask = None
        self.positioned = False  # a model that takes no positions has only one row
        self.join(others)

    def join(self, rows: Sequence[Read]) -> None:
        """Go on with these rows too, after those there are."""
        if not rows:
            return
        lengths = [int(self.positions.max()), *(row.length for row in rows)]
        self.cache = joined([self.cache, *(row.cache for row in rows)], max(lengths))
        self.logits = torch.cat([self.logits, *(row.logits for row in rows)])
        new = torch.tensor(lengths[1:], device=self.model.device)[:, None]
        self.positions, self.positioned = torch.cat([self.positions, new]), True
        self.mask = None
        if int(self.positions.min()) < max(lengths):
            columns = torch.arange(max(lengths), device=self.model.device)
            self.mask = (columns >= max(lengths) - self.positions).long()

    def write(self, tokens: Sequence[int]) -> None:
        """Write the next token of each row."""
        ids = torch.tensor(tokens, device=self.model.device)[:, None]
        where = {"position_ids": self.positions} if self.positioned else {}
        if self.mask is not None:
            self.mask = pad(self.mask, (0, 1), value=1)
            where["attention_mask"] = self.mask
        output = self.model(input_ids=ids, past_key_values=self.cache, use_cache=True, **where)
        self.logits, self.positions = output.logits[:, -1], self.positions + 1

    def leave(self, rows: Sequence[int]) -> None:
        """Go on with these rows only, in this order, without the padding that none of them needs."""
        index = torch.tensor(rows, device=self.model.device)
        self.cache.batch_select_indices(index)
        self.logits, self.positions = self.logits[index], self.positions[index]
        if self.mask is not None:
            longest, shortest = int(self.positions.max()), int(self.positions.min())
            self.mask = self.mask[index, -longest:] if shortest < longest else None
            shorten(self.cache, longest)


def joined(caches: Sequence[DynamicCache], longest: int) -> DynamicCache:
    """One cache with the rows of all `caches`, of which the longest has read `longest` tokens; the shorter ones begin
    with zeros."""
    result = copy.copy(caches[0])
    result.layers = [joined_layer(layers, longest) for layers in zip(*(one.layers for one in caches), strict=True)]
    return result


def joined_layer(layers: Sequence[Any], longest: int) -> Any:
    """One layer of keys and values (rows, heads, tokens, size) with the rows of all of them."""
    result = copy.copy(layers[0])
    if not result.is_initialized:  # it uses another layer's keys and values
        return result
    assert isinstance(result, DynamicLayer)
    tokens = max(layer.keys.shape[-2] for layer in layers)
    for name in ("keys", "values"):
        rows = [getattr(layer, name) for layer in layers]
        setattr(result, name, torch.cat([pad(row, (0, 0, tokens - row.shape[-2], 0)) for row in rows]))
    if isinstance(result, DynamicSlidingWindowLayer):
        result.cumulative_length = longest
    return result


def shorten(cache: DynamicCache, longest: int) -> None:
    """Keep the last `longest` places of a joined cache; a sliding layer may hold fewer already."""
    for layer in cache.layers:
        if isinstance(layer, DynamicLayer) and layer.is_initialized:
            for name in ("keys", "values"):
                setattr(layer, name, getattr(layer, name)[..., -longest:, :])
        if isinstance(layer, DynamicSlidingWindowLayer):
            layer.cumulative_length = longest
