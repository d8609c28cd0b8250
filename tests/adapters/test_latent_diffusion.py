"""The latent space of a diffusion pipeline: a tiny random Stable Diffusion, and the starter in its own folder."""

import io
import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageSequence

from playground.catalog import ASSETS, Model, find, load
from playground.errors import Refused
from playground.events import Media, Notice, Output, Preview, Step
from playground.latent_points import picture, tune
from playground.params import ImageParams, LatentParams
from playground.stream import Cancelled, Emit
from tests.adapters.folders import stable_diffusion, stable_diffusion_xl

SEEDS = "seed 7 a boat\nseed 8 a tree\nseed 9\nseed 10"
SOME = LatentParams(points=SEEDS, seed=3, steps=3, frames=3, prompt="a fox")


def model(folder, adapter="latent_diffusion:LatentDiffusion"):
    return Model("tiny", "latent", "diffusion", "Tiny", adapter, str(folder))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return stable_diffusion(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def adapter(folder):
    return load(model(folder), "cpu")


def told(adapter, **changes):
    events = []
    adapter.run(replace(SOME, **changes), Emit(events.append))
    return events


def result(adapter, **changes):
    output = told(adapter, **changes)[-1]
    assert isinstance(output, Output) and isinstance(output.media, Media)
    return output.media.data, output.recipe


def pixels(data):
    return np.asarray(Image.open(io.BytesIO(data)), int)


def test_a_corner_is_the_picture_that_the_image_tab_paints_of_its_seed_and_words(adapter, folder):
    painter, painted = load(model(folder, "diffusers_image:DiffusersImage"), "cpu"), []
    painter.run(ImageParams(prompt="a tree", seed=8, steps=3, guidance_scale=3.0, width=64, height=64), painted.append)
    data, recipe = result(adapter, way="pad", x=1.0, y=0.0)
    (whole,) = (event.media for event in painted if isinstance(event, Output))
    assert isinstance(whole, Media)
    assert np.abs(pixels(data) - pixels(whole.data)).max() <= 1 and recipe["norm"] > 0.9
    assert np.abs(pixels(data) - pixels(result(adapter, way="pad", x=1.0, y=1.0)[0])).max() > 1


def test_a_seed_without_words_has_those_of_the_prompt(adapter):
    own = result(adapter, way="sum", points="seed 9 a fox")[0]
    assert own == result(adapter, way="sum", points="seed 9")[0]
    assert own != result(adapter, way="sum", points="seed 9", prompt="x y z")[0]


def test_a_round_way_keeps_the_length_of_the_noise_and_a_straight_one_does_not(adapter):
    facts = result(adapter, way="pad", x=0.5, y=0.0)[1]
    assert facts["norm"] == facts["norms"]["slerp"] > 0.95 and facts["norms"]["lerp"] < 0.8


def test_a_draft_is_one_small_picture_in_few_steps(adapter):
    calls = []
    unet = adapter.pipe.unet
    hook = unet.register_forward_pre_hook(lambda *_: calls.append(1))
    (preview,) = told(adapter, way="draft", steps=20)
    hook.remove()
    assert isinstance(preview, Preview) and pixels(preview.media[0].data).shape == (32, 32, 3) and len(calls) == 4
    assert "norm" in json.loads(preview.media[1].data)


def test_steps_are_counted_and_a_sum_is_painted_as_noise_of_its_length(adapter):
    assert Step(3, 3) in told(adapter, way="pad")
    data, recipe = result(adapter, way="sum", points="seed 7\nseed 8\nseed 9", weights="1 -1 1")
    assert 0.9 < recipe["norm"] < 1.1 and pixels(data).shape == (64, 64, 3)
    three = result(adapter, way="sum", points="seed 7 a\nseed 7 a\nseed 8 b", weights="1 -1 1")[0]
    assert np.abs(pixels(three) - pixels(result(adapter, way="sum", points="seed 8 b")[0])).max() <= 2


@pytest.mark.parametrize("path", ["slerp", "lerp", "cubic", "circular"])
def test_a_walk_is_a_film_of_its_frames(adapter, path):
    data, recipe = result(adapter, way="walk", path=path, frames=5, shape="loop")
    assert len(list(ImageSequence.Iterator(Image.open(io.BytesIO(data))))) == 5 and recipe["frames_made"] == 5
    assert min(recipe["norms"]["lerp"]) < 0.8 < min(recipe["norms"]["slerp"])


@pytest.mark.parametrize("way", ["draft", "pad", "walk"])
def test_a_stop_is_heard_at_every_step(adapter, way):
    """Closed after the second step of the first picture, it does not take a third."""
    emit, calls = Emit(lambda event: None), []

    def count(*_):
        calls.append(1)
        if len(calls) == 2:
            emit.close()

    hook = adapter.pipe.unet.register_forward_pre_hook(count)
    with pytest.raises(Cancelled):
        adapter.run(replace(SOME, way=way, steps=8), emit)
    hook.remove()
    assert len(calls) == 2 and isinstance(told(adapter, way=way)[-1], Output | Preview)


def test_what_has_no_place_is_refused_in_a_sentence(adapter):
    for points, sentence in (
        (picture(b"x"), "no way from a picture"),
        (tune("K:C"), "tune"),
        ("card x", "no card 'x'"),
    ):
        for way in ("draft", "pad", "walk"):
            with pytest.raises(Refused, match=sentence):
                told(adapter, points=f"{points}\n{points}", way=way)
    with pytest.raises(Refused, match="no way from a picture"):
        told(adapter, way="picture", points="card red-boat")
    with pytest.raises(Refused, match="this model knows none"):
        told(adapter, attributes="night 1")


def test_words_that_are_not_read_are_told_and_missing_corners_get_seeds(adapter):
    notices = [event.text for event in told(adapter, points="seed 1 " + "abc " * 10) if isinstance(event, Notice)]
    assert len(notices) == 2 and "does not see" in notices[0] and "3 of the four corners" in notices[1]


def test_another_pipeline_is_refused(tmp_path):
    with pytest.raises(Refused, match="StableDiffusionPipeline would work"):
        load(model(stable_diffusion_xl(tmp_path)), "cpu")


def test_the_starter_paints_a_card_by_its_caption_and_drafts_it_with_the_light_decoder():
    starter = find("poster-walk")
    adapter = load(replace(starter, source=str(ASSETS / starter.source)), "cpu")
    four = "card red-boat\n" * 4
    (preview,) = told(adapter, points=four, way="draft")
    final, facts = result(adapter, points=four, way="pad", steps=6)
    draft, final = pixels(preview.media[0].data), pixels(final)
    assert draft.shape == final.shape == (256, 256, 3) and np.abs(draft - final).mean() < 30
    assert facts["nearest"] >= 0
    boat = final[150:200, 60:200].reshape(-1, 3)
    assert ((boat[:, 0] > 150) & (boat[:, 1] < 110)).any(), "a red boat on the water"
