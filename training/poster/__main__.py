"""python -m training.poster: render, train, export; every stage goes on where it was stopped."""

import argparse
from pathlib import Path

from transformers import CLIPTokenizer

from training.poster import autoencoder, dataset, diffusion, latents, words
from training.poster.schedule import Schedule


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.poster", description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("training/runs/poster"), help="folder for data and checkpoints")
    parser.add_argument("--hours", type=float, default=6.0, help="of training in all; more later goes on (default: 6)")
    parser.add_argument("--processes", type=int, default=2, help="one a core (default: 2)")
    parser.add_argument("--pictures", type=int, default=20_000, help="scenes to render (default: 20000)")
    train(parser.parse_args())


def train(options: argparse.Namespace) -> None:
    """All stages in order; what is done is not done again."""
    work, processes = options.work, options.processes
    seconds = options.hours * 3600
    if not (work / "data" / "scenes.json").is_file():
        dataset.make(work / "data", options.pictures, processes)
    if not (work / "autoencoder" / "config.json").is_file():
        autoencoder.train(work, "autoencoder", None, Schedule(seconds=0.1 * seconds, rate=2e-3, decay=0.9), processes)
    if not (work / "latents" / "latents.safetensors").is_file():
        latents.make(work / "latents", work / "autoencoder", work / "data", processes)
    if not (work / "tokenizer" / "vocab.json").is_file():
        words.make_tokenizer(work / "tokenizer")
    print(len(CLIPTokenizer.from_pretrained(work / "tokenizer")), "tokens")
    diffusion.train(work, Schedule(seconds=0.75 * seconds, rate=2e-3), processes)


if __name__ == "__main__":
    main()
