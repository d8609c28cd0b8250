"""The measuring of families, on tiny random ones: what is asked of each, and what they do not have."""

import numpy as np
import pytest

from benchmarks import families
from benchmarks.families import Family, Row
from playground.catalog import load
from tests.adapters import latent_folders


class Tiny(Family):
    def __init__(self, model):
        self.model, self.adapter = model, load(model, "cpu")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("families")
    latent_folders.shared(folder)
    return {name: Tiny(latent_folders.family(folder, name)) for name in ("vae", "vqvae", "glow")}


SCENES = np.random.default_rng(0).integers(0, 256, (3, 256, 256, 3), np.uint8)


def test_a_family_draws_once_for_each_caption_or_not_at_all(made):
    drawn = list(families.drawn(made["vae"], ["a boat", "a tree"]))
    assert [picture.shape for picture in drawn] == [(256, 256, 3)] * 2 and (drawn[0] != drawn[1]).any()
    assert list(families.drawn(made["vqvae"], ["a boat"])) == []


def test_scenes_come_back_with_what_only_the_family_can_say(made):
    for name, said in (("vae", "ELBO"), ("vqvae", "of 12 codes used"), ("glow", "inverse error")):
        again = list(families.returned(made[name], SCENES))
        assert [picture.shape for picture, _ in again] == [(256, 256, 3)] * 3
        assert said in " ".join(families.own_words(made[name], SCENES, [facts for _, facts in again]))
    assert families.own_words(made["vae"], SCENES, []) == ()


def test_an_exact_inverse_has_a_small_error(made):
    assert families.inverse_error(made["glow"], SCENES[:1]) < 1e-3


def test_a_walk_has_steps_and_a_draft_takes_time(made, monkeypatch):
    monkeypatch.setattr(families, "FRAMES", 4)
    monkeypatch.setattr(families, "WALKS", 1)
    monkeypatch.setattr(families, "TIMES", 1)
    assert families.smoothness(made["vae"]) >= 1
    assert families.milliseconds(made["vae"], "draft") > 0


def test_the_table_leaves_out_what_a_family_does_not_have(tmp_path):
    table = families.as_table([Row("A", {"frechet": 2.345}), Row("B", {"decibels": 20.0}, ("x", "y"))]).splitlines()
    assert (
        len(table) == 4
        and "| A |  | 2.3 |" in table[2]
        and table[3].endswith("| x, y |")
        and "| B | 20.0 |" in table[3]
    )
    families.save_sheet(tmp_path / "sheets", "a", list(SCENES))
    assert (tmp_path / "sheets" / "a.png").stat().st_size > 1000
