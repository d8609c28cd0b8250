"""Stable Audio, AudioLDM 2 and MusicLDM on tiny random models: steps, seeds, lengths, stop, broken files."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import DiffusionPipeline

from playground.catalog import Model, load
from playground.errors import Failed, Refused
from playground.events import Notice, Step
from playground.media import loudness
from playground.params import LARGEST_SEED, MusicParams
from playground.stream import Cancelled, Emit
from tests.adapters import audio_folders, folders
from tests.adapters.audio_listening import heard, notices, outputs

MAKERS = {name: getattr(audio_folders, name) for name in ("stable_audio", "audioldm2", "musicldm")}


def opened(folder):
    return load(Model("tiny", "music", "diffusion", "Tiny", "diffusers_audio:DiffusersAudio", str(folder)), "cpu")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pipelines")
    return {name: make(folder / name) for name, make in MAKERS.items()}


@pytest.fixture(scope="module")
def adapters(made):
    return {name: opened(folder) for name, folder in made.items()}


@pytest.fixture
def stable(adapters):
    return adapters["stable_audio"]


def play(adapter, emit=None, **values):
    events = []
    params = MusicParams(**{"prompt": "a calm waltz", "seed": 3, "seconds": 1, "steps": 3, **values})
    adapter.run(params, Emit(emit or events.append))
    return events


@pytest.mark.parametrize("name", MAKERS)
def test_steps_are_counted_and_end_in_a_sound_of_the_length_asked_for(adapters, name):
    events = play(adapters[name])
    assert events[:-1] == [Step(i, 3) for i in range(4)]
    sound, rate = heard(events[-1])
    assert sound.shape == (8000, 2 if name == "stable_audio" else 1) and rate == 8000
    assert -20 < loudness.integrated(sound, rate) < -15 and loudness.true_peak(sound) <= -0.99  # noise has many peaks
    facts = events[-1].recipe
    assert (facts["seed"], facts["tunes"], facts["duration"]) == (3, 1, 1.0)
    assert -20 < facts["lufs"] < -15 and facts["dbtp"] <= -1


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_seed_plays_the_same_alone_or_among_others(adapters, name):
    adapter = adapters[name]
    alone, several = outputs(play(adapter, seed=4)), outputs(play(adapter, seed=3, tunes=3))
    assert [output.recipe["seed"] for output in several] == [3, 4, 5]
    assert alone[0].media == outputs(play(adapter, seed=4))[0].media
    first, second, third = (heard(output)[0] for output in several)
    assert np.abs(second - heard(alone[0])[0]).max() < 1e-3  # the last bits differ in a batch
    assert np.abs(first - third).max() > 0.01
    last = outputs(play(adapter, seed=LARGEST_SEED, tunes=2))
    assert [output.recipe["seed"] for output in last] == [LARGEST_SEED, 0]


@pytest.mark.parametrize("name", MAKERS)
def test_every_setting_is_heard(adapters, name):
    adapter = adapters[name]
    plain = outputs(play(adapter))[0].media
    changes = ({"prompt": "loud"}, {"guidance_scale": 1.0}, {"steps": 4}, {"negative_prompt": "drums"}, {"seed": 9})
    for change in changes:
        assert outputs(play(adapter, **change))[0].media != plain, change
    off = [outputs(play(adapter, guidance_scale=1.0, negative_prompt=text))[0].media for text in ("", "drums")]
    assert off[0] == off[1]


def test_the_pipelines_of_the_library_sound_the_same(adapters, made):
    """Where they run at all: theirs of Stable Audio needs another package, and that of MusicLDM an older one."""
    pipe: Any = DiffusionPipeline.from_pretrained(
        made["audioldm2"], language_model=adapters["audioldm2"].pipe.language_model, local_files_only=True
    )
    generator = torch.Generator().manual_seed(3)
    bare = pipe("a calm waltz", audio_length_in_s=1.0, num_inference_steps=3, guidance_scale=3.0, generator=generator)
    ours = heard(outputs(play(adapters["audioldm2"]))[0])[0]
    assert np.corrcoef(bare.audios[0], ours[:, 0])[0, 1] > 0.999  # only its loudness differs


def test_the_solver_of_stable_audio_runs_through_the_same_noise_levels(stable):
    solver = stable.pipe.scheduler
    solver.set_timesteps(10)
    assert solver.sigmas[0] == pytest.approx(500) and solver.sigmas[9] == pytest.approx(0.3) and solver.sigmas[10] == 0
    assert torch.allclose(solver.timesteps, torch.atan(solver.sigmas[:10]) * 2 / torch.pi)
    assert solver.config.algorithm_type == "sde-dpmsolver++" and solver.config.prediction_type == "v_prediction"


def test_more_than_stable_audio_can_make_is_refused_with_what_it_can(stable):
    assert len(heard(outputs(play(stable, seconds=2))[0])[0]) == 16000
    with pytest.raises(Refused, match="Tiny makes 2 s at most; ask for 2 s or less."):
        play(stable, seconds=3)


@pytest.mark.parametrize("name", ["audioldm2", "musicldm"])
def test_longer_than_it_has_learned_is_told(adapters, name):
    events = play(adapters[name], seconds=3)
    assert len(heard(outputs(events)[0])[0]) == 24000
    assert "learned from pieces of 1 s: what is longer may wander" in notices(events)
    assert notices(play(adapters[name])) == ""


@pytest.mark.parametrize("name", MAKERS)
def test_what_a_long_prompt_loses_is_told(adapters, name):
    assert "does not see" in notices(play(adapters[name], prompt="abc " * 40))


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("moment", [0, 1, 3])
def test_a_cancel_stops_at_the_step_it_comes_in_and_leaves_the_adapter_clean(adapters, name, moment):
    adapter, seen = adapters[name], []
    before = outputs(play(adapter))[0].media

    def emit(event):
        if event == Step(moment, 3):
            raise Cancelled
        seen.append(event)

    with pytest.raises(Cancelled):
        play(adapter, emit)
    assert seen == [Step(i, 3) for i in range(moment)]
    assert outputs(play(adapter))[0].media == before


@pytest.mark.parametrize("name, last", [("stable_audio", "vae.decoder"), ("audioldm2", "vocoder"), ("musicldm", "vae")])
def test_who_goes_after_the_last_step_is_not_decoded_for(adapters, name, last):
    part, emit, layers = adapters[name].pipe, Emit(lambda event: emit.close() if event == Step(3, 3) else None), []
    for attribute in last.split("."):
        part = getattr(part, attribute)
    before = [len(layer._forward_pre_hooks) for layer in part.modules()]
    hooks = [layer.register_forward_hook(lambda *_: layers.append(1)) for layer in part.modules()]
    try:
        with pytest.raises(Cancelled):
            adapters[name].run(MusicParams(prompt="x", seed=3, seconds=1, steps=3), emit)
    finally:
        for hook in hooks:
            hook.remove()
    assert not layers and [len(layer._forward_pre_hooks) for layer in part.modules()] == before


@pytest.mark.parametrize("prompt", ["", " ", "\u202e🙂 né\n\t", "漢字"])
@pytest.mark.parametrize("name", MAKERS)
def test_odd_prompts_still_make_a_sound(adapters, name, prompt):
    assert len(outputs(play(adapters[name], prompt=prompt, steps=1))) == 1


@pytest.mark.parametrize(
    "name, part", [("stable_audio", "vae.decoder.conv1.bias"), ("musicldm", "vocoder.conv_post.bias")]
)
def test_numbers_that_are_no_sound_are_refused(adapters, name, part):
    module, _, rest = part.partition(".")
    weight = adapters[name].pipe.components[module].get_parameter(rest)
    kept = weight.detach().clone()
    weight.data.fill_(float("nan"))
    try:
        with pytest.raises(Failed, match="Seed 3 gave numbers that are no sound"):
            play(adapters[name])
    finally:
        weight.data.copy_(kept)


def test_silence_is_refused_and_what_can_be_heard_is_kept(adapters, monkeypatch):
    adapter, events = adapters["musicldm"], []
    real = adapter.pipe.mel_spectrogram_to_waveform
    second_silent = torch.tensor([[1.0], [1e-7]])
    monkeypatch.setattr(adapter.pipe, "mel_spectrogram_to_waveform", lambda mel: real(mel) * second_silent)
    play(adapter, events.append, tunes=2)
    assert [output.recipe["seed"] for output in outputs(events)] == [3]
    assert events[-1] == Notice("Seed 4 gave silence; other words or another seed may work.")


HARMED = (
    "model_index.json",
    "vae/diffusion_pytorch_model.safetensors",
    "transformer/config.json",
    "text_encoder/model.safetensors",
    "scheduler/scheduler_config.json",
    "tokenizer/tokenizer.json",
)


@pytest.mark.parametrize("name", HARMED)
@pytest.mark.parametrize("harm", ["missing", "cut"])
def test_a_damaged_folder_is_refused_in_a_sentence(tmp_path, name, harm):
    file = audio_folders.stable_audio(tmp_path) / name
    data = file.read_bytes()
    file.unlink()
    if harm == "cut":
        file.write_bytes(data[: len(data) // 2])
    with pytest.raises(Refused, match="The files of Tiny are damaged or not all there; get them again."):
        opened(tmp_path)


def test_other_pipelines_and_pickled_weights_are_not_loaded(tmp_path):
    with pytest.raises(Refused, match="Tiny is a StableDiffusionPipeline; choose one of StableAudioPipeline"):
        opened(folders.stable_diffusion(tmp_path))
    pickled = audio_folders.stable_audio(tmp_path / "pickled")
    torch.save({}, pickled / "vae" / "diffusion_pytorch_model.bin")
    (pickled / "vae" / "diffusion_pytorch_model.safetensors").unlink()
    with pytest.raises(Refused, match="get them again"):
        opened(pickled)
    speaks = audio_folders.audioldm2(tmp_path / "speaks")
    index = json.loads((speaks / "model_index.json").read_text())
    index["text_encoder_2"] = ["transformers", "VitsModel"]
    (speaks / "model_index.json").write_text(json.dumps(index))
    with pytest.raises(Refused, match="speaks and needs a text"):
        opened(speaks)
