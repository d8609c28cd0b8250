import json
import random
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from playground import catalog
from playground.events import Loading, Media, Notice, Step, Waiting
from playground.media import tune_prompt
from playground.media.score import INSTRUMENTS
from tabs import filling, form, tune_prompts, tunes
from tabs.music import Composing
from tests.tabs.tunes import DITTY, draft, output, preview, sound


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    return tmp_path


def composing(events):
    """A generation after `events`, one second apart."""
    times = [0.0]
    made = Composing(DITTY, lambda: times[-1])
    for event in events:
        times.append(times[-1] + 1)
        made.after(event)
    return made


def test_bars_are_counted():
    stage = composing([Waiting(1), Loading(0.5), Step(5, 16)]).stage
    assert (stage.status, stage.fraction, stage.phase) == ("Bar 5 of 16", 5 / 16, "working")
    stage = composing([Step(15, 16), Step(16, 16)]).stage  # the sound is still to be made
    assert (stage.status, stage.fraction, stage.phase) == ("The band is playing it", None, "working")


def test_a_draft_is_a_roll_that_grows():
    stage = composing([preview(1), preview(3, count=2)]).stage
    assert [len(tune.roll["tracks"][0]["notes"]) for tune in stage.works] == [9, 9]
    assert stage.works[0].alt == "Unfinished. Piano roll: 9 notes, D4 to D5, 8 bars" and not stage.works[0].file


def test_a_finished_tune_takes_the_place_of_its_draft_and_says_what_it_is():
    made = composing([Step(0, 8), preview(8, count=2), output(7)])
    whole, unfinished = made.stage.works
    assert whole.file.endswith(".wav") and not unfinished.file
    assert whole.caption == "Calm waltz in D minor, 180 bpm, 8 bars, seed 7, composed in 2.0 s"
    assert whole.alt.startswith("Piano roll: 24 notes, D4 to D5, 8 bars in D minor, with ")
    assert whole.link.startswith("?tab=music&model=ditty") and "seed=7" in whole.link
    assert len(whole.roll["tracks"]) > 1 and whole.roll["tracks"][0]["instrument"]
    shown = made.finish()
    assert json.loads(json.dumps(shown)) and (shown["phase"], shown["status"]) == ("done", "Composed in 2.0 s")


def test_a_refusal_keeps_the_tunes_that_were_finished():
    made = composing([preview(8, count=2), output(7), Notice("Look")])
    shown = made.fail("It broke.")
    assert (shown["phase"], shown["status"], shown["notes"]) == ("failed", "It broke.", ("Look",))
    assert [tune["seed"] for tune in shown["works"]] == [7]


def test_an_end_without_a_tune_is_told():
    assert composing([Step(1, 8), preview()]).finish()["status"] == "Nothing was composed."


def test_a_tune_is_kept_as_sound_midi_and_abc(folder):
    event = output(7, instrument="fiddle")
    made = composing([event])
    (tune,) = made.stage.works
    assert set(tune.files) == {".wav", ".mid", ".abc"} and tune.file == tune.files[".wav"]
    assert sorted(path.as_posix() for path in made.files) == sorted(tune.files.values())
    kept = {path.suffix: path for path in made.files}
    assert all(folder in path.parents and path.stem == "calm-waltz-D-minor-7" for path in made.files)
    assert isinstance(event.media, Media) and kept[".wav"].read_bytes() == event.media.data
    assert kept[".abc"].read_text().startswith(event.recipe["facts"]["abc"])
    data = kept[".mid"].read_bytes()
    assert data.startswith(b"MThd") and json.dumps(event.recipe).encode() in data
    assert tune.roll["tracks"][0]["instrument"] == "fiddle" and bytes([0xC0, INSTRUMENTS["fiddle"]]) in data


@pytest.mark.parametrize(
    "params, text",
    [
        ({"mood": "epic", "style": "cinematic", "seed": 1}, "Epic cinematic tune, seed 1, composed in 0.5 s"),
        ({"seed": 1}, "Tune, seed 1, composed in 0.5 s"),
        (
            {"style": "jig", "mode": "dorian", "bpm": 120, "seed": 1},
            "Jig in dorian, 120 bpm, seed 1, composed in 0.5 s",
        ),
    ],
)
def test_a_caption_says_what_is_known(params, text):
    assert tunes.caption(params, 0.5) == text


def test_a_roll_without_notes_has_words_too():
    roll = tunes.draft(draft(0)).roll
    assert tunes.in_words(roll) == "Piano roll: no notes yet, 8 bars"


def test_what_is_understood_is_said_with_its_place_and_what_else_could_stand_there():
    prompt = "a calm waltz in D minor on the Fiddle, 92 bpm, 16 bars, with blorps"
    found: Any = tune_prompts.understood(prompt)
    assert found["left_out"] == ["Not known here: blorps."]
    said = {chip["name"]: (chip["said"], prompt[slice(*chip["place"])]) for chip in found["chips"]}
    assert said == {
        "Mood": ("calm", "calm"), "Style": ("waltz", "waltz"), "Key": ("D minor", "D minor"),
        "Bpm": ("92 bpm", "92 bpm"),
        "Bars": ("16 bars", "16 bars"), "Instrument": ("fiddle", "Fiddle"),
    }  # fmt: skip
    for chip in found["chips"]:
        for words in chip["choices"]:
            start, end = chip["place"]
            other: Any = tune_prompts.understood(prompt[:start] + words + prompt[end:])
            assert words in [one["said"] for one in other["chips"]], words


@pytest.mark.parametrize("told", [None, 7, {"prompt": "x"}, "x" * 2001])
def test_only_a_prompt_is_understood(told):
    assert tune_prompts.understood(told) is None


def test_every_example_and_every_surprise_is_understood_whole():
    rng = random.Random(1)
    drawn = {tune_prompts.surprise(rng) for _ in range(200)}
    assert len(drawn) > 100
    for prompt in (*tune_prompts.EXAMPLES, *drawn):
        found = tune_prompt.understood(prompt)
        assert found.values.get("style") or found.values.get("mood")
        assert found.left_out == [], prompt


def test_moods_and_styles_are_in_sight_and_empty_means_as_the_words_say():
    shown = {field.name: field for field in form.settings([DITTY], more=False)}
    assert set(shown) == {"prompt", "mood", "style"}
    mood: Any = form.control(shown["mood"], DITTY)
    assert mood.choices[0] == ("as the words say", "") and mood.value == ""
    assert type(mood).__name__ == "Dropdown"


@pytest.mark.parametrize("ending", [".wav", ".mid", ".abc"])
def test_each_file_brings_its_settings_back(ending, monkeypatch):
    monkeypatch.setitem(catalog.MODELS, "ditty", DITTY)
    (tune,) = composing([output(7, prompt="a calm waltz")]).stage.works
    found = filling.from_file(tune.files[ending], DITTY, {"ditty": DITTY})
    assert (found.values["prompt"], found.values["seed"], found.values["key"]) == ("a calm waltz", 7, "D")
    assert found.problems == () and found.status == "The settings of the tune are in the form."


def test_a_sound_without_a_recipe_is_told(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(sound(0.1))
    found = filling.from_file(str(path), DITTY, {"ditty": DITTY})
    assert found.values == {} and found.status.endswith(".")


def test_an_address_fills_the_form():
    asked = {"tab": "music", "prompt": "a jig", "seed": "7", "key": "D", "mood": "angry"}
    found = filling.from_address(asked, DITTY, {"ditty": replace(DITTY)})
    assert found is not None and found.values == {"prompt": "a jig", "seed": 7, "key": "D"}
    assert any("Mood is 'angry'" in problem for problem in found.problems)


def test_the_page_starts_without_what_plays_tunes():
    code = "import tabs, sys; print(*(name for name in sys.modules if name.startswith('playground.media')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "playground.media.tune" in done.stdout and "arrange" not in done.stdout and "abc" not in done.stdout
