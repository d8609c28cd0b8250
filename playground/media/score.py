"""A score, what every instrument plays and when; knows neither how it sounds nor how it is kept in a file."""

from dataclasses import dataclass

INSTRUMENTS = {  # what can be played -> its program in General MIDI, counted from 0
    "piano": 0,
    "electric piano": 4,
    "glockenspiel": 9,
    "music box": 10,
    "vibraphone": 11,
    "marimba": 12,
    "organ": 19,
    "accordion": 21,
    "guitar": 24,
    "steel guitar": 25,
    "double bass": 32,
    "bass": 33,
    "synth bass": 38,
    "harp": 46,
    "strings": 48,
    "choir": 52,
    "brass": 61,
    "clarinet": 71,
    "flute": 73,
    "whistle": 78,
    "square": 80,
    "pad": 89,
    "fiddle": 110,
}
DRUMS = {  # of the kit -> its key in General MIDI's percussion map
    "kick": 36,
    "side stick": 37,
    "snare": 38,
    "clap": 39,
    "closed hat": 42,
    "low tom": 45,
    "open hat": 46,
    "mid tom": 47,
    "crash": 49,
    "high tom": 50,
    "ride": 51,
    "tambourine": 54,
    "shaker": 70,
}


@dataclass(frozen=True)
class Played:
    """One note. `start` and `seconds` (its length) in seconds, `pitch` a MIDI number or, for drums, a value of DRUMS,
    `velocity` above 0 and at most 1."""

    start: float
    seconds: float
    pitch: int
    velocity: float


@dataclass(frozen=True)
class Track:
    """What one instrument plays, in the order of the starts. `instrument`: a key of INSTRUMENTS, of no meaning for
    drums."""

    name: str
    instrument: str
    notes: tuple[Played, ...]
    drums: bool = False


@dataclass(frozen=True)
class Score:
    """A whole piece of so many seconds; the rest says how it is counted and in which key it stands (see tune.Tune)."""

    tracks: tuple[Track, ...]
    seconds: float
    bpm: int = 100
    metre: str = "4/4"
    tonic: int = 0
    mode: str = "major"
    title: str = ""
