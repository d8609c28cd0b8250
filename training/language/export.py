"""Writes a trained language model as a standard transformers folder in half precision; knows nothing of training."""

from pathlib import Path
from typing import Any

import torch
from transformers import GenerationConfig, LlamaForCausalLM, PreTrainedTokenizerFast


def save(folder: Path, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, **settings: Any) -> None:
    """What AutoModelForCausalLM and AutoTokenizer load, in files below 10 MB; `settings`: of generate."""
    model.generation_config = GenerationConfig(
        do_sample=True,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        **settings,
    )
    torch.nn.Module.to(model, torch.float16)
    model.config.dtype = torch.float16
    model.save_pretrained(folder, max_shard_size="9.5MB")
    tokenizer.save_pretrained(folder)
