"""Writes the model card that is shipped beside the weights; knows only figures that were measured."""

import json
from pathlib import Path

from training.tale.evaluate import Report, as_table
from training.tales.functions import CATALOGUE
from training.tales.nouns import HEROES
from training.tales.plots import PLOTS, THEMES
from training.tales.poems import TOPICS

_TEXT = """---
license: mit
library_name: transformers
pipeline_tag: text-generation
language: en
tags:
- llama
- story-generation
---

# tale

A Llama in miniature: it tells short stories, writes rhymed poems and small Python functions, on two CPU cores. It ships
with Playground, and `python -m training.tale` trains it from nothing.

- **What to ask**: "Tell me a story about a brave fox named Mia in the desert", "Write a poem about autumn",
  "# Check if a number is prime". The lists in `words.json` say what it was taught: {heroes} heroes, {themes} themes
  ({theme_names}), {topics} poem topics and {tasks} functions. Other heroes and names are copied from the prompt.
- **Data**: {documents:,} documents, {stream:,} tokens, written by `training/tales` from {plots} plots{books}. One pair
  of hero and place in eight was never shown in training.
- **Training**: {tokens:,} tokens seen on CPU; a Llama of {millions:.1f} million parameters (5 layers, 8 heads, tied
  embeddings, own byte-level BPE) from scratch with Muon. Rows of random tokens that come twice, and exercises that
  repeat names, taught it to copy.
- **Use**: `AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)`, then `generate` with the settings of
  `generation_config.json`; for code rather greedily.

## Measured

{table}

## Limits

{limits}
"""


def write(folder: Path, report: Report, work: Path, tokens: int, parameters: int) -> None:
    """README.md in `folder`; `tokens`: seen in training."""
    stream = json.loads((work / "data" / "stream.json").read_text())
    books = f", and {stream['passages']:,} passages of fairy tales in the public domain" if stream["passages"] else ""
    text = _TEXT.format(
        heroes=len(HEROES),
        themes=len(THEMES),
        theme_names=", ".join(THEMES),
        topics=len(TOPICS),
        tasks=len(CATALOGUE),
        plots=len(PLOTS),
        documents=stream["documents"],
        stream=stream["tokens"],
        books=books,
        tokens=tokens,
        millions=parameters / 1e6,
        table=as_table(report),
        limits=_limits(report),
    )
    (folder / "README.md").write_text(text)


def ignored(report: Report) -> list[str]:
    """The kinds of wishes that stories mostly do not fulfil."""
    return [wish for wish, share in report.controls.items() if share < 0.5]


def _limits(report: Report) -> str:
    limits = [
        "- It knows these kinds of text and no others: it answers no questions and holds no conversation.",
        f"- Every story follows one of {len(PLOTS)} plots, in simple English; it can contradict itself.",
        "- Code: the functions it was taught, with other names and numbers. Read it before you run it.",
        f"- Names: {1 - report.names.right:.1%} of repeated names are predicted wrong, and "
        f"{1 - report.same_hero:.1%} of stories lose hold of theirs.",
    ]
    limits += [
        f"- A wish for a {wish} is fulfilled in {share:.0%} of stories only."
        for wish, share in report.controls.items()
        if wish != "all" and share < GOOD_ENOUGH
    ]
    if report.unknown_hero < GOOD_ENOUGH:
        limits.append(f"- A hero that it never heard of is taken up in {report.unknown_hero:.0%} of stories only.")
    return "\n".join(limits)


GOOD_ENOUGH = 0.9
