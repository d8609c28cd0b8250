"""Measures the finished melody model: notes kept, latents, draws, walks, attributes, speed; and says what to ship."""

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psutil
import torch

from playground.media.melody_grid import BAR_STEPS, FIRST, STEPS, Grid, notes_kept, notes_of
from playground.nets.dense_vae import divergence
from playground.nets.melody_vae import MelodyVAE
from training.melody import data, export
from training.melody.attributes import ATTRIBUTES, leap
from training.melody.task import written

GATE = 0.90  # share of the notes of held-out melodies that come back
WALKS, WALK_STEPS = 100, 16
_ACTIVE = 0.01  # least variance of the means of a number that says something (Burda et al. 2015, arXiv:1509.00519)


@dataclass(frozen=True)
class Sound:
    """What melodies are like, as means over them; shares from 0 to 1."""

    notes: float
    resting_tones: float  # of the notes on strong beats, those of the tonic triad
    repeated: float  # of the notes, those with the pitch of the one before
    leap: float  # steps of the scale


@dataclass(frozen=True)
class Report:
    """All that the card prints; shares from 0 to 1."""

    melodies: int
    kept: float  # notes with their onset and pitch
    invented: float  # notes of the reconstructions that are not in the melodies
    exact: float
    nats: float
    active: int
    latent: int
    composed: Sound
    drawn: Sound
    copied: float  # of the draws, melodies trained on
    jumps: float  # of walks: largest change of a step over the median one
    largest: float  # of walks: sixteenths that the largest change alters
    still: float  # of walks: share of the steps that change nothing
    moved: dict[str, tuple[float, float, float]]  # by attribute, one step back, none and one step forth
    spilled: dict[str, float]  # by attribute, how far the one moved most of the others goes, in its deviations
    milliseconds: float
    load: float


def evaluate(folder: Path, work: Path, count: int = 2000) -> Report:
    """Measure the model in `folder` on up to `count` melodies that it never saw."""
    load = psutil.getloadavg()[0]
    model, directions = export.load(folder), export.load_directions(folder)
    true = [melody.grid for melody in data.held_out(work / "data")[:count]]
    mean, log_variance = encoded(model, true)
    found = written(model, mean)
    torch.manual_seed(6)
    draws = written(model, torch.randn(len(true), model.config.latent))
    known = set(map(tuple, data.trained_on(work / "data").tolist()))
    changes = [walk(model, mean[2 * number], mean[2 * number + 1]) for number in range(min(WALKS, len(true) // 2))]
    steps = [step for one in changes for step in one]
    moved = {name: movement(model, mean, direction) for name, direction in directions.items()}
    return Report(
        melodies=len(true),
        kept=notes_kept(true, found),
        invented=1 - notes_kept(found, true),
        exact=share(a == b for a, b in zip(true, found, strict=True)),
        nats=divergence(mean, log_variance).mean().item(),
        active=int((mean.var(0) > _ACTIVE).sum()),
        latent=model.config.latent,
        composed=sound(true),
        drawn=sound(draws),
        copied=share(grid in known for grid in draws),
        jumps=statistics.fmean(max(one) / max(1, statistics.median(one)) for one in changes),
        largest=statistics.fmean(map(max, changes)),
        still=share(step == 0 for step in steps),
        moved={name: (table[0][name], table[1][name], table[2][name]) for name, table in moved.items()},
        spilled={name: spill(name, table, true) for name, table in moved.items()},
        milliseconds=milliseconds(model),
        load=load,
    )


@torch.inference_mode()
def encoded(model: MelodyVAE, grids: Sequence[Grid]) -> tuple[torch.Tensor, torch.Tensor]:
    """Means and log variances (n, latent)."""
    return model.encode(torch.tensor(grids))


def sound(grids: Sequence[Grid]) -> Sound:
    notes = [notes_of(grid) for grid in grids]
    strong = [degree for one in notes for step, degree in one if step % (BAR_STEPS // 2) == 0]
    pairs = [first[1] == second[1] for one in notes for first, second in pairwise(one)]
    return Sound(
        notes=statistics.fmean(map(len, notes)),
        resting_tones=share(degree % 7 in (0, 2, 4) for degree in strong),
        repeated=share(pairs),
        leap=statistics.fmean(map(leap, grids)),
    )


def slerp(start: torch.Tensor, end: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """Latents (n, latent) on the arc between two (latent,), at places (n,) from 0 to 1."""
    cosine = torch.cosine_similarity(start, end, dim=0).clamp(-0.9995, 0.9995)
    angle, places = cosine.acos(), places[:, None]
    return (((1 - places) * angle).sin() * start + (places * angle).sin() * end) / angle.sin()


def walk(model: MelodyVAE, start: torch.Tensor, end: torch.Tensor) -> list[int]:
    """How many sixteenths sound different after each step of a walk."""
    rolls = [roll(grid) for grid in written(model, slerp(start, end, torch.linspace(0, 1, WALK_STEPS)))]
    return [sum(a != b for a, b in zip(*pair, strict=True)) for pair in pairwise(rolls)]


def roll(grid: Grid) -> list[tuple[int, bool]]:
    """Of every sixteenth which note or rest sounds, and whether a note begins."""
    sounding, found = 0, []
    for token in grid:
        sounding = token or sounding
        found.append((sounding, token >= FIRST))
    return found


def movement(model: MelodyVAE, latents: torch.Tensor, direction: torch.Tensor) -> list[dict[str, float]]:
    """The mean of every attribute one direction back, where the melodies are, and one direction forth."""
    tables = []
    for way in (-1, 0, 1):
        grids = written(model, latents + way * direction)
        tables.append(
            {name: statistics.fmean(map(attribute.of, grids)) for name, attribute in ATTRIBUTES.items()},
        )
    return tables


def spill(name: str, table: Sequence[dict[str, float]], true: Sequence[Grid]) -> float:
    """How far the other attribute that goes farthest along a direction goes from end to end, in deviations of it."""
    others = [other for other in ATTRIBUTES if other != name]
    return max(abs(table[2][one] - table[0][one]) / deviation(ATTRIBUTES[one].of, true) for one in others)


def deviation(of, grids: Sequence[Grid]) -> float:
    return statistics.pstdev(map(of, grids)) or 1.0


@torch.inference_mode()
def milliseconds(model: MelodyVAE) -> float:
    """The median time to decode one latent into a grid, on one thread."""
    before, taken = torch.get_num_threads(), []
    torch.set_num_threads(1)
    for _ in range(60):
        latent, start = torch.randn(1, model.config.latent), time.perf_counter()
        written(model, latent)
        taken.append(time.perf_counter() - start)
    torch.set_num_threads(before)
    return 1000 * statistics.median(taken)


def share(found) -> float:
    """Of true ones."""
    counted = list(found)
    return sum(counted) / max(1, len(counted))


def as_table(report: Report) -> str:
    """The report as Markdown."""
    drawn, true = report.drawn, report.composed
    rows = [
        (f"notes of {report.melodies:,} held-out melodies that come back with onset and pitch", f"{report.kept:.1%}"),
        ("notes that come back and were not there", f"{report.invented:.1%}"),
        (f"melodies that come back exactly, all {STEPS} steps", f"{report.exact:.1%}"),
        ("divergence from the prior, nats a melody", f"{report.nats:.1f}"),
        ("numbers of the latent that say something", f"{report.active} of {report.latent}"),
        ("notes in a melody drawn from the prior (composed)", f"{drawn.notes:.1f} ({true.notes:.1f})"),
        ("their strong beats on tones of the tonic triad", f"{drawn.resting_tones:.2f} ({true.resting_tones:.2f})"),
        ("their notes that repeat the one before", f"{drawn.repeated:.2f} ({true.repeated:.2f})"),
        ("their mean interval, steps of the scale", f"{drawn.leap:.2f} ({true.leap:.2f})"),
        ("draws that stand in the training melodies", f"{report.copied:.1%}"),
        (f"walks of {WALK_STEPS} places: largest change over the median one", f"{report.jumps:.1f}"),
        (f"sixteenths of {STEPS} that the largest change alters", f"{report.largest:.1f}"),
        ("their steps that change nothing", f"{report.still:.0%}"),
        *((f"{ATTRIBUTES[name].opposite} to {name}: {ATTRIBUTES[name].told}; what else moves most",
           " ".join(f"{value:.1f}" for value in ends) + f"; {report.spilled[name]:.1f} deviations")
          for name, ends in report.moved.items()),
        ("milliseconds to decode one, one thread", f"{report.milliseconds:.1f}"),
    ]  # fmt: skip
    lines = ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows), ""]
    lines.append(f"Timed on {os.cpu_count()} cores at load average {report.load:.1f}.")
    return "\n".join(lines)


def verdict(report: Report) -> str:
    """Whether the gate is passed, for the person who decides to ship."""
    return f"notes: {report.kept:.1%} of {GATE:.0%} {'passed' if report.kept >= GATE else 'FAILED'}"
