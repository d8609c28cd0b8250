"""python -m training.tokens: captions and codes, train, export, measure; every stage goes on where it was stopped.

The transformer of the DALL-E family in small (Ramesh et al. 2021, arXiv:2102.12092): words and codes in one stream.
"""

import json
from pathlib import Path

import torch
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from playground.nets.vqvae import VQVAE
from training import loop as pictures_loop
from training.families import data as families
from training.language import command, tokenizer
from training.language.export import save
from training.tokens import data, words
from training.tokens.task import TASK

FAMILIES = Path("training/runs/families")


def main() -> None:
    parser = command.parser("tokens", __doc__, hours=1.0, documents=80_000)
    parser.set_defaults(out=command.STARTERS / "poster-tokens")
    parser.add_argument("--families", type=Path, default=FAMILIES, help="work folder of training.families")
    options = parser.parse_args()
    prepare(options.work, options.families, options.documents)
    command.train(options, TASK, export)


def prepare(work: Path, families_work: Path, documents: int) -> None:
    """Tokenizer and stream, from the pictures and the VQ-VAE of `families_work`."""
    vqvae, _ = pictures_loop.averaged(families_work, "vqvae", VQVAE())
    if not (work / "tokenizer" / "tokenizer.json").is_file():
        words.make(work / "tokenizer", vqvae.quantizer.codes)
    if not (work / "data" / "stream.json").is_file():
        latents = families.Latents(families_work)
        passes = max(1, documents // len(latents.usable))
        data.make(work / "data", tokenizer.load(work / "tokenizer"), latents, vqvae, passes)


def export(folder: Path, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> None:
    """The standard folder of a language model, and codes.json: which autoencoder its codes are of."""
    torch.nn.Module.float(model)
    save(folder, model, tokenizer)
    facts = {"vqvae": "../poster-vqvae", "rows": 8, "columns": 8, "picture": words.PICTURE, "first": "<0>"}
    (folder / "codes.json").write_text(json.dumps(facts, indent=1) + "\n")


if __name__ == "__main__":
    main()
