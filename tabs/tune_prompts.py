"""Prompts for tunes: examples, ones composed of words that are understood, and what is understood; knows no page."""

import functools
import random
from collections.abc import Mapping
from typing import Any

from playground.media.score import INSTRUMENTS
from playground.media.tune import BAR, MODES, NAMES
from playground.media.tune_words import BPM, DENSITIES, MOODS, STYLES
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


def understood(told: Any) -> dict[str, list] | None:
    """For the browser: what a prompt asks for, and sentences about what it asks in vain."""
    from playground.media import tune_prompt  # noqa: PLC0415 - not needed for the page to start

    if not isinstance(told, str) or len(told) > LONGEST_TEXT:
        return None
    found = tune_prompt.understood(told)
    return {"chips": chips(found.values, found.places), "left_out": list(found.left_out)}


@functools.cache
def choices() -> dict[str, tuple[str, ...]]:
    """What may stand in a prompt, by what it is, in the order of the chips."""
    from playground.media.tune_wishes import LENGTHS  # noqa: PLC0415 - not needed for the page to start

    return {
        "mood": MOODS,
        "style": STYLES,
        "key": tuple(f"{note} {mode}" for mode in MODES for note in NAMES),
        "mode": tuple(MODES),
        "metre": tuple(BAR),
        "bpm": tuple(f"{bpm} bpm" for bpm in BPM),
        "bars": tuple(f"{bars} bars" for bars in LENGTHS),
        "density": DENSITIES,
        "instrument": tuple(INSTRUMENTS),
    }


def chips(values: Mapping[str, Any], places: Mapping[str, tuple[int, int]]) -> list[dict[str, Any]]:
    """Each value as one would say it, where it stands in the prompt, and what else could stand there."""
    said = {**values, "key": f"{values.get('key')} {values.get('mode')}"}
    said |= {name: f"{values[name]} {name}" for name in ("bpm", "bars") if name in values}
    return [
        {"name": name.capitalize(), "said": said[name], "place": list(places[name]), "choices": list(others)}
        for name, others in choices().items()
        if name in places
    ]


def played_on(instrument: str) -> str:
    return f"with {instrument}" if instrument in BANDS else f"on the {instrument}"
