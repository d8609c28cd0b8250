"""What the words of a prompt ask of a tune: mood, style, key, metre, tempo, bars, instrument; knows no model.

Of words that contradict each other the first is taken, and what was left out is told.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from playground.media.score import INSTRUMENTS
from playground.media.tune import BAR, NAMES
from playground.media.tune_wishes import LENGTHS, STYLES
from playground.media.tune_words import BPM

SLOWEST, FASTEST = 40, 220  # quarter notes a minute
_MOODS = {
    "happy": "happy cheerful joyful bright sunny merry glad joy summer",
    "sad": "sad melancholic gloomy tragic sorrowful crying lonely rain rainy",
    "calm": "calm peaceful relaxing relaxed quiet gentle soft soothing still",
    "dreamy": "dreamy dream floating ethereal sleepy magical stars moonlight",
    "epic": "epic heroic grand battle adventure dramatic powerful hero triumphant",
    "playful": "playful funny silly cute bouncy quirky children cheeky",
    "mysterious": "mysterious dark spooky scary eerie haunted night mystery ghost",
    "jazzy": "jazzy smooth bluesy blues cool",
    "lively": "lively energetic exciting dancing dance upbeat party",
    "wistful": "wistful nostalgic longing bittersweet autumn farewell melancholy",
}
_STYLES = {
    "pop": "pop song rock",
    "chiptune": "chiptune 8-bit 8bit arcade retro game nintendo",
    "march": "march marching military parade",
    "ballad": "ballad love",
    "waltz": "waltz",
    "lullaby": "lullaby cradle bedtime",
    "ambient": "ambient atmospheric meditation space drone",
    "cinematic": "cinematic film movie orchestral soundtrack trailer orchestra",
    "jazz": "jazz swing bebop lounge",
    "jig": "jig",
    "reel": "reel bluegrass",
    "hornpipe": "hornpipe shanty sailor",
    "air": "air folk celtic irish",
}
_INSTRUMENTS = {"violin": "fiddle", "recorder": "whistle", "synth": "square", "trumpet": "brass", "violins": "strings"}
_DENSITIES = {"sparse": "sparse minimal bare simple intimate", "full": "full rich lush big dense"}
_TEMPO = {
    "very slow": 0,
    "largo": 0,
    "slow": 1,
    "adagio": 1,
    "andante": 2,
    "allegro": 3,
    "fast": 4,
    "quick": 4,
    "presto": 4,
}
_LITTLE = """
    a an and as at band bar bars bit bpm by for from in is it its like major make me melody minor music mode of on one
    or piece play please short some something sharp flat that the theme this time to tune very with write compose
    dorian mixolydian
"""
_KEY = re.compile(
    r"\b([A-Ga-g])[ -]?((?i:sharp|flat)|#|♯|♭|b(?=[ -]))?[ -]*((?i:major|minor|maj|min|dorian|mixolydian))\b"
)
_MODE = re.compile(r"\b(major|minor|dorian|mixolydian)\b", re.IGNORECASE)
_METRE = re.compile(r"\b(\d{1,2})/(\d{1,2})\b")
_BPM = re.compile(r"\b(\d{1,4})\s*bpm\b", re.IGNORECASE)
_BARS = re.compile(r"\b(\d{1,6})\s*(?:-\s*)?bars?\b", re.IGNORECASE)
_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_METRES = {"2/4": "4/4", "2/2": "4/4", "4/4": "4/4", "3/4": "3/4", "3/8": "3/4", "6/8": "6/8", "12/8": "6/8"}


Place = tuple[int, int]


@dataclass
class Understood:
    """What was asked for, by the names of MusicParams, where that stands (from, to), and sentences about what was left
    out. A key and its mode stand under "key", or under "mode" if no key is named."""

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def understood(prompt: str) -> Understood:
    """What `prompt` asks for; what it does not mention is not in the values."""
    found, text = Understood(), prompt
    lower = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)  # of the same length
    _take(found, "mood", _named(lower, _MOODS), "mood")
    _take(found, "style", _named(lower, _STYLES), "style")
    _take(found, "density", _named(lower, _DENSITIES), "density")
    _take(found, "instrument", _instruments(lower), "instrument")
    _read_key(text, found)
    _read_metre(text, found)
    _read_numbers(text, lower, found)
    strange = [word[:30] for word in _strange(lower)]
    if strange:
        more = f" and {len(strange) - 6} more" if len(strange) > 6 else ""
        found.left_out.append(f"Not known here: {', '.join(strange[:6])}{more}.")
    return found


def _strange(text: str) -> list[str]:
    """The words that change nothing, each once."""
    tables = (_MOODS, _STYLES, _DENSITIES)
    others = (word for table in tables for words in table.values() for word in words.split())
    names = " ".join((*_MOODS, *_STYLES, *_TEMPO, *_INSTRUMENTS, *INSTRUMENTS, _LITTLE))
    known = {*others, *names.split()}
    words = re.findall(r"[^\W\d_]{2,}(?:[-'][^\W\d_]+)*", _KEY.sub(" ", text))
    return [word for word in dict.fromkeys(words) if word not in known]


def _take(found: Understood, name: str, places: dict[str, Place], what: str) -> None:
    """The first of what was named; the others are left out."""
    choices = sorted(places, key=places.__getitem__)
    if choices:
        found.values[name], found.places[name] = choices[0], places[choices[0]]
    if others := choices[1:4]:
        found.left_out.append(f"One {what} at a time: {choices[0]} was taken, {', '.join(others)} left out.")


def _named(text: str, table: dict[str, str]) -> dict[str, Place]:
    """The keys that the text names by themselves or by a word of theirs, and where first."""
    places = {}
    for key, others in table.items():
        at = [place for word in (key, *others.split()) if (place := _place(text, word)) is not None]
        if at:
            places[key] = min(at)
    return places


def _place(text: str, word: str) -> Place | None:
    match = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    return match.span() if match else None


def _instruments(text: str) -> dict[str, Place]:
    """Longer names first, so that a double bass is not taken for a bass."""
    places: dict[str, Place] = {}
    for word in sorted((*INSTRUMENTS, *_INSTRUMENTS), key=len, reverse=True):
        if place := _place(text, word):
            places.setdefault(_INSTRUMENTS.get(word, word), place)
            text = text[: place[0]] + " " * len(word) + text[place[1] :]
    return places


def _read_key(text: str, found: Understood) -> None:
    """ "D minor", "F# major"; "a minor waltz" names no key, only the mode."""
    if match := next((one for one in _KEY.finditer(text) if not one[0].startswith("a ")), None):
        accidental, mode = (match[2] or "").lower(), match[3].lower()
        letter, sign = match[1].upper(), {"sharp": 1, "#": 1, "♯": 1, "": 0}.get(accidental, -1)
        found.values["key"] = NAMES[(_LETTERS[letter] + sign) % 12]
        found.values["mode"] = {"maj": "major", "min": "minor"}.get(mode, mode)
        found.places["key"] = match.span()
    elif match := _MODE.search(text):
        found.values["mode"], found.places["mode"] = match[1].lower(), match.span()


def _read_metre(text: str, found: Understood) -> None:
    style = found.values.get("style")
    if match := _METRE.search(text):
        if match[0] not in _METRES:
            found.left_out.append(f"{match[0]} cannot be played here; there are {_list(BAR)}.")
        elif style and _METRES[match[0]] not in STYLES[style].metres:
            found.left_out.append(f"A {style} is in {_list(STYLES[style].metres)}, so {match[0]} was left out.")
        else:
            found.values["metre"], found.places["metre"] = _METRES[match[0]], match.span()


def _read_numbers(text: str, lower: str, found: Understood) -> None:
    if match := _BPM.search(text):
        found.values["bpm"], sentence = playable(int(match[1]))
        found.places["bpm"] = match.span()
        found.left_out += [sentence] if sentence else []
    else:
        tempos = [(BPM[tempo], place) for words, tempo in _TEMPO.items() if (place := _place(lower, words))]
        if tempos:
            found.values["bpm"], found.places["bpm"] = tempos[0]
    if match := _BARS.search(text):
        bars = min(LENGTHS, key=lambda length: abs(length - int(match[1])))
        if bars != int(match[1]):
            found.left_out.append(f"{match[1]} bars became {bars}: a tune has {_list(LENGTHS)}.")
        found.values["bars"], found.places["bars"] = bars, match.span()


def playable(bpm: int) -> tuple[int, str]:
    """The nearest tempo that is played, and a sentence if it is another one: very slow ones would last for an hour."""
    nearest = min(FASTEST, max(SLOWEST, bpm))
    told = "" if nearest == bpm else f"{bpm} bpm became {nearest}: the tempo goes from {SLOWEST} to {FASTEST}."
    return nearest, told


def _list(choices: Iterable[Any]) -> str:
    *first, last = map(str, choices)
    return f"{', '.join(first)} or {last}" if first else last
