"""A soundfont plays: its samples at any pitch, looped, enveloped and panned; knows no file format and no mix.

Every tone gets the loudness that the own synthesiser's has, so that a soundfont fits into the same mix.
"""

import os
from functools import lru_cache
from pathlib import Path

import numpy as np

from playground.errors import Failed
from playground.media import soundfont, synth
from playground.media.band import Band
from playground.media.instruments import levelled
from playground.media.score import INSTRUMENTS
from playground.media.soundfont import Soundfont, Zone, sounding
from playground.media.voices import VOICES

LONGEST_STROKE = 2.5  # seconds
LONGEST_RELEASE = 2.5
OPEN = 16_000  # Hz: filters above are left out


def chosen() -> Band:
    """The soundfont that is set, else the own synthesiser; Refused if it cannot be used."""
    if not (named := os.environ.get(soundfont.VARIABLE)):
        return synth.OWN
    path = Path(named)
    return opened(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=1)
def opened(path: Path, changed: int) -> Band:
    """The soundfont at `path` as it was when it `changed`."""
    font = soundfont.read(path)
    return band(font, soundfont.sha256(path, changed))


def band(font: Soundfont, sha256: str = "") -> Band:
    """The instruments of the soundfont, and those of the own synthesiser for what it lacks."""
    own = synth.OWN

    def zones(instrument: str, pitch: int) -> tuple[Zone, ...]:
        known = font.voices.get(INSTRUMENTS[instrument])
        return sounding(known, pitch) if known else ()

    def tone(instrument: str, pitch: int, seconds: float, rate: int) -> np.ndarray:
        found = zones(instrument, pitch)
        if not found:
            return own.tone(instrument, pitch, seconds, rate)
        return levelled(together(font, found, pitch, seconds, rate), VOICES[instrument].level, rate)

    def release(instrument: str, pitch: int, rate: int) -> np.ndarray:
        found = zones(instrument, pitch)
        return dying(max(one.release for one in found), rate) if found else own.release(instrument, pitch, rate)

    @lru_cache(maxsize=128)
    def stroke(key: int, rate: int) -> tuple[np.ndarray, float]:
        wave, pan = own.stroke(key, rate)
        if not font.drums:
            return wave, pan
        sampled = together(font, sounding(font.drums, key), key, LONGEST_STROKE, rate)
        end = min(sampled.shape[1], round(0.02 * rate))
        sampled[:, -end:] *= np.linspace(1, 0, end, dtype=np.float32)
        return sampled * np.float32(np.abs(wave).max() / max(1e-6, np.abs(sampled).max())), 0.0

    return Band(tone, release, stroke, font.path.name, sha256)


def together(font: Soundfont, zones: tuple[Zone, ...], pitch: int, seconds: float, rate: int) -> np.ndarray:
    """Zones that sound as one, left and right, shape (2, samples)."""
    waves = [played(font, zone, pitch, seconds, rate) for zone in zones]
    whole = np.zeros((2, max(map(len, waves))), np.float32)
    for zone, wave in zip(zones, waves, strict=True):
        for side, gain in zip(whole, synth.sides(zone.pan), strict=True):
            side[: len(wave)] += gain * wave
    return whole


def played(font: Soundfont, zone: Zone, pitch: int, seconds: float, rate: int) -> np.ndarray:
    """One zone at a pitch, mono: read between the samples along cubic curves, round the loop if there is one."""
    sound = samples(font.path, font.samples[0], zone.start, zone.end)
    octaves = ((pitch - zone.root) * zone.scale + zone.tuning) / 12
    step = zone.rate / rate * 2 ** max(-10.0, min(10.0, octaves))
    count = max(1, round(seconds * rate))
    if zone.loop is None:
        count = min(count, max(1, int((len(sound) - 2) / step)))
    places = np.arange(count) * step
    whole = places.astype(np.int64)
    part = (places - whole).astype(np.float32)
    before, here, after, later = (sound[looped(whole + shift, zone, len(sound))] for shift in (-1, 0, 1, 2))
    slope, other = (after - before) / 2, (later - here) / 2
    bend = slope + other - 2 * (after - here)
    wave = here + part * (slope + part * (after - here - slope - bend + part * bend))
    return filtered(wave, zone.cutoff, rate) * envelope(zone, pitch, count, rate)


def looped(places: np.ndarray, zone: Zone, length: int) -> np.ndarray:
    if zone.loop is not None:
        start, end = zone.loop[0] - zone.start, zone.loop[1] - zone.start
        places = np.where(places >= end, start + (places - start) % (end - start), places)
    return np.clip(places, 0, length - 1)


@lru_cache(maxsize=64)
def samples(path: Path, offset: int, start: int, end: int) -> np.ndarray:
    """A stretch of the file's samples, float32, full scale at 1."""
    try:
        with path.open("rb") as file:
            file.seek(offset + 2 * start)
            found = np.frombuffer(file.read(2 * (end - start)), "<i2")
    except OSError:
        found = np.zeros(0)
    if len(found) < end - start:
        raise Failed(f"The soundfont {path.name} cannot be read any more; put it back, or start without it.")
    return found.astype(np.float32) / 32768


def filtered(wave: np.ndarray, cutoff: float, rate: int) -> np.ndarray:
    """Without what is above `cutoff` Hz, as a filter of second order takes it away."""
    if cutoff >= min(OPEN, 0.4 * rate):
        return wave
    spectrum = np.fft.rfft(wave)
    hertz = np.fft.rfftfreq(len(wave), 1 / rate)
    return np.fft.irfft(spectrum / np.sqrt(1 + (hertz / cutoff) ** 4), len(wave)).astype(np.float32)


def envelope(zone: Zone, pitch: int, count: int, rate: int) -> np.ndarray:
    """Up in a line, level, then down in decibels to where it stays."""
    time = np.arange(count, dtype=np.float32) / rate - zone.delay
    hold, decay = by_key(zone.hold, zone.hold_by_key, pitch), by_key(zone.decay, zone.decay_by_key, pitch)
    fallen = np.clip((time - zone.attack - hold) * (100 / decay), 0, zone.sustain)
    return np.clip(time / zone.attack, 0, 1) * 10 ** ((zone.gain - fallen) / 20)


def by_key(seconds: float, octaves: float, pitch: int) -> float:
    """A time at a pitch, that is so many octaves longer or shorter for each key below 60."""
    return seconds * 2 ** max(-10.0, min(10.0, (60 - pitch) * octaves))


def dying(seconds: float, rate: int) -> np.ndarray:
    """A fall by 100 dB in so many seconds, as far as it is heard, without a corner at its end."""
    time = np.arange(1, max(2, round(min(LONGEST_RELEASE, 0.8 * seconds) * rate)) + 1) / rate
    return (10 ** (-5 * time / seconds) * (1 - (time / time[-1]) ** 4)).astype(np.float32)
