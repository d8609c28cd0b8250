"""Samplers and schedules by their names, through a tiny pipeline and the starter."""

from dataclasses import replace

import numpy as np
import pytest
from diffusers import FlowMatchEulerDiscreteScheduler

from playground import hub, samplers
from playground.adapters import schedulers
from playground.catalog import Model, find, load
from playground.events import Notice
from tests.adapters.folders import stable_diffusion
from tests.adapters.test_diffusers_image import draw, outputs, pixels


@pytest.fixture(scope="module")
def adapter(tmp_path_factory):
    folder = stable_diffusion(tmp_path_factory.mktemp("models"))
    return load(Model("tiny", "image", "diffusion", "Tiny", find("poster").adapter, str(folder)), "cpu")


@pytest.mark.parametrize("name", samplers.NAMES)
def test_each_sampler_makes_a_picture_under_its_name_and_the_models_own_comes_back(adapter, name):
    own = outputs(draw(adapter))[0]
    made = outputs(draw(adapter, scheduler=name, steps=4))[0]
    assert made.recipe["sampler"] == name and pixels(made.media).shape == (64, 64, 3)
    assert outputs(draw(adapter))[0].media == own.media and own.recipe["sampler"] == "DDIM"


@pytest.mark.parametrize("schedule", samplers.SCHEDULES)
def test_a_schedule_changes_the_picture_and_one_after_another_is_no_trouble(adapter, schedule):
    plain, other = (outputs(draw(adapter, scheduler="Euler", schedule=s, steps=4))[0] for s in ("", schedule))
    assert not np.array_equal(pixels(plain.media), pixels(other.media))
    karras = schedulers.asked(adapter.own_scheduler, "Euler", "Karras")[0]
    made, cannot = schedulers.asked(karras, "DPM++ 2M", schedule)
    assert cannot == "" and sum(bool(made.config[flag]) for flag in schedulers.FLAGS) <= 1


def test_what_a_sampler_cannot_have_is_told(adapter):
    told = [event.text for event in draw(adapter, scheduler="DDIM", schedule="Karras") if isinstance(event, Notice)]
    assert told == ["This sampler has no schedule Karras: it keeps its own."]
    flow = FlowMatchEulerDiscreteScheduler()
    same, sentence = schedulers.asked(flow, "Euler", "")
    assert same is flow and "of its own" in sentence


def test_all_samplers_of_the_starter_paint():
    """With its schedule, which begins at pure noise, a sampler may divide by nothing."""
    poster = load(replace(find("poster"), source=str(hub.folder(find("poster")))), "cpu")
    size = {"width": 128, "height": 128, "guidance_scale": 3.0}
    for name in samplers.NAMES:
        (made,) = outputs(draw(poster, prompt="a red boat on the sea", scheduler=name, steps=8, **size))
        assert pixels(made.media).std() > 20, name
