"""What a model made as sound becomes a file that can be heard, or a sentence that says why not; knows no model."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import soundfile

from playground.adapters.stopping import heed
from playground.errors import Failed
from playground.events import Media, Notice, Output
from playground.media import loudness, master
from playground.stream import Emit

SILENT = -60.0  # LUFS; what is quieter would be nothing but noise, made louder
CEILING = -1.0  # dBTP


def hand_over(sounds: Iterable[tuple[int, np.ndarray]], rate: int, emit: Emit) -> None:
    """Emit an Output for each sound (samples, channels) that can be heard, given with its seed, and tell of the others;
    Failed if none can."""
    lost: list[Failed] = []
    made = 0
    for seed, sound in sounds:
        heed(emit)
        facts = {"seed": seed, "tunes": 1, "duration": round(len(sound) / rate, 2)}
        try:
            output = finished(sound, rate, facts)
        except Failed as failed:
            lost.append(failed)
        else:
            emit(output)
            made += 1
    if lost and not made:
        raise lost[-1]
    for failed in lost:
        emit(Notice(str(failed)))


def finished(sound: np.ndarray, rate: int, facts: Mapping[str, Any]) -> Output:
    """The sound (samples, channels), full scale at 1, at the loudness of all music here; Failed if it is none."""
    sound = np.asarray(sound, np.float32)
    if not np.isfinite(sound).all():
        raise Failed(f"Seed {facts['seed']} gave numbers that are no sound; other settings or another seed may work.")
    if loudness.integrated(sound, rate) < SILENT:
        raise Failed(f"Seed {facts['seed']} gave silence; other words or another seed may work.")
    sound = below(master.mastered(sound, rate))
    return Output(Media(wav(sound, rate), "audio/wav"), {**facts, **measured(sound, rate)})


def below(sound: np.ndarray) -> np.ndarray:
    """The sound with no peak above CEILING, between the samples either."""
    over = loudness.true_peak(sound) - CEILING
    return sound * np.float32(10 ** (-over / 20)) if over > 0 else sound


def measured(sound: np.ndarray, rate: int) -> dict[str, float]:
    """How loud it is, in LUFS and dBTP."""
    return {"lufs": round(loudness.integrated(sound, rate), 1), "dbtp": round(loudness.true_peak(sound), 1)}


def wav(sound: np.ndarray, rate: int) -> bytes:
    """16 bits a sample, which every player takes and no page makes louder by itself."""
    buffer = io.BytesIO()
    soundfile.write(buffer, sound, rate, "PCM_16", format="WAV")
    return buffer.getvalue()
