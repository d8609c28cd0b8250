"""Writes the trained network as a standard transformers folder in half precision; knows nothing of training."""

import json
from collections.abc import Collection
from pathlib import Path

import torch
from transformers import GenerationConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from training.tales.vocabulary import vocabulary

CAN = {"modes": ["Write", "Code", "Use cases", "Measure"], "skills": ["stories", "poems", "code"]}
"""What the page may offer it for."""
TEMPERATURE, TOP_P, LONGEST_ANSWER = 0.7, 0.92, 320


def export(folder: Path, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> None:
    """Save what AutoModelForCausalLM and AutoTokenizer load, in files below 10 MB, and `words.json` beside it."""
    model.generation_config = GenerationConfig(
        do_sample=True,
        temperature=TEMPERATURE,
        top_p=TOP_P,
        max_new_tokens=LONGEST_ANSWER,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    torch.nn.Module.to(model, torch.float16)
    model.config.dtype = torch.float16
    model.save_pretrained(folder, max_shard_size="9.5MB")
    tokenizer.save_pretrained(folder)
    write_words(folder)


def write_words(folder: Path, ignored: Collection[str] = ()) -> None:
    """`words.json`: what it was taught, and patterns of prompts without the wishes that a measured model ignores."""
    words = vocabulary()
    words["prompts"] = [one for one in words["prompts"] if not any(f"{{{wish}}}" in one for wish in ignored)]
    for wish in ignored:
        words.pop(f"{wish}s", None)
    (folder / "words.json").write_text(json.dumps(CAN | words, indent=2) + "\n")
