"""Writes the model card that is shipped beside the weights; knows only figures that were measured."""

from pathlib import Path

from training.poster.evaluate import Report, as_table
from training.scenes.specification import COLOURS, PLACES, POSITIONS, SIZES, SUBJECTS, TIMES, WEATHERS

ENOUGH = 0.80
"""The accuracy from which an attribute is promised to people."""

_TEXT = """---
license: mit
library_name: diffusers
pipeline_tag: text-to-image
tags:
- stable-diffusion
- text-to-image
- flat-design
---

# poster

A Stable Diffusion in miniature: it draws flat-design poster scenes from a sentence, on two CPU cores. It is the first
model that Playground ships, and `python -m training.poster` trains it from nothing.

- **Words it knows**: {words}. Other words change the picture little or not at all.
- **Data**: {pictures:,} scenes drawn by `training/scenes` and their mirror images, with captions written by the same
  program. No picture of anybody else was used. One subject-colour pair in eight was never shown in training.
- **Training**: {samples:,} samples seen by the denoiser, on CPU. v-prediction with zero terminal SNR; a UNet of 4.9
  million parameters and a CLIP text encoder of 0.4 million, from scratch; an `AutoencoderTiny` with 8 latent channels.
- **Use**: `AutoPipelineForText2Image.from_pretrained(folder, dtype=torch.float32)`; 8 to 10 steps, guidance about 3.

## Measured

A separate network, trained on renders of all pairs, reads the pictures back; the colour is compared with the palette
inside the subject's mask. Its accuracy on true renders is what could be reached at best.

{table}

## Limits

{limits}
"""


def write(folder: Path, report: Report, samples: int, pictures: int) -> None:
    words = ";\n  ".join(", ".join(values) for values in (SUBJECTS, COLOURS, SIZES, PLACES, TIMES, WEATHERS))
    facts = {"words": words, "samples": samples, "pictures": pictures}
    (folder / "README.md").write_text(_TEXT.format(**facts, table=as_table(report), limits=_limits(report)))


def promised(report: Report) -> tuple[str, ...]:
    """The attributes that generated pictures, of seen and of held-out pairs, follow well enough."""
    rows = [values for row, values in report.accuracies.items() if row.startswith("generated") and "pairs" in row]
    return tuple(name for name in rows[0] if min(row[name] for row in rows) >= ENOUGH)


def _limits(report: Report) -> str:
    limits = [
        "- Outlines wobble, most of all those of birds, whales and cats: the network that reads the pictures back is\n"
        "  more lenient than a person.",
        "- At sunset there are sometimes two suns; a lighthouse can get lost in its beach.",
        "- One subject in each picture; counting, relations between things and readable text were never taught.",
        "- A picture shows what the training scenes could show; anything else comes out as the nearest of them.",
    ]
    if "position" not in promised(report):
        limits.insert(0, f"- Words for the position ({', '.join(POSITIONS)}) are not followed reliably.")
    if report.psnr < 30:
        limits.insert(0, f"- Edges are soft: the autoencoder keeps {report.psnr:.1f} dB of its own training pictures.")
    return "\n".join(limits)
