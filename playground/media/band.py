"""Who plays a score: a sound for each instrument and drum, wherever it comes from; knows no score."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Band:
    """Sounds are float32, shape (samples,), or (2, samples) for left and right, full scale at 1.

    `tone(instrument, pitch, seconds, rate)`: it holds a pitch for at most so long; shorter where it has died away.
    `release(instrument, pitch, rate)`: what a note is multiplied by from its end on; it falls to 0.
    `stroke(key, rate)`: one stroke of a drum, and where it stands, -1 left to 1 right.
    `name` and `sha256` are those of a soundfont's file, empty for the own synthesiser.
    """

    tone: Callable[[str, int, float, int], np.ndarray]
    release: Callable[[str, int, int], np.ndarray]
    stroke: Callable[[int, int], tuple[np.ndarray, float]]
    name: str = ""
    sha256: str = ""
