"""A transformer that writes pictures, on a tiny random one in the standard format of a language model."""

import io

import pytest
from PIL import Image

from playground.catalog import Model, load
from playground.events import Media, Output, Preview, Step
from playground.params import ImageParams
from playground.stream import Cancelled
from tests.adapters import latent_folders


@pytest.fixture(scope="module")
def adapter(tmp_path_factory):
    folder = tmp_path_factory.mktemp("families")
    latent_folders.shared(folder)
    latent_folders.family(folder, "vqvae")
    latent_folders.prior(folder)
    return load(Model("tokens", "image", "transformer", "T", "tokens_image:TokensImage", str(folder / "tokens")), "cpu")


def events(adapter, **values):
    found = []
    adapter.run(ImageParams(**{"prompt": "a red boat", "seed": 3, "guidance_scale": 2.0, **values}), found.append)
    return found


def pictures(found):
    return [event.media.data for event in found if isinstance(event, Output) and isinstance(event.media, Media)]


def test_a_picture_comes_row_by_row(adapter):
    found = events(adapter)
    assert [event.done for event in found if isinstance(event, Step)] == list(range(9))
    assert sum(isinstance(event, Preview) for event in found) == 7
    (picture,) = pictures(found)
    assert Image.open(io.BytesIO(picture)).size == (256, 256) and found[-1].recipe == {"seed": 3, "pictures": 1}


def test_the_same_seed_draws_the_same_alone_and_among_others(adapter):
    three = pictures(events(adapter, pictures=3))
    assert pictures(events(adapter, seed=4)) == three[1:2] and len(set(three)) == 3


def test_words_and_guidance_change_the_picture_and_unknown_words_are_all_one(adapter):
    plain = pictures(events(adapter))
    assert pictures(events(adapter, prompt="a blue castle")) != plain
    assert pictures(events(adapter, guidance_scale=1.0)) != plain
    assert pictures(events(adapter, prompt="a zork boat")) == pictures(events(adapter, prompt="a blivet boat"))
    assert pictures(events(adapter, prompt="")) == pictures(events(adapter, prompt="", guidance_scale=1.0))


def test_it_can_be_stopped_after_any_row(adapter):
    seen = []

    def emit(event):
        seen.append(event)
        if isinstance(event, Step) and event.done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        adapter.run(ImageParams(prompt="a red boat", seed=3), emit)
    assert not pictures(seen)
