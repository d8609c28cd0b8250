"""Ranges as A1111 says them, what is proposed, and the cells that come of two axes."""

import pytest

from playground import grids
from playground.catalog import find
from playground.errors import Refused
from playground.params import check

POSTER = find("poster")
BASE = {"prompt": "a red boat on the sea", "steps": 10, "guidance_scale": 3.0, "seed": 7, "pictures": 4}


def told(name, text, base=BASE):
    return [label for label, _ in grids.axis(POSTER, name, text, base).values]


@pytest.mark.parametrize(
    "text, values",
    [
        ("5, 10,20", ["5", "10", "20"]),
        ("1-5", ["1", "2", "3", "4", "5"]),
        ("1-9 (+2)", ["1", "3", "5", "7", "9"]),
        ("9-1 (-4)", ["9", "5", "1"]),
        ("5-3", ["5", "4", "3"]),
        ("1-10 [4]", ["1", "4", "7", "10"]),
        ("2, 10-12", ["2", "10", "11", "12"]),
        ("7", ["7"]),
    ],
)
def test_ranges_of_whole_numbers(text, values):
    assert told("steps", text) == values


def test_ranges_of_other_numbers_choices_and_words():
    assert told("guidance_scale", "0-1 [5]") == ["0", "0.25", "0.5", "0.75", "1"]
    assert told("guidance_scale", "1.5-3 (+0.5)") == ["1.5", "2", "2.5", "3"]
    axis = grids.axis(POSTER, "scheduler", "the model's own, euler A", BASE)
    assert [values for _, values in axis.values] == [{"scheduler": ""}, {"scheduler": "Euler a"}]
    words = grids.axis(POSTER, "prompt", "red, blue, very old", BASE)
    assert [values["prompt"] for _, values in words.values] == [
        "a red boat on the sea",
        "a blue boat on the sea",
        "a very old boat on the sea",
    ]


@pytest.mark.parametrize(
    "name, text, sentence",
    [
        ("steps", "", "has no values"),
        ("steps", "many", "has to be a number"),
        ("steps", "1-5 (-1)", "never gets from 1 to 5"),
        ("steps", "1-5 (+0)", "never gets from 1 to 5"),
        ("steps", "1-4000", "more than 40 values"),
        ("steps", "1-50 [999]", "2 to 40 would work"),
        ("steps", "10, 1000", "goes from 1 to 50"),
        ("steps", "2.5", "whole number"),
        ("width", "250", "multiple of 16"),
        ("scheduler", "Restart", "there are"),
        ("prompt", "green, blue", "not in the prompt"),
        ("format", "png", "cannot be changed in steps"),
        ("start", "x", "cannot be changed in steps"),
    ],
)
def test_what_cannot_be_is_a_sentence(name, text, sentence):
    with pytest.raises(Refused, match=sentence):
        told(name, text)


def test_what_is_proposed_can_be_drawn():
    words = {"colours": ["red", "blue", "green"], "subjects": ["boat"]}
    for name in grids.varied(POSTER):
        text = grids.proposed(POSTER, name, BASE, words)
        axis = grids.axis(POSTER, name, text, BASE)
        assert 2 <= len(axis.values) <= 5 or name == "prompt"
        for cell in grids.cells(BASE, [axis]):
            check("image", cell.settings, POSTER.defaults, POSTER.limits)
    assert grids.proposed(POSTER, "prompt", BASE, words) == "red, blue, green"
    assert grids.proposed(POSTER, "steps", BASE) == "2, 5, 10, 20, 40"


def test_two_axes_make_rows_of_columns_of_one_picture_each():
    axes = [grids.axis(POSTER, "steps", "5, 10", BASE), grids.axis(POSTER, "guidance_scale", "1, 3, 5", BASE)]
    found = grids.cells(BASE, axes)
    assert [cell.labels for cell in found[:3]] == [("5", "1"), ("10", "1"), ("5", "3")]
    assert {cell.settings["pictures"] for cell in found} == {1} and {cell.settings["seed"] for cell in found} == {7}
    with pytest.raises(Refused, match="at most 40"):
        grids.cells(BASE, [grids.axis(POSTER, "steps", "1-20", BASE), axes[1]])
