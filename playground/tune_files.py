"""A finished tune as the kinds of file people take away: sound, MIDI and ABC, each with its recipe; knows no page.

The sound comes as WAV; the notes are those of the ABC text in the recipe. Music that a model made as sound has none.
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
NOTES = (".mid", ".abc")
BLOCK = 16_384  # samples written at once: libvorbis puts a block on the stack, which a minute of sound overflows
ENDINGS = (".wav", *SOUNDS, *NOTES)


def checked(ending: str, has_notes: bool = True) -> str:
    """A known ending of music that has notes, or has not; else Refused with those there are."""
    known = [one for one in ENDINGS if has_notes or one not in NOTES]
    if ending not in known:
        what = "A tune" if has_notes else "Music without notes"
        raise Refused(
            f"{what} cannot be written as {ending or 'a file without an ending'}; there are {', '.join(known)}."
        )
    return ending


def write(media: Media, recipe: Mapping[str, Any], ending: str) -> bytes:
    """The file with this ending. `media`: the sound as WAV, with the recipe inside."""
    checked(ending, has_notes(recipe))
    if ending == ".mid":
        return midi.write(score(recipe), json.dumps(recipe))
    if ending == ".abc":
        return recipes.write(Media(recipe["facts"]["abc"].encode(), recipes.ABC), recipe).data
    return media.data if ending == ".wav" else encoded(media.data, SOUNDS[ending], recipe)


def has_notes(recipe: Mapping[str, Any]) -> bool:
    """Whether the music of this recipe was written as notes."""
    return "abc" in recipe["facts"]


def converted(wav: bytes, ending: str) -> bytes:
    """The file with this ending, made of the sound as WAV with its recipe inside; Refused if there is none."""
    return write(Media(wav, "audio/wav"), recipe_in(wav), ending)


def recipe_in(wav: bytes) -> dict[str, Any]:
    """The recipe in a sound that was made here; Refused if there is none."""
    told = recipes.told_in_music(wav) or ()
    if found := next(filter(None, map(recipes.parsed, told)), None):
        return found
    raise Refused("This sound does not say how it was made, so there are no other files of it.")


def zipped(tunes: Iterable[Path], place: Path) -> None:
    """Write a zip archive of tunes, given as WAV files: each as sound, and MIDI and ABC if it has notes, and its recipe
    as JSON. Nothing is compressed, which would take long and win little."""
    with zipfile.ZipFile(place, "w") as archive:
        for path in tunes:
            wav, name = path.read_bytes(), path.stem
            while f"{name}.wav" in archive.namelist():
                name += "-b"
            recipe = recipe_in(wav)
            for ending in (".wav", *(NOTES if has_notes(recipe) else ())):
                archive.writestr(name + ending, converted(wav, ending))
            archive.writestr(name + ".json", json.dumps(recipe, indent=2))


def stem(wav: bytes, track: int) -> bytes:
    """What one track is of the sound of a tune, as FLAC: all of them together are that sound. Refused if there is no
    such track."""
    names = ("playground.media.synth", "playground.media.sampler", "soundfile")
    synth, sampler, soundfile = map(importlib.import_module, names)  # which bring numpy: only when somebody asks
    recipe = recipe_in(wav)
    if not has_notes(recipe):
        raise Refused("This music was made as sound, so there are no tracks to take apart.")
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


def title(recipe: Mapping[str, Any]) -> str:
    """What players show: that of the tune, or the words a sound was asked for with."""
    return tune(recipe).title if has_notes(recipe) else recipe["params"].get("prompt", "")[:100]


def score(recipe: Mapping[str, Any]) -> Score:
    """What every instrument plays, as in the sound."""
    params = recipe["params"]
    lead = params.get("instrument", "")  # which melodies of a latent space do not tell
    instruments = {MELODY: lead} if lead else None
    others = takes.parsed(params.get("takes", ""))  # which older recipes do not tell
    return arrange(tune(recipe), instruments, params["seed"], others, params.get("density", ""))


def encoded(wav: bytes, format: str, recipe: Mapping[str, Any]) -> bytes:
    """The sound in another format, with title and recipe as tags."""
    soundfile = importlib.import_module("soundfile")  # which brings numpy: only when somebody asks
    kind = "int16" if format == "FLAC" else "float32"  # libsndfile makes MP3 of whole numbers louder and rough
    sound, rate = soundfile.read(io.BytesIO(wav), dtype=kind, always_2d=True)
    buffer = io.BytesIO()
    with soundfile.SoundFile(buffer, "w", rate, sound.shape[1], format=format) as file:
        file.title, file.comment = title(recipe), json.dumps(recipe)
        file.software = f"Playground (made by AI: {recipe['model']['key']})"
        for start in range(0, len(sound), BLOCK):
            file.write(sound[start : start + BLOCK])
    return buffer.getvalue()
