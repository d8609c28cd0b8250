"""The master of a mix: how loud all of it becomes, and what the limiter takes from its peaks; knows no score.

A mix is float32 of shape (samples, 2), full scale at 1. What is done to it is one gain for each block of samples, so
that it can be done to a part of the mix as well, and the parts still add up.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from playground.media.loudness import integrated

LOUDNESS = -16.0  # LUFS before the limiter
CEILING = 10 ** (-1.5 / 20)  # half a decibel under -1 dBFS, for what lies between the samples
BLOCK, AHEAD = 64, 24  # samples of one gain, and blocks that the limiter looks ahead


def gains(sound: np.ndarray, rate: int) -> np.ndarray:
    """Of each block, so that the sound comes to about LOUDNESS and no peak exceeds CEILING; 1 for silence."""
    loudness = integrated(sound, rate)
    gain = 1.0 if loudness == -math.inf else 10 ** ((LOUDNESS - loudness) / 20)
    blocks = -(-len(sound) // BLOCK)
    peaks = np.zeros(blocks * BLOCK, np.float32)
    peaks[: len(sound)] = np.abs(sound).max(axis=1)
    return gain * dips(gain * peaks.reshape(-1, BLOCK).max(axis=1))


def dips(peaks: np.ndarray) -> np.ndarray:
    """What the limiter does to blocks with these peaks: it goes down before one and comes back after it, so smoothly
    that nothing is bent. A gain is a mean of minima that all reach its block and the neighbours: no sample exceeds
    CEILING."""
    needed = np.minimum(1, CEILING / np.maximum(peaks, 1e-9))
    lowest = sliding_window_view(np.pad(needed, 2 * AHEAD, mode="edge"), 2 * AHEAD + 1).min(axis=1)
    window = np.hanning(2 * AHEAD + 1)
    return np.convolve(lowest, window / window.sum(), mode="valid")


def applied(sound: np.ndarray, gains: np.ndarray) -> np.ndarray:
    """The sound, or a part of it, under these gains."""
    return sound * np.interp(np.arange(len(sound)), (np.arange(len(gains)) + 0.5) * BLOCK, gains)[:, None].astype(
        np.float32
    )


def mastered(sound: np.ndarray, rate: int) -> np.ndarray:
    return applied(sound, gains(sound, rate))
