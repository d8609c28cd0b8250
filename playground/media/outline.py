"""What a page draws of a sound that has no notes, as plain data; knows no page and no model."""

import io
from typing import Any

import numpy as np
import soundfile

COLUMNS = 480


def of_sound(wav: bytes) -> dict[str, Any]:
    """In the shape of a roll (media.roll) without tracks, and "wave": of each column the lowest and the highest sample,
    from -100 to 100, as if the loudest were full scale. Its bars are about a second long."""
    sound, rate = soundfile.read(io.BytesIO(wav), dtype="float32", always_2d=True)
    seconds = len(sound) / rate
    columns = np.array_split(sound.mean(axis=1), min(COLUMNS, len(sound)))
    edges = np.array([(column.min(), column.max()) for column in columns])
    wave = np.round(edges / max(1e-9, np.abs(edges).max()) * 100).astype(int).tolist()
    frame = {"seconds": round(seconds, 3), "bar": seconds / max(1, round(seconds)), "chords": [], "tracks": []}
    return {**frame, "wave": wave}
