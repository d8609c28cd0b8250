"""What `melody` learns: the evidence lower bound, its divergence at a discount; knows no file of the finished model.

The discount (the beta of Higgins et al. 2017, "beta-VAE") buys exact notes with latents that say a little more than the
prior would like.
"""

from collections.abc import Iterator
from pathlib import Path

import torch
from torch.nn import functional

from playground.media.melody_grid import FIRST, STEPS, TOKENS, Grid, canonical
from playground.nets.dense_vae import divergence
from playground.nets.melody_vae import Config, MelodyVAE, drawn
from training.loop import Task, simple
from training.melody import data

NAME = "melody"  # of the training's state in the work folder
BETA = 0.4
BATCH = 64  # melodies a step and process
RATE, DECAY = 1.5e-3, 0.6
CONFIG = Config(tokens=TOKENS, steps=STEPS)
LOOKED_AT = 500  # melodies that are never trained on


def begin(work: Path) -> Task[MelodyVAE]:
    melodies = torch.from_numpy(data.trained_on(work / "data"))
    kept = torch.tensor([melody.grid for melody in data.held_out(work / "data")[:LOOKED_AT]])
    model = MelodyVAE(CONFIG)
    batches = _batches(melodies)
    return simple(model, lambda: loss_of(model, next(batches)), lambda average: told(average, kept), muon=False)


def loss_of(model: MelodyVAE, tokens: torch.Tensor) -> torch.Tensor:
    """Nats a step, with the divergence at a discount."""
    mean, log_variance = model.encode(tokens)
    logits = model.decode(drawn(mean, log_variance))
    surprise = functional.cross_entropy(logits.flatten(0, 1), tokens.flatten())
    return surprise + BETA * divergence(mean, log_variance).mean() / tokens.shape[1]


@torch.inference_mode()
def written(model: MelodyVAE, latents: torch.Tensor) -> list[Grid]:
    """The likeliest melody of each latent."""
    return [canonical(grid) for grid in model.decode(latents).argmax(-1).tolist()]


def notes_kept(true: list[Grid], found: list[Grid]) -> float:
    """Share of the notes of melodies that come back, each at its step with its pitch."""
    pairs = [pair for grids in zip(true, found, strict=True) for pair in zip(*grids, strict=True)]
    return sum(a == b for a, b in pairs if a >= FIRST) / max(1, sum(a >= FIRST for a, _ in pairs))


@torch.inference_mode()
def told(model: MelodyVAE, tokens: torch.Tensor) -> str:
    mean, log_variance = model.encode(tokens)
    true = [tuple(grid) for grid in tokens.tolist()]
    nats = divergence(mean, log_variance).mean()
    return f"notes {notes_kept(true, written(model, mean)):.1%}, KL {nats:.1f} nats"


def _batches(melodies: torch.Tensor) -> Iterator[torch.Tensor]:
    """Melodies drawn by lot, without end."""
    while True:
        yield melodies[torch.randint(len(melodies), (BATCH,))].long()
