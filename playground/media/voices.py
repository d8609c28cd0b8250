"""The instruments as data: what each is made of, and its place in a mix; `instruments` makes them sound.

Struck and plucked ones are partials that decay; blown, bowed and electric ones a dark and a bright wave. Their levels
are such that a melody in the middle of their range is about equally loud on each (-20 LUFS, within 1.5).
"""

from dataclasses import dataclass

import numpy as np


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
    `release` in seconds to 1/e; `body` in Hz where it begins to swallow harmonics; `vibrato` in cents; `voices`:
    detunings in cents of those who play together; `breath`: level of noise; `sustain`: level that a note settles at
    within half a second."""

    dark: tuple[float, ...]
    bright: tuple[float, ...]
    attack: float
    release: float
    body: float = 20_000.0
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


def thinned(amplitudes: tuple[float, ...]) -> tuple[float, ...]:
    """With a weak fundamental, as of a body that is small for it."""
    return (0.5 * amplitudes[0], *amplitudes[1:])


def reed(count: int) -> tuple[float, ...]:
    """Amplitudes of a pipe that is closed at one end: hardly an even harmonic, and more of them the higher."""
    return tuple(k**-0.6 if k % 2 else 0.25 * k**-0.6 * min(1.0, k / 12) for k in range(1, count + 1))


def plucked(count: int, power: float, place: float) -> tuple[float, ...]:
    """Amplitudes of a string that is plucked at a share of its length."""
    return tuple(abs(float(np.sin(np.pi * k * place))) * k**-power for k in range(1, count + 1))


VOICES: dict[str, Struck | Held] = {
    "piano": Struck(falling(32, 1.0), 1.5, 0.09, 0.22, (), 3e-4, 4200, 0.05, (-0.7, 0.8), pan=-0.08),
    "electric piano": Struck(
        (1, 0.14, 0.22, 0.03, 0.06, 0.12), 1.4, 0.1, 0.9, (1, 2, 3, 5, 7.05, 13.9), bright=6000, pan=0.15, room=0.25
    ),
    "glockenspiel": Struck((1, 0.5, 0.25, 0.1), 0.9, 0.6, 0.7, (1, 2.76, 5.4, 8.93), bright=9000, level=0.75, room=0.3),
    "music box": Struck(
        (1, 0.25, 0.3, 0.12), 0.8, 0.5, 0.8, (1, 2, 5.3, 9.7), bright=7000, knock=0.02, level=0.75, room=0.35
    ),
    "vibraphone": Struck(
        (1, 0.35, 0.08), 1.8, 0.25, 1.2, (1, 4, 10.1), bright=6000, knock=0.02, level=0.9, pan=0.1, room=0.3
    ),
    "marimba": Struck((1, 0.3, 0.1), 0.35, 0.15, 1.5, (1, 3.93, 9.6), bright=5000, knock=0.04, pan=-0.3, room=0.3),
    "organ": Held((1, 0.7, 0.3, 0.4, 0, 0.2), (1, 0.7, 0.3, 0.4, 0, 0.2, 0, 0.25), 0.03, 0.08, voices=(-2, 2.5)),
    "accordion": Held(falling(12, 1.2), falling(40, 0.9), 0.04, 0.05, 4800, voices=(-5, 5), pan=0.12),
    "guitar": Struck(plucked(26, 0.9, 0.21), 0.8, 0.12, 0.45, stiffness=5e-5, bright=4200, knock=0.05, pan=0.3),
    "steel guitar": Struck(plucked(34, 0.8, 0.13), 1.2, 0.1, 0.25, stiffness=1e-4, bright=5000, knock=0.06, pan=0.3),
    "double bass": Struck(
        thinned(plucked(20, 0.8, 0.22)), 0.5, 0.09, 0.35, bright=1500, knock=0.04, level=1.4, room=0.08
    ),
    "bass": Struck(thinned(plucked(22, 0.9, 0.22)), 0.9, 0.06, 0.3, bright=1800, knock=0.02, level=1.2, room=0.04),
    "synth bass": Held(falling(9, 1.8, 2), falling(25, 1.3, 2), 0.006, 0.04, sustain=0.75, level=1.2, room=0.04),
    "harp": Struck(plucked(20, 1.1, 0.35), 1.0, 0.5, 0.5, bright=4000, knock=0.03, pan=-0.25, room=0.3),
    "strings": Held(
        falling(12, 1.6), falling(40, 1.1), 0.12, 0.18, 6000, 9, (-7, 0, 6), level=1.1, pan=-0.2, room=0.35
    ),
    "choir": Held(
        (1, 0.6, 0.35, 0.1, 0.04),
        (1, 0.8, 0.6, 0.2, 0.12, 0.06),
        0.2,
        0.3,
        vibrato=12,
        voices=(-8, 1, 9),
        breath=0.012,
        level=0.9,
        room=0.45,
    ),
    "brass": Held(falling(8, 1.7), falling(40, 0.85), 0.05, 0.07, 3400, 6, (-3, 3), sustain=0.8, pan=0.2, room=0.3),
    "clarinet": Held((1, 0, 0.3, 0, 0.08), reed(31), 0.04, 0.06, 2400, 5, pan=-0.15),
    "flute": Held(
        (1, 0.25, 0.06), (1, 0.45, 0.2, 0.08, 0.04), 0.06, 0.07, vibrato=12, breath=0.03, level=0.8, room=0.3
    ),
    "whistle": Held((1, 0.1, 0.05), (1, 0.25, 0.12, 0.04), 0.03, 0.05, vibrato=10, breath=0.035, level=0.75, room=0.35),
    "square": Held(falling(19, 1.15, 2), falling(41, 1.0, 2), 0.003, 0.02, vibrato=6, sustain=0.6, room=0.08),
    "pad": Held(falling(4, 2), falling(24, 1.5), 0.5, 0.6, 4000, 6, (-9, -3, 4, 10), level=1.15, pan=0.1, room=0.45),
    "fiddle": Held(falling(16, 1.3), falling(48, 0.75), 0.045, 0.06, 3400, 14, level=0.85, room=0.25),
}
