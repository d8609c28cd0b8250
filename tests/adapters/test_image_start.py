"""Pictures that begin from a picture, painted by the shipped model and by a tiny one in the standard format."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from playground import hub
from playground.catalog import MODELS, Model, find, load
from playground.errors import Refused
from playground.events import Output, Step, Trace
from playground.params import check
from tests.adapters.folders import stable_diffusion
from tests.adapters.test_diffusers_image import pixels


@pytest.fixture(scope="module")
def poster():
    model = find("poster")
    return load(replace(model, source=str(hub.folder(model))), "cpu")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = stable_diffusion(tmp_path_factory.mktemp("models"))
    return load(Model("tiny", "image", "diffusion", "Tiny", MODELS["poster"].adapter, str(folder)), "cpu")


def drawn(adapter, **values):
    model, events = find("poster"), []
    asked = {"prompt": "a red boat", "seed": 7, "width": 128, "height": 128, "steps": 4, **values}
    adapter.run(check("image", asked, model.defaults, {}).with_seed_drawn(), events.append)
    return events


def pictures(events):
    return [pixels(one.media) for one in events if isinstance(one, Output)]


def file(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def scene(size=(128, 128)):
    picture = Image.new("RGB", size, (156, 201, 232))
    ImageDraw.Draw(picture).rectangle((0, size[1] // 2, *size), fill=(63, 111, 181))
    return picture


def mask(box, size=(128, 128)):
    picture = Image.new("L", size, 0)
    ImageDraw.Draw(picture).rectangle(box, fill=255)
    return file(picture)


def difference(a, b):
    return np.abs(a - b).mean()


def test_a_little_change_leaves_the_picture_and_all_of_it_does_not(poster):
    old = np.asarray(scene(), int)
    little, much = (pictures(drawn(poster, start=file(scene()), strength=share))[0] for share in (0.25, 1.0))
    assert difference(little, old) < 12 < difference(much, old)


def test_only_the_last_steps_are_taken_and_counted(poster):
    events = drawn(poster, start=file(scene()), strength=0.5)
    assert [event for event in events if isinstance(event, Step)] == [Step(0, 2), Step(1, 2), Step(2, 2)]
    assert [event for event in drawn(poster, start=file(scene()), strength=0.05) if isinstance(event, Step)][
        -1
    ] == Step(1, 1)


@pytest.mark.parametrize("model", ["poster", "tiny"])
def test_what_is_not_marked_stays_pixel_by_pixel(model, request):
    adapter = request.getfixturevalue(model)
    events = drawn(adapter, start=file(scene()), mask=mask((40, 40, 80, 80)), strength=1.0, pictures=2)
    old = np.asarray(scene(), int)
    for new in pictures(events):
        assert (new[:24] == old[:24]).all() and (new[104:] == old[104:]).all()
        assert difference(new[48:72, 48:72], old[48:72, 48:72]) > 3
    assert difference(*pictures(events)) > 0.5  # each has its own seed


def test_an_extended_picture_keeps_its_middle_and_has_something_new_beside_it(poster):
    asked = {"start": file(scene()), "strength": 1.0, "width": 192, "extend": "right 64"}
    (new,) = pictures(drawn(poster, **asked))
    old = np.asarray(scene(), int)
    assert new.shape == (128, 192, 3) and (new[:, :80] == old[:, :80]).all()
    assert new[:, 128:].std(axis=1).max() > 1


def test_the_same_recipe_gives_the_same_picture(poster):
    asked = {"start": file(scene()), "mask": mask((0, 0, 64, 128)), "strength": 0.8}
    assert (pictures(drawn(poster, **asked))[0] == pictures(drawn(poster, **asked))[0]).all()


@pytest.mark.parametrize("scheduler", ["Euler a", "DPM++ 2M SDE", "Heun", "DDIM", "LCM"])
def test_every_sampler_puts_back_what_stays(tiny, scheduler):
    asked = {
        "start": file(scene()),
        "mask": mask((40, 40, 80, 80)),
        "strength": 0.7,
        "scheduler": scheduler,
        "steps": 6,
    }
    (new,) = pictures(drawn(tiny, **asked))
    assert (new[:24] == np.asarray(scene(), int)[:24]).all()


def test_a_variation_goes_from_one_seed_to_the_other(poster):
    own, other = (pictures(drawn(poster, seed=seed))[0] for seed in (7, 9))
    mixed = [pictures(drawn(poster, variation_seed=9, variation_strength=share))[0] for share in (0.05, 1.0)]
    assert difference(mixed[0], own) < difference(mixed[0], other)
    assert np.abs(mixed[1] - other).max() <= 1
    events = drawn(poster, variation_seed=9, variation_strength=0.2, pictures=2)
    recipes = [event.recipe for event in events if isinstance(event, Output)]
    assert [(recipe["seed"], recipe["variation_seed"]) for recipe in recipes] == [(7, 9), (7, 10)]


def test_a_picture_tells_how_it_came_about(poster):
    events = drawn(poster, pictures=2)
    traces = [event for event in events if isinstance(event, Trace)]
    assert len(traces) == 2 and {len(trace.media) for trace in traces} == {3}
    frames = [np.asarray(Image.open(io.BytesIO(one.data)).convert("L"), int) for one in traces[0].media]
    rough = [np.abs(np.diff(frame, axis=0)).mean() for frame in frames]
    assert rough[0] > rough[-1]  # noise first


def test_a_picture_that_is_cut_short_is_told_before_the_work(poster):
    with pytest.raises(Refused, match="cut short"):
        drawn(poster, start=file(scene())[:200])
