"""The Latent space tab without a browser: what is asked, what is drafted, what is kept."""

import base64
import io
import json

import pytest
from PIL import Image, ImageSequence

from playground import latent_points, recipe
from playground.catalog import MODELS, Model
from playground.errors import Refused
from playground.events import Media, Output, Preview, Step
from playground.media import abc_read, arrange, midi
from playground.params import check
from playground.stream import Stream
from tabs import filling, latent, latent_asked, latent_live, latent_melodies, latent_works
from tests.media.test_films import film
from tests.tabs import tunes
from tests.tabs.pictures import png

VAE = Model("vae-of-tests", "latent", "VAE", "VAE", "latent_vae:LatentVAE", "starters/poster")
CODES = Model("vq-of-tests", "latent", "VQ-VAE", "VQ", "latent_vqvae:LatentVQVAE", "starters/poster")
CORNERS = "card red-boat\ncard black-cat\nseed 7\nseed 8"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    for model in (VAE, CODES):
        monkeypatch.setitem(MODELS, model.key, model)
    return tmp_path


class Asked:
    """The request of a function that the browser calls."""

    cookies = {"playground_person": "p" * 22}

    async def json(self):
        return {"session_hash": "visit"}


class Drawer:
    """A generate that answers with these events and remembers what it was asked."""

    def __init__(self, *events, error=None):
        self.events, self.error, self.asked, self.streams = events, error, [], []

    def generate(self, key, /, **values):
        self.asked.append((key, values))
        if self.error:
            raise self.error
        self.streams.append(Stream(lambda emit: [emit(event) for event in self.events]))
        return self.streams[-1]

    def functions(self):
        return {one.__name__: one for one in latent_live.functions(self.generate, {VAE.key: VAE})}


DRAFT = Preview((Media(b"jpeg", "image/jpeg"), Media(b'{"norm": 0.9, "nearest": 17}', "application/json")))


async def test_a_draft_is_one_picture_with_its_facts_and_the_stream_is_closed():
    drawer = Drawer(Step(0, 1), DRAFT, Step(1, 1))
    told = {"model": VAE.key, "settings": {"points": CORNERS, "x": 0.2, "way": "walk", "psi": 0.5, "unknown": 1}}
    answer = await drawer.functions()["latent_draft"](told, Asked())
    picture = "data:image/jpeg;base64," + base64.b64encode(b"jpeg").decode()
    assert answer == {"picture": picture, "norm": 0.9, "nearest": 17}
    expected = {"points": CORNERS, "x": 0.2, "way": "draft", "visit": "visit", "person": "p" * 22}
    assert drawer.asked == [(VAE.key, expected)]
    assert drawer.streams[0]._emit.closed


@pytest.mark.parametrize("told", [None, [], "x", {}, {"model": "nobody", "settings": {}}, {"model": VAE.key}])
async def test_a_draft_of_nothing_is_told_in_a_sentence(told):
    drawer = Drawer(DRAFT)
    assert await drawer.functions()["latent_draft"](told, Asked()) == latent_live.NOTHING
    assert drawer.asked == []


@pytest.mark.parametrize("error, said", [(Refused("Cards would work."), "Cards would work."), (ValueError("x"), "log")])
async def test_what_a_draft_cannot_be_is_told_in_a_sentence(error, said):
    answer = await Drawer(error=error).functions()["latent_draft"]({"model": VAE.key, "settings": {}}, Asked())
    assert said in answer["problem"]


async def test_a_stream_that_ends_without_a_picture_is_told():
    answer = await Drawer(Step(1, 1)).functions()["latent_draft"]({"model": VAE.key, "settings": {}}, Asked())
    assert answer == latent_live.NOTHING


def picture(mode, size):
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("mode, size", [("RGBA", (300, 200)), ("P", (40, 90)), ("RGB", (1, 1)), ("I;16", (20, 20))])
async def test_any_picture_that_was_uploaded_becomes_a_small_one(folder, mode, size):
    (folder / "own.png").write_bytes(picture(mode, size))
    answer = await Drawer().functions()["latent_picture"](str(folder / "own.png"))
    with Image.open(io.BytesIO(base64.b64decode(answer["picture"]))) as small:
        assert small.size == (256, 256) and small.format == "WEBP"


async def test_what_is_no_picture_or_no_upload_is_told_in_a_sentence(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    other.write_bytes(png())
    (folder / "text.png").write_bytes(b"no picture")
    (folder / "empty.png").write_bytes(b"")
    (folder / "cut.png").write_bytes(picture("RGB", (50, 50))[:60])
    (folder / "link.png").symlink_to(other)
    ask = Drawer().functions()["latent_picture"]
    for told in ("text.png", "empty.png", "cut.png", "link.png", "missing.png", "../x", "a\0b"):
        assert "would work" in (await ask(str(folder / told)))["problem"]
    for told in (str(other), None, 5, {}, "x" * 5000):
        assert "would work" in (await ask(told))["problem"]


def test_another_family_has_its_own_defaults_for_what_the_forms_model_does_not_have():
    told = {"model": "poster-gan", "settings": {"points": CORNERS}}
    assert latent_asked.gathered(VAE.key, {"seed": 3, "psi": 0.8}, told)[1] == {"seed": 3, "points": CORNERS}
    assert latent_asked.gathered("poster-gan", {"seed": 3, "psi": 0.3}, told)[1]["psi"] == 0.3
    assert "psi" in latent.family(MODELS["poster-gan"])["settings"]
    assert "psi" not in latent.family(VAE)["settings"]


def test_what_the_page_tells_lies_over_the_form_and_nothing_else():
    told = {"model": CODES.key, "settings": {"points": CORNERS, "way": "walk", "frames": 5, "prompt": "x"}}
    key, values = latent_asked.gathered(VAE.key, {"frames": 48, "seed": 3}, told)
    assert key == CODES.key and values == {"frames": 48, "seed": 3, "points": CORNERS, "way": "walk"}
    for nothing in (None, [], {"model": "poster", "settings": 5}, {"model": "gone"}, {"model": ["x"]}):
        assert latent_asked.gathered(VAE.key, {"seed": 3}, nothing) == (VAE.key, {"seed": 3})


def test_what_is_to_be_seen_is_said_in_words():
    assert latent_asked.in_words({"points": CORNERS}) == "Between red boat, black cat, seed 7 and seed 8"
    assert latent_asked.in_words({"points": "picture AAAA", "way": "picture"}) == "There and back: a picture"
    assert latent_asked.in_words({"points": "seed 7 a fox\ntune QQ=="}) == "Between ‘a fox’ (seed 7) and a tune"
    assert latent_asked.in_words({}) == "A picture from seeds"


def output(media, **values):
    params = check("latent", {"points": CORNERS, "seed": 5, **values}, {}, {}, VAE.has)
    full = recipe.make(VAE, "0123456789", params, {"norm": 0.9})
    return Output(recipe.write(media, full), full)


def test_a_kept_picture_has_its_file_link_and_recipe(folder):
    making = latent_works.Moving(VAE, {"points": CORNERS, "way": "pad"})
    making.after(Step(0, 1))
    making.after(output(Media(png(), "image/png"), x=0.25))
    (work,) = making.finish()["works"]
    assert work["alt"] == "Between red boat, black cat, seed 7 and seed 8" and work["seed"] == 5
    assert work["link"].startswith("?tab=latent&model=vae-of-tests&") and "x=0.25" in work["link"]
    assert work["link_is_whole"] and work["facts"] == {"norm": 0.9} and work["sheet"] == {}
    found = filling.from_file(work["file"], VAE, {VAE.key: VAE})
    assert found.model == VAE and found.problems == () and found.values["x"] == 0.25
    assert latent_asked.carried(found.values)["settings"]["points"] == CORNERS


def test_a_link_leaves_out_pictures_of_ones_own_and_says_so():
    points = "\n".join(["picture " + "A" * 4000] * 2)
    making = latent_works.Moving(VAE, {"points": points})
    making.after(output(Media(png(), "image/png"), points=points))
    (work,) = making.finish()["works"]
    assert not work["link_is_whole"] and "points" not in work["link"] and "seed=5" in work["link"]


@pytest.fixture
def kept_film():
    making = latent_works.Moving(VAE, {"points": CORNERS, "way": "walk"})
    making.after(Step(2, 5))
    assert making.stage.status == "Frame 2 of 5"
    making.after(output(Media(film(5), "image/webp"), way="walk", frames=5, frames_per_second=12))
    (work,) = making.finish()["works"]
    return work


def test_a_film_has_a_sheet_and_dropping_it_brings_its_settings_back(kept_film):
    assert {"frames": 5, "columns": 3, "milliseconds": 83}.items() <= kept_film["sheet"].items()
    with Image.open(kept_film["file"]) as made:
        assert len(list(ImageSequence.Iterator(made))) == 5
    found = filling.from_file(kept_film["file"], VAE, {VAE.key: VAE})
    assert found.problems == () and (found.values["way"], found.values["frames"]) == ("walk", 5)


def test_a_film_becomes_a_gif_with_the_same_recipe(kept_film):
    path = latent_works.other_kind({"file": kept_film["file"], "ending": ".gif"})
    found = filling.from_file(str(path), VAE, {VAE.key: VAE})
    assert found.values["points"] == CORNERS and found.values["frames"] == 5
    assert latent_works.other_kind({"file": kept_film["file"], "ending": ".gif"}) == path


@pytest.mark.parametrize(
    "told", [None, {}, {"ending": ".gif"}, {"file": "/etc/passwd", "ending": ".gif"}, {"ending": ".exe"}]
)
def test_a_film_of_nobody_is_refused(told):
    with pytest.raises(Refused):
        latent_works.other_kind(told)


def test_a_film_without_a_recipe_says_so(folder):
    (folder / "other.webp").write_bytes(film(2))
    assert "no recipe" in filling.from_file(str(folder / "other.webp"), VAE, {}).status


MELODY = MODELS["melody"]
ROLL = {"seconds": 4, "bar": 2, "chords": [], "tracks": [{"notes": [[0, 1, 60]]}], "norm": 0.9}
OWN_TUNE = b"X:1\nT:Mine\nM:4/4\nL:1/8\nK:D\nDEFG ABcd|dcBA GFED|D8|]\n"


async def test_the_draft_of_a_melody_is_its_roll():
    drawer = Drawer(Preview((Media(json.dumps(ROLL).encode(), "application/json"),)))
    asked = {one.__name__: one for one in latent_live.functions(drawer.generate, {MELODY.key: MELODY})}
    answer = await asked["latent_draft"]({"model": "melody", "settings": {"points": "card busy-reel"}}, Asked())
    assert answer == ROLL


def test_a_model_of_melodies_brings_some_along():
    cards = latent_melodies.cards(MELODY)
    assert cards[0]["caption"] == "Busy reel, in A minor, 156 bpm"
    assert len({card["name"] for card in cards}) == 12 and all(card["roll"]["tracks"][0]["notes"] for card in cards)


async def test_a_tune_that_was_uploaded_becomes_a_point(folder):
    ask = Drawer().functions()["latent_tune"]
    (folder / "own.abc").write_bytes(OWN_TUNE)
    answer = await ask(str(folder / "own.abc"))
    (point,) = latent_points.parsed(f"tune {answer['tune']}", 1)
    assert answer["title"] == "Mine" and "T:Mine" in point.tune and len(answer["roll"]["tracks"][0]["notes"]) == 16
    (folder / "own.mid").write_bytes(midi.write(arrange.arrange(abc_read.read_one(OWN_TUNE.decode()))))
    assert (await ask(str(folder / "own.mid")))["tune"]


@pytest.mark.parametrize(
    "data, said",
    [(b"", "arrive"), (b"no tune", "no ABC"), (b"MThd", "MIDI"), (OWN_TUNE.replace(b"4/4", b"3/4"), "4/4 only")],
)
async def test_a_file_without_a_melody_is_told_in_a_sentence(folder, data, said):
    (folder / "own.abc").write_bytes(data)
    assert said in (await Drawer().functions()["latent_tune"](str(folder / "own.abc")))["problem"]


def test_a_kept_melody_has_its_files_roll_and_recipe():
    making = latent_works.Moving(MELODY, {"points": "card busy-reel", "way": "pad"})
    making.after(Preview((Media(json.dumps(ROLL).encode(), "application/json"),)))
    assert making.stage.works[0].roll == ROLL and making.stage.works[0].preview == ""
    params = check("latent", {"points": "card busy-reel", "seed": 5}, MELODY.defaults, {}, MELODY.has)
    full = recipe.make(MELODY, "0123456789", params, {"norm": 0.9, "abc": OWN_TUNE.decode()})
    making.after(Output(recipe.write(Media(tunes.sound(1), "audio/wav"), full), full))
    (work,) = making.finish()["works"]
    assert set(work["files"]) == {".wav", ".mid", ".abc"} and work["file"] == work["files"][".wav"]
    assert work["roll"]["tracks"][0]["name"] == "Melody" and work["link"].startswith("?tab=latent&model=melody&")
    for file in work["files"].values():
        found = filling.from_file(file, MELODY, {MELODY.key: MELODY})
        assert (found.model, found.values["points"], found.problems) == (MELODY, "card busy-reel", ())
