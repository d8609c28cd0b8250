"""A small network that reads a poster back: what is in it, where its subject is, and in which colour; draws nothing.

It is trained on renders of all scenes, held-out pairs included, and never trains the generator. The colour is not
guessed by the network: the pixels inside the mask it finds are compared with the palette.
"""

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn

from training.scenes import Scene, draw_scene, render
from training.scenes.colours import named_colour
from training.scenes.specification import ATTRIBUTES

SIZE = 64  # pixels a side: all that a judge needs
READ = tuple(name for name in ATTRIBUTES if name != "colour")
WIDTHS, MASK_WIDTHS = (24, 48, 96, 128), (48, 32, 16)


class Judge(nn.Module):
    """One trunk, a head for every attribute, and a light way back up to the mask of the subject's named colour."""

    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList(_twice(a, b) for a, b in pairwise((3, *WIDTHS)))
        skips = WIDTHS[-2::-1]
        self.up = nn.ModuleList(
            _block(below + skip, wide)
            for below, skip, wide in zip((WIDTHS[-1], *MASK_WIDTHS), skips, MASK_WIDTHS, strict=False)
        )
        self.mask = nn.Conv2d(MASK_WIDTHS[-1], 1, 1)
        features = WIDTHS[-1] * (SIZE // 2 ** len(WIDTHS)) ** 2
        self.heads = nn.ModuleDict({name: _head(features, len(ATTRIBUTES[name])) for name in READ})

    def forward(self, pictures: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        """From pictures (n, 3, 64, 64) in -1 to 1: scores of every attribute, and mask scores (n, 32, 32)."""
        levels = [pictures]
        for block in self.down:
            levels.append(block(levels[-1]))
        x = levels.pop()
        found = {name: head(x.flatten(1)) for name, head in self.heads.items()}
        for block in self.up:
            x = block(torch.cat([F.interpolate(x, scale_factor=2.0), levels.pop()], dim=1))
        return found, self.mask(x)[:, 0]


def _block(wide_in: int, wide_out: int, stride: int = 1) -> nn.Sequential:
    convolution = nn.Conv2d(wide_in, wide_out, 3, stride, 1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(wide_out), nn.ReLU())


def _twice(wide_in: int, wide_out: int) -> nn.Sequential:
    return nn.Sequential(_block(wide_in, wide_out, stride=2), _block(wide_out, wide_out))


def _head(features: int, values: int) -> nn.Sequential:
    return nn.Sequential(nn.Dropout(0.1), nn.Linear(features, 96), nn.ReLU(), nn.Linear(96, values))


def as_input(pictures: np.ndarray) -> torch.Tensor:
    """Pictures (n, height, width, 3) of bytes, reduced to what the judge looks at."""
    tensor = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1
    return F.adaptive_avg_pool2d(tensor, SIZE)


@torch.inference_mode()
def read(judge: Judge, pictures: np.ndarray) -> list[dict[str, str]]:
    """Every attribute of every picture (n, height, width, 3), as the judge sees it."""
    small = as_input(pictures)
    found, masks = judge(small)
    values = {name: [ATTRIBUTES[name][index] for index in scores.argmax(1).tolist()] for name, scores in found.items()}
    pixels = ((F.avg_pool2d(small, 2) + 1) * 127.5).permute(0, 2, 3, 1).numpy()
    readings = []
    for index, (picture, scores) in enumerate(zip(pixels, masks.numpy(), strict=True)):
        reading = {name: column[index] for name, column in values.items()}
        inside = picture[scores > min(0.0, float(np.partition(scores.ravel(), -12)[-12]))]
        readings.append({**reading, "colour": named_colour(inside, reading["time"])})
    return readings


def load_or_train(folder: Path, pictures: int = 6000, steps: int = 800) -> Judge:
    """The judge kept in `folder`; without one, it is trained there on freshly rendered pictures."""
    if not (folder / "judge.safetensors").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with torch.random.fork_rng():
            torch.manual_seed(0)  # the same judge wherever it is trained
            trained = Judge()
            _train(trained, *_examples(pictures), steps)
        weights = {name: weight.contiguous() for name, weight in trained.state_dict().items()}
        save_file(weights, folder / "judge.safetensors")
    judge = Judge()
    judge.load_state_dict(load_file(folder / "judge.safetensors"))
    return judge.eval()


def _examples(count: int) -> tuple[torch.Tensor, torch.Tensor, list[Scene]]:
    """Pictures (n, 3, 64, 64), masks (n, 32, 32) from 0 to 1, and the scenes, drawn by lot from all of them."""
    rng = random.Random(71)
    scenes = [draw_scene(rng) for _ in range(count)]
    pictures = np.empty((count, SIZE, SIZE, 3), np.uint8)
    masks = torch.empty(count, SIZE // 2, SIZE // 2)
    for index, scene in enumerate(scenes):
        picture, mask = render(scene)
        pictures[index] = halved(halved(picture))
        masks[index] = F.adaptive_avg_pool2d(torch.from_numpy(mask.copy()).float()[None], SIZE // 2)[0]
    return as_input(pictures), masks, scenes


def _train(judge: Judge, pictures: torch.Tensor, masks: torch.Tensor, scenes: list[Scene], steps: int) -> None:
    """On pictures blurred and noised now and then, since a generator's are never quite clean."""
    judge.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]  # torch does not declare this form
    labels = {name: torch.tensor([ATTRIBUTES[name].index(getattr(scene, name)) for scene in scenes]) for name in READ}
    optimizer = torch.optim.AdamW(judge.parameters(), 2e-3, weight_decay=0.02)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = 2e-3 * (1 - step / steps)
        chosen = torch.randint(len(scenes), (64,))
        found, mask = judge(_worn(pictures[chosen]))
        loss = 4 * F.binary_cross_entropy_with_logits(mask, masks[chosen])
        for name, scores in found.items():
            loss = loss + F.cross_entropy(scores, labels[name][chosen], label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def _worn(pictures: torch.Tensor) -> torch.Tensor:
    kind = float(torch.rand(()))
    if kind < 0.35:
        return F.interpolate(F.avg_pool2d(pictures, 2), scale_factor=2.0, mode="bilinear")
    if kind < 0.6:
        return pictures + 0.1 * torch.randn_like(pictures)
    return pictures


def halved(picture: np.ndarray) -> np.ndarray:
    """The picture (height, width, 3) at half its size, each pixel the mean of four."""
    height, width, _ = picture.shape
    return (picture.reshape(height // 2, 2, width // 2, 2, 3).mean((1, 3)) + 0.5).astype(np.uint8)
