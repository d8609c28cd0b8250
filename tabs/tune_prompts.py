"""Prompts for tunes: examples, ones composed of words that are understood, and what is understood; knows no page."""

import random
from collections.abc import Mapping
from typing import Any

from playground.media.score import INSTRUMENTS
from playground.media.tune import NAMES
from playground.media.tune_words import BPM
from playground.params import LONGEST_TEXT
from tabs.prompts import article

EXAMPLES = (
    "a calm waltz in D minor, 92 bpm",
    "a playful chiptune",
    "an epic cinematic theme",
    "a lively reel on the fiddle",
    "a dreamy lullaby on the music box",
    "a jazzy tune in Bb major, 8 bars",
)
BANDS = ("strings", "brass", "choir")  # that nobody plays alone
UNHEARD = ("bass", "double bass", "synth bass", "pad")  # too low, or too slow, for a melody
THEMES = ("pop", "ambient", "cinematic", "jazz")  # styles that are said of something


def surprise(rng: random.Random) -> str:
    """A mood and a style that go together, and now and then a key, an instrument and a tempo."""
    from playground.media.tune_wishes import draw_wish  # noqa: PLC0415 - not needed for the page to start

    wish = draw_wish(rng)
    style = f"{wish.style} {rng.choice(('tune', 'theme'))}" if wish.style in THEMES else wish.style
    key = f" in {rng.choice(NAMES)} {wish.mode}" if rng.random() < 0.4 else ""
    leads = [name for name in INSTRUMENTS if name not in UNHEARD]
    lead = f" {played_on(rng.choice(leads))}" if rng.random() < 0.35 else ""
    tempo = f", {BPM[wish.tempo] + rng.randint(-9, 9)} bpm" if rng.random() < 0.3 else ""
    return f"{article(wish.mood)} {wish.mood} {style}{key}{lead}{tempo}"


def understood(told: Any) -> dict[str, list[str]] | None:
    """For the browser: what a prompt asks for, in short, and sentences about what it asks in vain."""
    from playground.media import tune_prompt  # noqa: PLC0415 - not needed for the page to start

    if not isinstance(told, str) or len(told) > LONGEST_TEXT:
        return None
    found = tune_prompt.understood(told)
    return {"chips": chips(found.values), "left_out": list(found.left_out)}


def chips(values: Mapping[str, Any]) -> list[str]:
    """Each value as one would say it."""
    key = " ".join(filter(None, (values.get("key"), values.get("mode"))))
    said = [values.get("mood"), values.get("style"), key, values.get("metre")]
    said += [f"{values[name]} {name}" for name in ("bpm", "bars") if values.get(name)]
    said += [played_on(values["instrument"])] if values.get("instrument") else []
    return [one for one in said if one]


def played_on(instrument: str) -> str:
    return f"with {instrument}" if instrument in BANDS else f"on the {instrument}"
