"""Writes what a family is and how good, as the card of its folder; measures nothing."""

from pathlib import Path

from training.families.evaluate import Report, as_table
from training.families.kinds import KINDS

WHAT = {
    "vae": "A variational autoencoder: it presses a picture into 128 numbers and paints it again from them. What the "
    "numbers cannot hold is averaged away, so its pictures are soft, and every place between two is a picture. "
    "Seeds are drawn from a mixture of 32 normal distributions that was fitted to the numbers of the pictures of "
    "training.",
    "vqvae": "An autoencoder with discrete codes: a picture becomes a grid of 8 x 8 numbers from 0 to 999, as if it "
    "were written in an alphabet of patches. Its pictures are sharp; between two of them patches change by leaps.",
    "gan": "A StyleGAN2 in small: it never saw a picture's numbers, only whether a second network took its pictures "
    "for real. That network looks through the features of a small classifier of scenes. It has no encoder and no "
    "probability.",
    "glow": "A flow: every picture has exactly one place, nothing is lost, and its likelihood is exact.",
}
LIMITS = {
    "vae": "Draws from nothing are vaguer than what it makes of a picture: the scene is there, of many "
    "subjects only the outline.",
    "vqvae": "It draws nothing by itself: it needs a picture, or a transformer that writes codes. Small subjects and "
    "thin lines blur.",
    "gan": "Skies, grounds, moons and suns are there; subjects are bold strokes that the measuring network often "
    "names and people seldom do.",
    "glow": "Draws are skies, seas and grounds with shapes in the right places; what the shapes are cannot be told. "
    "They are drawn at a temperature of 0.9: colder ones are paler, and from 1 on some burst into coloured dots.",
}


def write(folder: Path, report: Report, seconds: float) -> None:
    """README.md in `folder`. `seconds`: of training."""
    title = KINDS[report.family].name
    (folder / "README.md").write_text(f"""---
license: mit
pipeline_tag: unconditional-image-generation
tags:
- {report.family}
- flat-design
---

# {folder.name}

{title}. {WHAT[report.family]}

- **Data**: 20,000 scenes drawn by `training/scenes` and their mirror images, as latents of the autoencoder of
  `poster`, which also paints what this model makes. No picture of anybody else was used.
- **Training**: {seconds / 60:.0f} minutes on two shared CPU cores: `python -m training.families {report.family}`.
- **Use**: with Playground, whose `playground/nets` holds the network; `config.json` says how it is made.

## Measured

{as_table(report)}

## Limits

{LIMITS[report.family]}
""")
