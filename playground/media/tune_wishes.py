"""Which words go together in a tune, and how a set of them is drawn by lot; knows no notes and no chords."""

import random
from dataclasses import dataclass

from playground.media.tune import MODES
from playground.media.tune_words import BPM

LENGTHS = (8, 16)  # bars


@dataclass(frozen=True)
class Mood:
    """Modes that suit a mood (weights in the order of MODES), styles that do, its tempo against the style's."""

    modes: tuple[float, float, float, float]
    styles: tuple[str, ...]
    hurry: int = 0


MOODS = {
    "happy": Mood((8, 0.3, 0.3, 2), ("pop", "chiptune", "march", "waltz", "reel", "jig", "hornpipe"), 1),
    "sad": Mood((0.6, 8, 2, 0.3), ("ballad", "waltz", "cinematic", "air"), -1),
    "calm": Mood((7, 1, 1, 1), ("lullaby", "ambient", "air", "ballad"), -1),
    "dreamy": Mood((6, 1, 2, 2), ("ambient", "lullaby", "waltz", "ballad")),
    "epic": Mood((1.5, 6, 2, 1.5), ("cinematic", "march", "pop")),
    "playful": Mood((7, 0.6, 0.6, 3), ("chiptune", "waltz", "jig", "hornpipe", "pop"), 1),
    "mysterious": Mood((0.3, 6, 4, 0.3), ("cinematic", "ambient", "waltz", "jazz")),
    "jazzy": Mood((5, 3, 2, 2), ("jazz",)),
    "lively": Mood((5, 1.5, 3, 3), ("reel", "jig", "hornpipe", "march", "chiptune"), 1),
    "wistful": Mood((2, 4, 4, 0.6), ("air", "waltz", "ballad", "jig", "lullaby"), -1),
}


@dataclass(frozen=True)
class Style:
    """In which metres a style is at home, the usual one first, and its usual tempo class."""

    metres: tuple[str, ...]
    tempo: int


STYLES = {
    "pop": Style(("4/4",), 2),
    "chiptune": Style(("4/4",), 3),
    "march": Style(("4/4", "6/8"), 3),
    "ballad": Style(("4/4", "3/4", "6/8"), 1),
    "waltz": Style(("3/4",), 3),
    "lullaby": Style(("3/4", "6/8", "4/4"), 1),
    "ambient": Style(("4/4", "3/4"), 0),
    "cinematic": Style(("4/4", "3/4", "6/8"), 1),
    "jazz": Style(("4/4", "3/4"), 3),
    "jig": Style(("6/8",), 4),
    "reel": Style(("4/4",), 4),
    "hornpipe": Style(("4/4",), 3),
    "air": Style(("3/4", "4/4", "6/8"), 1),
}


@dataclass(frozen=True)
class Wish:
    """What a tune shall be: a mood of MOODS, a style of STYLES, and so on; `tempo` is an index of BPM."""

    mood: str
    style: str
    mode: str
    metre: str
    tempo: int
    bars: int


def draw_wish(
    rng: random.Random,
    mood: str = "",
    style: str = "",
    mode: str = "",
    metre: str = "",
    tempo: int | None = None,
    bars: int = 0,
) -> Wish:
    """What is not given is drawn: mostly what goes together; now and then anything, so that no pair of a mood and a
    style is unheard of."""
    mood = mood or rng.choice([name for name in MOODS if not style or style in MOODS[name].styles])
    fitting = [name for name in STYLES if not metre or metre in STYLES[name].metres]
    suiting = [name for name in MOODS[mood].styles if name in fitting]
    style = style or rng.choice(suiting if suiting and rng.random() < 0.7 else fitting)
    metres = STYLES[style].metres
    usual = STYLES[style].tempo + rng.choice((0, 0, MOODS[mood].hurry, rng.choice((-1, 1))))
    return Wish(
        mood=mood,
        style=style,
        mode=mode or rng.choices(tuple(MODES), MOODS[mood].modes)[0],
        metre=metre or rng.choices(metres, (3, 2, 1)[: len(metres)])[0],
        tempo=max(0, min(len(BPM) - 1, usual)) if tempo is None else tempo,
        bars=bars or rng.choices(LENGTHS, (1, 3))[0],
    )
