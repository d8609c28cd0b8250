"""Styles that an operator offers."""

import pytest

from playground.errors import Refused
from tabs import style_choice


@pytest.fixture(autouse=True)
def none_known():
    style_choice._known.clear()
    yield
    style_choice._known.clear()


def test_styles_of_a_folder_are_offered_and_without_any_there_is_no_control(tmp_path):
    assert style_choice.place() is None
    (tmp_path / "a.csv").write_text("name,prompt,negative_prompt\nInk,ink of {prompt},\n")
    (tmp_path / "b.json").write_text('[{"name": "Fog", "prompt": "in fog"}]')
    (tmp_path / "notes.txt").write_text("none")
    style_choice.use(tmp_path)
    chooser = style_choice.place()
    assert chooser and [value for _, value in chooser.choices] == ["", "Ink", "Fog"]


def test_a_place_without_styles_is_a_sentence(tmp_path):
    for place in (tmp_path, tmp_path / "gone.csv"):
        with pytest.raises(Refused, match="styles"):
            style_choice.use(place)
