"""What the page tells of a picture to begin from becomes settings, and back."""

import base64

import pytest

from playground import catalog, recipe
from playground.catalog import Model, find
from playground.errors import Refused
from playground.params import ImageParams, check
from playground.restored import restored
from tabs import image_start
from tests.tabs.pictures import png

FORM = {"prompt": "a boat", "width": 256, "height": 256, "variation_strength": 0.4}
START = base64.b64encode(png()).decode()


def gathered(told, form=FORM, key="poster"):
    return image_start.gathered(key, form, told)


def test_without_a_picture_the_form_counts():
    for told in (None, {}, [], {"settings": 3}, {"settings": {"start": ""}, "size": [3, 4]}):
        assert gathered(told)[1] | {"start": ""} == {**FORM, "start": ""}


def test_a_picture_is_painted_in_its_own_shape():
    for size, painted in {
        (256, 256): (256, 256),
        (512, 384): (512, 384),
        (4000, 3000): (288, 224),
        (9, 900): (128, 512),
    }.items():
        _, values = gathered({"settings": {"start": START}, "size": list(size)})
        assert (values["width"], values["height"]) == painted
        assert values["variation_strength"] == 0  # noise is mixed only for pictures that begin from nothing
        check("image", values, find("poster").defaults, find("poster").limits)


def test_shares_become_pixels_of_the_whole_and_come_back():
    told = {"settings": {"start": START, "strength": 0.9}, "size": [256, 256], "extend": {"left": 0.25, "top": 0.5}}
    _, values = gathered(told)
    assert (values["width"], values["height"], values["extend"]) == (320, 384, "left 64, top 128")
    params = check("image", values, find("poster").defaults, find("poster").limits)
    back = image_start.carried(vars(params))
    assert back["settings"] == {"start": START, "strength": 0.9}
    assert (back["size"], back["extend"]) == ([256, 256], {"left": 0.25, "top": 0.5})


def test_strange_sizes_and_shares_change_nothing():
    for told in ({"size": [0, 5]}, {"size": "large"}, {"size": [True, "x"]}):
        assert gathered({"settings": {"start": START}, **told})[1]["width"] == 256
    for share in (-1, 9, True, "half", float("nan"), None):
        values = gathered({"settings": {"start": START}, "size": [256, 256], "extend": {"left": share}})[1]
        assert values["extend"] == "" and values["width"] == 256


def test_a_variation_brings_its_own_model_and_settings():
    told = {"model": "poster", "settings": {"start": START, "prompt": "a house", "width": 512, "nonsense": 1}}
    key, values = gathered(told, key="other")
    assert key == "poster" and values["prompt"] == "a house" and values["width"] == 512 and "nonsense" not in values


def test_a_model_that_cannot_begin_from_a_picture_says_so(monkeypatch):
    model = Model("codes", "image", "transformer", "Codes", "tokens_image:TokensImage", "/codes")
    monkeypatch.setattr(catalog, "MODELS", {**catalog.MODELS, "codes": model})
    with pytest.raises(Refused, match="Codes cannot begin from a picture"):
        gathered({"settings": {"start": START}, "size": [256, 256]}, key="codes")
    assert image_start.larger(model, {"width": 64, "height": 64}) is None


def test_twice_the_size_is_offered_only_where_it_can_be_painted():
    assert image_start.larger(find("poster"), {"width": 256, "height": 192}) == (512, 384)
    assert image_start.larger(find("poster"), {"width": 512, "height": 256}) is None


def test_a_recipe_holds_a_small_picture_and_only_names_a_large_one():
    model, params = find("poster"), ImageParams(prompt="a boat", seed=7, start=png(), mask=png((255, 255, 255)))
    made = recipe.make(model, "0123456789", params, {"seed": 7})
    back = restored(made)
    assert (back.values["start"], back.values["mask"], back.problems) == (params.start, params.mask, [])
    large = ImageParams(prompt="a boat", seed=7, start=png() + b"\0" * recipe.LARGEST_PICTURE)
    back = restored(recipe.make(model, "0123456789", large, {"seed": 7}))
    assert "start" not in back.values
    assert back.problems == ["The picture it was made from is not in the file: choose that picture again."]


def test_what_is_no_picture_is_refused_before_anything_loads():
    for value, sentence in (
        ("%%%", "base64"),
        (7, "bytes of a picture file"),
        (b"none", "no picture"),
        (b"GIF89a", "no picture"),
    ):
        with pytest.raises(Refused, match=sentence):
            check("image", {"start": value}, {}, {})
    with pytest.raises(Refused, match="needs a picture to start from"):
        check("image", {"mask": png()}, {}, {})
