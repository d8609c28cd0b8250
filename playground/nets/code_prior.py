"""Draws the codes of pictures one after the other with a transformer from a local folder; knows no picture."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from transformers import AutoTokenizer, DynamicCache, LlamaForCausalLM
from transformers.utils import logging


class CodePrior:
    """A language model whose text is a caption and then the codes of a picture, row by row."""

    def __init__(self, folder: Path, device: str):
        logging.set_verbosity_error()
        logging.disable_progress_bar()
        facts = json.loads((folder / "codes.json").read_text("utf-8"))
        self.rows, self.columns = facts["rows"], facts["columns"]
        self.temperature = facts.get("temperature", 1.0)
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = LlamaForCausalLM.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, use_safetensors=True
        )
        self.model, self.device = torch.nn.Module.to(model, device).eval(), device
        vocabulary = self.tokenizer.get_vocab()
        self.picture, self.first = vocabulary[facts["picture"]], vocabulary[facts["first"]]

    def drawn(
        self,
        prompts: Sequence[str],
        seeds: Sequence[int],
        guidance: float = 1.0,
        temperature: float | None = None,
        tell: Callable[[torch.Tensor], None] = lambda codes: None,
    ) -> torch.Tensor:
        """Codes (n, rows, columns), one picture a prompt and seed; the same alone as among others.

        `guidance`: above 1, what the caption changes is exaggerated (Ho and Salimans 2022, arXiv:2207.12598).
        `temperature`: None for the folder's own. `tell` gets the codes (n, k) there are after each row.
        """
        heat = max(self.temperature if temperature is None else temperature, 1e-4)
        guided = guidance != 1.0 and any(prompts)
        dice = [torch.Generator().manual_seed(seed) for seed in seeds]
        logits, cache, mask = self.read([*prompts, *([""] * len(prompts) if guided else [])])
        codes = torch.empty(len(prompts), 0, dtype=torch.long)
        for index in range(self.rows * self.columns):
            scores = logits[: len(prompts)]
            if guided:
                without = logits[len(prompts) :]
                scores = without + guidance * (scores - without)
            shares = (scores.float().cpu() / heat).softmax(1)
            new = torch.stack([torch.multinomial(row, 1, generator=die) for row, die in zip(shares, dice, strict=True)])
            codes = torch.cat([codes, new], dim=1)
            if (index + 1) % self.columns == 0:
                tell(codes)
            if index + 1 < self.rows * self.columns:
                tokens = (self.first + new).repeat(2 if guided else 1, 1).to(self.device)
                mask = torch.cat([mask, mask.new_ones(len(mask), 1)], dim=1)
                logits = self.next(tokens, mask, cache)
        return codes.view(-1, self.rows, self.columns)

    def read(self, prompts: Sequence[str]) -> tuple[torch.Tensor, DynamicCache, torch.Tensor]:
        """Scores of the first code after each prompt, what the model remembers, and where a prompt stands."""
        read = self.tokenizer(list(prompts), padding=True, truncation=True, max_length=48, return_tensors="pt")
        tokens = torch.cat([read.input_ids, torch.full((len(prompts), 1), self.picture)], dim=1).to(self.device)
        mask = torch.cat([read.attention_mask, torch.ones(len(prompts), 1, dtype=torch.long)], dim=1).to(self.device)
        cache = DynamicCache()
        return self.next(tokens, mask, cache), cache, mask

    def next(self, tokens: torch.Tensor, mask: torch.Tensor, cache: DynamicCache) -> torch.Tensor:
        """Scores (n, codes) of the code that comes after `tokens`."""
        positions = (mask.cumsum(1) - 1).clamp_min(0)[:, -tokens.shape[1] :]
        made = self.model(
            input_ids=tokens, attention_mask=mask, position_ids=positions, past_key_values=cache, logits_to_keep=1
        )
        return made.logits[:, -1, self.first :]
