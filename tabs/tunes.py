"""A tune as the page shows it: its roll, its files, and what is told beneath; knows no component and no model."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.events import Media
from playground.media.tune import NAMES
from tabs import outputs

ENDINGS = (".wav", ".mid", ".abc")  # that take no time: the others are made when somebody asks (tune_saves)
LATER = (".flac", ".mp3", ".ogg")
NO_NOUNS = ("pop", "ambient", "cinematic", "jazz")  # styles that need "tune" after them


@dataclass(frozen=True)
class Tune:
    """A draft, or a finished tune with its files."""

    alt: str  # the roll in words
    roll: dict[str, Any]  # see playground.media.roll
    file: str = ""  # to be heard
    files: dict[str, str] = field(default_factory=dict)  # to be saved, by ending
    link: str = ""
    link_is_whole: bool = True
    seed: int | None = None
    caption: str = ""
    change: dict[str, Any] = field(default_factory=dict)  # see tune_changes.of_recipe


def draft(media: Media, preview: int = 0) -> Tune:
    """An unfinished tune, of which so many bars are composed first, or none but the whole."""
    roll = json.loads(media.data)
    return Tune(alt=f"Unfinished. {in_words(roll)}", roll=roll, change={"preview": preview} if preview else {})


def keep(media: Media, recipe: Mapping[str, Any], key: str) -> tuple[dict[str, Any], dict[str, Path]]:
    """The roll of all that is played, and the files with the tune as sound, MIDI and ABC, by their endings."""
    from playground import tune_files  # noqa: PLC0415 - not needed for the page to start
    from playground.media import roll  # noqa: PLC0415 - nor this

    place = outputs.folder() / name(recipe["params"], key)
    kept = {ending: place.with_name(place.name + ending) for ending in ENDINGS}
    for ending, path in kept.items():
        path.write_bytes(tune_files.write(media, recipe, ending))
    return roll.of_score(tune_files.score(recipe), tune_files.tune(recipe)), kept


def name(params: Mapping[str, Any], key: str) -> str:
    """What its files are called, such as "calm-waltz-D-minor-7"; by the prompt, or the model's key, where nothing else
    is known."""
    known = [params.get(name) for name in ("mood", "style", "key", "mode")]
    what = "-".join(filter(None, known)).replace("#", "-sharp") or params.get("prompt", "")
    return f"{outputs.plain(what) or outputs.plain(key)}-{params['seed']}"


def caption(params: Mapping[str, Any], seconds: float, title: str = "", bars: int = 0) -> str:
    """Such as "Calm waltz in D minor, 92 bpm, 16 bars, seed 7, composed in 2.1 s"; of a tune that was changed with its
    title and the number of its bars."""
    style, mood = params.get("style", ""), params.get("mood", "")
    mood = "" if (mood, style) == ("jazzy", "jazz") else mood
    what = " ".join(filter(None, (mood, style, "tune" if style in ("", *NO_NOUNS) else "")))
    key = " ".join(filter(None, (params.get("key"), params.get("mode"))))
    facts = [f"{what} in {key}" if key else what]
    facts += [f"{params['bpm']} bpm"] if params.get("bpm") else []
    preview, whole = params.get("preview_bars"), params.get("bars")
    facts += [f"{preview} of {whole} bars" if preview else f"{bars or whole} bars"] if bars or whole else []
    facts += [f"takes: {params['takes']}"] if params.get("takes") else []
    text = ", ".join([*facts, f"seed {params.get('seed')}", f"{done(params)} in {seconds:.1f} s"])
    return f"{title}: {text}" if title and not made_up(title) else text[:1].upper() + text[1:]


def done(params: Mapping[str, Any]) -> str:
    """What was done to have the tune."""
    change = params.get("change") if params.get("start") else ""
    if change == "rewrite":
        first, last = params["first_bar"], params["last_bar"]
        return f"bars {first} to {last} rewritten" if last > first else f"bar {first} rewritten"
    return {"continue": "continued", "play": "played"}.get(str(change), "composed")


def made_up(title: str) -> bool:
    """Whether a title only says what the caption says anyway, as those of our own tunes do."""
    own = r"[A-Z]\w+ \w+ in [A-G][#b]? (major|minor|dorian|mixolydian)|Untitled"
    return re.fullmatch(own, title) is not None


def in_words(roll: Mapping[str, Any], key: str = "") -> str:
    """The roll for those who do not see it."""
    melody, *others = roll["tracks"]
    pitches = [pitch for _, _, pitch in melody["notes"]]
    notes = f"{len(pitches)} {'note' if len(pitches) == 1 else 'notes'}" if pitches else "no notes yet"
    reach = f", {pitch_name(min(pitches))} to {pitch_name(max(pitches))}" if pitches else ""
    bars = f", {round(roll['seconds'] / roll['bar'])} bars"
    band = list(dict.fromkeys(track["name"].lower() for track in others))
    rest = f", with {', '.join(band[:-1])}{' and ' if band[1:] else ''}{band[-1]}" if band else ""
    return f"Piano roll: {notes}{reach}{bars}{f' in {key}' if key else ''}{rest}"


def pitch_name(pitch: int) -> str:
    """Such as "C4" for 60."""
    return f"{NAMES[pitch % 12]}{pitch // 12 - 1}"
