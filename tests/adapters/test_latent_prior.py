"""Seeds of a VQ-VAE, drawn by the prior beside it."""

import json

import pytest

from playground.adapters.latent_vqvae import LatentVQVAE
from playground.catalog import load
from playground.errors import Refused
from playground.events import Media, Output
from playground.params import LatentParams
from tests.adapters import latent_folders


@pytest.fixture(scope="module")
def adapter(tmp_path_factory):
    folder = tmp_path_factory.mktemp("families")
    latent_folders.shared(folder)
    model = latent_folders.family(folder, "vqvae")
    latent_folders.prior(folder)
    path = folder / "vqvae" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "prior": "../tokens"}))
    return load(model, "cpu")


def made(adapter, **values):
    """The file and what is told of it."""
    events = []
    adapter.run(LatentParams(**{"way": "sum", **values}), events.append)
    assert isinstance(events[-1], Output) and isinstance(events[-1].media, Media)
    return events[-1].media.data, events[-1].recipe


def test_a_seed_makes_the_same_picture_again_and_another_with_words(adapter):
    first, again, other, about = (made(adapter, points=f"seed {words}")[0] for words in ("5", "5", "6", "5 a red boat"))
    assert first == again and len({first, other, about}) == 3


def test_a_seed_is_written_once_for_all_moves_of_the_puck(adapter):
    asked = adapter.of_seed.cache_info()
    for x in (0.1, 0.2, 0.3):
        made(adapter, way="pad", points="seed 11\nseed 12\nseed 13\nseed 14", x=x)
    told = adapter.of_seed.cache_info()
    assert told.misses - asked.misses == 4 and told.hits - asked.hits >= 8


def test_a_seed_goes_there_and_back_without_loss(adapter):
    _, told = made(adapter, way="picture", points="seed 3")
    assert told["decibels"] > 90 and len(told["code_grid"]) == 8


def test_without_its_prior_seeds_are_refused(tmp_path):
    latent_folders.shared(tmp_path)
    model = latent_folders.family(tmp_path, "vqvae")
    adapter = load(model, "cpu")
    assert isinstance(adapter, LatentVQVAE)
    with pytest.raises(Refused, match="no prior to draw codes by a seed"):
        made(adapter, points="seed 3")
