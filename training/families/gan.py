"""What the GAN learns: two networks against each other; knows no other family.

StyleGAN2's generator (Karras et al. 2020, arXiv:1912.04958) against a second network that looks through frozen features
(Sauer et al. 2021, arXiv:2111.01007), by the hinge loss (Lim and Ye 2017, arXiv:1705.02894).
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from playground.nets.stylegan2 import Generator
from training import loop
from training.families.critic import Critic
from training.families.data import Latents
from training.families.features import Features
from training.loop import Task
from training.optimizer import Optimizer
from training.scenes.specification import SUBJECTS

BATCH = 32
MIXING = 0.5  # the share of pictures whose layers get two styles
NOISE = 0.1  # on all that the critic sees, so that it does not win by the last digits
LOUDEST = 0.03  # of the generator's own noise: at 16 x 16 a place is a whole stroke, and louder noise frays the skies


class Pair(nn.Module):
    """Both networks as one, for averages and checkpoints."""

    def __init__(self, features: Features, channels: int):
        super().__init__()
        self.generator = make_generator(channels)
        self.critic = Critic(features, channels, len(SUBJECTS))


def make_generator(channels: int) -> Generator:
    return Generator(z_dim=64, c_dim=len(SUBJECTS), w_dim=128, img_channels=channels)


class Duel:
    """One step of each network at a time."""

    def __init__(self, pair: Pair, latents: Latents):
        self.pair, self.latents = pair, latents
        self.subjects = latents.labels("subject", SUBJECTS)
        blocks = pair.generator.synthesis.blocks()
        self.strengths = [layer.noise_strength for block in blocks for layer in block.layers()]
        self.optimizers = {
            "generator": Optimizer(pair.generator, muon=False, weight_decay=0.0, betas=(0.0, 0.99)),
            "critic": Optimizer(pair.critic.heads, muon=False, weight_decay=0.0, betas=(0.0, 0.99)),
        }

    def advance(self, rate: float) -> None:
        lots = self.latents.lots(BATCH)
        real, classes = self.latents.take(lots), self.subjects[lots]
        with torch.no_grad():
            drawn, drawn_classes = self.drawn()
        scores = self.seen(torch.cat([real, drawn]), torch.cat([classes, drawn_classes]))
        losses = [F.relu(1 - each[:BATCH]).mean() + F.relu(1 + each[BATCH:]).mean() for each in scores]
        torch.autograd.backward(torch.stack(losses).sum())
        self.optimizers["critic"].step(rate)
        self.pair.critic.heads.requires_grad_(False)
        torch.autograd.backward(-torch.stack([each.mean() for each in self.seen(*self.drawn())]).sum())
        self.pair.critic.heads.requires_grad_(True)
        self.optimizers["generator"].step(rate)
        with torch.no_grad():
            for strength in self.strengths:
                strength.clamp_(-LOUDEST, LOUDEST)

    def seen(self, x: torch.Tensor, classes: torch.Tensor) -> list[torch.Tensor]:
        return self.pair.critic(x + NOISE * torch.randn_like(x), classes)

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


def begin(work: Path) -> Task[Pair]:
    latents = Latents(work)
    channels = latents.all.shape[1]
    features, _ = loop.averaged(work, "features", Features(channels))
    pair = Pair(features, channels)
    duel = Duel(pair, latents)
    return Task(pair, duel.optimizers, duel.advance, lambda average: told(average, latents), keep=0.985)


@torch.inference_mode()
def told(pair: Pair, latents: Latents) -> str:
    """How many subjects the frozen features recognise, and how far the moments are from those of real latents."""
    set_mean(pair.generator)
    classes = torch.arange(256) % len(SUBJECTS)
    w = pair.generator.mapping(torch.randn(256, pair.generator.z_dim), F.one_hot(classes, len(SUBJECTS)).float())
    drawn, real = pair.generator.synthesis(pair.generator.ws(w), noise="random"), latents.draw(256)
    apart = (drawn.mean(0) - real.mean(0)).square().mean() + (drawn.std(0) - real.std(0)).square().mean()
    right = (pair.critic.features(drawn)["subject"].argmax(1) == classes).float().mean()
    return f"subjects {right:.0%}, moments {apart:.4f}"


@torch.inference_mode()
def set_mean(generator: Generator) -> None:
    """The mean of w over all classes, towards which truncation draws."""
    generator.mapping.w_avg.copy_(random_w(generator, 8192).mean(0))


def random_w(generator: Generator, count: int) -> torch.Tensor:
    """w (count, w_dim), as many of each class, always the same."""
    classes = F.one_hot(torch.arange(count) % len(SUBJECTS), len(SUBJECTS)).float()
    return generator.mapping(torch.randn(count, generator.z_dim, generator=torch.Generator().manual_seed(0)), classes)
