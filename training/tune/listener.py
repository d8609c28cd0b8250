"""A small classifier that hears style and mode from the notes and chords alone; knows no control word and no model."""

from collections.abc import Sequence

import numpy as np
import torch

from playground.media.tune import BAR, QUALITIES, TICKS, Tune, chord
from training.tunes import judge

_LENGTHS = (2, 3, 4, 6, 8, 9, 12, 18, 24, 36, 48)
_SLOTS = 16  # of a bar, where notes begin


def features(tune: Tune) -> np.ndarray:
    """What can be heard, as shares: tones, chords, lengths, places in the bar, leaps, span, density, rests."""
    tones, roots, qualities = np.zeros(12), np.zeros(12), np.zeros(len(QUALITIES))
    lengths, places = np.zeros(len(_LENGTHS)), np.zeros(_SLOTS)
    silent = 0
    for bar in tune.bars:
        tick = 0
        for note in bar.notes:
            if note.pitch is None:
                silent += note.ticks
            else:
                tones[note.pitch % 12] += note.ticks
                lengths[min(range(len(_LENGTHS)), key=lambda index: abs(_LENGTHS[index] - note.ticks))] += 1
                places[min(_SLOTS - 1, tick // 3)] += 1
            tick += note.ticks
        for name in bar.chords:
            root, quality = chord(name)
            roots[root] += 1
            qualities[list(QUALITIES).index(quality)] += 1
    total = len(tune.bars) * BAR[tune.metre]
    single = [
        judge.mean_leap(tune) / 4, judge.span(tune) / 24, judge.density(tune) / 2, silent / max(1, total),
        sum(len(bar.chords) for bar in tune.bars) / len(tune.bars) - 1, float(BAR[tune.metre] == 4 * TICKS),
        *(judge.rhythm_again(tune, distance) or 0.0 for distance in (1, 2, 4)),
    ]  # fmt: skip
    shares = [part / max(1.0, part.sum()) for part in (tones, roots, qualities, lengths, places)]
    return np.concatenate([*shares, single])


class Listener:
    """Tells which of some labels a tune has, after hearing many with theirs; a network of one hidden layer."""

    def __init__(self, heard: Sequence[Tune], labels: Sequence[str]):
        self.labels = sorted(set(labels))
        found = torch.tensor(np.stack([features(tune) for tune in heard]), dtype=torch.float32)
        self.mean, self.spread = found.mean(0), found.std(0) + 1e-3
        inputs = (found - self.mean) / self.spread
        truth = torch.tensor([self.labels.index(label) for label in labels])
        torch.manual_seed(0)
        self.net = torch.nn.Sequential(
            torch.nn.Linear(inputs.shape[1], 96), torch.nn.GELU(), torch.nn.Linear(96, len(self.labels))
        )
        optimizer = torch.optim.AdamW(self.net.parameters(), 3e-3, weight_decay=0.05)
        for _ in range(400):
            batch = torch.randint(len(truth), (256,))
            optimizer.zero_grad()
            torch.autograd.backward(torch.nn.functional.cross_entropy(self.net(inputs[batch]), truth[batch]))
            optimizer.step()

    @torch.inference_mode()
    def hears(self, tunes: Sequence[Tune]) -> list[str]:
        found = torch.tensor(np.stack([features(tune) for tune in tunes]), dtype=torch.float32)
        return [self.labels[index] for index in self.net((found - self.mean) / self.spread).argmax(1).tolist()]
