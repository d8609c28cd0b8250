"""A contact sheet brings back what it was drawn of; what a file or a browser says of it is not believed."""

import json

import pytest

from playground import png, recipe
from playground.errors import Refused
from playground.events import Media
from tabs import grid_sheet, outputs
from tests.tabs import pictures
from tests.tabs.pictures import POSTER, output

STEPS = {"name": "steps", "label": "Steps", "values": "2, 4"}
WORDS = {"name": "prompt", "label": "Prompt", "values": "red, blue"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))


def cell(label, **values):
    media = output(7, prompt="a red boat", **values).media
    assert isinstance(media, Media)
    return {"file": outputs.keep(media, "poster", 7).as_posix(), "labels": [label]}


def told(**more):
    cells = [cell("2", steps=2), cell("4", steps=4)]
    return {"cells": cells, "columns": 2, "axes": [STEPS, WORDS], **more}


def dropped(data):
    """The axes that a file brings."""
    found = recipe.read(data)
    return grid_sheet.axes(found.facts.get("axes"), POSTER)


def says(axes):
    """A file that says so of its axes."""
    own = {"schema": 1, "kind": "image", "model": {"key": "poster"}, "params": {}, "facts": {"axes": axes}}
    return png.with_text(pictures.png(), {"playground": json.dumps(own)})


def test_a_sheet_brings_back_its_axes_and_the_settings_of_its_first_picture():
    data = grid_sheet.saved(told()).read_bytes()
    found = recipe.read(data)
    assert (found.values["prompt"], found.values["steps"], found.values["seed"]) == ("a red boat", 2, 7)
    assert dropped(data) == [STEPS, WORDS] and not found.problems


def test_a_picture_brings_no_axes():
    assert dropped(pictures.file()) == []


@pytest.mark.parametrize(
    "axes, kept",
    [
        ("steps", []),
        ([["steps", "1"], None, {"name": "steps"}], []),
        ([{"name": "steps", "values": 5}, {"name": ["steps"], "values": "1"}], []),
        ([{"name": "start", "values": "a picture"}, {"name": "nothing", "values": "1"}], []),
        ([{"name": "steps", "values": "2, 4", "label": "<b>"}], [STEPS]),
        ([STEPS, WORDS, {"name": "seed", "values": "1-5"}], [STEPS, WORDS]),
        ([{**STEPS, "values": "1, " * 9000}], [{**STEPS, "values": ("1, " * 9000)[:400]}]),
    ],
)
def test_what_is_no_axis_of_the_model_is_left_out(axes, kept):
    assert dropped(says(axes)) == kept
    assert dropped(grid_sheet.saved(told(axes=axes)).read_bytes()) == kept


def test_only_pictures_that_were_made_here_are_put_on_a_sheet(tmp_path):
    (tmp_path / "own.png").write_bytes(pictures.file())
    for cells in ([], [{"file": str(tmp_path / "own.png")}], [{"file": None}]):
        with pytest.raises(Refused):
            grid_sheet.saved(told(cells=cells))
