"""The training of the other families on a tiny scale: every one learns, goes on, is shipped and measured."""

import json

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from playground.nets.dense_vae import DenseVAE
from playground.nets.glow import Glow
from playground.nets.vqvae import VQVAE
from training import loop
from training.families import (
    card,
    cards,
    data,
    dense_vae,
    evaluate,
    export,
    features,
    gan,
    glow,
    measure,
    ship,
    styles,
    vqvae,
)
from training.families.kinds import KINDS, glow_at, glow_place
from training.language import rows, tokenizer
from training.poster.judge import Judge
from training.schedule import Schedule
from training.tokens import data as token_data
from training.tokens import words


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """Sixteen rendered pictures and their mirror images as latents, and a judge that has learned nothing."""
    folder = tmp_path_factory.mktemp("work")
    data.prepare(folder, 16, 1)
    (folder / "judge").mkdir()
    torch.manual_seed(0)
    save_file(
        {name: weight.contiguous() for name, weight in Judge().state_dict().items()}, folder / "judge/judge.safetensors"
    )
    loop.train(folder, "features", features.begin, Schedule(0.1, 1e-3), 1)
    return folder


@pytest.mark.parametrize(
    "module", [dense_vae, vqvae, glow, gan, features], ids=lambda module: module.__name__.rpartition(".")[2]
)
def test_a_step_changes_every_network_and_can_be_told_of(work, module):
    torch.manual_seed(0)
    task = module.begin(work)
    before = {name: weight.clone() for name, weight in task.model.named_parameters()}
    for _ in range(2):
        task.advance(1e-3)
    still = [name for name, weight in task.model.named_parameters() if weight.equal(before[name])]
    frozen = ("critic.features", "critic.projection")
    assert [name for name in still if not name.startswith(frozen)] == [] and any(
        digit in task.measure(task.model) for digit in "0123456789"
    )


def test_training_goes_on_and_what_is_shipped_is_the_average(work, tmp_path):
    for seconds in (0.1, 0.2):
        loop.train(work, "vqvae", vqvae.begin, Schedule(seconds, 1e-3), 1)
    net, seconds = loop.averaged(work, "vqvae", VQVAE())
    assert seconds >= 0.2 and ship.ship("vqvae", work, tmp_path) == seconds
    opened = evaluate.opened(KINDS["vqvae"], tmp_path)
    x = data.Latents(work).held_back(2)
    assert torch.allclose(opened.encoder(x), net.encoder(x), atol=0.05)
    found = load_file(tmp_path / "directions.safetensors")
    assert {"component 1", "component 6"} <= set(found) and found["component 1"].shape == (8, 8, 4)


def test_a_vae_is_shipped_with_where_the_pictures_of_training_lie(work, tmp_path, monkeypatch):
    monkeypatch.setattr(ship, "COMPONENTS", 2)
    loop.train(work, "vae", dense_vae.begin, Schedule(0.1, 1e-3), 1)
    ship.ship("vae", work, tmp_path)
    net = evaluate.opened(KINDS["vae"], tmp_path)
    assert net.prior.means.shape == (2, 128) and net.prior.shares.sum() == pytest.approx(1, abs=0.01)
    assert net.draw(3, torch.Generator().manual_seed(0)).shape == (3, 128)


def test_a_gan_is_shipped_with_directions_and_the_places_of_the_cards(work, tmp_path, monkeypatch):
    monkeypatch.setattr(styles, "DRAWS", 64)
    monkeypatch.setattr(styles, "GUESSES", 8)
    monkeypatch.setattr(styles, "STEPS", 2)
    loop.train(work, "gan", gan.begin, Schedule(0.1, 1e-3), 1)
    ship.ship("gan", work, tmp_path)
    net = evaluate.opened(KINDS["gan"], tmp_path)
    layers = (net.synthesis.num_ws, 128)
    assert net.mapping.w_avg.any()
    assert {row.shape for row in load_file(tmp_path / "directions.safetensors").values()} == {layers}
    found = load_file(tmp_path / "cards.safetensors")
    assert set(found) == set(cards.scenes()) and {row.shape for row in found.values()} == {(1, *layers)}


def test_the_draft_decoder_and_the_cards_are_shipped_for_all(work, tmp_path, monkeypatch):
    monkeypatch.setattr(cards, "NEIGHBOURS", 4)
    monkeypatch.setattr(cards, "COLUMNS", 2)
    cards.write(tmp_path, size=32)
    cards.write_neighbours(tmp_path, work)
    captions = json.loads((tmp_path / "cards.json").read_text())
    assert len(captions) == 16 and {path.stem for path in (tmp_path / "cards").iterdir()} == set(captions)
    assert load_file(tmp_path / "neighbours.safetensors")["latents"].shape == (4, 128)


def test_a_family_is_measured_and_its_card_says_how(work, tmp_path):
    export.save(tmp_path, DenseVAE(), {})
    report = evaluate.evaluate("vae", tmp_path, work, pictures=16)
    assert set(report.figures) == set(evaluate.ROWS) and "evidence lower bound" in report.own
    card.write(tmp_path, report, 600.0)
    text = (tmp_path / "README.md").read_text()
    assert "license: mit" in text and "10 minutes" in text and f"{report.figures['frechet']:.2f}" in text


def test_the_distance_of_a_set_from_itself_is_nothing_and_grows_with_what_is_apart():
    dice = torch.Generator().manual_seed(0)
    a, b = (torch.randn(400, 6, generator=dice) for _ in range(2))
    assert measure.frechet(a, a) == pytest.approx(0, abs=1e-6)
    assert measure.frechet(a, b) < 0.3 and measure.frechet(a, b + 2) == pytest.approx(24, rel=0.15)
    assert measure.inside(a, b) > 0.8 and measure.inside(a + 20, b) == 0


def test_a_flow_counts_bytes():
    x = glow.dequantized(torch.randn(2, 8, 16, 16))
    assert torch.allclose((x / glow.BIN).round() * glow.BIN, x, atol=glow.BIN / 2 + 1e-5)
    model = Glow()
    assert (glow_at(model, glow_place(model, x)) - x).abs().max() < 1e-3


def test_pictures_become_sentences_of_words_and_codes(work, tmp_path):
    made = words.make(tmp_path / "tokenizer", codes=1000)
    assert made.tokenize("A red boat, zork") == ["a", "red", "boat", ",", "<unknown>"]
    vqvae = VQVAE()
    latents = data.Latents(work)
    codes = token_data.encoded(latents, vqvae)
    assert codes.shape == (32, 64) and np.array_equal(codes[3].reshape(8, 8), vqvae.encode(latents.all[3:4].float())[0])
    token_data.make(tmp_path / "data", tokenizer.load(tmp_path / "tokenizer"), latents, vqvae, passes=2)
    tokens, weights = rows.Rows(tmp_path / "data", 92, len(made), seed=0).next(4, 0.0)
    pictures = made.get_vocab()["<0>"]
    assert (tokens[:, 1:][weights > 0] >= pictures).float().mean() > 0.9 and weights.sum() > 100
