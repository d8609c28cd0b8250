"""Music without notes as the page shows it: its waveform, its file, and what is told beneath; knows no component."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playground.events import Media
from tabs import outputs, stage, tunes

CRAFT = stage.Craft("Step", "It becomes sound", "Composed", "Nothing was composed.")
LONGEST = 60  # characters of a prompt in a caption


def keep(media: Media, recipe: Mapping[str, Any], key: str) -> tuple[dict[str, Any], dict[str, Path]]:
    """Its waveform, in the shape of a roll, and the file with the sound by its ending."""
    from playground.media import outline  # noqa: PLC0415 - not needed for the page to start

    path = outputs.folder() / f"{tunes.name(recipe['params'], key)}.wav"
    path.write_bytes(media.data)
    return outline.of_sound(media.data), {".wav": path}


def caption(recipe: Mapping[str, Any], seconds: float) -> str:
    """Such as "‘a calm waltz’, 10 s, seed 7, composed in 3.2 s"."""
    prompt = recipe["params"].get("prompt", "").strip()
    short = prompt if len(prompt) <= LONGEST else prompt[: LONGEST - 1].rstrip() + "…"
    what = f"‘{short}’" if short else "Sound"
    facts = [what, f"{recipe['facts']['duration']:g} s", f"seed {recipe['params']['seed']}"]
    return ", ".join([*facts, f"composed in {seconds:.1f} s"])


def in_words(roll: Mapping[str, Any]) -> str:
    """The waveform for those who do not see it."""
    return f"Waveform of {roll['seconds']:.0f} s of sound"
