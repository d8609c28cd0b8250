"""Writes what the transformer that writes pictures is, and how good, as the card of its folder; measures nothing."""

import json
from pathlib import Path

from training.scenes.captions import vocabulary
from training.tokens.evaluate import GUIDANCE, TEMPERATURE, Report, as_table

ENOUGH = 0.8


def write_words(folder: Path, report: Report) -> None:
    """`words.json`: what the model was taught, without positions if it does not follow them."""
    words = {**vocabulary(), **({"positions": []} if report.followed["position"] < ENOUGH else {})}
    (folder / "words.json").write_text(json.dumps(words, indent=2) + "\n")


def write(folder: Path, report: Report, tokens: int, parameters: int) -> None:
    """README.md in `folder`. `tokens`: that were read in training."""
    weak = [name for name, share in report.followed.items() if share < ENOUGH]
    limits = [f"The words for {', '.join(weak)} are not followed reliably."] if weak else []
    limits += ["Edges are as soft as the autoencoder paints them; shapes of subjects wobble and can fall apart."]
    (folder / "README.md").write_text(f"""---
license: mit
library_name: transformers
pipeline_tag: text-to-image
tags:
- flat-design
---

# {folder.name}

A transformer that writes pictures as if they were text, the family of DALL-E: it reads a caption and writes the 64
codes of `poster-vqvae`, row by row, which then paints them. Nothing is refined: what is written stays.

- **Data**: 20,000 scenes drawn by `training/scenes` and their mirror images, with captions written by the same program.
  No picture of anybody else was used. One caption in ten was left empty, for guidance.
- **Training**: a Llama of {parameters / 1e6:.1f} million parameters, from scratch, that read {tokens / 1e6:.1f} million
  tokens on two shared CPU cores: `python -m training.tokens`.
- **Use**: with Playground. The weights are a causal language model of transformers; `codes.json` says which autoencoder
  its codes are of. Measured with guidance {GUIDANCE:g} and temperature {TEMPERATURE:g}.

## Measured

{as_table(report)}

## Limits

{" ".join(limits)}
""")
