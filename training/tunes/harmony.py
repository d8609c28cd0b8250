"""Chords of the home keys: which there are, in which order they follow, and the scale each brings; knows no rhythm."""

import random
from functools import cache
from itertools import pairwise

from playground.media.tune import MODES as STEPS
from playground.media.tune import QUALITIES, chord
from playground.media.tune_words import HOME

COLOURS = {  # which progressions a mood asks for
    "happy": "plain", "sad": "dark", "calm": "soft", "dreamy": "soft", "epic": "grand", "playful": "plain",
    "mysterious": "dark", "jazzy": "jazz", "lively": "plain", "wistful": "soft",
}  # fmt: skip
PROGRESSIONS = {  # four bars each; the last ones give way to the cadence
    "major": {
        "plain": "C F C G|C Am F G|C G Am F|C C F G|C F G C|C G C F|C Am Dm G|C C G C|C F Am G|C Em F G",
        "soft": "C Em F C|Cmaj7 Fmaj7 Cmaj7 G|C Am Em F|Cmaj7 Am7 Fmaj7 G|Fmaj7 Cmaj7 Dm7 G|C F Fm C|C Em Am F"
        "|Cmaj7 Em7 Fmaj7 Fm",
        "dark": "C Em Am F|C Am Dm Fm|Am F C G|C Fm C G|Am Em F C|C Am Fm C",
        "grand": "C G Am F|C Am F G|C Bb F C|C Ab Bb C|Am F C G|C F Am G|C Em F Ab",
        "jazz": "Dm7 G7 Cmaj7 A7|Cmaj7 A7 Dm7 G7|Cmaj7 Am7 Dm7 G7|Em7 A7 Dm7 G7|Fmaj7 Em7 Dm7 G7|Cmaj7 C7 Fmaj7 Fm"
        "|Cmaj7 E7 Am7 D7|Cmaj7 Em7/A7 Dm7 G7",
        "bridge": "F G Em Am|Am Em F C|F C Dm G|E7 Am D7 G|Am F Dm G|G C D7 G|F Fm C Am|Dm Am F G|Em Am F G",
    },
    "minor": {
        "plain": "Am G F E|Am F C G|Am Dm E Am|Am Em F G|Am C G Am|Am Dm G C|Am Am Dm E|Am G Am E",
        "soft": "Am7 Fmaj7 C G|Am Em F C|Am7 Dm7 Fmaj7 Em7|Am C Em F|Am F Dm G|Am G Fmaj7 Em",
        "dark": "Am Dm Bdim E|Am F Bdim E7|Am Bb E Am|Am Dm Am E|Am E Am Dm|F Am Dm E|Am Em F Dm|Am F Dm E",
        "grand": "Am F C G|Am C G Dm|Am G F G|F G Am Am|Am F Dm E|Am Em F C|Am C F G",
        "jazz": "Am7 Dm7 G7 Cmaj7|Dm7 E7 Am7 A7|Am7 Fmaj7 Bdim E7|Am7 Dm7 Am7 E7|Am7 A7 Dm7 G7|Fmaj7 Bdim E7 Am7",
        "bridge": "C G Am E|F C Dm E|Dm Am E Am|C G F E|F G C Am|A7 Dm G C|C Em F G|Dm G C F",
    },
    "dorian": {
        "plain": "Am G Am Em|Am D Am G|Am C G D|Am G D Am|Am Am G G|Am Em Am G|Am G Em Am",
        "soft": "Am7 D Am7 G|Am C D Em|Am7 Em7 D Am|Am D G Am|Am Bm C G",
        "dark": "Am Em Am Em|Am Bm C D|Am D Em Am|Am Em C D|Am Am D Em",
        "grand": "Am C D G|Am G D Em|Am C G D|Am Em G D|Am D C G",
        "jazz": "Am7 D7 Am7 D7|Am7 D7 Em7 Am7|Am7 Cmaj7 D7 Em7|Am7 Bm7 Cmaj7 D7|Am7 Em7 Am7 D7",
        "bridge": "C G D Em|C D Em Am|G D Am Em|D Am C G|Em D C G|C G Am Em|G Em C D",
    },
    "mixolydian": {
        "plain": "C Bb F C|C C Bb F|C F Bb C|C Bb C F|C Gm F Bb|C C Bb Bb|C F C Bb",
        "soft": "C Gm7 F C|C Dm Bb F|C Bbmaj7 F C|C Am Bb F|C F Gm7 F",
        "dark": "C Gm Dm Bb|C Gm Bb F|C Dm Gm F|C Bb Gm F",
        "grand": "C Bb F C|C Gm Bb F|C Bb Dm F|C F Bb F|C Am Bb F",
        "jazz": "C7 Gm7 C7 F|C7 Bb C7 F|C7 F C7 Gm7|C7 Dm7 Gm7 C7|C7 Fmaj7 Bbmaj7 F",
        "bridge": "F C Gm Bb|Bb F C Gm|Dm Bb F C|Gm F Bb F|Am Bb F Gm|F Bb F C|Dm Am Bb F",
    },
}
_LEADING = {  # chords that lead to the chord on a root (pitch class)
    "major": {0: ("G7", "F"), 2: ("A7", "Em"), 4: ("Am", "D"), 5: ("C7", "Em"), 7: ("D7", "Dm", "F"), 9: ("E7", "G")},
    "minor": {0: ("G", "G7"), 2: ("A7", "F"), 4: ("Bdim", "Dm", "F"), 5: ("C", "Em"), 7: ("F", "Dm"), 9: ("E7", "G")},
    "dorian": {0: ("G", "Em"), 2: ("Am", "C"), 4: ("D", "Am"), 7: ("D", "C"), 9: ("G", "Em"), 11: ("Am",)},
    "mixolydian": {0: ("Bb", "Gm"), 2: ("C", "F"), 5: ("C7", "Gm"), 7: ("Dm", "F"), 9: ("F",), 10: ("F", "Dm")},
}
TONIC_LETTER = {"major": 0, "minor": 5, "dorian": 5, "mixolydian": 0}  # 0 for C to 6 for B
_LETTERS = "CDEFGAB"
_SUSPENDED = (0, 3, 4)  # letters above the root; every other chord is stacked in thirds


def draw_progression(mode: str, colour: str, rng: random.Random) -> list[tuple[str, ...]]:
    """Four bars of one or two chords each."""
    text = rng.choice(PROGRESSIONS[mode][colour].split("|"))
    return [tuple(bar.split("/")) for bar in text.split()]


def with_passing_chords(
    bars: list[tuple[str, ...]], mode: str, chance: float, rng: random.Random
) -> list[tuple[str, ...]]:
    """The bars, some with a second chord that leads to the next bar."""
    result = []
    for bar, following in pairwise(bars):
        leading = _LEADING[mode].get(chord(following[0])[0], ())
        fitting = [name for name in leading if chord(name)[0] != chord(following[0])[0]]
        leads_already = any(chord(name)[0] == chord(bar[-1])[0] for name in fitting)
        lead = len(bar) == 1 and bool(fitting) and not leads_already and rng.random() < chance
        result.append((*bar, rng.choice(fitting)) if lead else bar)
    return [*result, *bars[-1:]]


@cache
def _spelled(name: str) -> dict[int, int]:
    """The tones of a chord: letter, 0 for C to 6 for B, and pitch class."""
    root, quality = chord(name)
    above = _SUSPENDED if quality == "sus4" else (0, 2, 4, 6)
    first = _LETTERS.index(name[0])
    return {(first + step) % 7: (root + tone) % 12 for step, tone in zip(above, QUALITIES[quality], strict=False)}


@cache
def letters(name: str) -> frozenset[int]:
    """The letters of a chord's tones, 0 for C to 6 for B."""
    return frozenset(_spelled(name))


@cache
def scale(mode: str, name: str) -> tuple[int, ...]:
    """Pitch classes of the letters C to B over a chord: the mode's own, but for tones that the chord alters."""
    own = {(TONIC_LETTER[mode] + index) % 7: (HOME[mode] + step) % 12 for index, step in enumerate(STEPS[mode])}
    return tuple((own | _spelled(name))[letter] for letter in range(7))
