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
from training.language import command, loop, tokenizer
from training.language.export import save
from training.tokens import card, data, words
from training.tokens.evaluate import TEMPERATURE, as_table, evaluate
from training.tokens.task import TASK

FAMILIES = Path("training/runs/families")


def main() -> None:
    parser = command.parser("tokens", __doc__, hours=1.0, documents=80_000)
    parser.set_defaults(samples=256, out=command.STARTERS / "poster-tokens")
    parser.add_argument("--families", type=Path, default=FAMILIES, help="work folder of training.families")
    options = parser.parse_args()
    if not options.evaluate:
        prepare(options.work, options.families, options.documents)
        command.train(options, TASK, export)
    report = evaluate(options.out, options.families, options.samples)
    print(as_table(report), flush=True)
    if not options.evaluate:
        model, seen = loop.averaged(options.work, TASK.size)
        card.write_words(options.out, report)
        card.write(options.out, report, seen, model.num_parameters())


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
    facts["temperature"] = TEMPERATURE
    (folder / "codes.json").write_text(json.dumps(facts, indent=1) + "\n")


if __name__ == "__main__":
    main()
