"""Recipes in WAV files: in and out, sounds untouched, other tools served, broken files refused."""

import io
import json
import struct

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from playground import recipe, wav
from playground.catalog import MODELS
from playground.errors import Refused
from playground.events import Media
from playground.media import abc, abc_read, midi
from playground.media.arrange import arrange
from playground.media.tune import Bar, Note, Tune
from playground.params import MusicParams

SOUND = np.linspace(-0.5, 0.5, 99)


def plain():
    buffer = io.BytesIO()
    soundfile.write(buffer, SOUND, 8000, "PCM_16", format="WAV")
    return buffer.getvalue()


def made():
    params = MusicParams(prompt='a "calm" wältz', seed=7, mood="calm", bpm=92)
    facts = {"seed": params.seed, "abc": "X:1\nK:C\n" + "c4|" * 900}
    full = recipe.make(MODELS["poster"], "0123456789", params, facts)
    return recipe.write(Media(plain(), "audio/wav"), {**full, "kind": "music"}).data


def test_a_sound_of_ours_is_read_back_and_sounds_the_same():
    restored = recipe.read(made())
    assert restored.kind == "music" and MusicParams(**restored.values).prompt == 'a "calm" wältz'
    sound, rate = soundfile.read(io.BytesIO(made()))
    assert rate == 8000 and np.abs(sound - SOUND).max() < 1e-4
    assert "made by AI" in wav.texts(made())["ISFT"]


def test_midi_and_abc_bring_their_recipe_along():
    params = MusicParams(prompt="a jig", seed=7)
    full = {**recipe.make(MODELS["poster"], "0123456789", params, {"seed": 7}), "kind": "music"}
    tune = Tune((Bar((Note(48, 60),), ("C",)),) * 2)
    files = (
        midi.write(arrange(tune), json.dumps(full)),
        recipe.write(Media(abc.write(tune).encode(), recipe.ABC), full).data,
    )
    for data in files:
        assert MusicParams(**recipe.read(data).values) == params
    assert abc_read.read(files[1].decode())[0].bars == tune.bars
    for data in (midi.write(arrange(tune)), abc.write(tune).encode()):
        with pytest.raises(Refused, match="no recipe"):
            recipe.read(data)


def test_writing_again_replaces_what_was_written():
    once = wav.with_text(plain(), {"ICMT": "one", "INAM": "x"})
    twice = wav.with_text(once, {"ICMT": "two"})
    assert wav.texts(once) == {"ICMT": "one", "INAM": "x"} and wav.texts(twice) == {"ICMT": "two"}
    assert sum(kind == b"LIST" for kind, _ in wav.chunks(twice)) == 1
    assert struct.unpack("<I", twice[4:8])[0] == len(twice) - 8
    with soundfile.SoundFile(io.BytesIO(twice)) as file:
        assert file.comment == "two"


def test_what_holds_no_recipe_is_refused():
    with pytest.raises(Refused, match="no recipe"):
        recipe.read(plain())
    with pytest.raises(Refused, match="not a WAV"):
        wav.texts(b"RIFF....AVI ")


@given(st.binary(max_size=200), st.integers(0, 200))
def test_broken_files_end_in_a_sentence_or_in_nothing(noise, cut):
    whole = made()
    for data in (whole[:cut] + noise, whole[: len(whole) - cut], b"RIFF\0\0\0\0WAVE" + noise):
        try:
            restored = recipe.read(data)
        except Refused:
            continue
        assert json.dumps(restored.values)
