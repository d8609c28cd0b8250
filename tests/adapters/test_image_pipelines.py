"""Tiny random folders of other families than the starter's, through the real from_pretrained path."""

import io
import json
import shutil

import numpy as np
import pytest
import torch
from PIL import Image

from playground.adapters import image_latents
from playground.catalog import MODELS, Model, load
from playground.errors import Failed, Refused
from playground.events import Notice, Output, Preview, Step
from playground.params import ImageParams
from playground.stream import Cancelled
from tests.adapters import folders

MAKERS = {
    "xl": folders.stable_diffusion_xl,
    "3": folders.stable_diffusion_3,
    "flux": folders.flux,
    "schnell": lambda folder: folders.flux(folder, guided=False),
}
WEIGHTS = "unet/diffusion_pytorch_model.safetensors"


def loaded(folder):
    return load(Model("tiny", "image", "diffusion", "Tiny", MODELS["poster"].adapter, str(folder)), "cpu")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Folder and adapter by the names of MAKERS."""
    paths = {name: maker(tmp_path_factory.mktemp("models")) for name, maker in MAKERS.items()}
    return {name: (path, loaded(path)) for name, path in paths.items()}


@pytest.fixture(params=list(MAKERS))
def adapter(request, made):
    return made[request.param][1]


def draw(adapter, emit=None, **values):
    events = []
    given = {"prompt": "boat", "seed": 7, "steps": 3, "width": 48, "height": 32, **values}
    with torch.inference_mode():
        adapter.run(ImageParams(**given), emit or events.append)
    return events


def pixels(media):
    return np.asarray(Image.open(io.BytesIO(media.data)), int)


def pictures(adapter, **values):
    return [pixels(event.media) for event in draw(adapter, **values) if isinstance(event, Output)]


def told(adapter, **values):
    return [event.text for event in draw(adapter, **values) if isinstance(event, Notice)]


def test_a_picture_comes_with_its_steps_and_previews(adapter):
    events = draw(adapter)
    assert [event for event in events if isinstance(event, Step)] == [Step(i, 3) for i in range(4)]
    previews = [event for event in events if isinstance(event, Preview)]
    assert previews and all(pixels(one.media[0]).shape == (16, 24, 3) for one in previews)
    (output,) = [event for event in events if isinstance(event, Output)]
    assert pixels(output.media).shape == (32, 48, 3)


def test_it_is_the_picture_that_the_bare_pipeline_makes(adapter):
    def bare(**more):
        asked = dict(num_inference_steps=3, guidance_scale=5.0, width=48, height=32)
        generator = [torch.Generator("cpu").manual_seed(7)]
        with torch.inference_mode():
            return np.asarray(adapter.pipe("boat", **asked, **more, generator=generator).images[0], int)

    assert np.array_equal(pictures(adapter)[0], bare())
    if "negative_prompt" not in adapter.lacks:
        assert np.array_equal(pictures(adapter, negative_prompt="rain")[0], bare(negative_prompt="rain"))
        assert not np.array_equal(bare(), bare(negative_prompt="rain"))


def test_a_seed_gives_its_picture_alone_or_among_others(adapter):
    first, second = pictures(adapter, pictures=2)
    assert np.abs(pictures(adapter, seed=8)[0] - second).max() <= 1
    assert np.abs(first - second).max() > 1


@pytest.mark.parametrize("step", range(4))
def test_a_stop_at_any_step_ends_there_and_the_next_job_is_as_ever(adapter, step):
    before, seen = pictures(adapter)[0], []

    def emit(event):
        if event == Step(step, 3):
            raise Cancelled
        seen.append(event)

    with pytest.raises(Cancelled):
        draw(adapter, emit)
    assert not any(isinstance(event, Output) for event in seen)
    assert sum(isinstance(event, Step) for event in seen) == step
    assert np.array_equal(pictures(adapter)[0], before)


def test_a_flow_is_foreseen_from_where_its_last_step_was_heading(made):
    """A flow that goes straight to one picture is there from the second step on."""
    _, adapter = made["3"]
    scheduler = type(adapter.own_scheduler).from_config(adapter.own_scheduler.config)
    scheduler.set_timesteps(4)
    target, noise = torch.full((1, 4, 2, 2), 3.0), torch.randn(1, 4, 2, 2, generator=torch.Generator().manual_seed(0))
    foresight, latents, seen = image_latents.Foresight(scheduler), noise, []
    for time in scheduler.timesteps:
        latents = scheduler.step(noise - target, time, latents, return_dict=False)[0]
        seen.append(foresight(latents))
    assert (seen[0] - target).abs().max() > 0.1
    assert all(torch.allclose(one, target, atol=1e-4) for one in seen[1:])


def test_words_are_weighed_by_both_encoders_of_xl_and_others_say_that_they_do_not(made):
    _, xl = made["xl"]
    plain, heavy = (pictures(xl, prompt=prompt)[0] for prompt in ("red boat", "red (boat:1.8)"))
    assert not np.array_equal(plain, heavy) and not told(xl, prompt="red (boat:1.8)")
    assert np.array_equal(plain, pictures(xl, prompt="(red boat:1)")[0])
    for name in ("3", "flux"):
        assert any("change nothing" in text for text in told(made[name][1], prompt="red (boat:1.8)"))


def test_what_flux_does_not_read_is_said_and_the_longest_reader_counts(made):
    for name in ("flux", "schnell"):
        _, adapter = made[name]
        plain = pictures(adapter)[0]
        assert any("no negative prompt" in text for text in told(adapter, negative_prompt="rain"))
        assert np.array_equal(plain, pictures(adapter, negative_prompt="rain")[0])
        same = np.array_equal(plain, pictures(adapter, guidance_scale=1.5)[0])
        assert same == (name == "schnell") == ("guidance_scale" in adapter.lacks)
        assert not told(adapter, prompt="a " * 20)  # of which CLIP alone would not read the end
        assert any("does not see" in text for text in told(adapter, prompt="a " * 90))


def test_other_samplers_do_not_fit_a_flow(made):
    for name in ("3", "flux"):
        assert told(made[name][1], scheduler="DDIM") == ["This model has a sampler of its own and takes no other."]
    assert not told(made["xl"][1], scheduler="DPM++ 2M", schedule="Karras")


def test_a_picture_that_the_safety_checker_holds_back_is_a_sentence_and_not_shown(tmp_path):
    adapter, seen = loaded(folders.stable_diffusion(tmp_path, blocks=True)), []
    with pytest.raises(Failed, match="safety checker"):
        draw(adapter, seen.append)
    assert not any(isinstance(event, Output | Preview) for event in seen)
    adapter.pipe.safety_checker.concept_embeds_weights.data.fill_(2.0)
    assert any(isinstance(event, Preview) for event in draw(adapter)) and pictures(adapter)
    calls = iter([[True]])
    adapter.pipe.safety_checker.forward = lambda images, clip_input: (images, next(calls, [False] * len(clip_input)))
    events = draw(adapter, pictures=2, steps=1)
    assert [event.text for event in events if isinstance(event, Notice)] == [image_latents.BLOCKED]
    assert [event.recipe["seed"] for event in events if isinstance(event, Output)] == [8]


@pytest.mark.parametrize(
    "file, said",
    [
        ("text_encoder_2/model.safetensors", "text_encoder_2/model.safetensors of Tiny is damaged"),
        (WEIGHTS, "is damaged"),
        ("model_index.json", "names no pipeline"),
        ("scheduler/scheduler_config.json", "damaged or not all there"),
        ("vae/config.json", "damaged or not all there"),
    ],
)
def test_a_damaged_file_is_a_sentence(made, tmp_path, file, said):
    shutil.copytree(made["xl"][0], tmp_path / "model")
    path = tmp_path / "model" / file
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Refused, match=said):
        loaded(tmp_path / "model")


@pytest.mark.parametrize(
    "change, said",
    [
        (
            lambda folder: (folder / "vae" / "diffusion_pytorch_model.safetensors").rename(folder / "vae" / "a.bin"),
            "pickle",
        ),
        (lambda folder: shutil.rmtree(folder / "tokenizer"), "lacks the words of its tokenizer"),
        (lambda folder: (folder / WEIGHTS).unlink(), "no weights for its unet"),
        (lambda folder: (folder / "model_index.json").unlink(), "no diffusers folder"),
        (lambda folder: named(folder, "StableAudioPipeline"), "makes no picture from words"),
        (lambda folder: named(folder, "StableDiffusionXLControlNetPipeline"), "picture to begin with"),
        (lambda folder: named(folder, ["pipeline", "Mine"]), "code of its own"),
    ],
)
def test_what_cannot_be_used_is_refused_before_any_weight_is_read(made, tmp_path, monkeypatch, change, said):
    folder = tmp_path / "model"
    shutil.copytree(made["xl"][0], folder)
    change(folder)
    monkeypatch.setattr("playground.adapters.image_folder.DiffusionPipeline.from_pretrained", None)
    with pytest.raises(Refused, match=said):
        loaded(folder)


def named(folder, name):
    index = json.loads((folder / "model_index.json").read_text())
    (folder / "model_index.json").write_text(json.dumps({**index, "_class_name": name}))


def test_half_numbers_beside_or_alone_are_found(made, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(made["xl"][0], folder)
    for path in folder.glob("*/*.safetensors"):
        path.rename(path.with_suffix(".fp16.safetensors"))
    assert np.array_equal(pictures(loaded(folder))[0], pictures(made["xl"][1])[0])


def test_a_folder_for_pictures_from_pictures_draws_from_words_too(made, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(made["xl"][0], folder)
    named(folder, "StableDiffusionXLImg2ImgPipeline")
    assert np.array_equal(pictures(loaded(folder))[0], pictures(made["xl"][1])[0])
