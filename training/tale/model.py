"""The network: a Llama of 4.6 million parameters, its weighted loss, and a view of it for the optimiser."""

import torch
import torch.nn.functional as F
from torch import nn
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from training.tale.tokens import LONGEST

WIDTH, LAYERS, HEADS, INNER = 256, 5, 8, 688
THETA = 1000.0  # rotary base: texts are short, so nearby positions may differ more


def make_model(tokenizer: PreTrainedTokenizerFast, width: int = WIDTH, layers: int = LAYERS) -> LlamaForCausalLM:
    def token(name: str) -> int:
        return tokenizer.get_vocab()[getattr(tokenizer, name)]

    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        intermediate_size=INNER * width // WIDTH,
        num_hidden_layers=layers,
        num_attention_heads=HEADS * width // WIDTH,
        max_position_embeddings=LONGEST,
        rope_parameters={"rope_type": "default", "rope_theta": THETA},
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
