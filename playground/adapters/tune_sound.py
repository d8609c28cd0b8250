"""The sound of a tune as a file, and what can be said of it; knows no model."""

from typing import Any

import numpy as np

from playground.adapters.sound_output import measured, wav
from playground.events import Media, Step
from playground.media import abc, master, sampler, synth
from playground.media.arrange import arrange
from playground.media.band import Band
from playground.media.score import Score
from playground.media.tune import Tune
from playground.stream import Emit


def played(tune: Tune, seed: int, loop: bool, emit: Emit) -> tuple[Media, dict[str, Any]]:
    """As the band of its style plays it, with a Step for each track. `loop`: its end leads into its start."""
    score, band = arrange(tune, seed=seed), sampler.chosen()
    mixed = synth.mix((), score.seconds)
    for number, track in enumerate(score.tracks):
        emit(Step(number, len(score.tracks)))
        mixed = mixed + synth.mix([track], score.seconds, band=band)
    sound = synth.looped(mixed, score.seconds) if loop else master.mastered(mixed, synth.RATE)
    emit(Step(len(score.tracks), len(score.tracks)))
    return heard(tune, score, sound, band)


def heard(tune: Tune, score: Score, sound: np.ndarray, band: Band) -> tuple[Media, dict[str, Any]]:
    """`sound` (samples, 2) at synth.RATE is how the band plays the score of the tune."""
    font = {"soundfont": band.name, "soundfont_sha256": band.sha256} if band.name else {}
    notes = {"abc": abc.write(tune), "seconds": round(score.seconds, 2)}
    return Media(wav(sound, synth.RATE), "audio/wav"), {**notes, **measured(sound, synth.RATE), **font}
