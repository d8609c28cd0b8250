"""How phrases end: chords and permitted last tones of half, open and full cadences; knows no rhythm."""

import random
from dataclasses import dataclass

from playground.media import tune_words
from training.tunes import harmony

_BEFORE_HALF = {  # a chord before the goal, and the goal
    "major": "F G|Dm G|D7 G|C G|Am G|Am Gsus4/G|Em G",
    "minor": "Dm E|F E|Am E|Dm Esus4/E|F G|C Em|Bdim E",
    "dorian": "C G|D Em|Am D|C D|Am Em|D G",
    "mixolydian": "Bb F|F Gm|Dm F|C Bb|C F|Gm Bb",
}
_BEFORE_FULL = {  # two chords that lead home
    "plain": {
        "major": "F G7|Dm G7|F G|Dm G|Am G7|C G7|D7 G7",
        "minor": "Dm E7|F E|Bdim E7|F G|Dm E|Am E7|C E7",
        "dorian": "C G|D Em|C Em|D G|Am Em|Am G",
        "mixolydian": "F Bb|Dm Bb|F Gm|Gm Bb|C Bb|Dm Gm",
    },
    "soft": {
        "major": "Dm7 G7|F Fm|Am Fm|Dm G|Dm Gsus4|Em7 F|F G",
        "minor": "Dm Em|F G|F E|Dm7 Em7|Dm E7|C Em",
        "dorian": "C G|D Em7|C D|Bm G|D Em",
        "mixolydian": "Gm7 Bb|F Gm7|Dm Bbmaj7|Gm F|Am Bb",
    },
    "jazz": {
        "major": "Dm7 G7|D7 G7|Fm Bb|A7 G7",
        "minor": "Bdim E7|Dm7 E7|Fmaj7 E7|Bb E7",
        "dorian": "D7 Em7|Cmaj7 Bm7|Bm7 Em7|Cmaj7 D7",
        "mixolydian": "Gm7 F|Dm7 Gm7|F Gm7|Bbmaj7 Gm7",
    },
}


@dataclass(frozen=True)
class Cadence:
    """Chords of the last two bars of a phrase, and the letters its last note may have (0 for C to 6 for B)."""

    chords: tuple[tuple[str, ...], tuple[str, ...]]
    last: frozenset[int]


def half(mode: str, rng: random.Random) -> Cadence:
    """A question: the phrase stops on a chord away from home."""
    before, goal = rng.choice(_BEFORE_HALF[mode].split("|")).split()
    chords = tuple(goal.split("/"))
    return Cadence(((before,), chords), harmony.letters(chords[-1]))


def open_end(mode: str, before: tuple[str, ...], rng: random.Random) -> Cadence:
    """Home in the harmony, but not in the melody: it stops on the third or the fifth."""
    tonic = harmony.TONIC_LETTER[mode]
    leading = [name for name in before if not tune_words.is_tonic(name, mode)]
    chosen = leading or [rng.choice(harmony.PROGRESSIONS[mode]["bridge"].split("|")).split()[0]]
    return Cadence((tuple(chosen), tune_words.TONICS[mode][:1]), frozenset(((tonic + 2) % 7, (tonic + 4) % 7)))


def full(mode: str, colour: str, two_a_bar: bool, late: bool, rng: random.Random) -> Cadence:
    """An answer: home in harmony and melody. `late` keeps the leading chord for the first half of the last bar."""
    kind = colour if colour in _BEFORE_FULL else "plain"
    before, leading = rng.choice(_BEFORE_FULL[kind][mode].split("|")).split()
    home = tune_words.TONICS[mode][0]
    if colour == "jazz" or (colour == "soft" and rng.random() < 0.3):
        home = tune_words.TONICS[mode][1]
    elif mode == "minor" and colour in ("plain", "grand") and rng.random() < 0.06:
        home = "A"  # the third is raised at the very end, as in many old tunes
    last = frozenset((harmony.TONIC_LETTER[mode],))
    if late:
        return Cadence(((before,), (leading, home)), last)
    return Cadence(((before, leading) if two_a_bar else (leading,), (home,)), last)
