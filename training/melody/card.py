"""Writes the model card that is shipped beside the weights; knows only measured figures."""

import json
from pathlib import Path

from playground.nets.melody_vae import MelodyVAE
from training import loop
from training.melody import task
from training.melody.attributes import ATTRIBUTES
from training.melody.evaluate import Report, as_table

_TEXT = """---
license: mit
tags:
- variational-autoencoder
- symbolic-music
---

# melody

A variational autoencoder of two bars of melody: every melody becomes {latent} numbers, and any {latent} numbers become
a melody. It ships with Playground, and `python -m training.melody` trains it from nothing.

- **What it reads and writes**: two bars in 4/4 on sixteenths, as tones of the scale; key, mode, tempo and instruments
  are chosen when a melody is played.
- **Why melodies change as they do**: similar melodies lie close together, so half way between two of them there is a
  third that has something of both. Rhythm and line change together, note by note.
- **Directions**: {directions}.
  The first numbers of the latent were held near these attributes in training.
- **Data**: {melodies:,} different pairs of bars out of {tunes:,} tunes composed by the rules of
  `training/tunes`{books}. Tunes that begin like one in twenty were never shown in training.
- **Training**: {minutes:.0f} minutes on CPU; {millions:.2f} million parameters, transformers over eight beats, the
  divergence at {beta} of its weight.
- **Files**: weights and sizes for `playground/nets/melody_vae.py`; `directions.safetensors`, what to add to a latent
  for more of each attribute; `examples.json`, held-out melodies to start from.

## Measured

{table}

In the rows of attributes there are three means: with the direction taken away, of the melodies as they are, and with it
added; then how far another attribute, the one that goes farthest, goes from end to end.

## Limits

- No triplets, nothing shorter than a sixteenth, and no tones outside the scale: they are moved to the nearest place.
- Melodies unlike those the rules compose come back less exactly.
- Draws from the prior are plausible pairs of bars and not phrases that lead anywhere.
"""


def write(folder: Path, report: Report, work: Path) -> None:
    """README.md in `folder`."""
    facts = json.loads((work / "data" / "facts.json").read_text())
    model, seconds = loop.averaged(work, task.NAME, MelodyVAE(task.CONFIG))
    books = f", {facts['from_books']:,} of them of dance tunes in the public domain" if facts["from_books"] else ""
    text = _TEXT.format(
        latent=report.latent,
        directions=", ".join(f"{name} or {attribute.opposite}" for name, attribute in ATTRIBUTES.items()),
        melodies=facts["melodies"],
        tunes=facts["tunes"],
        books=books,
        minutes=seconds / 60,
        millions=sum(weight.numel() for weight in model.parameters()) / 1e6,
        beta=task.BETA,
        table=as_table(report),
    )
    (folder / "README.md").write_text(text)
