"""What `melody` is trained on: pairs of bars of composed tunes, and of books where there are any; knows no model."""

import json
import multiprocessing
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from playground.media import melody_grid
from playground.media.melody_grid import BARS, METRE, Grid, Key
from playground.media.tune import Tune
from training import tunes
from training.melody.attributes import ATTRIBUTES

SEED = 2026
_AT_A_TIME = 250  # tunes that one process composes before it hands them over
_FEWEST = 3  # notes of a melody that is worth keeping


@dataclass(frozen=True)
class Melody:
    """Two bars, and how they are played."""

    grid: Grid
    key: Key

    def as_json(self) -> dict[str, Any]:
        return {"grid": list(self.grid), **asdict(self.key)}


def make(folder: Path, count: int, books: Iterable[Tune], processes: int) -> None:
    """Write the different melodies of so many composed tunes and of those of the books, and apart from them those of
    the composed tunes that are held out, without what is trained on as well."""
    jobs = [(SEED + start, min(_AT_A_TIME, count - start)) for start in range(0, count, _AT_A_TIME)]
    trained = {melody.grid for tune in books if not tunes.is_held_out(tune) for melody in melodies(tune)}
    from_books, kept = len(trained), {}
    with multiprocessing.get_context("spawn").Pool(processes) as crew:
        for number, (ours, theirs) in enumerate(crew.imap(_composed, jobs), 1):
            trained |= ours
            kept |= {melody.grid: melody for melody in theirs}
            print(f"{min(count, number * _AT_A_TIME)} of {count} tunes, {len(trained)} melodies", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    grids = sorted(trained)
    np.save(folder / "melodies.npy", np.array(grids, np.uint8))
    np.save(folder / "attributes.npy", standardised(grids))
    fresh = [melody.as_json() for melody in kept.values() if melody.grid not in trained]
    (folder / "held_out.json").write_text(json.dumps(fresh))
    (folder / "facts.json").write_text(json.dumps({"melodies": len(trained), "tunes": count, "from_books": from_books}))


def is_made(folder: Path) -> bool:
    return (folder / "facts.json").is_file()


def trained_on(folder: Path) -> np.ndarray:
    """Grids (n, steps) of bytes."""
    return np.load(folder / "melodies.npy")


def attributes_of(folder: Path) -> np.ndarray:
    """Of the grids trained on, in their order, the attributes (n, attributes) as standardised() gives them."""
    return np.load(folder / "attributes.npy")


def standardised(grids: Sequence[Grid]) -> np.ndarray:
    """Every attribute of ATTRIBUTES, less its mean and in its standard deviations."""
    values = np.array([[attribute.of(grid) for attribute in ATTRIBUTES.values()] for grid in grids], np.float32)
    return (values - values.mean(0)) / (values.std(0) + 1e-6)


def held_out(folder: Path) -> list[Melody]:
    """Different melodies that were never trained on, in any order."""
    told = json.loads((folder / "held_out.json").read_text())
    random.Random(SEED).shuffle(told)
    return [Melody(tuple(one.pop("grid")), Key(**one)) for one in told]


def melodies(tune: Tune) -> Iterator[Melody]:
    """Bars one and two, three and four and so on, where they are on the grid and have a few notes."""
    if tune.metre != METRE:
        return
    key = Key(tune.tonic, tune.mode, tune.bpm, tune.style)
    for first in range(0, len(tune.bars) - BARS + 1, BARS):
        bars = tune.bars[first : first + BARS]
        sounding = sum(note.pitch is not None for bar in bars for note in bar.notes)
        if sounding >= _FEWEST and melody_grid.on_steps(bars):
            yield Melody(melody_grid.grid_of(tune, first), key)


def _composed(job: tuple[int, int]) -> tuple[set[Grid], list[Melody]]:
    """Of so many tunes the grids to train on, and the melodies that are held out."""
    seed, count = job
    rng = random.Random(seed)
    trained: set[Grid] = set()
    kept: list[Melody] = []
    for _ in range(count):
        tune = tunes.compose(tunes.draw_wish(rng, metre=METRE), rng)
        if tunes.is_held_out(tune):
            kept += melodies(tune)
        else:
            trained.update(melody.grid for melody in melodies(tune))
    return trained, kept
