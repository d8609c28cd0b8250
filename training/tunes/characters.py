"""How moods and styles sound: feels, gestures, colours as numbers; knows no notes.

The numbers are ours, set by reading and looking at what they make.
"""

from dataclasses import dataclass

from playground.media.tune_wishes import Wish
from training.tunes.harmony import COLOURS

Gestures = dict[str, float]  # weights, by names of motifs.GESTURES

_DANCES = ("jig", "reel", "hornpipe", "march")


@dataclass(frozen=True)
class Sound:
    """Of a style: rhythm feels (of the first section, of contrasting ones), gestures by weight, shares from 0 to 1."""

    feel: str
    contrast: str
    gestures: Gestures
    passing: float  # chords added between two bars
    lean: float  # strong beats that may hold or lean on a tone outside the chord
    chromatic: float  # neighbour tones raised to a half step
    pentatonic: float  # tunes that shun two letters of the scale


_SONG: Gestures = {
    "rise": 2,
    "fall": 2,
    "turn": 1,
    "over": 2,
    "under": 1,
    "sixth": 1,
    "fourth": 2,
    "dip": 1,
    "hold": 1.5,
}
_STILL: Gestures = {"over": 2, "under": 1, "fourth": 2, "fall": 2, "chord up": 2, "hold": 1, "sixth": 1}
_DANCE = {
    "rise": 2,
    "fall": 2,
    "zigzag up": 2,
    "zigzag down": 2,
    "chord up": 1.5,
    "chord down": 1,
    "pedal": 1.5,
    "turn": 2,
}
_BOUNCE: Gestures = {
    "chord up": 3,
    "chord down": 2,
    "pedal": 1.5,
    "hold": 1.5,
    "rise": 1,
    "fall": 1.5,
    "over": 1,
    "octave": 0.7,
}
_FANFARE: Gestures = {"hold": 2, "chord up": 3, "chord down": 1.5, "fourth": 2, "fall": 2, "rise": 1.5, "over": 1}
_EPIC: Gestures = {**_FANFARE, "sixth": 1.5}
_HOOK: Gestures = {"hold": 3, "fall": 2, "rise": 1.5, "over": 2, "under": 1.5, "fourth": 1.5, "dip": 1.5, "turn": 1}
_BEBOP = {
    "rise": 2,
    "fall": 2,
    "enclose": 2.5,
    "chord up": 2,
    "zigzag down": 1.5,
    "dip": 1.5,
    "under": 1.5,
    "sixth": 0.7,
}

SOUNDS = {
    "pop": Sound("syncopated", "syncopated", _HOOK, 0.1, 0.08, 0.0, 0.4),
    "chiptune": Sound("bouncing", "syncopated", _BOUNCE, 0.1, 0.03, 0.05, 0.25),
    "march": Sound("marching", "marching", _FANFARE, 0.3, 0.05, 0.05, 0.0),
    "ballad": Sound("flowing", "flowing", _SONG, 0.25, 0.2, 0.05, 0.15),
    "waltz": Sound("waltzing", "flowing", _SONG, 0.0, 0.2, 0.15, 0.0),
    "lullaby": Sound("rocking", "rocking", _SONG, 0.08, 0.12, 0.0, 0.4),
    "ambient": Sound("floating", "floating", _STILL, 0.05, 0.12, 0.0, 0.6),
    "cinematic": Sound("majestic", "majestic", _EPIC, 0.12, 0.15, 0.08, 0.2),
    "jazz": Sound("swinging", "swinging", _BEBOP, 0.55, 0.15, 0.5, 0.0),
    "jig": Sound("jigging", "jigging", _DANCE, 0.35, 0.06, 0.03, 0.1),
    "reel": Sound("reeling", "reeling", _DANCE, 0.35, 0.06, 0.03, 0.1),
    "hornpipe": Sound("dotted", "dotted", _DANCE, 0.4, 0.06, 0.12, 0.0),
    "air": Sound("flowing", "flowing", _SONG, 0.25, 0.22, 0.0, 0.3),
}
_MOODS = {  # slope of the line from -1 to 1, register in steps, chromatic, lean
    "happy": (0.5, 1, 0.0, 0.0),
    "sad": (-0.7, -1, 0.05, 0.12),
    "calm": (-0.1, 0, 0.0, 0.05),
    "dreamy": (0.2, 2, 0.0, 0.1),
    "epic": (0.6, 0, 0.0, 0.05),
    "playful": (0.1, 1, 0.2, 0.0),
    "mysterious": (-0.2, -2, 0.35, 0.1),
    "jazzy": (0.0, 0, 0.3, 0.05),
    "lively": (0.3, 1, 0.0, 0.0),
    "wistful": (-0.4, 0, 0.0, 0.15),
}


@dataclass(frozen=True)
class Character:
    """What a style and a mood come to; `centre` is a position on the ladder of letters, 28 for middle C."""

    sound: Sound
    colour: str
    slope: float
    centre: int
    chromatic: float
    lean: float
    dance: bool
    runs_on: bool  # questions may end without stopping for breath


def character_of(wish: Wish) -> Character:
    sound = SOUNDS[wish.style]
    slope, register, chromatic, lean = _MOODS[wish.mood]
    return Character(
        sound=sound,
        colour="jazz" if wish.style == "jazz" else COLOURS[wish.mood],
        slope=slope,
        centre=33 + register + (1 if wish.style in _DANCES else 0),
        chromatic=sound.chromatic + chromatic,
        lean=sound.lean + lean,
        dance=wish.style in _DANCES,
        runs_on=wish.style in ("jig", "reel", "hornpipe", "chiptune"),
    )
