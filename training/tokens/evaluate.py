"""Measures the transformer that writes pictures as it is shipped, beside renders; trains nothing."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from playground.nets.code_prior import CodePrior
from playground.nets.vqvae import VQVAE
from training.families import measure
from training.families.evaluate import ROWS
from training.poster.evaluate import accuracy, unseen_scenes
from training.poster.judge import load_or_train
from training.scenes import full_caption, render
from training.scenes.specification import ATTRIBUTES

GUIDANCE, TEMPERATURE = 3.0, 0.9
BATCH = 32


@dataclass(frozen=True)
class Report:
    """Figures by the names of ROWS, how often an attribute is as the caption says, seconds a picture on one thread."""

    pictures: int
    figures: dict[str, float]
    followed: dict[str, float]
    seconds: float


@torch.inference_mode()
def evaluate(
    folder: Path, families: Path, pictures: int, guidance: float = GUIDANCE, temperature: float = TEMPERATURE
) -> Report:
    """Draw scenes whose attributes no training picture has together, by their captions. `families`: where the network
    that reads pictures is."""
    prior, net, judge = CodePrior(folder, "cpu"), autoencoder(folder), load_or_train(families / "judge")
    scenes = unseen_scenes(families, pictures, held_out=False)
    captions = [full_caption(scene) for scene in scenes]
    drawn = np.concatenate(
        [
            paint(prior, net, captions[at : at + BATCH], range(at, min(at + BATCH, pictures)), guidance, temperature)
            for at in range(0, pictures, BATCH)
        ]
    )
    real = np.stack([render(scene, 256)[0] for scene in scenes])
    threads, began = torch.get_num_threads(), time.perf_counter()
    torch.set_num_threads(1)
    paint(prior, net, captions[:1], [0], guidance, temperature)
    seconds = time.perf_counter() - began
    torch.set_num_threads(threads)
    return Report(pictures, measure.looks(judge, drawn, real), accuracy(judge, drawn, scenes), seconds)


def autoencoder(folder: Path) -> VQVAE:
    """The one whose codes the transformer in `folder` writes."""
    place = folder / json.loads((folder / "codes.json").read_text("utf-8"))["vqvae"]
    net = VQVAE(**json.loads((place / "config.json").read_text("utf-8"))["net"])
    net.load_state_dict({name: weight.float() for name, weight in load_file(place / "model.safetensors").items()})
    return net.eval()


def paint(prior: CodePrior, net: VQVAE, captions: list[str], seeds, guidance: float, temperature: float) -> np.ndarray:
    """Pictures (n, 256, 256, 3) of bytes."""
    return measure.painted(net.decode(prior.drawn(captions, list(seeds), guidance, temperature)))


def as_table(report: Report) -> str:
    """The report as Markdown."""
    lines = ["| | |", "|---|---|"]
    lines += [f"| {ROWS[name][0]} | {ROWS[name][1].format(value)} |" for name, value in report.figures.items()]
    lines += [f"| {name} as the caption says | {report.followed[name]:.0%} |" for name in ATTRIBUTES]
    lines += [f"| a picture, one thread | {report.seconds:.2f} s |"]
    return "\n".join([*lines, "", f"{report.pictures} captions of scenes whose attributes no training picture has."])
