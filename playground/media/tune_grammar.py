"""Which tokens may follow: exact bars, chords of the mode, an end at home; knows no model.

A state is small and a step takes no longer in a long tune than in a short one, so that sampling can be masked by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from playground.media.tune import BAR
from playground.media.tune_tokens import BEGIN, CONTROLS, END, LENGTHS, MOST_BARS, PITCHES, REST
from playground.media.tune_words import CHORDS, HOME, TONICS, is_tonic

_ORDER = ("begin", *CONTROLS)
_NOTES = frozenset((REST, *(f"note_{pitch}" for pitch in PITCHES)))
_TONICS = {mode: frozenset(f"note_{pitch}" for pitch in PITCHES if pitch % 12 == tonic) for mode, tonic in HOME.items()}


@dataclass(frozen=True)
class State:
    """All that decides what may follow a prefix; `expects` is what comes next: a control, bar, chord ... or end."""

    expects: str = "begin"
    metre: str = ""
    mode: str = ""
    bars_left: int = 0  # with the one that is being written; 0 before the first
    ticks_left: int = 0
    chords: int = 0  # in this bar
    away: bool = True  # the chord before is not the tonic
    pending: str = ""  # the note that waits for its length: tonic, other or rest
    settled: bool = False  # the last note that sounded in this bar is the tonic


def resumed(metre: str, mode: str, bars_left: int) -> State:
    """The state before a new bar of a tune whose bars so far are somebody else's, with so many left with the new one.

    The tune may come home, whatever chord stood before.
    """
    return State("bar", metre, mode, bars_left + 1)


def allowed(state: State) -> frozenset[str]:
    """The tokens that may come next; none after the end."""
    return _allowed(_essence(state))


def advanced(state: State, token: str) -> State:
    """The state after one more token; ValueError if it may not come."""
    if token not in allowed(state):
        raise ValueError(f"{token} may not follow where {state.expects} is expected.")
    kind, _, value = token.partition("_")
    if state.expects in _ORDER:
        return _after_control(state, kind, value)
    if kind == "bar":
        left = BAR[state.metre]
        return replace(state, expects="chord", bars_left=int(value), ticks_left=left, chords=0, settled=False)
    if kind == "chord":
        return replace(state, expects="note", chords=state.chords + 1, away=not is_tonic(value, state.mode))
    if kind in ("note", REST):
        tonic = kind == "note" and int(value) % 12 == HOME[state.mode]
        return replace(state, expects="length", pending=REST if kind == REST else "tonic" if tonic else "other")
    if kind == "length":
        return _after_length(state, int(value))
    return replace(state, expects="nothing")


def accepts(tokens: Sequence[str]) -> bool:
    """Whether the tokens tell a whole tune by the rules."""
    state = State()
    for token in tokens:
        if token not in allowed(state):
            return False
        state = advanced(state, token)
    return state.expects == "nothing"


def _after_control(state: State, kind: str, value: str) -> State:
    index = _ORDER.index(state.expects) + 1
    state = replace(state, expects=_ORDER[index] if index < len(_ORDER) else "bar")
    return replace(state, **{kind: value}) if kind in ("metre", "mode") else state


def _after_length(state: State, ticks: int) -> State:
    left = state.ticks_left - ticks
    settled = state.settled if state.pending == REST else state.pending == "tonic"
    expects = "note" if left else "bar" if state.bars_left > 1 else "end"
    return replace(state, expects=expects, ticks_left=left, settled=settled, pending="")


def _essence(state: State) -> State:
    """The state without what does not matter for the next token, so that few different ones are worked out."""
    expects, left, ticks = state.expects, min(state.bars_left, 3), state.ticks_left
    if expects == "bar":
        return State(expects, bars_left=state.bars_left)
    settled = state.settled and left == 1
    if expects == "length":
        return State(expects, bars_left=left, ticks_left=ticks, pending=state.pending, settled=settled)
    if expects == "note" and ticks < BAR[state.metre]:
        nearly = ticks if ticks < 2 * LENGTHS[0] else BAR[state.metre]
        return State(expects, state.metre, state.mode, left, nearly, chords=2, settled=settled)
    if expects in ("chord", "note"):
        return State(expects, state.metre, state.mode, left, ticks, state.chords, state.away)
    return State(expects)


@cache
def _allowed(state: State) -> frozenset[str]:
    if state.expects == "begin":
        return frozenset((BEGIN,))
    if state.expects in CONTROLS:
        return frozenset(f"{state.expects}_{word}" for word in CONTROLS[state.expects])
    if state.expects == "bar":
        counts = (state.bars_left - 1,) if state.bars_left else range(1, MOST_BARS + 1)
        return frozenset(f"bar_{count}" for count in counts)
    if state.expects == "chord":
        return _chords(state)
    if state.expects == "note":
        return _notes(state)
    if state.expects == "length":
        return frozenset(f"length_{ticks}" for ticks in LENGTHS if _fits(state, ticks))
    return frozenset((END,)) if state.expects == "end" else frozenset()


def _notes(state: State) -> frozenset[str]:
    """Notes and rests that can still come, and a second chord at the beginning of a bar."""
    if state.bars_left == 1 and state.ticks_left < 2 * LENGTHS[0]:
        return _TONICS[state.mode] | ({REST} if state.settled else frozenset())
    if state.chords > 1 or state.metre == "3/4":
        return _NOTES
    if state.bars_left > 1:
        return _NOTES | _chords(state)
    return _chords(state) if state.away else _NOTES


def _chords(state: State) -> frozenset[str]:
    """Those of the mode, so that the last one is the tonic and the one before it is not."""
    names = CHORDS[state.mode]
    away = [name for name in names if not is_tonic(name, state.mode)]
    home = TONICS[state.mode] if state.away else ()
    if state.bars_left == 1:
        names = home if state.chords == 1 or state.metre == "3/4" else (*home, *away)
    elif state.bars_left == 2 and state.metre == "3/4":
        names = away
    return frozenset(f"chord_{name}" for name in names)


def _fits(state: State, ticks: int) -> bool:
    """Whether the rest of the bar can still be filled, in the last bar with the tonic as its last note."""
    left = state.ticks_left - ticks
    if left == 0 and state.bars_left == 1:
        return state.pending == "tonic" or (state.pending == REST and state.settled)
    return left == 0 or left >= LENGTHS[0]
