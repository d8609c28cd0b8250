"""Memory that runs out at load, in a step and in the decoder of a tiny XL, through the door and its manager."""

import io

import numpy as np
import pytest
import torch
from diffusers import UNet2DConditionModel
from diffusers.models.autoencoders.vae import Decoder
from PIL import Image

from playground import catalog
from playground.adapters import image_folder, image_frugal, image_offload
from playground.engine import Engine
from playground.errors import PlaygroundError, Unavailable
from playground.events import Media, Notice, Output, Trace
from playground.gpu import Manager
from playground.gpu.inline import Inline
from playground.params import ImageParams
from tests.adapters.folders import flux, stable_diffusion, stable_diffusion_3, stable_diffusion_xl


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return stable_diffusion_xl(tmp_path_factory.mktemp("models"))


@pytest.fixture
def engine(folder, monkeypatch):
    adapter = catalog.find("poster").adapter
    monkeypatch.setitem(catalog.MODELS, "tiny", catalog.Model("tiny", "image", "", "Tiny", adapter, str(folder)))
    made = Engine(Manager(Inline("cpu")))
    yield made
    made.manager.close()


def draw(engine, **values):
    return list(
        engine.generate("tiny", **{"prompt": "boat", "seed": 7, "steps": 2, "width": 64, "height": 64, **values})
    )


def told(events):
    return [event.text for event in events if isinstance(event, Notice)]


def pictures(events):
    found = [event.media for event in events if isinstance(event, Output)]
    return [np.asarray(Image.open(io.BytesIO(one.data)), int) for one in found if isinstance(one, Media)]


def full(*arguments, **more):
    raise RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory")


def full_if(condition, original):
    """`original`, which has no memory for what fits the condition."""

    def called(self, tensor, *arguments, **more):
        return full() if condition(tensor) else original(self, tensor, *arguments, **more)

    return called


def test_a_load_without_memory_is_a_sentence_and_the_next_job_works(engine, monkeypatch, caplog):
    with monkeypatch.context() as patch:
        patch.setattr(image_folder, "load", full)
        with pytest.raises(Unavailable, match="memory"):
            draw(engine)
    with pytest.raises(PlaygroundError, match="tried again"):  # the manager waits a little until it tries once more
        draw(engine)
    assert pictures(list(engine.generate("poster", prompt="boat", steps=1)))


def test_pictures_that_do_not_fit_together_are_made_one_by_one(engine, monkeypatch):
    together = pictures(draw(engine, pictures=2))
    two_with_guidance = full_if(lambda latents: len(latents) > 2, UNet2DConditionModel.forward)
    monkeypatch.setattr(UNet2DConditionModel, "forward", two_with_guidance)
    events = draw(engine, pictures=2)
    assert told(events)[-1] == image_frugal.ONE_BY_ONE
    assert [event.recipe["params"]["seed"] for event in events if isinstance(event, Output)] == [7, 8]
    assert [event.number for event in events if isinstance(event, Trace)] == [0, 1]
    assert all(np.abs(a - b).max() <= 1 for a, b in zip(pictures(events), together, strict=True))


def test_a_picture_too_large_for_the_decoder_is_decoded_in_tiles(engine, monkeypatch):
    whole = pictures(draw(engine))[0]
    monkeypatch.setattr(Decoder, "forward", full_if(lambda latents: latents.shape[-1] > 16, Decoder.forward))
    events = draw(engine)
    assert told(events)[-1] == image_frugal.TILED
    assert 0 < np.abs(pictures(events)[0] - whole).mean() < 25  # tiles do not see beyond their edges


def test_a_model_too_large_for_its_device_comes_layer_by_layer_and_is_back_afterwards(engine, monkeypatch):
    whole, forward = pictures(draw(engine))[0], UNet2DConditionModel.forward

    def only_in_parts(self, *arguments, **more):
        return forward(self, *arguments, **more) if hasattr(self.conv_in, "_diffusers_hook") else full()

    with monkeypatch.context() as patch:
        patch.setattr(image_offload, "helps", lambda device: True)  # as it does where the device has memory of its own
        patch.setattr(UNet2DConditionModel, "forward", only_in_parts)
        events = draw(engine)
    assert told(events)[-1] == image_frugal.WAITING
    assert np.abs(pictures(events)[0] - whole).mean() < 5  # but for the seams of its tiles
    again = draw(engine)
    assert np.array_equal(pictures(again)[0], whole) and not told(again)


def test_layers_wait_only_where_that_spares_memory():
    assert image_offload.helps(torch.device("cuda", 1)) and image_offload.helps(torch.device("xpu"))
    assert not image_offload.helps(torch.device("cpu")) and not image_offload.helps(torch.device("mps"))


@pytest.mark.parametrize("make", [stable_diffusion, stable_diffusion_xl, stable_diffusion_3, flux])
def test_no_layer_is_forgotten(tmp_path, make):
    model = catalog.Model("tiny", "image", "", "Tiny", catalog.find("poster").adapter, str(make(tmp_path)))
    adapter = catalog.load(model, "cpu")
    parts = [part for name, part in adapter.pipe.components.items() if hasattr(part, "parameters") and name != "vae"]
    with image_offload.waiting(adapter.pipe, torch.device("cpu")):
        groups = [hook.group for part in parts for hook in waiting_layers(part)]
        held = {id(weight) for group in groups for weight in group.parameters}
        held |= {id(weight) for group in groups for layer in group.modules for weight in layer.parameters()}
        assert all(id(weight) in held for part in parts for weight in part.parameters())
    assert not any(waiting_layers(part) for part in parts)


def waiting_layers(part):
    registries = [module._diffusers_hook for module in part.modules() if hasattr(module, "_diffusers_hook")]
    return [registry.hooks[image_offload.HOOK] for registry in registries if image_offload.HOOK in registry.hooks]


def test_what_does_not_fit_at_all_ends_with_a_size_that_needs_less_and_the_next_job_works(engine, monkeypatch):
    before = pictures(draw(engine))[0]
    with monkeypatch.context() as patch:
        patch.setattr(UNet2DConditionModel, "forward", full)
        with pytest.raises(Unavailable, match="not enough for 128 x 96 pixels.*80 x 64 needs about half"):
            draw(engine, width=128, height=96)
    assert np.array_equal(pictures(draw(engine))[0], before)


def test_the_proposal_keeps_to_what_can_be_asked_for():
    assert "720 x 720" in image_frugal.smaller(ImageParams(width=1024, height=1024), 16)
    assert "704 x 352" in image_frugal.smaller(ImageParams(width=1024, height=512), 32)
    assert "smaller model" in image_frugal.smaller(ImageParams(width=64, height=64), 16)
