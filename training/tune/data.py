"""What `tune` is trained on: composed tunes, and tunes of old books where there are any; knows no model."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from playground.errors import Refused
from playground.media import abc_read
from playground.media.tune import Tune
from playground.media.tune_tokens import encode
from training import tunes
from training.language import rows
from training.tune.tokens import IDS

SEED = 2025
FOLK_TIMES = 2  # how often each tune of a book stands in the stream


def read_books(folder: Path | None) -> list[Tune]:
    """Parts of 8 or 16 bars of the tunes in all .abc files of a folder; what cannot be read is passed over."""
    found: list[Tune] = []
    for path in sorted(folder.glob("*.abc")) if folder else ():
        for block in abc_read.blocks(path.read_text("utf-8", errors="replace")):
            try:
                found.extend(tunes.segments([abc_read.read_one(block)]))
            except Refused:
                continue
    return found


def composed(count: int, seed: int, held_out: bool = False) -> Iterator[Tune]:
    """So many tunes of the composer, either those that are trained on or those that are kept back."""
    rng = random.Random(seed)
    while count:
        tune = tunes.draw(rng)
        if tunes.is_held_out(tune) == held_out:
            count -= 1
            yield tune


def make(folder: Path, documents: int, books: list[Tune]) -> None:
    """Write the stream: so many composed tunes, and those of the books FOLK_TIMES, in any order."""
    taken = [tune for tune in books if not tunes.is_held_out(tune)] * FOLK_TIMES
    rng = random.Random(SEED)
    rng.shuffle(taken)
    rows.write(folder, (_with_weights(tune) for tune in _mixed(documents, taken, rng)), {"books": len(taken)})


def ids(tune: Tune) -> np.ndarray:
    return np.array([IDS[word] for word in encode(tune)], np.uint16)


def _mixed(documents: int, taken: list[Tune], rng: random.Random) -> Iterable[Tune]:
    """Composed tunes with the others strewn in evenly."""
    places = set(rng.sample(range(documents), min(documents, len(taken))))
    left = iter(taken)
    for number, tune in enumerate(composed(documents, SEED)):
        yield tune
        if number in places:
            yield next(left)


def _with_weights(tune: Tune) -> tuple[np.ndarray, np.ndarray]:
    tokens = ids(tune)
    return tokens, np.ones(len(tokens), np.uint8)
