"""Lets a model answer prompts, many at a time, as its generation_config.json says; knows no judgement."""

from typing import Any

import torch
from transformers import PreTrainedTokenizerBase

BATCH = 16


@torch.inference_mode()
def write(model: Any, tokenizer: PreTrainedTokenizerBase, prompts: list[str], **settings) -> list[str]:
    """What the model goes on with after each prompt; `settings` are those of generate."""
    answers = []
    for start in range(0, len(prompts), BATCH):
        batch = tokenizer(prompts[start : start + BATCH], padding=True, padding_side="left", return_tensors="pt")
        length = batch["input_ids"].shape[1]
        found = model.generate(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], max_new_tokens=400, **settings
        )
        answers += tokenizer.batch_decode(found[:, length:], skip_special_tokens=True)
    return answers
