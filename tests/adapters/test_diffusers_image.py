import io

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from playground.adapters.diffusers_image import DiffusersImage
from playground.catalog import MODELS, Model, load
from playground.errors import Failed, Refused
from playground.events import Notice, Output, Preview, Step, Trace
from playground.params import ImageParams
from playground.stream import Cancelled
from tests.adapters.folders import stable_diffusion


@pytest.fixture(scope="module")
def adapter(tmp_path_factory):
    folder = stable_diffusion(tmp_path_factory.mktemp("models"))
    return load(Model("tiny", "image", "diffusion", "Tiny", MODELS["poster"].adapter, str(folder)), "cpu")


def draw(adapter, emit=None, **values):
    events = []
    params = ImageParams(**{"prompt": "boat", "seed": 7, "steps": 3, "width": 64, "height": 64, **values})
    adapter.run(params, emit or events.append)
    return events


def pixels(media):
    return np.asarray(Image.open(io.BytesIO(media.data)), int)


def outputs(events):
    return [event for event in events if isinstance(event, Output)]


def test_steps_are_counted_previewed_and_end_in_a_picture(adapter):
    events = draw(adapter)
    assert [event for event in events if isinstance(event, Step)] == [Step(i, 3) for i in range(4)]
    previews = [event for event in events if isinstance(event, Preview)]
    assert previews and all(pixels(preview.media[0]).shape == (32, 32, 3) for preview in previews)
    whole, trace = events[-2:]
    assert isinstance(whole, Output) and pixels(whole.media).shape == (64, 64, 3)
    assert isinstance(trace, Trace) and len(trace.media) == 2


def test_the_same_seed_gives_the_same_picture_alone_or_among_others(adapter):
    alone = outputs(draw(adapter, seed=8))
    batch = outputs(draw(adapter, seed=7, pictures=3))
    assert [output.recipe["seed"] for output in batch] == [7, 8, 9]
    assert alone[0].media == outputs(draw(adapter, seed=8))[0].media
    assert np.abs(pixels(alone[0].media) - pixels(batch[1].media)).max() <= 1
    assert np.abs(pixels(batch[0].media) - pixels(batch[1].media)).max() > 1


def test_sizes_are_kept(adapter):
    assert pixels(outputs(draw(adapter, width=96, height=64))[0].media).shape == (64, 96, 3)


def test_a_cancel_stops_at_the_step_it_comes_in_and_leaves_the_adapter_clean(adapter):
    before = outputs(draw(adapter))[0].media
    seen = []

    def emit(event):
        if event == Step(2, 3):
            raise Cancelled
        seen.append(event)

    with pytest.raises(Cancelled):
        draw(adapter, emit)
    assert Step(1, 3) in seen and Step(3, 3) not in seen
    assert outputs(draw(adapter))[0].media == before


def test_what_a_long_prompt_loses_is_told(adapter):
    notices = [event.text for event in draw(adapter, prompt="abc " * 10) if isinstance(event, Notice)]
    assert len(notices) == 1 and "does not see" in notices[0]
    assert not any(isinstance(event, Notice) for event in draw(adapter, prompt="abc"))


@pytest.mark.parametrize("prompt", ["", " ", "\u202e🙂 né\n\t", "漢字"])
def test_odd_prompts_still_make_a_picture(adapter, prompt):
    assert outputs(draw(adapter, prompt=prompt))


def test_numbers_that_are_no_picture_are_refused(adapter):
    weight = adapter.pipe.vae.decoder.conv_out.weight
    kept = weight.detach().clone()
    weight.data.fill_(float("nan"))
    try:
        with pytest.raises(Failed, match="no picture"):
            draw(adapter)
    finally:
        weight.data.copy_(kept)


def test_a_folder_without_safetensors_is_not_loaded(tmp_path):
    folder = stable_diffusion(tmp_path)
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    torch.save(load_file(weights), weights.with_suffix(".bin"))
    weights.unlink()
    with pytest.raises(Refused, match="safetensors"):
        DiffusersImage(Model("x", "image", "", "X", "", str(folder)), "cpu")
