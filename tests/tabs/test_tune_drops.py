"""Files that are dropped on the Music tab: ours bring settings back, others become a start, bad ones a sentence."""

from dataclasses import replace

import pytest

from playground import catalog
from playground.media import abc, abc_read, midi
from playground.media.arrange import arrange
from playground.media.tune import BAR
from playground.params import check
from tabs import tune_changes, tune_drops
from tabs.music import Composing
from tests.media.tunes import plain
from tests.tabs.tunes import DITTY, output

MODELS = {"ditty": DITTY}
SPEED = "X:1\nT:Speed the Plough\nR:reel\nM:4/4\nL:1/8\nK:G\n|:GABc dedB|dedB dedB|c2ec B2dB|c2A2 A2BA:|\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setitem(catalog.MODELS, DITTY.key, DITTY)
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def dropped(tmp_path):
    def drop(data, name, model=DITTY, models=MODELS):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return tune_drops.from_file(str(path), model, models)

    return drop


def test_a_tune_from_a_book_is_gone_on_from(dropped):
    found = dropped(SPEED, "speed.abc")
    assert found.status == "‘Speed the Plough’, 8 bars in G major, 4/4; Compose goes on from it."
    assert found.problems == ("It has no chords, so some that fit were added.",)
    values = check("music", found.values, {}, {})
    tune = abc_read.read_one(values.start)
    assert (values.change, values.key, tune.style, len(tune.bars)) == ("continue", "", "reel", 8)
    assert tune_changes.carried(found.values)["told"] == "Goes on from ‘Speed the Plough’, 8 bars in G major, 4/4"


@pytest.mark.parametrize(
    "text, said",
    [
        (SPEED + "\n" + SPEED.replace("X:1", "X:2"), "It is the first of 2 tunes in the file."),
        (SPEED.replace("4/4", "5/4"), "Its bars were counted anew, in 4/4"),
        (SPEED.replace("dedB|", "dedB d|"), "Its bars were counted anew, in 4/4"),
        (SPEED.replace("GABc", "[M:3/4]GABc"), "Its bars were counted anew, in 4/4"),
        (SPEED.replace("K:G", "Q:1/4=20\nK:G"), "30 bpm became 40"),
        ("\ufeff%abc-2.1\n" + SPEED, ""),
    ],
)
def test_what_had_to_be_changed_is_told(dropped, text, said):
    found = dropped(text, "a.abc")
    assert "Speed the Plough" in found.status and said in " ".join(found.problems)
    tune = abc_read.read_one(found.values["start"])
    assert all(sum(note.ticks for note in bar.notes) == BAR["4/4"] for bar in tune.bars)


def test_the_melody_of_a_midi_file_is_gone_on_from(dropped):
    scale = replace(plain("jazz"), title="")
    found = dropped(midi.write(arrange(scale)), "My song.mid")
    assert found.status == "‘My song’, 8 bars in C major, 4/4; Compose goes on from it."
    assert found.problems[0] == "Of its 3 parts the one most like a melody was taken."
    heard = [note.pitch for bar in abc_read.read_one(found.values["start"]).bars for note in bar.notes]
    assert heard == [note.pitch for bar in scale.bars for note in bar.notes]


def test_a_metre_that_is_not_known_here_is_told(dropped):
    data = midi.write(arrange(plain("pop"))).replace(b"\xff\x58\x04\x04\x02", b"\xff\x58\x04\x05\x02")
    assert "Its metre, 5/4, is counted as 4/4 here." in dropped(data, "a.mid").problems


def test_a_long_tune_is_taken_in_part(dropped):
    found = dropped(abc.write(plain("", "4/4", 200)), "long.abc")
    assert "A scale" in found.status and "48 bars" in found.status
    assert found.problems[0] == "Its first 48 of 200 bars are taken."
    slow = dropped(abc.write(replace(plain("", "4/4", 200), bpm=40)), "slow.abc")
    assert "14 bars" in slow.status


@pytest.mark.parametrize("ending", [".wav", ".mid", ".abc"])
def test_a_file_made_here_brings_its_settings_back(ending):
    made = Composing(DITTY)
    made.after(output(7, prompt="a calm waltz"))
    found = tune_drops.from_file(made.stage.works[0].files[ending], DITTY, MODELS)
    assert (found.values["prompt"], found.values["seed"], found.values["start"]) == ("a calm waltz", 7, "")
    assert found.status == "The settings of the tune are in the form."
    assert tune_changes.carried(found.values) == {}  # an earlier start is let go of


@pytest.mark.parametrize(
    "data, name",
    [
        (b"", "a.abc"),
        (b"hello", "a.abc"),
        (b"X:1\nK:C\nz8|", "a.abc"),
        (b"X:1\nM:4/4\nK:C\n" + b"C8|" * 2000, "a.abc"),
        (b"X:1\nK:C\n" + b"C8|" * 2_000_000, "a.abc"),
        (b"\xff\xfe\x00X:1", "a.abc"),
        (b"MThd" + b"\0" * 20, "a.mid"),
        (b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk\0\0\0\4\0\xff\x2f\0", "a.mid"),
        (b"MThd" + b"\0" * 5_000_000, "a.mid"),
        (b"RIFF\0\0\0\0WAVE", "a.wav"),
        (b"GIF89a", "a.mid"),
    ],
)
def test_a_bad_file_gets_a_sentence(dropped, data, name):
    found = dropped(data, name)
    assert found.values == {} and found.status.endswith(".") and found.model is DITTY


def test_a_model_that_writes_notes_takes_the_start(dropped):
    sound = replace(DITTY, key="sound", adapter="musicgen:MusicGen")
    assert dropped(SPEED, "a.abc", sound, {"sound": sound, **MODELS}).model is DITTY
    assert "No model" in dropped(SPEED, "a.abc", sound, {"sound": sound}).status
