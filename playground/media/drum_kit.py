"""How each drum of the kit sounds, as one stroke; knows no score and no mix. Strokes are mono float32."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from playground.media.score import DRUMS

METAL = (2.0, 3.0, 4.16, 5.43, 6.79, 8.21, 9.37, 11.2)  # kHz of the modes of a thin plate that is a cymbal


def falling(seconds: float, fall: float, rate: int) -> np.ndarray:
    """An envelope that starts at 1, falls to 1/e in `fall` seconds and ends at 0."""
    time = np.arange(round(seconds * rate)) / rate
    return np.exp(-time / fall) * (1 - time / seconds) ** 0.5


def noise(seconds: float, low: float, high: float, rate: int) -> np.ndarray:
    """Noise between two frequencies in Hz with gentle slopes, of about unit power."""
    count = round(seconds * rate)
    spectrum = np.fft.rfft(np.random.default_rng(int(low + high)).normal(0, 1, count))
    hertz = np.fft.rfftfreq(count, 1 / rate)
    spectrum *= (hertz / (hertz + low)) ** 2 / (1 + (hertz / high) ** 4)
    wave = np.fft.irfft(spectrum, count)
    return wave / max(1e-9, wave.std())


def sweep(seconds: float, high: float, low: float, fall: float, rate: int) -> np.ndarray:
    """A sine that falls from one frequency to another, most of the way in `fall` seconds."""
    time = np.arange(round(seconds * rate)) / rate
    return np.sin(2 * np.pi * (low * time + (high - low) * fall * (1 - np.exp(-time / fall))))


def kick(rate: int) -> np.ndarray:
    body = sweep(0.32, 160, 48, 0.03, rate) * falling(0.32, 0.11, rate)
    body[: round(0.01 * rate)] += 0.2 * noise(0.01, 500, 6000, rate) * falling(0.01, 0.003, rate)
    return 0.72 * body


def snare(rate: int) -> np.ndarray:
    shell = (sweep(0.22, 230, 185, 0.02, rate) + 0.5 * sweep(0.22, 360, 330, 0.02, rate)) * falling(0.22, 0.05, rate)
    return 0.35 * shell + 0.16 * noise(0.22, 1500, 9000, rate) * falling(0.22, 0.07, rate)


def side_stick(rate: int) -> np.ndarray:
    return 0.4 * (sweep(0.07, 1700, 1650, 0.01, rate) + sweep(0.07, 820, 800, 0.01, rate)) * falling(0.07, 0.012, rate)


def clap(rate: int) -> np.ndarray:
    wave = 0.2 * noise(0.25, 900, 5000, rate) * falling(0.25, 0.06, rate)
    for start in (0.0, 0.011, 0.022):
        place = round(start * rate)
        wave[place : place + round(0.01 * rate)] *= 2.2 * falling(0.01, 0.004, rate)
    return wave


def tom(high: float, low: float) -> Callable[[int], np.ndarray]:
    def stroke(rate: int) -> np.ndarray:
        skin = 0.06 * noise(0.4, 300, 3000, rate) * falling(0.4, 0.02, rate)
        return 0.6 * sweep(0.4, high, low, 0.05, rate) * falling(0.4, 0.13, rate) + skin

    return stroke


def cymbal(seconds: float, fall: float, low: float, level: float, ping: float = 0.0) -> Callable[[int], np.ndarray]:
    def stroke(rate: int) -> np.ndarray:
        wash = noise(seconds, low, 13000, rate)
        time = np.arange(round(seconds * rate)) / rate
        bell = sum(np.sin(2 * np.pi * 1000 * one * time + one) for one in METAL) * ping
        return level * (wash + bell) * falling(seconds, fall, rate)

    return stroke


def shaken(seconds: float, rise: float, low: float, level: float) -> Callable[[int], np.ndarray]:
    def stroke(rate: int) -> np.ndarray:
        swell = np.minimum(1, np.arange(round(seconds * rate)) / (rise * rate))
        return level * noise(seconds, low, 12000, rate) * swell * falling(seconds, seconds / 3, rate)

    return stroke


STROKES: dict[str, tuple[Callable[[int], np.ndarray], float]] = {  # and where it stands, -1 left to 1 right
    "kick": (kick, 0.0),
    "side stick": (side_stick, -0.15),
    "snare": (snare, -0.05),
    "clap": (clap, 0.1),
    "closed hat": (cymbal(0.09, 0.022, 7000, 0.13, 0.1), 0.35),
    "open hat": (cymbal(0.5, 0.15, 6000, 0.12, 0.1), 0.35),
    "low tom": (tom(120, 78), 0.3),
    "mid tom": (tom(165, 110), 0.05),
    "high tom": (tom(220, 150), -0.25),
    "crash": (cymbal(1.8, 0.5, 3500, 0.15, 0.1), -0.4),
    "ride": (cymbal(0.9, 0.25, 5500, 0.075, 0.35), 0.4),
    "tambourine": (shaken(0.16, 0.004, 6000, 0.13), 0.25),
    "shaker": (shaken(0.09, 0.02, 4500, 0.13), -0.35),
}
_NAMES = {key: name for name, key in DRUMS.items()}


@lru_cache(maxsize=256)
def stroke(key: int, rate: int) -> tuple[np.ndarray, float]:
    """One stroke and its place; a key of General MIDI's map that the kit lacks is played on its neighbour."""
    make, pan = STROKES[_NAMES[min(_NAMES, key=lambda one: (abs(one - key), one))]]
    wave = make(rate).astype(np.float32)
    edge = round(0.0005 * rate)
    wave[:edge] *= np.linspace(0, 1, edge, dtype=np.float32)
    swell = np.hanning(len(wave)).astype(np.float32)
    wave -= wave.sum() / swell.sum() * swell  # or all strokes together would push the sound to one side
    wave.setflags(write=False)
    return wave, pan
