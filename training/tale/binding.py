"""Measures whether a model knows who is who: names that come again, each predicted from all before it."""

import re
from dataclasses import dataclass
from typing import Any

import torch
from transformers import PreTrainedTokenizerBase

from training.tales import Document


@dataclass(frozen=True)
class Binding:
    """Shares of the repeated names. `right`: the most likely name is the right one, by its first token, among the
    tokens that begin any name of the measured texts; `outright`: among all tokens, which may also be a pronoun."""

    count: int
    right: float
    outright: float


@torch.inference_mode()
def measure(model: Any, tokenizer: PreTrainedTokenizerBase, documents: list[Document]) -> Binding:
    """Over every second and later mention of a name in these documents."""
    mentions = [_mentions(document, tokenizer) for document in documents]
    candidates = torch.tensor(sorted({ids[at] for ids, places in mentions for at in places}))
    right = outright = count = 0
    for ids, places in mentions:
        if not places:
            continue
        logits = model(torch.tensor([ids])).logits[0, torch.tensor(places) - 1].float()
        truth = torch.tensor([ids[at] for at in places])
        right += int((candidates[logits[:, candidates].argmax(1)] == truth).sum())
        outright += int((logits.argmax(1) == truth).sum())
        count += len(places)
    return Binding(count, right / max(1, count), outright / max(1, count))


def _mentions(document: Document, tokenizer: PreTrainedTokenizerBase) -> tuple[list[int], list[int]]:
    """The tokens of a document, and the positions where a name begins that stood before."""
    found = tokenizer(document.text, return_offsets_mapping=True)
    begins = {start: at for at, (start, stop) in enumerate(found["offset_mapping"]) if stop > start}
    places = []
    for name in document.facts.names:
        spots = [match.start() for match in re.finditer(rf"\b{name}\b", document.text)]
        for spot in spots[1:]:
            at = begins.get(spot - 1, begins.get(spot))  # a token begins with its space
            if at is not None:
                places.append(at)
    return found["input_ids"], sorted(places)
