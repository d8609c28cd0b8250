"""How good a family is: draws beside renders through the judge's eyes, reconstructions, walks, time; trains nothing.

Fréchet distance: Heusel et al. 2017 (arXiv:1706.08500), precision and recall: Kynkaanniemi et al. 2019
(arXiv:1904.06991), both on the features of the network that reads posters back.
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from training.families.data import autoencoder
from training.families.kinds import Kind
from training.poster.evaluate import unseen_scenes
from training.poster.judge import Judge, as_input
from training.poster.latents import as_tensor
from training.scenes import render
from training.scenes.specification import ATTRIBUTES

NEAREST = 3  # neighbours that make a manifold of a set of pictures
SURE, OFTEN = 0.6, 0.01
"""A subject is drawn if this share of the pictures shows it with this probability."""


@torch.inference_mode()
def features(judge: Judge, pictures: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    """What the judge sees in pictures (n, h, w, 3): features (n, 128), and probabilities of subjects (n, 16)."""
    rows, subjects = [], []
    for start in range(0, len(pictures), 64):
        x = as_input(pictures[start : start + 64])
        subjects.append(judge(x)[0]["subject"].softmax(1))
        for block in judge.down:
            x = block(x)
        rows.append(x.mean((2, 3)))
    return torch.cat(rows), torch.cat(subjects)


def frechet(a: torch.Tensor, b: torch.Tensor) -> float:
    """Between the normal distributions that fit features (n, width) of two sets."""
    a, b = a.double(), b.double()
    first, second = torch.cov(a.T), torch.cov(b.T)
    values, axes = torch.linalg.eigh(first)
    root = axes * values.clamp_min(0).sqrt() @ axes.T
    crossed = torch.linalg.eigvalsh(root @ second @ root).clamp_min(0).sqrt().sum()
    return float((a.mean(0) - b.mean(0)).square().sum() + first.trace() + second.trace() - 2 * crossed)


def inside(points: torch.Tensor, manifold: torch.Tensor) -> float:
    """The share of points (n, width) nearer to some point of the manifold than its own NEAREST-th neighbour is."""
    reach = torch.cdist(manifold, manifold).kthvalue(NEAREST + 1, dim=1).values
    return float((torch.cdist(points, manifold) <= reach).any(1).float().mean())


def painted(latents: torch.Tensor) -> np.ndarray:
    """Pictures (n, 256, 256, 3) of bytes, by the shipped decoder."""
    model = autoencoder()
    parts = [model.decoder(part / model.config["scaling_factor"]) for part in latents.split(8)]
    return ((torch.cat(parts).clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).numpy()


def renders(work: Path, count: int) -> np.ndarray:
    """Scenes whose attributes no training picture has together."""
    return np.stack([render(scene, 256)[0] for scene in unseen_scenes(work, count, held_out=False)])


def looks(judge: Judge, drawn: np.ndarray, real: np.ndarray) -> dict[str, float]:
    """Of drawn pictures beside renders."""
    (a, subjects), (b, _) = features(judge, drawn), features(judge, real)
    shown = (subjects > SURE).float().mean(0) >= OFTEN
    return {
        "frechet": frechet(a, b),
        "precision": inside(a, b),
        "recall": inside(b, a),
        "subjects": float(shown.float().sum()) / len(ATTRIBUTES["subject"]),
    }


@torch.inference_mode()
def reconstruction(kind: Kind, net: torch.nn.Module, pictures: np.ndarray) -> float:
    """Decibels between renders and what comes back of them, over all together."""
    model = autoencoder()
    assert kind.place is not None
    latents = torch.cat([model.encoder(as_tensor(part)) for part in np.array_split(pictures, len(pictures) // 8)])
    again = painted(kind.at(net, kind.place(net, latents * model.config["scaling_factor"])))
    return float(-10 * np.log10(np.square((again.astype(np.float32) - pictures) / 255).mean()))


@torch.inference_mode()
def smoothness(kind: Kind, net: torch.nn.Module, places: torch.Tensor, steps: int = 16) -> float:
    """The largest over the median change of latents on straight walks between neighbours of `places`, the mean."""
    ratios = []
    for a, b in zip(places, places[1:], strict=False):
        line = kind.at(net, torch.stack([torch.lerp(a, b, t / steps) for t in range(steps + 1)]))
        changes = (line[1:] - line[:-1]).square().mean((1, 2, 3)).sqrt()
        ratios.append(float(changes.max() / changes.median().clamp_min(1e-6)))
    return float(np.mean(ratios))


@torch.inference_mode()
def milliseconds(work: Callable[[], object], times: int = 20) -> float:
    """The median on one thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spans.append(1000 * (time.perf_counter() - start))
    torch.set_num_threads(before)
    return float(np.median(spans))
