"""Writes the trained network as a standard transformers folder in half precision; knows nothing of training."""

from pathlib import Path

import torch
from transformers import GenerationConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from training.tune.tokens import LONGEST
from training.tune.writing import TEMPERATURE, TOP_P


def export(folder: Path, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> None:
    """Save what AutoModelForCausalLM and AutoTokenizer load."""
    model.generation_config = GenerationConfig(
        do_sample=True,
        temperature=TEMPERATURE,
        top_p=TOP_P,
        max_length=LONGEST,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    torch.nn.Module.to(model, torch.float16)
    model.config.dtype = torch.float16
    model.save_pretrained(folder, max_shard_size="9.5MB")
    tokenizer.save_pretrained(folder)
