"""Every way through the latent space of melodies, on a tiny random network in the folder that its training writes."""

import io
import json
from dataclasses import asdict, replace

import numpy as np
import pytest
import soundfile
import torch
from safetensors.torch import load_file, save_file

from playground import recipe, tune_files
from playground.catalog import Model, load
from playground.errors import Failed, Refused
from playground.events import Media, Notice, Output, Preview, Step
from playground.latent_points import picture, tune
from playground.media import abc_read, loudness, melody_grid
from playground.media.melody_grid import BARS, FIRST, STEPS, TOKENS, Key
from playground.nets.melody_vae import Config, MelodyVAE
from playground.params import LatentParams
from playground.stream import Cancelled
from training.melody import export

CARDS = "card busy-reel\ncard calm-lullaby\ncard rising-march\nseed 5"
SOME = LatentParams(points=CARDS, seed=7, frames=3)
REEL = "X:1\nT:Mine\nR:reel\nM:4/4\nL:1/8\nQ:1/4=180\nK:Ddor\nDEFG ABcd|dcBA GFED|D8|]\n"
SMALL = Config(tokens=TOKENS, steps=STEPS, width=16, heads=2, inner=16, latent=6, embedding=4)


def card(title, *degrees, **key):
    grid = [melody_grid.HOLD] * STEPS
    for place, degree in enumerate(degrees):
        grid[place * STEPS // len(degrees)] = FIRST + degree - melody_grid.LOWEST
    return {"title": title, "grid": grid, **asdict(Key(**key))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("melody")
    torch.manual_seed(1)
    model = MelodyVAE(SMALL)
    with torch.no_grad():
        model.to_latent.weight.mul_(4)  # or all melodies would lie in the middle and sound alike
        model.to_logits.weight.mul_(4)
    cards = {
        "busy-reel": card("Busy reel", *range(8), tonic=2, mode="dorian", bpm=160, style="reel"),
        "calm-lullaby": card("Calm lullaby", 4, 2, tonic=5, bpm=80, style="lullaby"),
        "rising-march": card("Rising march", 0, 2, 4, 7, bpm=120, style="march"),
    }
    export.save(path, model, {"busy": 3 * torch.randn(SMALL.latent)}, cards)
    return path


def opened(folder):
    return load(Model("tiny", "latent", "VAE", "Tiny", "latent_melody:LatentMelody", str(folder)), "cpu")


@pytest.fixture(scope="module")
def adapter(folder):
    return opened(folder)


def told(adapter, **changes):
    events = []
    adapter.run(replace(SOME, **changes), events.append)
    return events


def result(adapter, **changes):
    output = told(adapter, **changes)[-1]
    assert isinstance(output, Output) and isinstance(output.media, Media)
    return output


def sound_of(output):
    """The samples (samples, 2) and the rate."""
    return soundfile.read(io.BytesIO(output.media.data))


def notices(events):
    return [event.text for event in events if isinstance(event, Notice)]


def notes(output):
    return [note.pitch for bar in abc_read.read_one(output.recipe["abc"]).bars for note in bar.notes]


def test_a_draft_is_one_preview_of_a_roll_and_what_is_known_of_it(adapter):
    (preview,) = told(adapter, way="draft")
    (media,) = preview.media
    roll = json.loads(media.data)
    assert isinstance(preview, Preview) and media.type == "application/json"
    assert roll["seconds"] == pytest.approx(BARS * 4 * 60 / 160, abs=0.01) and len(roll["chords"]) == BARS
    assert roll["norm"] > 0 and set(roll["norms"]) == {"lerp", "slerp"} and roll["norm"] == roll["norms"]["slerp"]
    assert roll["played"] == "D dorian, 160 bpm, reel, as in Busy reel"
    assert preview in told(adapter, way="pad") and result(adapter, way="pad").recipe["norm"] == roll["norm"]


def test_a_melody_sounds_in_a_loop_with_notes_that_can_be_taken_away(adapter):
    events = told(adapter, way="pad")
    output = events[-1]
    sound, rate = sound_of(output)
    assert output.media.type == "audio/wav" and len(sound) == round(output.recipe["seconds"] * rate)
    assert -17 < loudness.integrated(np.tile(sound, (2, 1)), rate) < -15 and np.abs(sound).max() < 1
    steps = [event for event in events if isinstance(event, Step)]
    assert [step.done for step in steps] == list(range(steps[0].total + 1))
    model = Model("tiny", "latent", "VAE", "Tiny", "latent_melody:LatentMelody", "")
    full = recipe.make(model, "0123", SOME, output.recipe)
    assert full["params"]["points"] == CARDS and full["facts"]["abc"] == output.recipe["abc"]
    assert tune_files.write(output.media, full, ".mid").startswith(b"MThd")
    restored = recipe.read(recipe.write(output.media, full).data)
    assert (restored.kind, restored.values["points"], restored.values["way"]) == ("latent", CARDS, "pad")


def test_the_puck_in_a_corner_plays_that_corner(adapter):
    corner = result(adapter, way="pad", x=1.0, y=0.0)
    alone = result(adapter, way="sum", points="card calm-lullaby", weights="1")
    assert (notes(corner), corner.recipe["norm"]) != (notes(result(adapter)), result(adapter).recipe["norm"])
    assert corner.recipe["norm"] == pytest.approx(alone.recipe["norm"], abs=1e-4)
    assert notes(result(adapter, way="pad", x=1.0, y=0.0, points="card calm-lullaby\n" * 4)) == notes(alone)


def test_a_and_minus_a_and_b_is_b(adapter):
    three = "card busy-reel\ncard busy-reel\ncard rising-march"
    mixed = result(adapter, way="sum", points=three, weights="1 -1 1").recipe
    assert mixed["norm"] == pytest.approx(result(adapter, way="sum", points="card rising-march").recipe["norm"])
    (draft,) = told(adapter, way="draft", points=three, weights="1 -1 1")
    sounding = [pitch for _, _, pitch in json.loads(draft.media[0].data)["tracks"][0]["notes"]]
    assert sounding == [note.pitch for bar in abc_read.read_one(mixed["abc"]).bars for note in bar.notes if note.pitch]


@pytest.mark.parametrize("path", ["slerp", "lerp", "cubic", "circular"])
def test_a_walk_is_one_tune_of_all_its_melodies(adapter, path):
    output = result(adapter, way="walk", path=path, frames=4)
    assert len(abc_read.read_one(output.recipe["abc"]).bars) == 4 * BARS and len(output.recipe["norms"]["slerp"]) == 4
    sound, rate = sound_of(output)
    assert len(sound) / rate == pytest.approx(output.recipe["seconds"] + 2, abs=0.1)
    closed = result(adapter, way="walk", path=path, frames=4, shape="loop")
    assert len(sound_of(closed)[0]) / rate == pytest.approx(output.recipe["seconds"], abs=0.01)


def test_a_long_walk_takes_larger_steps_and_says_so(adapter):
    events = told(adapter, way="walk", points="card busy-reel\nseed 1", frames=48)
    assert notices(events) == ["A walk has at most 16 melodies of 2 bars, so it takes larger steps."]
    assert events[-1].recipe["frames_made"] == 16 and len(events[-1].recipe["norms"]["lerp"]) == 16


def test_a_tune_goes_there_and_back(adapter):
    events = told(adapter, way="picture", points=tune(REEL))
    facts = events[-1].recipe
    assert 0 <= facts["notes_kept"] <= 1 and facts["divergence"] > 0
    assert facts["played"] == "D dorian, 180 bpm, reel, as in Mine"
    assert [note[2] for note in facts["given"]["tracks"][0]["notes"]][:4] == [62, 64, 65, 67]
    assert len(facts["given"]["tracks"][0]["notes"]) == 16
    assert notices(events) == ["Of the tune its first 2 bars are taken."]


def test_a_seed_plays_the_same_again_in_c_major(adapter):
    first, again, other = (result(adapter, way="sum", points=f"seed {seed}") for seed in (5, 5, 6))
    assert first.media == again.media and first.recipe["norm"] != other.recipe["norm"]
    assert first.recipe["played"] == "C major, 100 bpm"


def test_what_a_tune_loses_is_told_and_missing_corners_get_seeds(adapter):
    triplets = REEL.replace("DEFG ABcd", "(3DEF (3GAB c2 d2").replace("180", "20")
    text = " ".join(notices(told(adapter, way="pad", points=tune(triplets))))
    assert "nearest one" in text and "3 of the four corners" in text and "20 bpm became" not in text
    assert "30 bpm became 40" in text  # the reader of ABC takes 30 for the slowest


def test_an_attribute_moves_the_place_and_an_unknown_one_is_refused(adapter):
    assert result(adapter, attributes="busy 2").recipe["norm"] != result(adapter).recipe["norm"]
    with pytest.raises(Refused, match="no attribute 'wet' here; there are busy"):
        told(adapter, attributes="wet 1")


@pytest.mark.parametrize(
    "point, sentence",
    [
        ("card nobody", "no card 'nobody' here; there are busy-reel, calm-lullaby"),
        (picture(b"hello"), "picture has no place"),
        (tune(REEL.replace("M:4/4", "M:3/4").replace("DEFG ABcd|dcBA GFED|D8", "DEFGAB|D6")), "in 4/4 only"),
        (tune(REEL.replace("DEFG ABcd|dcBA GFED", "z8|z8")), "no notes in these two bars"),
        (tune("hello"), "no ABC"),
    ],
)
def test_what_is_no_melody_is_refused(adapter, point, sentence):
    for way in ("draft", "sum", "picture"):
        with pytest.raises(Refused, match=sentence):
            told(adapter, points=point, way=way)


def test_a_cancel_stops_between_tracks_and_leaves_the_adapter_clean(adapter):
    before, seen = result(adapter).media, []

    def emit(event):
        if event == Step(1, 4):
            raise Cancelled
        seen.append(event)

    with pytest.raises(Cancelled):
        adapter.run(SOME, emit)
    assert seen[-1] == Step(0, 4) and result(adapter).media == before


def test_a_model_of_other_melodies_or_of_broken_numbers_is_refused(folder, tmp_path):
    for name in ("model.safetensors", "config.json", "examples.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    weights = load_file(tmp_path / "model.safetensors")
    save_file({**weights, "to_logits.bias": weights["to_logits.bias"] * torch.nan}, tmp_path / "model.safetensors")
    broken = opened(tmp_path)
    with pytest.raises(Failed, match="no melody"):
        told(broken, way="draft")
    with pytest.raises(Refused, match="this model knows none"):
        told(broken, way="draft", attributes="busy 1")
    export.save(tmp_path, MelodyVAE(replace(SMALL, steps=STEPS // 2)), {}, {})
    with pytest.raises(Failed, match="other melodies"):
        opened(tmp_path)
