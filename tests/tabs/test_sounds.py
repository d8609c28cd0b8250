"""Music without notes on the Music tab: its card, its files, its form, and what is not done with it."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile

from playground import catalog, tune_files
from playground.catalog import find
from playground.errors import Refused
from playground.events import Media, Step
from playground.media import soundfont
from tabs import filling, form, sounds, tune_saves
from tabs.music import Composing, gathered
from tests.tabs.tunes import DITTY, SINGER, hum, output, sung


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    monkeypatch.setitem(catalog.MODELS, "ditty", DITTY)
    monkeypatch.setitem(catalog.MODELS, "singer", SINGER)
    return tmp_path


def sounding(*events):
    """A generation after `events`, one second apart."""
    times = [0.0]
    made = Composing(SINGER, lambda: times[-1])
    for event in events:
        times.append(times[-1] + 1)
        made.after(event)
    return made


def test_a_sound_is_shown_as_its_waveform_and_says_what_it_is():
    made = sounding(Step(0, 28), sung(7, prompt="a calm waltz"))
    (tune,) = made.stage.works
    assert tune.caption == "‘a calm waltz’, 3 s, seed 7, composed in 1.0 s" and tune.alt == "Waveform of 3 s of sound"
    assert len(tune.roll["wave"]) == 480 and tune.roll["tracks"] == [] and tune.change == {}
    assert tune.link.startswith("?tab=music&model=singer") and "seconds=3" in tune.link and "mood" not in tune.link
    assert set(tune.files) == {".wav"} and Path(tune.file).name == "a-calm-waltz-7.wav"
    assert made.finish()["status"] == "Composed in 1.0 s"


def test_its_steps_are_told():
    assert sounding(Step(5, 28)).stage.status == "Step 5 of 28"
    assert sounding(Step(28, 28)).stage.status == "It becomes sound"


@pytest.mark.parametrize("prompt, said", [("", "Sound, "), ("x" * 80, f"‘{'x' * 59}…’, "), ("  la ", "‘la’, ")])
def test_a_caption_has_the_beginning_of_the_prompt(prompt, said):
    assert sounds.caption(sung(7, prompt=prompt).recipe, 1.0) == f"{said}3 s, seed 7, composed in 1.0 s"


@pytest.mark.parametrize("prompt, name", [("", "singer-7"), ("漢字 🙂/../x", "漢字-x-7"), ("?!", "singer-7")])
def test_files_are_called_by_the_prompt(prompt, name):
    (tune,) = sounding(sung(7, prompt=prompt)).stage.works
    assert Path(tune.file).stem == name


@pytest.mark.parametrize("ending", [".flac", ".mp3", ".ogg"])
def test_it_is_saved_in_other_formats_with_its_prompt_and_recipe(ending):
    (tune,) = sounding(sung(7, prompt="a calm waltz")).stage.works
    path = tune_saves.other_kind({"file": tune.file, "ending": ending})
    with soundfile.SoundFile(path) as file:
        assert file.title == "a calm waltz" and file.frames / file.samplerate == pytest.approx(3, abs=0.1)
    found = filling.from_file(str(path), SINGER, {"singer": SINGER})
    assert (found.values["prompt"], found.values["seconds"], found.values["seed"]) == ("a calm waltz", 3, 7)
    assert found.problems == ()


@pytest.mark.parametrize("ending", [".mid", ".abc"])
def test_it_has_no_notes_to_save(ending):
    (tune,) = sounding(sung(7)).stage.works
    with pytest.raises(Refused, match="Music without notes cannot be written as .*there are .wav, .flac, .mp3, .ogg"):
        tune_saves.other_kind({"file": tune.file, "ending": ending})
    with pytest.raises(Refused, match="no tracks"):
        tune_saves.stem({"file": tune.file, "track": 0})
    assert tune_files.checked(ending) == ending


def test_sounds_and_tunes_go_into_one_zip():
    (first,), (second,) = sounding(sung(7)).stage.works, sounding(output(8)).stage.works
    with zipfile.ZipFile(tune_saves.together([first.file, second.file])) as archive:
        endings = sorted(Path(name).suffix for name in archive.namelist())
    assert endings == [".abc", ".json", ".json", ".mid", ".wav", ".wav"]


def test_a_clip_is_asked_for_again():
    event = sung(7, clip=hum(1.0))
    assert isinstance(event.media, Media) and hum(1.0) not in event.media.data
    (tune,) = sounding(event).stage.works
    path = tune.file
    assert not tune.link_is_whole and sounding(sung(7)).stage.works[0].link_is_whole
    found = filling.from_file(path, SINGER, {"singer": SINGER})
    assert found.problems == ("The clip it was made with is not in the file: choose that clip again.",)
    assert "clip" not in found.values


def test_a_soundfont_is_no_matter_of_music_that_no_band_played(monkeypatch):
    monkeypatch.setenv(soundfont.VARIABLE, "/here/grand.sf2")
    path = sounding(sung(7)).stage.works[0].file
    assert filling.from_file(path, SINGER, {"singer": SINGER}).problems == ()


def test_the_form_shows_what_the_model_has():
    both = [DITTY, SINGER]
    assert [f.name for f in form.settings([DITTY], more=False)] == ["mood", "style", "prompt"]
    assert [f.name for f in form.settings(both, more=False)] == ["mood", "style", "seconds", "prompt"]
    names = [f.name for more in (False, True) for f in form.settings(both, more)]
    assert "clip" in names and "steps" not in names  # which neither of them has
    shown = dict(zip(names, form.model_updates(SINGER, names), strict=True))
    assert shown["seconds"]["visible"] and shown["clip"]["visible"] and shown["prompt"]["visible"]
    assert not shown["mood"]["visible"] and not shown["bars"]["visible"]
    controls = {f.name: form.control(f, DITTY) for f in form.settings(both, more=True)}
    assert controls["bars"].visible and not controls["clip"].visible and not controls["guidance_scale"].visible


def test_models_say_whether_they_write_notes():
    assert find("tune").writes_notes and not SINGER.writes_notes and not find("poster").writes_notes
    assert not replace(SINGER, adapter="diffusers_audio:DiffusersAudio").has("clip")


def test_a_recipe_in_the_sound_is_whole():
    event = sung(7, prompt="a calm waltz")
    assert isinstance(event.media, Media)
    assert tune_files.recipe_in(event.media.data) == event.recipe
    assert soundfile.info(io.BytesIO(event.media.data)).frames == 24000


def test_a_tune_to_go_on_from_is_not_forgotten_by_a_model_without_notes():
    start = {"settings": {"start": "X:1\nK:C\nC"}}
    with pytest.raises(Refused, match="Singer knows no notes: choose another model, or let go of the tune with ×."):
        gathered("singer", {"prompt": "la"}, start)
    assert gathered("ditty", {"prompt": "la"}, start)[1]["start"]
    assert gathered("singer", {"prompt": "la"}, {}) == ("singer", {"prompt": "la"})
