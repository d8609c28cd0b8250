import pytest

from playground.media import synth, tune_start
from tabs import filling, guard
from tests.tabs.pictures import POSTER, file, png

MODELS = {"poster": POSTER}


@pytest.fixture
def saved(tmp_path):
    def write(data):
        path = tmp_path / "a.png"
        path.write_bytes(data)
        return str(path)

    return write


def test_a_picture_made_here_gives_its_settings_back(saved):
    found = filling.from_file(saved(file(7, prompt="a red boat", steps=12)), POSTER, MODELS)
    assert found.model is POSTER and found.problems == ()
    assert (found.values["prompt"], found.values["seed"], found.values["steps"]) == ("a red boat", 7, 12)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", png(), b"\x89PNG\r\n\x1a\n" + b"x" * 5000])
def test_other_files_are_refused_in_a_sentence(saved, data):
    found = filling.from_file(saved(data), POSTER, MODELS)
    assert found.values == {} and found.status.endswith(".")


def test_a_huge_file_is_not_read(saved, monkeypatch):
    monkeypatch.setattr(filling, "LARGEST", 10)
    assert "MB" in filling.from_file(saved(b"x" * 11), POSTER, MODELS).status


def test_without_its_model_the_chosen_one_stays(saved):
    found = filling.from_file(saved(file(7, prompt="a red boat")), POSTER, {})
    assert found.model is POSTER and found.values["prompt"] == "a red boat"


def test_an_address_fills_the_form_and_bad_values_are_told():
    asked = {"tab": "image", "prompt": "a boat", "seed": "7", "steps": "500", "model": "dragon<b>"}
    found = filling.from_address(asked, POSTER, MODELS)
    assert found is not None and found.values == {"prompt": "a boat", "seed": 7}
    assert any("Steps is 500" in p for p in found.problems) and any("dragon<b>" in p for p in found.problems)


@pytest.mark.parametrize("asked", [{}, {"tab": "image"}, {"tab": "music", "prompt": "x"}, {"utm": "1"}])
def test_an_address_that_asks_nothing_of_this_tab_changes_nothing(asked):
    assert filling.from_address(asked, POSTER, MODELS) is None


def test_the_longest_tune_that_is_made_here_can_be_dropped():
    seconds = tune_start.LONGEST + 4  # the last tones ring on
    assert seconds * synth.RATE * 2 * 2 < filling.LARGEST < guard.LARGEST_UPLOAD
