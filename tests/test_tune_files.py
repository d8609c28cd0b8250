"""A tune as every kind of file: each sounds or reads the same and brings its recipe back."""

import io
import json

import numpy as np
import pytest
import soundfile

from playground import recipe, tune_files, wav
from playground.catalog import MODELS
from playground.errors import Refused
from playground.events import Media
from playground.media import abc, abc_read, midi_read, soundfont, synth
from playground.media.tune import Bar, Note, Tune
from playground.params import MusicParams

PARAMS = MusicParams(prompt='a jig, "déjà vu"', seed=7, instrument="flute", bpm=90)
TUNE = Tune((Bar((Note(24, 60), Note(24, 67)), ("C",)),) * 2, bpm=90, style="pop", title="Happy pop in C major")


@pytest.fixture(scope="module")
def made():
    """(the sound as it leaves the engine, its recipe)"""
    rng, buffer = np.random.default_rng(0), io.BytesIO()
    soundfile.write(buffer, rng.normal(0, 0.1, (44100, 2)), 44100, "PCM_16", format="WAV")
    full = {**recipe.make(MODELS["poster"], "0123", PARAMS, {"seed": 7, "abc": abc.write(TUNE)}), "kind": "music"}
    return recipe.write(Media(buffer.getvalue(), "audio/wav"), full), full


@pytest.mark.parametrize("ending", tune_files.ENDINGS)
def test_every_file_brings_its_recipe_back(made, ending):
    restored = recipe.read(tune_files.write(made[0], made[1], ending))
    assert restored.kind == "music" and MusicParams(**restored.values) == PARAMS


@pytest.mark.parametrize("ending", [".wav", *tune_files.SOUNDS])
def test_every_sound_sounds_the_same(made, ending):
    sound, rate = soundfile.read(io.BytesIO(tune_files.write(made[0], made[1], ending)))
    truth, _ = soundfile.read(io.BytesIO(made[0].data))
    assert rate == 44100 and sound.shape[1] == 2
    assert np.sqrt(np.mean(sound**2)) == pytest.approx(np.sqrt(np.mean(truth**2)), rel=0.2)
    if ending in (".wav", ".flac"):
        assert np.array_equal(sound, truth)


def test_midi_and_abc_hold_the_notes(made):
    parts = midi_read.read(tune_files.write(made[0], made[1], ".mid")).parts
    assert {part.name for part in parts} >= {"Melody", "Bass", "Drums"} and parts[0].program == 73
    assert abc_read.read(tune_files.write(made[0], made[1], ".abc").decode())[0].bars == TUNE.bars


def test_the_stems_of_a_tune_are_its_sound(made):
    full = made[1]
    buffer = io.BytesIO()
    score = tune_files.score(full)
    soundfile.write(buffer, synth.rendered(score), synth.RATE, "PCM_16", format="WAV")
    whole = recipe.write(Media(buffer.getvalue(), "audio/wav"), full).data
    sounds = [soundfile.read(io.BytesIO(tune_files.stem(whole, track)))[0] for track in range(len(score.tracks))]
    assert np.abs(sum(sounds) - soundfile.read(io.BytesIO(whole))[0]).max() < len(sounds) / 32768
    for track in (-1, len(score.tracks)):
        with pytest.raises(Refused, match="no such track"):
            tune_files.stem(whole, track)


def test_another_soundfont_is_told_and_its_stems_are_not_made(made, tmp_path, monkeypatch):
    monkeypatch.delenv(soundfont.VARIABLE, raising=False)
    facts = {**made[1]["facts"], "soundfont": "grand.sf2", "soundfont_sha256": "0123"}
    data = wav.with_text(made[0].data, {"ICMT": json.dumps({**made[1], "facts": facts})})
    own, other = ({one for one in recipe.read(file).problems if "sound" in one} for file in (made[0].data, data))
    assert not own and other == {"It was played with the soundfont 'grand.sf2': it will sound different."}
    with pytest.raises(Refused, match="another soundfont"):
        tune_files.stem(data, 0)
    monkeypatch.setenv(soundfont.VARIABLE, "/here/grand.sf2")
    assert "without the soundfont that is set here" in recipe.read(made[0].data).problems[-1]
    (tmp_path / "grand.sf2").write_bytes(b"other")
    monkeypatch.setenv(soundfont.VARIABLE, str(tmp_path / "grand.sf2"))
    assert "another soundfont of the name 'grand.sf2'" in recipe.read(data).problems[-1]


def test_other_endings_and_files_without_a_recipe_are_refused(made):
    for ending in (".aiff", "", ".png"):
        with pytest.raises(Refused, match=r"\.wav, \.flac, \.mp3, \.ogg, \.mid, \.abc"):
            tune_files.checked(ending)
    for data in (
        b"fLaC" + b"x" * 50,
        b"ID3" + b"\0" * 50,
        b"OggS",
        wav.with_text(made[0].data, {"ICMT": json.dumps([])}),
    ):
        with pytest.raises(Refused, match="no recipe"):
            recipe.read(data)


def test_a_minute_of_sound_becomes_every_kind_of_file(made):
    long = io.BytesIO()
    soundfile.write(long, np.random.default_rng(0).normal(0, 0.1, (60 * 44100, 2)), 44100, "PCM_16", format="WAV")
    media = recipe.write(Media(long.getvalue(), "audio/wav"), made[1])
    for ending in tune_files.SOUNDS:
        assert soundfile.info(io.BytesIO(tune_files.write(media, made[1], ending))).duration == pytest.approx(
            60, abs=0.1
        )


def test_an_older_recipe_without_what_came_later_is_played(made):
    older = {**made[1], "params": {k: v for k, v in made[1]["params"].items() if k not in ("takes", "density")}}
    assert tune_files.score(older) == tune_files.score(made[1])
