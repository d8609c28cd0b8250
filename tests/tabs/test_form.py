from dataclasses import fields, replace
from typing import Any

import pytest

from playground.catalog import find
from playground.params import KINDS
from tabs import form
from tabs.filling import Filling
from tests.tabs.tunes import SINGER

POSTER = find("poster")
EVERY = [(kind, f) for kind in KINDS for f in fields(KINDS[kind]) if not isinstance(f.default, tuple)]


@pytest.mark.parametrize("kind, field", EVERY, ids=lambda v: getattr(v, "name", v))
def test_every_setting_has_a_control_with_its_label_help_and_bounds(kind, field):
    model = replace(POSTER, kind=kind, limits={}, defaults={})
    control: Any = form.control(field, model)
    assert control.label.startswith(field.metadata["label"] or field.name)
    assert field.metadata["help"] in (
        getattr(control, "info", None),
        getattr(control, "placeholder", None),
        control.label.partition(": ")[2],
    )
    assert (control.value or field.default) == field.default
    if field.metadata["choices"]:
        assert [value for _, value in control.choices] == list(field.metadata["choices"])
    elif isinstance(field.default, bytes):
        assert control.type == "binary" and set(control.file_types) == {".wav", ".flac", ".mp3", ".ogg"}
    elif isinstance(field.default, str):
        assert control.lines == field.metadata["lines"] and control.max_length == field.metadata["longest"]
    else:
        assert (control.minimum, control.maximum) == (field.metadata["low"], field.metadata["high"])


def test_everything_is_either_in_sight_or_under_more():
    shown = form.settings([POSTER], more=False) + form.settings([POSTER], more=True)
    asked = {f.name for f in fields(KINDS["image"]) if not f.metadata["carried"]}
    assert {f.name for f in shown} == asked
    assert [f.name for f in form.settings([POSTER], more=False)] == ["prompt"]


def test_a_model_narrows_the_bounds_and_sets_its_defaults():
    steps = next(f for f in fields(KINDS["image"]) if f.name == "steps")
    control: Any = form.control(steps, POSTER)
    assert (control.minimum, control.maximum) == POSTER.limits["steps"] and control.value == POSTER.defaults["steps"]


def test_choosing_a_model_leaves_what_the_person_wrote():
    small = replace(POSTER, limits={"steps": (1, 4)}, defaults={"steps": 2})
    prompt, seed, steps = form.model_updates(small, ["prompt", "seed", "steps"])
    assert "value" not in prompt and "value" not in seed
    assert (steps["value"], steps["minimum"], steps["maximum"]) == (2, 1, 4)


def values_of(found, current, names):
    return [one.get("value", "stays") for one in form.filling_updates(found, current, names)]


def test_a_file_fills_what_its_recipe_leaves_out_with_defaults_and_a_link_leaves_it():
    names = ["prompt", "steps", "negative_prompt", "guidance_scale"]
    other = replace(POSTER, key="other", defaults={"steps": 2, "guidance_scale": 5.0})
    told = {"prompt": "a boat", "guidance_scale": 7.0}
    assert values_of(Filling(other, told, whole=True), other, names) == ["a boat", 2, "", 7.0]
    assert values_of(Filling(other, told), POSTER, names) == ["a boat", 2, "stays", 7.0]
    assert values_of(Filling(other, told), other, names) == ["a boat", "stays", "stays", 7.0]
    assert values_of(Filling(other), other, names) == ["stays"] * 4


def test_a_clip_goes_when_something_fills_the_form():
    for whole in (True, False):
        assert values_of(Filling(SINGER, {"prompt": "x"}, whole=whole), SINGER, ["prompt", "clip"]) == ["x", None]
    assert values_of(Filling(SINGER), SINGER, ["clip"]) == ["stays"]
