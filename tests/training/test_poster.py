"""The training of `poster` on a tiny scale: stops and goes on, keeps the latents, exports what diffusers loads."""

import json

import numpy as np
import pytest
import torch
from diffusers import AutoencoderTiny, AutoPipelineForText2Image
from transformers import CLIPTokenizer

from training import checkpoint
from training.optimizer import Average, Optimizer
from training.poster import autoencoder, card, dataset, decoder, diffusion, export, latents, unet, words
from training.poster.evaluate import Report, as_table
from training.poster.judge import Judge, read
from training.scenes.specification import ATTRIBUTES
from training.schedule import Schedule


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A work folder with a handful of pictures and everything that comes before the denoiser."""
    folder = tmp_path_factory.mktemp("work")
    dataset.make(folder / "data", 6, 1)
    words.make_tokenizer(folder / "tokenizer", captions=2000)
    torch.manual_seed(0)
    model = autoencoder.make()
    autoencoder.start_as_patch_means(model, dataset.pictures(folder / "data"))
    model.save_pretrained(folder / "autoencoder")
    latents.make(folder / "latents", folder / "autoencoder", folder / "data", 1)
    return folder


def test_an_untrained_autoencoder_already_carries_colour(work):
    pictures = dataset.pictures(work / "data")
    assert autoencoder.psnr(AutoencoderTiny.from_pretrained(work / "autoencoder"), pictures) > 14


def test_latents_have_unit_variance_and_flips_come_second(work):
    codes, scenes = latents.load(work / "latents", work / "data")
    assert codes.shape == (12, 8, 16, 16) and codes.float().std().item() == pytest.approx(1, abs=0.01)
    assert [scene.flipped for scene in scenes] == [False] * 6 + [True] * 6


def test_the_last_stage_trains_the_decoder_and_leaves_the_encoder(work):
    task = decoder.begin(work)
    before = {name: weight.clone() for name, weight in task.model.named_parameters()}
    task.advance(1e-3)
    changed = {name.split(".")[0] for name, weight in task.model.named_parameters() if not weight.equal(before[name])}
    assert changed == {"decoder"}


def test_training_goes_on_where_it_stopped(work, tmp_path):
    (tmp_path / "data").symlink_to(work / "data")
    model = torch.nn.Conv2d(3, 4, 3)
    optimizer, average = Optimizer(model), Average(model)
    model(torch.ones(1, 3, 4, 4)).sum().backward()
    optimizer.step(0.01)
    average.update(model, 0.9)
    diffusion_state = tmp_path / "denoiser"
    tensors = {f"model.{name}": value for name, value in model.state_dict().items()}
    tensors |= {f"optimizer.{name}": value for name, value in optimizer.state().items()}
    checkpoint.save(diffusion_state, tensors, {"samples": 64})
    found = checkpoint.load(diffusion_state)
    assert found is not None
    again = torch.nn.Conv2d(3, 4, 3)
    again.load_state_dict(checkpoint.part(found[0], "model."))
    optimizer_again = Optimizer(again)
    optimizer_again.load(checkpoint.part(found[0], "optimizer."))
    assert found[1] == {"samples": 64}
    for one, other in ((model, optimizer), (again, optimizer_again)):
        one(torch.ones(1, 3, 4, 4)).sum().backward()
        other.step(0.01)
    assert torch.allclose(model.weight, again.weight) and torch.equal(
        optimizer.momentum["weight"], optimizer_again.momentum["weight"]
    )


def test_the_denoisers_counters_go_on(work, tmp_path):
    for name in ("data", "latents", "tokenizer"):
        (tmp_path / name).symlink_to(work / name)
    diffusion.train(tmp_path, Schedule(seconds=0.1, rate=1e-3), processes=1, batch=2)
    _, first = diffusion.averaged(tmp_path)
    found = checkpoint.load(tmp_path / "denoiser")
    assert found is not None
    diffusion.train(tmp_path, Schedule(seconds=found[1]["seconds"] + 0.1, rate=1e-3), processes=1, batch=2)
    _, second = diffusion.averaged(tmp_path)
    assert 0 < first < second


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers' scheduler, numpy 2
def test_the_exported_folder_loads_and_draws(work, tmp_path):
    tokenizer = CLIPTokenizer.from_pretrained(work / "tokenizer")
    model = diffusion.Denoiser(tokenizer)
    vae = AutoencoderTiny.from_pretrained(work / "autoencoder")
    export.export(tmp_path, vae, model.unet, model.text, tokenizer)
    assert all(path.stat().st_size < 10_000_000 for path in tmp_path.rglob("*"))
    pipeline = AutoPipelineForText2Image.from_pretrained(tmp_path, dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    assert pipeline("a red boat", num_inference_steps=2).images[0].size == (256, 256)
    assert json.loads((tmp_path / "words.json").read_text())["positions"] == []
    export.write_words(tmp_path, ("position", "colour"))
    assert "on the left" in json.loads((tmp_path / "words.json").read_text())["positions"]


def test_a_new_network_feels_where_the_picture_ends():
    torch.manual_seed(0)
    network, seen = unet.make_unet().eval(), []
    network.get_submodule("down_blocks.2.resnets.0").register_forward_hook(lambda part, given, out: seen.append(out))
    with torch.no_grad():
        network(torch.randn(8, 8, 16, 16), torch.full((8,), 999), torch.randn(8, 28, 128))
    left, right, top, bottom = seen[0].mean(0)[:4]
    for edge, rest in (
        (left[:, 0], left[:, 1:]),
        (right[:, 3], right[:, :3]),
        (top[0], top[1:]),
        (bottom[3], bottom[:3]),
    ):
        assert edge.max() < rest.mean() - 1


def test_the_schedule_holds_then_falls():
    schedule = Schedule(seconds=100, rate=1.0, decay=0.4, warm_steps=10)
    assert schedule.rate_at(0, 0) == pytest.approx(0.1)
    assert schedule.rate_at(59, 100) == 1.0 and not schedule.decaying(59)
    assert schedule.rate_at(80, 100) == pytest.approx(0.5) and schedule.decaying(80)
    assert schedule.rate_at(100, 100) == pytest.approx(0.005)


def test_unknown_words_have_tokens_too(work):
    tokenizer = CLIPTokenizer.from_pretrained(work / "tokenizer")
    assert len(tokenizer("a BOAT").input_ids) == 4
    assert tokenizer.unk_token_id not in tokenizer("zebra ßø").input_ids[1:-1]


def test_the_judge_reads_every_attribute():
    readings = read(Judge().eval(), np.zeros((2, 256, 256, 3), np.uint8))
    assert len(readings) == 2 and set(readings[0]) == set(ATTRIBUTES)


def test_the_card_promises_only_what_was_measured(tmp_path):
    values = dict.fromkeys(ATTRIBUTES, 0.95)
    weak = {**values, "position": 0.4}
    report = Report(8, {"generated, seen pairs": values, "generated, held-out pairs": weak}, 27.5, 30.0, 0.4, 0.3, 1.0)
    assert card.promised(report) == tuple(name for name in ATTRIBUTES if name != "position")
    card.write(tmp_path, report, samples=1000, pictures=10)
    text = (tmp_path / "README.md").read_text()
    assert as_table(report) in text and "27.5 dB" in text and "position" in text.split("## Limits")[1]
