"""How each instrument sounds: one long note of a pitch, and how it dies away; knows no score and no mix.

Struck and plucked instruments are sums of partials that decay, each at its own pace; blown, bowed and electric ones
are two periodic waves, a dark and a bright one, that the attack crosses. Waves are mono float32, full scale at 1.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

LEVEL = 0.1  # root mean square of the loudest stretch of MEASURED seconds of any note
MEASURED = 0.2
SOFTEST = 0.001  # a note this far below its loudest is over
TABLE = 2048  # samples of one period
BLOCK = 256  # samples that are computed from one row of partials
HIGHEST = 15000.0  # Hz; no partial lies above
VIBRATO = 5.2  # Hz


@dataclass(frozen=True)
class Struck:
    """`amplitudes` of the partials, `ratios` of their frequencies to the pitch (else 1, 2, 3 ... stretched as strings
    are by `stiffness`), `decay` in seconds to 1/e at middle C, `damping`: how much sooner each next partial fades,
    `release` in seconds to 1/e after the note, `bright` in Hz where the body begins to swallow partials, `knock`:
    level of the hammer's or finger's noise. `level`, `pan` (-1 left to 1 right) and `room` are its place in a mix."""

    amplitudes: tuple[float, ...]
    decay: float
    release: float
    damping: float = 0.3
    ratios: tuple[float, ...] = ()
    stiffness: float = 0.0
    bright: float = 5000.0
    knock: float = 0.0
    strings: tuple[float, ...] = (0.0,)
    level: float = 1.0
    pan: float = 0.0
    room: float = 0.2


@dataclass(frozen=True)
class Held:
    """Amplitudes of the harmonics of a `dark` and a `bright` wave; `attack` in seconds, in which the second comes in;
    `release` in seconds to 1/e; `vibrato` in cents; `voices`: detunings in cents of those who play together; `breath`:
    level of noise; `sustain`: level that a note settles at within half a second."""

    dark: tuple[float, ...]
    bright: tuple[float, ...]
    attack: float
    release: float
    vibrato: float = 0.0
    voices: tuple[float, ...] = (0.0,)
    breath: float = 0.0
    sustain: float = 1.0
    level: float = 1.0
    pan: float = 0.0
    room: float = 0.2


def falling(count: int, power: float, step: int = 1) -> tuple[float, ...]:
    """Amplitudes 1 / k ** power of every `step`-th harmonic."""
    return tuple(0.0 if (k - 1) % step else k**-power for k in range(1, count + 1))


def plucked(count: int, power: float, place: float) -> tuple[float, ...]:
    """Amplitudes of a string that is plucked at a share of its length."""
    return tuple(abs(float(np.sin(np.pi * k * place))) * k**-power for k in range(1, count + 1))


_FIDDLE = (1, 0.9, 0.75, 0.8, 0.5, 0.55, 0.35, 0.42, 0.3, 0.28, 0.2, 0.18, 0.12, 0.1, 0.08, 0.06)
VOICES: dict[str, Struck | Held] = {
    "piano": Struck(falling(20, 1.0), 1.5, 0.09, 0.22, (), 3e-4, 2600, 0.05, (-0.7, 0.8), pan=-0.08),
    "electric piano": Struck(
        (1, 0.14, 0.22, 0.03, 0.06, 0.12), 1.4, 0.1, 0.9, (1, 2, 3, 5, 7.05, 13.9), bright=6000, pan=0.15, room=0.25
    ),
    "glockenspiel": Struck((1, 0.5, 0.25, 0.1), 0.9, 0.6, 0.7, (1, 2.76, 5.4, 8.93), bright=9000, room=0.3),
    "music box": Struck((1, 0.25, 0.3, 0.12), 0.8, 0.5, 0.8, (1, 2, 5.3, 9.7), bright=7000, knock=0.02, room=0.35),
    "vibraphone": Struck((1, 0.35, 0.08), 1.8, 0.25, 1.2, (1, 4, 10.1), bright=6000, knock=0.02, pan=0.1, room=0.3),
    "marimba": Struck((1, 0.3, 0.1), 0.35, 0.15, 1.5, (1, 3.93, 9.6), bright=5000, knock=0.04, pan=-0.3, room=0.3),
    "organ": Held((1, 0.7, 0.3, 0.4, 0, 0.2), (1, 0.7, 0.3, 0.4, 0, 0.2, 0, 0.25), 0.03, 0.08, voices=(-2, 2.5)),
    "accordion": Held(falling(10, 1.2), falling(16, 0.9), 0.04, 0.05, voices=(-5, 5), level=0.9, pan=0.12),
    "guitar": Struck(plucked(16, 0.9, 0.21), 0.8, 0.12, 0.45, stiffness=5e-5, bright=2800, knock=0.05, pan=0.3),
    "steel guitar": Struck(plucked(22, 0.8, 0.13), 1.2, 0.1, 0.25, stiffness=1e-4, bright=5000, knock=0.06, pan=0.3),
    "double bass": Struck(plucked(12, 1.1, 0.25), 0.5, 0.09, 0.5, bright=900, knock=0.04, level=1.25, room=0.08),
    "bass": Struck(plucked(14, 1.0, 0.22), 0.9, 0.06, 0.35, bright=1300, knock=0.02, level=1.2, room=0.04),
    "synth bass": Held(falling(7, 2, 2), falling(15, 1.6, 2), 0.006, 0.04, sustain=0.75, level=1.2, room=0.04),
    "harp": Struck(plucked(14, 1.2, 0.35), 1.0, 0.5, 0.5, bright=3200, knock=0.03, pan=-0.25, room=0.3),
    "strings": Held(falling(8, 1.6), falling(16, 1.15), 0.12, 0.18, 9, (-7, 0, 6), pan=-0.2, room=0.35),
    "choir": Held((1, 0.6, 0.35, 0.1, 0.04), (1, 0.8, 0.6, 0.2, 0.12, 0.06), 0.2, 0.3, 12, (-8, 1, 9), 0.01, room=0.45),
    "brass": Held(falling(6, 1.7), falling(18, 0.9), 0.05, 0.07, 6, (-3, 3), sustain=0.8, pan=0.2, room=0.3),
    "clarinet": Held((1, 0, 0.3, 0, 0.08), (1, 0.04, 0.6, 0.05, 0.35, 0.05, 0.2, 0, 0.1), 0.04, 0.06, 5, pan=-0.15),
    "flute": Held((1, 0.25, 0.06), (1, 0.45, 0.2, 0.08, 0.04), 0.06, 0.07, 12, breath=0.03, room=0.3),
    "whistle": Held((1, 0.1, 0.05), (1, 0.25, 0.12, 0.04), 0.03, 0.05, 10, breath=0.035, room=0.35),
    "square": Held(falling(19, 1.15, 2), falling(31, 1.0, 2), 0.003, 0.02, 6, sustain=0.6, level=0.8, room=0.08),
    "pad": Held(falling(4, 2), falling(10, 1.5), 0.5, 0.6, 6, (-9, -3, 4, 10), pan=0.1, room=0.45),
    "fiddle": Held(falling(10, 1.4), _FIDDLE, 0.045, 0.06, 14, room=0.25),
}


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
    amplitudes = np.tile(voice.amplitudes, len(voice.strings)) / (1 + (frequencies / voice.bright) ** 2)
    amplitudes[frequencies > min(HIGHEST, 0.45 * rate)] = 0
    log_q = (2j * np.pi * frequencies - 1 / np.tile(fall, len(voice.strings))) / rate
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
    dark, bright = (period(tuple(one), int(min(HIGHEST, 0.45 * rate) / hertz)) for one in (voice.dark, voice.bright))
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


@cache
def period(amplitudes: tuple[float, ...], harmonics: int) -> np.ndarray:
    """One period of a wave of at most so many harmonics, TABLE samples and the first again."""
    phase = 2 * np.pi * np.arange(TABLE + 1) / TABLE
    kept = np.array(amplitudes[: max(1, harmonics)])
    k = np.arange(1, len(kept) + 1)[:, None]
    return (kept @ np.sin(k * phase + 0.5 * k * k)).astype(np.float32)


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
