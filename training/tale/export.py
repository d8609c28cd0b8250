"""Writes the trained `tale` and the words that it was taught into its folder; knows nothing of training."""

import json
from collections.abc import Collection
from pathlib import Path

from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from training.language.export import save
from training.tales.vocabulary import vocabulary

CAN = {"modes": ["Write", "Code", "Use cases", "Measure"], "skills": ["stories", "poems", "code"]}
"""What the page may offer it for."""
TEMPERATURE, TOP_P, LONGEST_ANSWER = 0.7, 0.92, 320


def export(folder: Path, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> None:
    """Save what AutoModelForCausalLM and AutoTokenizer load, in files below 10 MB, and `words.json` beside it."""
    settings = dict(temperature=TEMPERATURE, top_p=TOP_P, max_new_tokens=LONGEST_ANSWER)
    save(folder, model, tokenizer, **settings)
    write_words(folder)


def write_words(folder: Path, ignored: Collection[str] = ()) -> None:
    """`words.json`: what it was taught, and patterns of prompts without the wishes that a measured model ignores."""
    words = vocabulary()
    words["prompts"] = [one for one in words["prompts"] if not any(f"{{{wish}}}" in one for wish in ignored)]
    for wish in ignored:
        words.pop(f"{wish}s", None)
    (folder / "words.json").write_text(json.dumps(CAN | words, indent=2) + "\n")
