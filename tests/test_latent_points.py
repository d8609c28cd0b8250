"""Points, weights, attributes and codes as text: what can be read, and the sentences about the rest."""

import pytest

from playground.errors import Refused
from playground.latent_points import Point, attributes, code_changes, parsed, picture, tune, weights
from playground.params import LARGEST_SEED, check


def points(text):
    return parsed(text, LARGEST_SEED)


def test_lines_become_points_and_a_picture_comes_back():
    assert points(" seed 7 \n\ncard red-boat\n") == (Point(seed=7), Point(card="red-boat"))
    assert points("seed 7  a red boat ") == (Point(seed=7, words="a red boat"),)
    assert points(picture(b"some bytes")) == (Point(picture=b"some bytes"),)
    assert points(tune("K:C\ncde é")) == (Point(tune="K:C\ncde é"),)
    assert points("tune /w==") == (Point(tune="\ufffd"),)


@pytest.mark.parametrize(
    "line", ["7", "seed", "seed -1", "seed 99999999999", "card ../x", "card", "colour red", "seed ٣"]
)
def test_other_lines_are_refused_with_what_would_work(line):
    with pytest.raises(Refused, match="Point 2 is .* would work"):
        points(f"seed 1\n{line}")


def test_too_many_points_or_broken_base64_are_refused():
    with pytest.raises(Refused, match="at most 12"):
        points("seed 1\n" * 13)
    with pytest.raises(Refused, match="not in base64"):
        points("picture !!!")
    with pytest.raises(Refused, match="holds a tune that is not in base64"):
        points("tune K:C")
    for kind in ("picture", "tune"):
        with pytest.raises(Refused, match=f"Point 2 is to be a {kind}, but there is none"):
            points(f"seed 1\n{kind}")


def test_weights_are_numbers_one_a_point():
    assert weights("1, -1 1", 3) == (1, -1, 1) and weights("", 4) == (0.25,) * 4
    for text in ("1 2", "1 two 3", "1 nan 3", "1 inf 3", "1 11 3"):
        with pytest.raises(Refused):
            weights(text, 3)


def test_attributes_are_names_with_numbers():
    assert attributes("night 0.5, component 1 -2,") == {"night": 0.5, "component 1": -2}
    for text in ("night", "night x", "0.5"):
        with pytest.raises(Refused, match="would work"):
            attributes(text)


def test_codes_are_places_with_numbers():
    assert code_changes("3 4 217\n0,0,1") == {(3, 4): 217, (0, 0): 1}
    with pytest.raises(Refused, match="row, column and number"):
        code_changes("3 4")


@pytest.mark.parametrize(
    "values, sentence",
    [
        ({"way": "walk", "points": "seed 1"}, "needs 2 points at least, and there are 1"),
        ({"way": "picture"}, "needs 1 point at least"),
        ({"way": "walk", "points": "seed 1\nseed 2", "frames": 10_000}, "goes from 2 to 240"),
        ({"way": "walk", "points": "seed 1\nseed 2", "frames": 0}, "goes from 2 to 240"),
        ({"psi": 3}, "goes from -1.0 to 2.0"),
        ({"way": "sum", "points": "seed 1", "weights": "1 2"}, "2 weights for 1 points"),
        ({"x": float("nan")}, "has to be a number"),
    ],
)
def test_what_makes_no_sense_together_is_refused_before_anything_loads(values, sentence):
    with pytest.raises(Refused, match=sentence):
        check("latent", values, {}, {})
