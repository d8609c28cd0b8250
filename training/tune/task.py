"""What `tune` is: the size of its network, the rows it reads, and what is looked at while it learns."""

from functools import cache

import numpy as np
import torch
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from training.language.loop import Task
from training.language.network import Size
from training.tune import data
from training.tune.tokens import LONGEST

SIZE = Size(width=192, layers=6, heads=6, inner=512, longest=LONGEST)
ROW = 384  # tokens; most tunes fit in it whole
KEPT_BACK = 977  # the seed of tunes that are only measured with


@torch.inference_mode()
def nats(model: LlamaForCausalLM, tunes: list[np.ndarray]) -> float:
    """Of a token of these tunes, given all before it."""
    total, count = 0.0, 0
    for one in tunes:
        tokens = torch.from_numpy(one.astype(np.int64))[None, :LONGEST]
        logits = model(input_ids=tokens[:, :-1], use_cache=False).logits[0]
        total += torch.nn.functional.cross_entropy(logits.float(), tokens[0, 1:], reduction="sum").item()
        count += tokens.shape[1] - 1
    return total / max(1, count)


@cache
def _kept_back() -> list[np.ndarray]:
    return [data.ids(tune) for tune in data.composed(24, KEPT_BACK, held_out=True)]


def look(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> str:
    """How well it expects composed tunes that it never saw."""
    return f"nats {nats(model, _kept_back()):.3f}"


TASK = Task(SIZE, ROW, look)
