"""What the GAN learns: two networks against each other; knows no other family.

The discriminator is StyleGAN2's in small (Karras et al. 2020, arXiv:1912.04958, 2006.06676): residual blocks, the
deviation within the batch as a channel, a projection on the class, and a penalty on its gradient at real pictures.
"""

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from playground.nets.stylegan2 import Generator
from training.families.data import Latents
from training.loop import Task
from training.optimizer import Optimizer
from training.scenes.specification import SUBJECTS

BATCH, GROUP = 32, 4
MIXING = 0.5  # the share of pictures whose layers get two styles
PENALTY, STEPS_BETWEEN_PENALTIES = 8.0, 4
WIDTHS = (64, 96, 128)


class Discriminator(nn.Module):
    """How real a picture (n, channels, 16, 16) of a class (n,) is: scores (n,)."""

    def __init__(self, channels: int, classes: int):
        super().__init__()
        self.conv_in = nn.Conv2d(channels, WIDTHS[0], 3, padding=1)
        pairs = list(zip(WIDTHS, WIDTHS[1:], strict=False))
        self.first = nn.ModuleList(nn.Conv2d(below, below, 3, padding=1) for below, _ in pairs)
        self.second = nn.ModuleList(nn.Conv2d(below, wide, 3, padding=1) for below, wide in pairs)
        self.skips = nn.ModuleList(nn.Conv2d(below, wide, 1, bias=False) for below, wide in pairs)
        self.conv = nn.Conv2d(WIDTHS[-1] + 1, WIDTHS[-1], 3, padding=1)
        self.dense = nn.Linear(WIDTHS[-1] * 16, 128)
        self.embedding = nn.Embedding(classes, 128)
        self.score = nn.Linear(128, 1)

    def forward(self, x: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
        x = F.leaky_relu(self.conv_in(x), 0.2)
        for first, second, skip in zip(self.first, self.second, self.skips, strict=True):
            y = F.avg_pool2d(second(F.leaky_relu(first(x), 0.2)), 2)
            x = (F.leaky_relu(y, 0.2) + skip(F.avg_pool2d(x, 2))) / math.sqrt(2)
        x = F.leaky_relu(self.conv(with_deviation(x)), 0.2)
        features = F.leaky_relu(self.dense(x.flatten(1)), 0.2)
        return self.score(features)[:, 0] + (self.embedding(classes) * features).sum(1) / math.sqrt(128)


def with_deviation(x: torch.Tensor) -> torch.Tensor:
    """x (n, channels, h, w) with one channel more: how much the pictures of a group differ."""
    groups = x.reshape(GROUP, -1, *x.shape[1:])
    deviation = (groups.var(0, unbiased=False) + 1e-8).sqrt().mean((1, 2, 3))
    return torch.cat([x, deviation.repeat(GROUP)[:, None, None, None].expand(-1, 1, *x.shape[2:])], dim=1)


class Pair(nn.Module):
    """Both networks as one, for averages and checkpoints."""

    def __init__(self, channels: int):
        super().__init__()
        self.generator = make_generator(channels)
        self.discriminator = Discriminator(channels, len(SUBJECTS))


def make_generator(channels: int) -> Generator:
    return Generator(z_dim=64, c_dim=len(SUBJECTS), w_dim=128, img_channels=channels)


class Duel:
    """One step of each network at a time."""

    def __init__(self, pair: Pair, latents: Latents):
        self.pair, self.latents, self.steps = pair, latents, 0
        self.subjects = latents.labels("subject", SUBJECTS)
        self.optimizers = {
            "generator": Optimizer(pair.generator, muon=False, weight_decay=0.0, betas=(0.0, 0.99)),
            "discriminator": Optimizer(pair.discriminator, muon=False, weight_decay=0.0, betas=(0.0, 0.99)),
        }

    def advance(self, rate: float) -> None:
        lots = self.latents.lots(BATCH)
        real, classes = self.latents.take(lots), self.subjects[lots]
        with torch.no_grad():
            drawn, drawn_classes = self.drawn()
        scores = self.pair.discriminator(torch.cat([real, drawn]), torch.cat([classes, drawn_classes]))
        loss = F.softplus(-scores[:BATCH]).mean() + F.softplus(scores[BATCH:]).mean()
        if self.steps % STEPS_BETWEEN_PENALTIES == 0:
            loss = loss + STEPS_BETWEEN_PENALTIES * self.penalty(real[: BATCH // 2], classes[: BATCH // 2])
        torch.autograd.backward(loss)
        self.optimizers["discriminator"].step(rate)
        self.pair.discriminator.requires_grad_(False)
        drawn, drawn_classes = self.drawn()
        scores = self.pair.discriminator(drawn, drawn_classes)
        torch.autograd.backward(F.softplus(-scores).mean())
        self.pair.discriminator.requires_grad_(True)
        self.optimizers["generator"].step(rate)
        self.steps += 1

    def drawn(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Pictures of random classes, some with two styles, each from its own layers on; and the classes."""
        generator = self.pair.generator
        classes = torch.randint(len(SUBJECTS), (BATCH,))
        one_hot = F.one_hot(classes, len(SUBJECTS)).float()
        first, second = (generator.mapping(torch.randn(BATCH, generator.z_dim), one_hot) for _ in range(2))
        layers = generator.synthesis.num_ws
        cut = torch.where(torch.rand(BATCH) < MIXING, torch.randint(1, layers, (BATCH,)), layers)
        early = (torch.arange(layers) < cut[:, None])[..., None]
        return generator.synthesis(torch.where(early, first[:, None], second[:, None]), noise="random"), classes

    def penalty(self, real: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
        real = real.detach().requires_grad_(True)
        scores = self.pair.discriminator(real, classes)
        (slope,) = torch.autograd.grad(scores.sum(), real, create_graph=True)
        return PENALTY / 2 * slope.square().sum((1, 2, 3)).mean()


def begin(work: Path) -> Task[Pair]:
    latents = Latents(work)
    pair = Pair(latents.all.shape[1])
    duel = Duel(pair, latents)
    return Task(pair, duel.optimizers, duel.advance, lambda average: told(average, latents), keep=0.985)


@torch.inference_mode()
def told(pair: Pair, latents: Latents) -> str:
    """How the scores differ, and how far the pictures' moments are from those of real ones."""
    set_mean(pair.generator)
    classes = torch.arange(256) % len(SUBJECTS)
    w = pair.generator.mapping(torch.randn(256, pair.generator.z_dim), F.one_hot(classes, len(SUBJECTS)).float())
    drawn, real = pair.generator.synthesis(pair.generator.ws(w), noise="random"), latents.draw(256)
    apart = (drawn.mean(0) - real.mean(0)).square().mean() + (drawn.std(0) - real.std(0)).square().mean()
    lots = latents.lots(256)
    scores = pair.discriminator(
        latents.take(lots), torch.as_tensor([SUBJECTS.index(latents.scenes[i].subject) for i in lots])
    )
    return (
        f"scores {scores.mean():.2f} real, {pair.discriminator(drawn, classes).mean():.2f} drawn; moments {apart:.4f}"
    )


@torch.inference_mode()
def set_mean(generator: Generator, draws: int = 8192) -> None:
    """The mean of w over all classes, towards which truncation draws."""
    dice = torch.Generator().manual_seed(0)
    classes = torch.arange(draws) % len(SUBJECTS)
    z = torch.randn(draws, generator.z_dim, generator=dice)
    mapping = generator.mapping
    mapping.w_avg.copy_(mapping(z, F.one_hot(classes, len(SUBJECTS)).float()).mean(0))
