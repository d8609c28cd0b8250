"""The training of `melody` on a tiny scale: data, learning, going on, judgement, export."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from playground.media import arrange, melody_grid
from playground.media.melody_grid import FIRST, HOLD, STEPS, Key
from playground.nets.melody_vae import MelodyVAE
from training import loop, tunes
from training.melody import card, data, directions, evaluate, examples, export, task
from training.melody.__main__ import ship
from training.melody.attributes import ATTRIBUTES
from training.schedule import Schedule
from training.tune.data import composed


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A work folder with a few melodies and a model trained for a moment, in two goes."""
    folder = tmp_path_factory.mktemp("work")
    data.make(folder / "data", 100, list(composed(20, 5)), 1)
    for seconds in (0.1, 0.2):
        loop.train(folder, task.NAME, task.begin, Schedule(seconds, task.RATE, task.DECAY), 1)
    return folder


def scale(*degrees: int, every: int) -> tuple[int, ...]:
    """A grid with these notes, one after so many steps each."""
    grid = [HOLD] * STEPS
    for place, degree in enumerate(degrees):
        grid[place * every] = FIRST + degree - melody_grid.LOWEST
    return tuple(grid)


def test_melodies_are_different_and_none_that_is_held_out_is_trained_on(work):
    trained = set(map(tuple, data.trained_on(work / "data").tolist()))
    kept = data.held_out(work / "data")
    assert len(trained) > 150 and len(kept) > 5
    assert len({melody.grid for melody in kept}) == len(kept) and not any(melody.grid in trained for melody in kept)
    assert json.loads((work / "data" / "facts.json").read_text())["from_books"] > 5


def test_a_tune_gives_its_pairs_of_bars_that_the_grid_can_hold():
    drawn = list(composed(40, 8))
    for tune in drawn:
        found = list(data.melodies(tune))
        assert len(found) <= (len(tune.bars) // 2 if tune.metre == "4/4" else 0)
        assert all(melody.key == Key(tune.tonic, tune.mode, tune.bpm, tune.style) for melody in found)
    assert any(list(data.melodies(tune)) for tune in drawn) and not all(tunes.is_held_out(tune) for tune in drawn)


def test_training_goes_on_where_it_stopped_and_says_how_it_does(work):
    model, seconds = loop.averaged(work, task.NAME, MelodyVAE(task.CONFIG))
    assert seconds >= 0.2
    assert task.told(model, torch.tensor([scale(0, 1, 2, 3, every=4)])).startswith("notes ")


def test_attributes_are_standardised_in_the_order_of_the_melodies(work):
    found = data.attributes_of(work / "data")
    assert found.mean(0) == pytest.approx(0, abs=1e-4) and found.std(0) == pytest.approx(1, abs=1e-3)
    notes = (data.trained_on(work / "data") >= FIRST).sum(1)
    assert np.corrcoef(notes, found[:, list(ATTRIBUTES).index("busy")])[0, 1] == pytest.approx(1)


def test_a_few_steps_make_melodies_less_surprising(work):
    torch.manual_seed(0)
    learning = task.begin(work)
    tokens = torch.from_numpy(data.trained_on(work / "data"))[:200].long()
    attributes = torch.from_numpy(data.attributes_of(work / "data"))[:200]
    before = task.loss_of(learning.model, tokens, attributes).item()
    for _ in range(30):
        learning.advance(1e-3)
    assert task.loss_of(learning.model, tokens, attributes).item() < 0.6 * before


def test_notes_count_as_kept_at_their_step_with_their_pitch():
    true, moved = scale(0, 1, 2, 3, every=4), scale(0, 1, 2, 4, every=4)
    assert melody_grid.notes_kept([true], [true]) == 1 and melody_grid.notes_kept([true], [moved]) == 0.75
    assert melody_grid.notes_kept([true], [scale(0, 1, 2, 3, every=3)]) == 0.25
    assert melody_grid.notes_kept([true], [scale(*range(8), every=4)]) == 1
    assert melody_grid.notes_kept([scale(*range(8), every=4)], [true]) == 0.5


def test_attributes_tell_the_one_kind_from_the_other():
    def told(name, grid):
        return ATTRIBUTES[name].of(grid)

    assert told("busy", scale(*[0] * 8, every=4)) == 8 > told("busy", scale(0, 0, every=16)) == 2
    assert told("high", scale(7, 9, every=4)) == 8 > told("high", scale(0, 1, every=4))
    assert told("leaping", scale(0, 4, 0, every=4)) == 4 > told("leaping", scale(0, 1, 2, every=4)) == 1
    assert told("rising", scale(0, 3, every=16)) == 3 and told("rising", scale(3, 0, every=16)) == -3


def test_a_direction_leads_from_those_with_little_to_those_with_much():
    grids = [scale(*[0] * count, every=4) for count in (1, 2, 3, 6, 7, 8)]
    latents = torch.tensor([[float(len(melody_grid.notes_of(grid))), 1.0] for grid in grids])
    assert directions.found(latents, grids)["busy"].tolist() == [6.0, 0.0]


def test_slerp_goes_along_the_arc():
    start, end = torch.tensor([2.0, 0.0]), torch.tensor([0.0, 2.0])
    path = evaluate.slerp(start, end, torch.linspace(0, 1, 5))
    assert path.norm(dim=1).tolist() == pytest.approx([2.0] * 5)
    torch.testing.assert_close(path[2], torch.tensor([2.0, 2.0]) / 2**0.5)
    same = evaluate.slerp(start, start, torch.tensor([0.0, 0.5, 1.0]))
    torch.testing.assert_close(same, start.expand(3, 2), rtol=1e-3, atol=1e-3)


def test_the_model_is_exported_measured_and_described(work, tmp_path):
    ship(work, tmp_path)
    weights = load_file(tmp_path / export.WEIGHTS)
    assert {value.dtype for value in weights.values()} == {torch.float16}
    assert set(export.load_directions(tmp_path)) == set(ATTRIBUTES)
    report = evaluate.evaluate(tmp_path, work, count=40)
    assert 0 <= report.kept < 0.9 and "FAILED" in evaluate.verdict(report)
    assert "passed" in evaluate.verdict(replace(report, kept=0.91))
    assert 0 < report.composed.notes < 32 and 0 < report.composed.resting_tones < 1
    card.write(tmp_path, report, work)
    text = (tmp_path / "README.md").read_text()
    assert "{" not in text and "busy or calm" in text and f"{len(data.trained_on(work / 'data')):,} different" in text


def test_cards_are_melodies_under_names_that_fit(work):
    kept = data.held_out(work / "data")
    cards = examples.chosen(kept)
    assert cards and {one["title"].lower() for one in cards.values()} <= set(examples.NAMES)
    for name, one in cards.items():
        assert name == one["title"].lower().replace(" ", "-")
        key = Key(**{name: one[name] for name in ("tonic", "mode", "bpm", "style")})
        assert name.endswith(key.style)
        assert arrange.arrange(melody_grid.tune_of([one["grid"]], key)).tracks
    busy = [data.Melody(scale(*[0] * count, every=4), Key(style="reel")) for count in range(1, 9)]
    assert np.count_nonzero(examples.chosen(busy)["busy-reel"]["grid"]) == 8
