"""How each instrument sounds: one long note of a pitch, and how it dies away; knows no score and no mix.

Struck and plucked instruments are sums of partials that decay, each at its own pace; blown, bowed and electric ones
are two periodic waves, a dark and a bright one, that the attack crosses. Waves are mono float32, full scale at 1.
"""

from functools import cache, lru_cache

import numpy as np

from playground.media.voices import VOICES, Held, Struck

LEVEL = 0.1  # root mean square of the loudest stretch of MEASURED seconds of any note
MEASURED = 0.2
SOFTEST = 0.001  # a note this far below its loudest is over
TABLE = 2048  # samples of one period
BLOCK = 256  # samples that are computed from one row of partials
HIGHEST = 15000.0  # Hz; no partial lies above
VIBRATO = 5.2  # Hz


@cache
def release(instrument: str, rate: int) -> np.ndarray:
    """What a note is multiplied by from its end on: it falls to nothing, without a corner at the last sample."""
    fall = VOICES[instrument].release
    time = np.arange(1, max(2, round(min(2.5, fall * 5) * rate)) + 1) / rate
    return (np.exp(-time / fall) * (1 - (time / time[-1]) ** 4)).astype(np.float32)


def tone(instrument: str, pitch: int, seconds: float, rate: int) -> np.ndarray:
    """The instrument holding a pitch for at most so long; shorter where it has died away."""
    voice, hertz = VOICES[instrument], 440 * 2 ** ((pitch - 69) / 12)
    wave = struck(voice, hertz, seconds, rate) if isinstance(voice, Struck) else held(voice, hertz, seconds, rate)
    return levelled(wave, voice.level, rate)


def levelled(wave: np.ndarray, level: float, rate: int) -> np.ndarray:
    """The wave, shape (samples,) or (2, samples), so loud that its loudest stretch has `level` times LEVEL."""
    power = (np.atleast_2d(wave) ** 2).mean(axis=0)
    stretch = min(len(power), round(MEASURED * rate))
    loudest = power[: len(power) // stretch * stretch].reshape(-1, stretch).mean(axis=1).max()
    return wave * np.float32(level * LEVEL / max(np.sqrt(loudest), 1e-6))


def struck(voice: Struck, hertz: float, seconds: float, rate: int) -> np.ndarray:
    """The partials as powers q ** n of complex numbers, n = BLOCK * row + column, so that all of them are one product
    of two small matrices."""
    number = np.arange(1, len(voice.amplitudes) + 1)
    ratios = np.array(voice.ratios) if voice.ratios else number * np.sqrt(1 + voice.stiffness * number**2)
    fall = voice.decay * (261.6 / hertz) ** 0.4 / (1 + voice.damping * (number - 1))
    frequencies = np.concatenate([hertz * ratios * 2 ** (cents / 1200) for cents in voice.strings])
    heard = frequencies <= min(HIGHEST, 0.45 * rate)
    amplitudes = (np.tile(voice.amplitudes, len(voice.strings)) / (1 + (frequencies / voice.bright) ** 2))[heard]
    log_q = ((2j * np.pi * frequencies - 1 / np.tile(fall, len(voice.strings))) / rate)[heard]
    count = max(1, round(min(seconds, -np.log(SOFTEST) * fall.max()) * rate))
    rows = amplitudes * np.exp(np.outer(np.arange(-(-count // BLOCK)) * BLOCK, log_q))
    columns = np.exp(np.outer(log_q, np.arange(BLOCK)))
    left = np.concatenate([np.real(rows), np.imag(rows)], 1).astype(np.float32)
    right = np.concatenate([np.imag(columns), np.real(columns)], 0).astype(np.float32)
    wave = (left @ right).reshape(-1)[:count]
    return with_knock(wave, voice.knock, rate)


def with_knock(wave: np.ndarray, level: float, rate: int) -> np.ndarray:
    """The wave with a burst of noise at its start, and risen from nothing within 2 ms."""
    length = min(len(wave), round(0.02 * rate))
    if level:
        burst = np.random.default_rng(0).normal(0, level * np.abs(wave).max(initial=0.0), round(0.02 * rate))[:length]
        wave[:length] += (burst * np.linspace(1, 0, length) ** 2).astype(np.float32)
    rise = min(len(wave), round(0.002 * rate))
    wave[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise, dtype=np.float32)) ** 2
    return wave


def held(voice: Held, hertz: float, seconds: float, rate: int) -> np.ndarray:
    count = max(1, round(seconds * rate))
    turns = vibrato_turns(voice.vibrato, -(-count // rate), rate)[:count]
    dark, bright = (period(one, hertz, voice.body, min(HIGHEST, 0.45 * rate)) for one in (voice.dark, voice.bright))
    time = np.arange(count, dtype=np.float32) / rate
    opening = 1 - np.exp(-time / max(0.02, voice.attack))
    wave = np.zeros(count, np.float32)
    for place, cents in enumerate(voice.voices):
        position = (hertz * 2 ** (cents / 1200) * turns + 0.37 * place) * TABLE
        whole = position.astype(np.int64)
        part = (position - whole).astype(np.float32)
        whole &= TABLE - 1
        soft, loud = (table[whole] + part * (table[whole + 1] - table[whole]) for table in (dark, bright))
        wave += soft + opening * (loud - soft)
    wave *= np.minimum(1, time / voice.attack) ** 1.5 * (voice.sustain + (1 - voice.sustain) * np.exp(-time / 0.15))
    if voice.breath:
        wave += voice.breath * len(voice.voices) * air(-(-count // rate), rate)[:count] * np.minimum(1, time / 0.02)
    return wave


@lru_cache(maxsize=256)
def period(amplitudes: tuple[float, ...], hertz: float, body: float, highest: float) -> np.ndarray:
    """One period of a pitch whose harmonics go through a body and no higher than `highest` Hz, the first always there;
    TABLE samples and the first again."""
    kept = np.array(amplitudes[: max(1, int(highest / hertz))])
    k = np.arange(1, len(kept) + 1)
    spectrum = np.zeros(TABLE // 2 + 1, complex)
    spectrum[k] = kept / (1 + (k * hertz / body) ** 2) * np.exp(1j * (k * k / 2 - np.pi / 2)) * TABLE / 2
    wave = np.fft.irfft(spectrum)
    return np.append(wave, wave[0]).astype(np.float32)


@lru_cache(maxsize=64)
def vibrato_turns(cents: float, seconds: int, rate: int) -> np.ndarray:
    """How many periods of 1 Hz have gone by at every sample, with a vibrato that sets in after a while."""
    time = np.arange(seconds * rate) / rate
    bend = cents / 1200 * np.log(2) * np.clip((time - 0.2) * 3, 0, 1) * np.sin(2 * np.pi * VIBRATO * time)
    return np.cumsum(1 + bend) / rate


@lru_cache(maxsize=64)
def air(seconds: int, rate: int) -> np.ndarray:
    """Noise as of breath, between about 1 and 6 kHz."""
    noise = np.random.default_rng(1).normal(0, 1, seconds * rate)
    spectrum = np.fft.rfft(noise)
    hertz = np.fft.rfftfreq(len(noise), 1 / rate)
    shaped = np.fft.irfft(spectrum * hertz / (hertz + 1000) / (1 + (hertz / 6000) ** 4), len(noise))
    return shaped.astype(np.float32)
