"""A small Llama, its weighted loss, and a view of it for the optimiser; knows no task."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast


@dataclass(frozen=True)
class Size:
    """Of a Llama with tied embeddings; `longest`: tokens of prompt and answer together."""

    width: int
    layers: int
    heads: int
    inner: int
    longest: int
    theta: float = 1000.0  # rotary base: texts are short, so nearby positions may differ more than usual


def make_model(tokenizer: PreTrainedTokenizerFast, size: Size) -> LlamaForCausalLM:
    def token(name: str) -> int:
        return tokenizer.get_vocab()[getattr(tokenizer, name)]

    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=size.width,
        intermediate_size=size.inner,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        max_position_embeddings=size.longest,
        rope_parameters={"rope_type": "default", "rope_theta": size.theta},
        tie_word_embeddings=True,
        pad_token_id=token("pad_token"),
        bos_token_id=token("bos_token"),
        eos_token_id=token("eos_token"),
    )
    return LlamaForCausalLM(config)


def parts_of(model: LlamaForCausalLM) -> nn.ModuleDict:
    """The same weights under names that tell the optimiser which of them is a lookup."""
    inner = model.model
    return nn.ModuleDict({"embedding": inner.embed_tokens, "layers": inner.layers, "norm": inner.norm})


def loss_of(model: nn.Module, tokens: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Weighted mean of nats a token. `tokens`: (rows, length + 1), `weights`: (rows, length)."""
    logits = model(input_ids=tokens[:, :-1], use_cache=False).logits
    nats = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten(), reduction="none")
    return (nats * weights.flatten()).sum() / weights.sum()
