"""Autoencoders and StyleGAN2 generators from folders that a person names: tiny random ones in the standard formats."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
import torch
from diffusers import AutoencoderKL, AutoencoderTiny, UNet2DModel, VQModel
from PIL import Image
from safetensors.torch import load_file, save_file

from playground.catalog import Model, load
from playground.errors import Refused
from playground.events import Media, Output, Preview, Step
from playground.latent_points import picture
from playground.params import LatentParams
from playground.stream import Cancelled, Emit
from tests.nets import stylegan2_reference as reference

CARDS = "card red-boat\ncard black-cat\ncard green-tree\ncard yellow-house"
SOME = LatentParams(points=CARDS, seed=7, frames=3)
BLOCKS: dict[str, Any] = dict(down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2)
SMALL: dict[str, Any] = dict(block_out_channels=(8, 8), norm_num_groups=2, sample_size=64, **BLOCKS)
TINY: dict[str, Any] = dict(
    encoder_block_out_channels=(8, 8), decoder_block_out_channels=(8, 8), num_encoder_blocks=(1, 1),
    num_decoder_blocks=(1, 1),
)  # fmt: skip
AUTOENCODERS = {
    "kl": lambda: AutoencoderKL(latent_channels=4, **SMALL),
    "vq": lambda: VQModel(latent_channels=3, num_vq_embeddings=40, **SMALL),
    "tiny": lambda: AutoencoderTiny(latent_channels=4, **TINY),
}
SIDES = {"kl": 64, "vq": 64, "tiny": 256, "stylegan": 32}


def named(folder, adapter="autoencoder:LatentAutoencoder"):
    return Model("mine", "latent", "mine", "Mine", f"latent_{adapter}", str(folder))


def written(folder, name):
    torch.manual_seed(0)
    if name == "stylegan":
        folder.mkdir()
        weights = {key: weight / 8 if "torgb" in key else weight for key, weight in reference.nvidia().items()}
        save_file(weights, folder / "generator.safetensors")
        return named(folder, "stylegan:LatentStyleGAN")
    AUTOENCODERS[name]().save_pretrained(folder)
    return named(folder)


@pytest.fixture(scope="module", params=SIDES)
def adapter(request, tmp_path_factory):
    made = load(written(tmp_path_factory.mktemp("hub") / request.param, request.param), "cpu")
    made.name = request.param
    made.points = "seed 1\nseed 2\nseed 3\nseed 4" if request.param == "stylegan" else CARDS
    return made


def told(adapter, **changes):
    events = []
    adapter.run(replace(SOME, **{"points": getattr(adapter, "points", CARDS), **changes}), Emit(events.append))
    return events


def result(adapter, **changes):
    output = told(adapter, **changes)[-1]
    assert isinstance(output, Output)
    return output


def data(adapter, **changes):
    media = result(adapter, **changes).media
    assert isinstance(media, Media)
    return media.data


def opened(media):
    return Image.open(io.BytesIO(media.data))


def test_between_four_corners_lies_a_picture_and_a_corner_is_itself(adapter):
    output = result(adapter)
    assert opened(output.media).size == (SIDES[adapter.name],) * 2
    assert "nearest" not in output.recipe and output.recipe["norm"] > 0
    second = adapter.points.splitlines()[1]
    assert data(adapter, x=1.0, y=0.0) == data(adapter, way="sum", points=second) != data(adapter)


def test_a_draft_is_one_preview_at_half_the_size(adapter):
    (preview,) = told(adapter, way="draft")
    assert isinstance(preview, Preview) and opened(preview.media[0]).size == (SIDES[adapter.name] // 2,) * 2
    assert set(json.loads(preview.media[1].data)) == {"norm"}


def test_a_walk_leads_from_point_to_point(adapter):
    events = told(adapter, way="walk", frames=5)
    assert opened(events[-1].media).size == (SIDES[adapter.name],) * 2 and events[-1].recipe["frames_made"] == 5
    assert [event.done for event in events if isinstance(event, Step)][-1] == 5


def test_a_picture_goes_there_and_back_and_the_model_says_what_it_can(adapter):
    buffer = io.BytesIO()
    Image.new("RGBA", (50, 20), (255, 0, 0, 120)).save(buffer, "PNG")
    facts = result(adapter, way="picture", points=picture(buffer.getvalue())).recipe
    assert 0 < facts["decibels"] < 99 and "decibels_of_autoencoder" not in facts
    own = set(facts) - {"decibels", "norm"}
    assert own == {"kl": {"divergence"}, "vq": {"code_grid"}}.get(adapter.name, set())
    if adapter.name == "kl":
        assert facts["divergence"] > 0
    if adapter.name == "vq":
        assert len(facts["code_grid"]) == len(facts["code_grid"][0]) == 32
        assert all(0 <= code < 40 for row in facts["code_grid"] for code in row)


def test_a_stop_is_heard_in_the_middle_of_a_picture(adapter):
    events = []

    def put(event):
        events.append(event)
        emit.close()

    emit = Emit(put)
    with pytest.raises(Cancelled):
        adapter.run(replace(SOME, points="card red-boat", way="picture"), emit)
    assert events == [Step(0, 1)]


def test_an_attribute_is_refused_since_none_is_known(adapter):
    with pytest.raises(Refused, match="this model knows none"):
        told(adapter, attributes="night 1")


@pytest.mark.parametrize("name", AUTOENCODERS)
def test_an_autoencoder_draws_no_seeds(tmp_path, name):
    made = load(written(tmp_path / name, name), "cpu")
    with pytest.raises(Refused, match="Mine cannot draw a picture from a seed: choose cards or pictures"):
        told(made, points="seed 1", way="sum")


def test_the_generator_knows_truncation_a_second_style_and_noise(tmp_path):
    made = load(written(tmp_path / "gan", "stylegan"), "cpu")
    mean = [data(made, way="sum", points=f"seed {seed}", psi=0.0) for seed in (1, 2)]
    assert mean[0] == mean[1]
    plain = data(made, way="sum", points="seed 1")
    assert data(made, way="sum", points="seed 1", mix_seed=2, mix_from=3) != plain
    assert data(made, way="sum", points="seed 1", mix_seed=2, mix_from=17) == plain
    random = [data(made, way="sum", points="seed 1", noise="random", seed=seed) for seed in (1, 1, 2)]
    assert random[0] == random[1] != random[2] and plain not in random


def test_a_search_comes_nearer_to_a_picture_and_shows_its_steps(tmp_path):
    made = load(written(tmp_path / "gan", "stylegan"), "cpu")
    pixels = made.painter.latents(Image.new("RGB", (32, 32), (90, 120, 200)))
    steps = []
    (found,) = made.found(pixels, SOME, Emit(steps.append))
    start = made.net.synthesis(made.net.ws(made.net.mapping.w_avg[None]))
    assert (made.net.synthesis(found) - pixels).square().mean() < 0.5 * (start - pixels).square().mean()
    assert steps[-1] == Step(60, 60)


def config(folder):
    return json.loads((folder / "config.json").read_text("utf-8"))


def test_folders_that_hold_no_autoencoder_are_refused(tmp_path):
    UNet2DModel(
        sample_size=8, block_out_channels=(8,), norm_num_groups=2, down_block_types=("DownBlock2D",),
        up_block_types=("UpBlock2D",), layers_per_block=1, attention_head_dim=4,
    ).save_pretrained(tmp_path / "unet")  # fmt: skip
    with pytest.raises(Refused, match="of the kind UNet2DModel; choose the folder of one of AutoencoderKL"):
        load(named(tmp_path / "unet"), "cpu")
    with pytest.raises(Refused, match="no config.json that says what it is"):
        load(named(tmp_path), "cpu")
    (tmp_path / "config.json").write_text("[]")
    with pytest.raises(Refused, match="no config.json that says what it is"):
        load(named(tmp_path), "cpu")
    (tmp_path / "model_index.json").write_text("{}")
    with pytest.raises(Refused, match="a whole pipeline; choose the folder vae"):
        load(named(tmp_path), "cpu")


def test_damaged_autoencoders_are_refused(tmp_path):
    written(tmp_path / "kl", "kl")
    file = tmp_path / "kl" / "diffusion_pytorch_model.safetensors"
    weights = load_file(file)
    save_file({name: weight for name, weight in weights.items() if name != "decoder.conv_in.bias"}, file)
    with pytest.raises(Refused, match=r"lacks 1 of its weights \(decoder.conv_in.bias"):
        load(named(tmp_path / "kl"), "cpu")
    save_file({**weights, "decoder.conv_in.bias": torch.zeros(3)}, file)
    with pytest.raises(Refused, match="damaged or not all there"):
        load(named(tmp_path / "kl"), "cpu")
    file.write_bytes(file.read_bytes()[:500])
    with pytest.raises(Refused, match="damaged or not all there"):
        load(named(tmp_path / "kl"), "cpu")
    file.unlink()
    with pytest.raises(Refused, match="no weights in safetensors"):
        load(named(tmp_path / "kl"), "cpu")


def test_an_autoencoder_of_other_channels_is_refused(tmp_path):
    AutoencoderKL(in_channels=1, out_channels=1, **SMALL).save_pretrained(tmp_path)
    with pytest.raises(Refused, match="made for 1 channels"):
        load(named(tmp_path), "cpu")


def test_what_is_no_generator_is_refused(tmp_path):
    def loaded(weights):
        save_file(weights, tmp_path / "a.safetensors")
        return load(named(tmp_path, "stylegan:LatentStyleGAN"), "cpu")

    with pytest.raises(Refused, match="Mine cannot be used: it holds no StyleGAN2 generator"):
        loaded({"some.weight": torch.zeros(2)})
    weights = reference.nvidia()
    grey = {n: w[:1] if "torgb" in n and "affine" not in n and w.ndim != 2 else w for n, w in weights.items()}
    with pytest.raises(Refused, match="makes pictures of 1 channels"):
        loaded({name: weight.contiguous() for name, weight in grey.items()})
    (tmp_path / "a.safetensors").write_bytes(b"cut short")
    with pytest.raises(Refused, match="The file of Mine is damaged"):
        load(named(tmp_path, "stylegan:LatentStyleGAN"), "cpu")
    (tmp_path / "b.safetensors").write_bytes(b"")
    with pytest.raises(Refused, match="Mine has 2 safetensors files"):
        load(named(tmp_path, "stylegan:LatentStyleGAN"), "cpu")
