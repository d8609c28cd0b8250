"""What `melody` learns: the evidence lower bound, its divergence at a discount; knows no file of the finished model.

The discount (the beta of Higgins et al. 2017, "beta-VAE") buys exact notes with latents that say a little more than the
prior would like. The first numbers of the latent are held near the attributes of the melody, in standard deviations,
as by Pati and Lerch 2021, "Attribute-based regularization of latent spaces" (arXiv:2004.05485), though by their size
and not by their order: else attributes lie crooked in the latent space, and no straight direction changes them.
"""

from collections.abc import Iterator
from pathlib import Path

import torch
from torch.nn import functional

from playground.media.melody_grid import STEPS, TOKENS, Grid, canonical, notes_kept
from playground.nets.dense_vae import divergence
from playground.nets.melody_vae import Config, MelodyVAE, drawn
from training.loop import Task, simple
from training.melody import data

NAME = "melody"  # of the training's state in the work folder
BETA = 0.4
GUIDANCE = 2.0  # weight of the squared distance from the attributes
BATCH = 64  # melodies a step and process
RATE, DECAY = 1.5e-3, 0.6
CONFIG = Config(tokens=TOKENS, steps=STEPS)
LOOKED_AT = 500  # melodies that are never trained on


def begin(work: Path) -> Task[MelodyVAE]:
    melodies, attributes = map(torch.from_numpy, (data.trained_on(work / "data"), data.attributes_of(work / "data")))
    kept = torch.tensor([melody.grid for melody in data.held_out(work / "data")[:LOOKED_AT]])
    model = MelodyVAE(CONFIG)
    batches = _batches(melodies, attributes)
    return simple(model, lambda: loss_of(model, *next(batches)), lambda average: told(average, kept), muon=False)


def loss_of(model: MelodyVAE, tokens: torch.Tensor, attributes: torch.Tensor) -> torch.Tensor:
    """Nats a step, with the divergence at a discount. `attributes` (n, any) are held by the first of the latent."""
    mean, log_variance = model.encode(tokens)
    latents = drawn(mean, log_variance)
    surprise = functional.cross_entropy(model.decode(latents).flatten(0, 1), tokens.flatten())
    astray = (latents[:, : attributes.shape[1]] - attributes).square().sum(1)
    return surprise + (BETA * divergence(mean, log_variance) + GUIDANCE * astray).mean() / tokens.shape[1]


@torch.inference_mode()
def written(model: MelodyVAE, latents: torch.Tensor) -> list[Grid]:
    """The likeliest melody of each latent."""
    return [canonical(grid) for grid in model.decode(latents).argmax(-1).tolist()]


@torch.inference_mode()
def told(model: MelodyVAE, tokens: torch.Tensor) -> str:
    mean, log_variance = model.encode(tokens)
    true = [tuple(grid) for grid in tokens.tolist()]
    nats = divergence(mean, log_variance).mean()
    return f"notes {notes_kept(true, written(model, mean)):.1%}, KL {nats:.1f} nats"


def _batches(melodies: torch.Tensor, attributes: torch.Tensor) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Melodies and their attributes drawn by lot, without end."""
    while True:
        lot = torch.randint(len(melodies), (BATCH,))
        yield melodies[lot].long(), attributes[lot]
