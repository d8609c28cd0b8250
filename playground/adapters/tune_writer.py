"""Writes the words of several tunes at once with a language model, and weighs words; knows no setting and no sound.

The grammar rules out every token that makes no whole bar, so each tune is complete whatever the model expects.
"""

import math
from collections.abc import Callable, Sequence

import torch

from playground.adapters.text_batch import Batch, Reader
from playground.adapters.text_measure import measured
from playground.adapters.text_sampling import Sampler
from playground.adapters.tune_sheets import Sheet
from playground.errors import Failed
from playground.media import tune_grammar
from playground.media.tune_tokens import VOCABULARY
from playground.params import TextParams

TOP_P = 0.95


class Writer:
    """A model of lead sheets whose tokens are those of VOCABULARY, in their order."""

    def __init__(self, model):
        self.model = model
        self.reader = Reader(model)
        self.ids = {word: number for number, word in enumerate(VOCABULARY)}

    def write(
        self,
        sheets: Sequence[Sheet],
        temperature: float,
        heed: Callable[[], object],
        told: Callable[[Sequence[Sheet]], object],
    ) -> None:
        """Write all sheets to their ends, word by word; `heed` is called before each word, `told` after it."""
        batch = Batch(self.model, [self.reader.read([self.ids[w] for w in sheet.words]) for sheet in sheets])
        settings = TextParams(temperature=temperature, top_k=0, top_p=TOP_P)
        sampler = Sampler([settings] * len(sheets), [one.dice for one in sheets], [()] * len(sheets), self.sampled_on)
        going = list(sheets)
        while True:
            heed()
            drawn = sampler.draw(self.masked(batch.logits, going))
            for sheet, one in zip(going, drawn, strict=True):
                sheet.add(VOCABULARY[one.id])
            told(sheets)
            rows = [row for row, sheet in enumerate(going) if not sheet.done]
            if not rows:
                return
            if len(rows) < len(going):
                going = [going[row] for row in rows]
                batch.leave(rows)
                sampler.leave(rows)
            batch.write([drawn[row].id for row in rows])

    @property
    def sampled_on(self) -> str:
        return "cpu" if self.model.device.type == "mps" else str(self.model.device)  # MPS has no 64-bit numbers

    def masked(self, logits: torch.Tensor, sheets: Sequence[Sheet]) -> torch.Tensor:
        """The logits (rows, tokens) where the grammar allows the token, minus infinity elsewhere."""
        if not torch.isfinite(logits).all():
            raise Failed("The model gave numbers that are no probabilities; its weights may be broken.")
        result = torch.full_like(logits, -torch.inf)
        for row, sheet in enumerate(sheets):
            allowed = [self.ids[word] for word in tune_grammar.allowed(sheet.state)]
            result[row, allowed] = logits[row, allowed]
        return result

    def likelihood(self, words: Sequence[str], before: Sequence[str], heed: Callable[[], object]) -> float:
        """The logarithm of the probability of `words` after those `before`."""
        ids, context = ([self.ids[word] for word in part] for part in (words, before))
        drawn = measured(self.reader, ids, context, None, lambda done: heed())
        return sum(math.log(max(one.probability, 1e-300)) for one in drawn if one)
