"""A finished tune as the kinds of file people take away: sound, MIDI and ABC, each with its recipe; knows no page.

The sound comes as WAV; the notes are those of the ABC text in the recipe.
"""

import importlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from playground import recipe as recipes
from playground.errors import Refused
from playground.events import Media
from playground.media import abc_read, midi, takes
from playground.media.arrange import MELODY, arrange
from playground.media.score import Score
from playground.media.tune import Tune

SOUNDS = {".flac": "FLAC", ".mp3": "MP3", ".ogg": "OGG"}
"""Other endings of sounds, and how libsndfile calls them."""
ENDINGS = (".wav", *SOUNDS, ".mid", ".abc")


def checked(ending: str) -> str:
    """A known ending; else Refused with those there are."""
    if ending not in ENDINGS:
        raise Refused(
            f"A tune cannot be written as {ending or 'a file without an ending'}; there are {', '.join(ENDINGS)}."
        )
    return ending


def write(media: Media, recipe: Mapping[str, Any], ending: str) -> bytes:
    """The file with this ending. `media`: the sound as WAV, with the recipe inside."""
    if ending == ".mid":
        return midi.write(score(recipe), json.dumps(recipe))
    if ending == ".abc":
        return recipes.write(Media(recipe["facts"]["abc"].encode(), recipes.ABC), recipe).data
    return media.data if ending == ".wav" else encoded(media.data, SOUNDS[checked(ending)], recipe)


def converted(wav: bytes, ending: str) -> bytes:
    """The file with this ending, made of the sound as WAV with its recipe inside; Refused if there is none."""
    return write(Media(wav, "audio/wav"), recipe_in(wav), checked(ending))


def recipe_in(wav: bytes) -> dict[str, Any]:
    """The recipe in a sound that was made here; Refused if there is none."""
    told = recipes.told_in_music(wav) or ()
    if found := next(filter(None, map(recipes.parsed, told)), None):
        return found
    raise Refused("This sound does not say how it was made, so there are no other files of it.")


def zipped(tunes: Iterable[Path], place: Path) -> None:
    """Write a zip archive of tunes, given as WAV files: each as sound, MIDI and ABC, and its recipe as JSON. Nothing is
    compressed, which would take long and win little."""
    with zipfile.ZipFile(place, "w") as archive:
        for path in tunes:
            wav, name = path.read_bytes(), path.stem
            while f"{name}.wav" in archive.namelist():
                name += "-b"
            for ending in (".wav", ".mid", ".abc"):
                archive.writestr(name + ending, converted(wav, ending))
            archive.writestr(name + ".json", json.dumps(recipe_in(wav), indent=2))


def stem(wav: bytes, track: int) -> bytes:
    """What one track is of the sound of a tune, as FLAC: all of them together are that sound. Refused if there is no
    such track."""
    names = ("playground.media.synth", "playground.media.sampler", "soundfile")
    synth, sampler, soundfile = map(importlib.import_module, names)  # which bring numpy: only when somebody asks
    recipe = recipe_in(wav)
    made, band = score(recipe), sampler.chosen()
    if band.sha256 != recipe["facts"].get("soundfont_sha256", ""):
        raise Refused(
            "This tune was played with another soundfont than is set now, so its tracks cannot be told apart."
        )
    if not 0 <= track < len(made.tracks):
        raise Refused("There is no such track in this tune.")
    buffer = io.BytesIO()
    soundfile.write(buffer, synth.stem(made, track, band=band), synth.RATE, "PCM_16", format="FLAC")
    return buffer.getvalue()


def tune(recipe: Mapping[str, Any]) -> Tune:
    """The notes, as they are played."""
    return abc_read.read_one(recipe["facts"]["abc"])


def score(recipe: Mapping[str, Any]) -> Score:
    """What every instrument plays, as in the sound."""
    params = recipe["params"]
    instruments = {MELODY: params["instrument"]} if params["instrument"] else None
    return arrange(tune(recipe), instruments, params["seed"], takes.parsed(params["takes"]), params["density"])


def encoded(wav: bytes, format: str, recipe: Mapping[str, Any]) -> bytes:
    """The sound in another format, with title and recipe as tags."""
    soundfile = importlib.import_module("soundfile")  # which brings numpy: only when somebody asks
    kind = "int16" if format == "FLAC" else "float32"  # libsndfile makes MP3 of whole numbers louder and rough
    sound, rate = soundfile.read(io.BytesIO(wav), dtype=kind, always_2d=True)
    buffer = io.BytesIO()
    with soundfile.SoundFile(buffer, "w", rate, sound.shape[1], format=format) as file:
        file.title, file.comment = tune(recipe).title, json.dumps(recipe)
        file.software = f"Playground (made by AI: {recipe['model']['key']})"
        file.write(sound)
    return buffer.getvalue()
