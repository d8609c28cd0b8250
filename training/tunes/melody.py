"""The line: among all ways up and down the scale the smoothest near a wished shape; knows no form and no style.

Positions on the ladder count letters, seven to an octave, 28 for middle C. What is weighed is plain counterpoint:
strong beats want tones of the chord, other tones are reached and left by step, suspensions are prepared and fall,
and large leaps, tritones and augmented seconds cost. The best line is found by dynamic programming.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from training.tunes import harmony

_WINDOW = 4  # steps a note may stray from its wished height
_OUTSIDE = {2: 7.0, 1: 2.5, 0: 0.3}  # cost of a tone outside the chord, by weight of the beat
_LEAPS = (0.0, 0.0, 0.1, 0.4, 0.6, 1.2, 5.0, 2.0)  # cost by steps; 6 is a seventh, 7 an octave


@dataclass(frozen=True)
class Ask:
    """What is wished of one note: `move` in steps from the note before it, None if it is free."""

    ticks: int
    chord: str
    weight: int
    height: int
    move: int | None = None
    lean: bool = False  # may be a suspension or an appoggiatura


@dataclass(frozen=True)
class Frame:
    """What holds for a whole phrase: mode, lowest and highest position, letters to shun, letters it may end on."""

    mode: str
    low: int
    high: int
    shunned: frozenset[int] = frozenset()
    last: frozenset[int] | None = None


def pitch(position: int, mode: str, chord: str) -> int:
    """The MIDI pitch of a position over a chord."""
    return 12 * (position // 7 + 1) + harmony.scale(mode, chord)[position % 7]


def position_of(midi: int) -> int:
    """The nearest position of a white key."""
    return 7 * (midi // 12 - 1) + (0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6)[midi % 12]


def line(asks: Sequence[Ask], start: int | None, frame: Frame) -> list[int]:
    """MIDI pitches, one for each ask; `start` is the position of the note before them."""
    layers: list[dict[int, tuple[float, int]]] = []
    before: Ask | None = None
    for index, ask in enumerate(asks):
        last = frame.last if index == len(asks) - 1 else None
        layer = {}
        for position in _candidates(ask, frame, last):
            cost = _alone(ask, position, frame)
            if before is None:
                layer[position] = (cost + (0 if start is None else _leap(position - start)), -1)
            else:
                layer[position] = _cheapest(layers[-1], before, ask, position, cost, frame.mode)
        layers.append(layer)
        before = ask
    return [pitch(position, frame.mode, ask.chord) for position, ask in zip(_traced(layers), asks, strict=True)]


def _candidates(ask: Ask, frame: Frame, last: frozenset[int] | None) -> list[int]:
    height = max(frame.low, min(frame.high, ask.height))
    window = range(max(frame.low, height - _WINDOW), min(frame.high, height + _WINDOW) + 1)
    if last is None:
        return list(window)
    return [position for position in range(frame.low, frame.high + 1) if position % 7 in last]


def _cheapest(
    layer: dict[int, tuple[float, int]], before: Ask, ask: Ask, position: int, cost: float, mode: str
) -> tuple[float, int]:
    """The cost of the best way to a position, and where that way comes from."""
    return min((so_far + cost + _move(before, one, ask, position, mode), one) for one, (so_far, _) in layer.items())


def _traced(layers: list[dict[int, tuple[float, int]]]) -> list[int]:
    if not layers:
        return []
    position = min(layers[-1], key=lambda one: layers[-1][one][0])
    path = [position]
    for layer in reversed(layers[1:]):
        position = layer[position][1]
        path.append(position)
    return path[::-1]


def _alone(ask: Ask, position: int, frame: Frame) -> float:
    """The cost of a note by itself."""
    letter = position % 7
    cost = (0.6 if ask.move is None else 0.25) * abs(position - ask.height)
    if letter not in harmony.letters(ask.chord):
        cost += (-0.6 if ask.lean else _OUTSIDE[ask.weight]) + (1.5 if ask.ticks >= 12 and not ask.lean else 0)
        cost += 2.0 if letter in frame.shunned else 0
    return cost


@lru_cache(1 << 18)
def _move(before: Ask, one: int, ask: Ask, other: int, mode: str) -> float:
    """The cost of going from one position to another."""
    step = other - one
    cost = _leap(step)
    if ask.move is not None:
        cost += 0.9 * abs(step - ask.move)
    if step == 0 and ask.move != 0:
        cost += 1.8
    semitones = abs(pitch(other, mode, ask.chord) - pitch(one, mode, before.chord))
    if semitones == 6 or (abs(step) == 1 and semitones == 3):
        cost += 3.0
    if one % 7 not in harmony.letters(before.chord):
        cost += _leaving(before, step)
    if other % 7 not in harmony.letters(ask.chord) and abs(step) > 1:
        cost += 0.8 if ask.lean else 3.0
    return cost


def _leaving(before: Ask, step: int) -> float:
    """The cost of how a tone outside the chord is left: by step, and downwards where it leans on a strong beat."""
    if abs(step) != 1:
        return 5.0
    return 2.0 if before.weight == 2 and step > 0 else 0.0


def _leap(step: int) -> float:
    return _LEAPS[abs(step)] if abs(step) < len(_LEAPS) else 20.0 + abs(step)
