"""Every way through every family's latent space, on tiny random networks."""

import base64
import io
import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PIL import Image, ImageChops, ImageSequence, ImageStat

from playground.catalog import load
from playground.errors import Refused
from playground.events import Media, Notice, Output, Preview, Step
from playground.latent_points import picture
from playground.params import LatentParams
from playground.stream import Cancelled
from tests.adapters import latent_folders

CARDS = "card red-boat\ncard black-cat\ncard green-tree\ncard yellow-house"
SOME = LatentParams(points=CARDS, seed=7, frames=3)


@pytest.fixture(scope="module", params=list(latent_folders.KINDS))
def adapter(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("families")
    latent_folders.shared(folder)
    return load(latent_folders.family(folder, request.param), "cpu")


def told(adapter, params):
    events = []
    adapter.run(params, events.append)
    return events


def result(adapter, **changes):
    output = told(adapter, replace(SOME, **changes))[-1]
    assert isinstance(output, Output) and isinstance(output.media, Media)
    return SimpleNamespace(data=output.media.data, recipe=output.recipe)


def opened(media):
    return Image.open(io.BytesIO(media.data))


def frames(film):
    return [frame.copy() for frame in ImageSequence.Iterator(film)]


def durations(film):
    return [frame.info["duration"] for frame in ImageSequence.Iterator(film) if frame.load()]


def apart(a, b):
    return sum(ImageStat.Stat(ImageChops.difference(a, b)).mean)


def test_a_draft_is_one_preview_of_a_picture_and_what_is_known_of_it(adapter):
    (preview,) = told(adapter, replace(SOME, way="draft"))
    assert isinstance(preview, Preview) and opened(preview.media[0]).size == (256, 256)
    facts = json.loads(preview.media[1].data)
    assert facts["norm"] > 0 and facts["nearest"] in range(5)


def test_the_puck_in_a_corner_shows_that_corner(adapter):
    corner = result(adapter, way="pad", x=1.0, y=0.0)
    alone = result(adapter, way="sum", points="card black-cat", weights="1")
    assert corner.data == alone.data and opened(corner).size == (256, 256)
    assert result(adapter, way="pad", x=0.0, y=0.0).data != corner.data


def test_a_and_minus_a_and_b_is_b(adapter):
    points = "card red-boat\ncard red-boat\ncard green-tree"
    assert result(adapter, way="sum", points=points, weights="1 -1 1").recipe["norm"] == pytest.approx(
        result(adapter, way="sum", points="card green-tree").recipe["norm"], abs=2e-3
    )


@pytest.mark.parametrize("path", ["slerp", "lerp", "cubic", "circular"])
def test_a_walk_is_a_film_of_so_many_frames(adapter, path):
    events = told(adapter, replace(SOME, way="walk", path=path, frames=5, shape="loop", frames_per_second=10))
    film = opened(events[-1].media)
    norms, other = events[-1].recipe["norms"], {"slerp", "lerp"} if adapter.normal[0] else set()
    assert film.info["loop"] == 0 and set(norms) == {path} | other and set(map(len, norms.values())) == {5}
    times = durations(film)
    assert sum(times) == 500 and len(times) <= 5  # the format joins frames in which nothing moves
    assert len(times) == 5 or not adapter.normal[0]
    assert [event.done for event in events if isinstance(event, Step)][-1] == 5


def test_a_walk_begins_and_ends_at_its_points(adapter):
    film = opened(result(adapter, way="walk", points="card red-boat\ncard black-cat", frames=3))
    last = frames(film)[-1].convert("RGB")
    end = opened(result(adapter, way="sum", points="card black-cat"))
    start = opened(result(adapter, way="sum", points="card red-boat"))
    assert apart(last, end) < apart(last, start)


def test_a_picture_goes_there_and_back(adapter):
    buffer = io.BytesIO()
    Image.new("RGBA", (50, 20), (255, 0, 0, 120)).save(buffer, "PNG")
    output = result(adapter, way="picture", points=picture(buffer.getvalue()))
    assert opened(output).size == (256, 256) and output.recipe["decibels"] > 0
    own = {"elbo", "code_grid", "log_likelihood", "latent_error"} & set(output.recipe)
    assert len(own) == 1


def test_a_seed_makes_the_same_place_again(adapter):
    if adapter.__class__.__name__ == "LatentVQVAE":
        with pytest.raises(Refused, match="cards or pictures"):
            result(adapter, way="sum", points="seed 5")
        return
    first, again, other = (result(adapter, way="sum", points=f"seed {seed}") for seed in (5, 5, 6))
    assert first.data == again.data != other.data


def test_one_corner_four_times_is_that_corner_everywhere(adapter):
    same = "\n".join(["card green-tree"] * 4)
    middle = opened(result(adapter, way="pad", points=same, x=0.37, y=0.81))
    assert apart(middle, opened(result(adapter, way="sum", points="card green-tree"))) < 3


def test_missing_corners_get_seeds_and_that_is_said(adapter):
    if adapter.__class__.__name__ == "LatentVQVAE":
        return
    events = told(adapter, replace(SOME, points="card red-boat"))
    assert any(isinstance(event, Notice) and event.text.startswith("3 of the four") for event in events)


def test_an_attribute_moves_the_place_and_an_unknown_one_is_refused(adapter):
    with pytest.raises(Refused, match="no attribute 'wet'"):
        result(adapter, attributes="wet 1")
    if "night" in adapter.directions:
        assert result(adapter, attributes="night 2").data != result(adapter).data


def test_what_is_no_card_or_no_picture_is_refused(adapter):
    with pytest.raises(Refused, match="no card 'nobody'; there are black-cat"):
        result(adapter, points="card nobody", way="sum")
    with pytest.raises(Refused, match="no picture that can be read"):
        result(adapter, points="picture " + base64.b64encode(b"hello").decode(), way="sum")


def test_a_walk_can_be_stopped_between_frames(adapter):
    seen = []

    def emit(event):
        seen.append(event)
        if isinstance(event, Preview):
            raise Cancelled

    with pytest.raises(Cancelled):
        adapter.run(replace(SOME, way="walk", frames=40), emit)
    assert sum(isinstance(event, Preview) for event in seen) == 1


def one(tmp_path, name):
    latent_folders.shared(tmp_path)
    return load(latent_folders.family(tmp_path, name), "cpu")


def test_the_gan_knows_truncation_noise_and_a_second_style(tmp_path):
    gan = one(tmp_path, "gan")
    mean = [result(gan, way="sum", points=f"seed {seed}", psi=0.0).data for seed in (1, 2)]
    assert mean[0] == mean[1]
    plain = result(gan, way="sum", points="seed 1").data
    assert result(gan, way="sum", points="seed 1", mix_seed=2, mix_from=3).data != plain
    assert result(gan, way="sum", points="seed 1", mix_seed=2, mix_from=17).data == plain


def test_the_flow_loses_nothing_and_draws_the_likeliest_when_cold(tmp_path):
    glow = one(tmp_path, "glow")
    facts = result(glow, way="picture", points="card red-boat").recipe
    assert facts["decibels"] == pytest.approx(facts["decibels_of_autoencoder"], abs=0.05)
    cold = [result(glow, way="sum", points=f"seed {seed}", temperature=0.0).data for seed in (1, 2)]
    assert cold[0] == cold[1]


def test_a_code_can_be_changed(tmp_path):
    vqvae = one(tmp_path, "vqvae")
    grid = result(vqvae, way="picture", points="card red-boat").recipe["code_grid"]
    assert len(grid) == len(grid[0]) == 8
    other = (grid[2][3] + 5) % 12
    plain = result(vqvae, way="sum", points="card red-boat").data
    assert result(vqvae, way="sum", points="card red-boat", codes=f"2 3 {other}").data != plain
    with pytest.raises(Refused, match="rows go from 0 to 7"):
        result(vqvae, way="sum", points="card red-boat", codes="9 0 1")
