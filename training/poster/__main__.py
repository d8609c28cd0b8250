"""python -m training.poster: render, train, export, measure; every stage goes on where it was stopped."""

import argparse
from pathlib import Path

from diffusers import AutoencoderTiny
from diffusers.utils import logging
from transformers import CLIPTokenizer

from training.poster import autoencoder, card, dataset, decoder, diffusion, latents, loop, words
from training.poster.evaluate import as_table, evaluate
from training.poster.export import export, write_words
from training.schedule import Schedule

SHIPPED = Path(__file__).parents[2] / "assets" / "starters" / "poster"
AUTOENCODER, DENOISER, DECODER = 0.25, 0.6, 0.15
"""The shares of the training time."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.poster", description=__doc__)
    add = parser.add_argument
    add("--work", type=Path, default=Path("training/runs/poster"), help="folder for data and checkpoints")
    add("--out", type=Path, default=SHIPPED, help="folder of the finished model (default: %(default)s)")
    add("--hours", type=float, default=6.0, help="of training in all; a larger number later goes on (default: 6)")
    add("--processes", type=int, default=2, help="one a core (default: 2)")
    add("--pictures", type=int, default=20_000, help="scenes to render (default: 20000)")
    add("--prompts", type=int, default=512, help="to measure with (default: 512)")
    add("--evaluate", action="store_true", help="only measure the finished model, and print the table")
    options = parser.parse_args()
    logging.set_verbosity_error()
    if not options.evaluate:
        train(options.work, options.hours * 3600, options.processes, options.pictures)
        ship(options.work, options.out)
    report = evaluate(options.out, options.work, options.prompts)
    print(as_table(report), flush=True)
    if not options.evaluate:
        _, samples = diffusion.averaged(options.work)
        card.write(options.out, report, samples, len(dataset.scenes(options.work / "data")))
        write_words(options.out, card.promised(report))


def train(work: Path, seconds: float, processes: int, pictures: int) -> None:
    """All stages in order; what is done is not done again."""
    if not (work / "data" / "scenes.json").is_file():
        dataset.make(work / "data", pictures, processes)
    if not (work / "autoencoder" / "config.json").is_file():
        schedule = Schedule(AUTOENCODER * seconds, rate=2e-3, decay=0.7)
        loop.train(work, "autoencoder", autoencoder.begin, schedule, processes)
    if not (work / "latents" / "latents.safetensors").is_file():
        latents.make(work / "latents", work / "autoencoder", work / "data", processes)
    if not (work / "tokenizer" / "tokenizer.json").is_file():
        words.make_tokenizer(work / "tokenizer")
    diffusion.train(work, Schedule(DENOISER * seconds, rate=2e-3), processes)
    loop.train(work, "decoder", decoder.begin, Schedule(DECODER * seconds, rate=4e-4, decay=0.85), processes)


def ship(work: Path, folder: Path) -> None:
    """Export the averaged weights; before the denoiser is finished this gives a first version to build against."""
    model, _ = diffusion.averaged(work)
    tokenizer = CLIPTokenizer.from_pretrained(work / "tokenizer")
    export(folder, AutoencoderTiny.from_pretrained(work / "decoder"), model.unet, model.text, tokenizer)


if __name__ == "__main__":
    main()
