"""Writes the model card and the list of words that are shipped beside the weights; knows only measured figures."""

import json
from pathlib import Path

from playground.media.score import INSTRUMENTS
from playground.media.tune import BAR, MODES
from playground.media.tune_words import MOODS, STYLES
from training.tune.evaluate import Report, as_table

_TEXT = """---
license: mit
library_name: transformers
tags:
- llama
- symbolic-music
---

# tune

A Llama in miniature that writes lead sheets: a melody with chords, 8 or 16 bars, in {styles} styles and {moods} moods.
It ships with Playground, and `python -m training.tune` trains it from nothing.

- **What to ask**: a mood ({mood_names}),
  a style ({style_names}),
  major, minor, dorian or mixolydian, 4/4, 3/4 or 6/8, a tempo. Key, instruments and exact tempo are chosen when the
  tune is played.
- **Given bars**: it can go on from them and write some of them anew; `python -m benchmarks.music` measures how long
  that takes, and nothing here how good it is.
- **Data**: {documents:,} tunes, {stream:,} tokens, composed by the rules of `training/tunes`{books}.
  Tunes that begin like one in twenty were never shown in training.
- **Training**: {tokens:,} tokens seen on CPU; a Llama of {millions:.1f} million parameters (6 layers, 6 heads, tied
  embeddings, one token a word) from scratch with Muon.
- **Use**: `AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)`; the words are listed in
  `tokenizer.json`, and a grammar that rules out what makes no whole bar stands in `playground/media/tune_grammar.py`.

## Measured

{table}

## Limits

- It writes simple tunes of one voice with chords, no counterpoint and no form above 16 bars.
- The accompaniment is not the model's: rules write it by style.
- What it learned of moods and styles are the rules of a program and the ways of old dance tunes.
"""


def write_words(folder: Path) -> None:
    """`words.json`: the words by which a tune can be asked for."""
    words = {
        "moods": MOODS,
        "styles": STYLES,
        "modes": list(MODES),
        "metres": list(BAR),
        "instruments": list(INSTRUMENTS),
    }
    (folder / "words.json").write_text(json.dumps(words, indent=2) + "\n")


def write(folder: Path, report: Report, work: Path, tokens: int, parameters: int) -> None:
    """README.md in `folder`; `tokens`: seen in training."""
    stream = json.loads((work / "data" / "stream.json").read_text())
    books = f", and {stream['books']:,} parts of dance tunes in the public domain" if stream["books"] else ""
    text = _TEXT.format(
        styles=len(STYLES),
        moods=len(MOODS),
        mood_names=", ".join(MOODS),
        style_names=", ".join(STYLES),
        documents=stream["documents"],
        stream=stream["tokens"],
        books=books,
        tokens=tokens,
        millions=parameters / 1e6,
        table=as_table(report),
    )
    (folder / "README.md").write_text(text)
    write_words(folder)
