"""Which tunes are kept from training, to measure on; knows no model.

Tunes that begin alike fall on the same side, so that a variant of a trained tune, as old books have many, does not pass
for a new one.
"""

from zlib import crc32

from playground.media.tune import Tune
from training.tunes import rhythm

_ONE_IN = 20
_OPENING = 2  # bars


def is_held_out(tune: Tune) -> bool:
    """Whether a tune is kept from training (one in twenty): decided by the strong beats of its first bars."""
    return crc32(repr(_opening(tune)).encode()) % _ONE_IN == 0


def _opening(tune: Tune) -> list[int | None]:
    """Pitch classes above the tonic that sound on the strong beats of the first bars."""
    found = []
    for bar in tune.bars[:_OPENING]:
        tick = 0
        for note in bar.notes:
            if any(tick <= beat < tick + note.ticks for beat in rhythm.strong_beats(tune.metre)):
                found.append(None if note.pitch is None else (note.pitch - tune.tonic) % 12)
            tick += note.ticks
    return found
