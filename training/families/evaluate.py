"""Measures one family as it is shipped, on scenes it never saw; trains nothing."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from training.families import measure
from training.families.data import autoencoder
from training.families.kinds import KINDS, Kind
from training.poster.judge import load_or_train
from training.poster.latents import as_tensor

ROWS = {
    "decibels": ("there and back", "{:.2f} dB"),
    "frechet": ("Fréchet distance of draws", "{:.2f}"),
    "precision": ("draws that look like renders", "{:.0%}"),
    "recall": ("renders that draws come near", "{:.0%}"),
    "subjects": ("subjects that are drawn", "{:.0%}"),
    "smoothness": ("largest over median step of a walk", "{:.2f}"),
    "milliseconds": ("one decode to latents, one thread", "{:.1f} ms"),
}


@dataclass(frozen=True)
class Report:
    """Figures by the names of ROWS, those that make sense for the family, and what only it can say."""

    family: str
    pictures: int
    figures: dict[str, float]
    own: dict[str, str] = field(default_factory=dict)


@torch.inference_mode()
def evaluate(family: str, folder: Path, work: Path, pictures: int = 256) -> Report:
    """Measure the folder's network."""
    kind, judge = KINDS[family], load_or_train(work / "judge")
    net = opened(kind, folder)
    real = measure.renders(work, pictures)
    figures: dict[str, float] = {}
    own: dict[str, str] = {}
    if kind.draws:
        dice = torch.Generator().manual_seed(1)
        figures |= measure.looks(judge, measure.painted(kind.draws(net, pictures, dice)), real)
    if kind.place:
        model = autoencoder()
        x = model.encoder(as_tensor(real[:64])) * model.config["scaling_factor"]
        places = kind.place(net, x)
        own |= kind.facts(net, x)
        figures["decibels"] = measure.reconstruction(kind, net, real[:64])
        figures["smoothness"] = measure.smoothness(kind, net, places[:16])
        figures["milliseconds"] = measure.milliseconds(lambda: kind.at(net, places[:1]))
    return Report(family, pictures, figures, own)


def opened(kind: Kind, folder: Path) -> Any:
    net = kind.network(**json.loads((folder / "config.json").read_text("utf-8"))["net"])
    net.load_state_dict({name: weight.float() for name, weight in load_file(folder / "model.safetensors").items()})
    return net.eval().requires_grad_(False)


def floor(work: Path, pictures: int = 256) -> dict[str, float]:
    """The same figures of true renders beside other true renders: what nobody can be better than."""
    both = measure.renders(work, 2 * pictures)
    order = np.random.default_rng(0).permutation(len(both))
    return measure.looks(load_or_train(work / "judge"), both[order[:pictures]], both[order[pictures:]])


def as_table(report: Report) -> str:
    """The report as Markdown."""
    lines = ["| | |", "|---|---|"]
    lines += [
        f"| {words} | {form.format(report.figures[name])} |"
        for name, (words, form) in ROWS.items()
        if name in report.figures
    ]
    lines += [f"| {name} | {value} |" for name, value in report.own.items()]
    return "\n".join([*lines, "", f"{report.pictures} scenes whose attributes no training picture has together."])
