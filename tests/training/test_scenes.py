"""The renderer keeps its promises: deterministic, true masks, captions of known words, no held-out pair in training."""

import random
from dataclasses import replace

import numpy as np
import pytest

from training.scenes import caption, draw_scene, draw_training_scene, full_caption, is_held_out, mirrored, render
from training.scenes import captions as writing
from training.scenes.colours import named_colour
from training.scenes.specification import ATTRIBUTES, COLOURS, PLACES, SUBJECTS, WEATHERS, Scene


def scenes(count: int, seed: int = 0) -> list[Scene]:
    rng = random.Random(seed)
    return [draw_scene(rng) for _ in range(count)]


def test_the_same_scene_gives_the_same_pixels_and_another_seed_others():
    scene = scenes(1)[0]
    picture, mask = render(scene)
    again, mask_again = render(scene)
    other, _ = render(replace(scene, seed=scene.seed + 1))
    assert picture.shape == (256, 256, 3) and picture.dtype == np.uint8 and mask.shape == (256, 256)
    assert np.array_equal(picture, again) and np.array_equal(mask, mask_again)
    assert not np.array_equal(picture, other)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_shows_its_colour_and_stays_inside_the_picture(subject):
    for place, colour in zip(PLACES, COLOURS, strict=False):
        scene = replace(scenes(1)[0], subject=subject, place=place, colour=colour, size="big", weather="clear")
        _, mask = render(scene)
        assert 0.02 < mask.mean() < 0.3
        assert not mask[0].any() and not mask[-1].any()


def test_the_mask_covers_the_named_colour_in_every_light():
    for scene in scenes(60, seed=1):
        picture, mask = render(scene)
        assert named_colour(picture[mask], scene.time) == scene.colour, scene


def test_what_falls_covers_the_subject_and_leaves_its_mask():
    scene = replace(scenes(1)[0], subject="house", size="big", place="city", position="centre")
    areas = {weather: render(replace(scene, weather=weather))[1].sum() for weather in WEATHERS}
    assert areas["snowfall"] != areas["clear"] or areas["rain"] != areas["clear"]


def test_position_is_where_the_subject_is():
    for scene in scenes(20, seed=2):
        across = {}
        for position in ("left", "centre", "right"):
            _, mask = render(replace(scene, position=position))
            across[position] = np.nonzero(mask)[1].mean()
        assert across["left"] < across["centre"] < across["right"]


def test_flipping_mirrors_the_pixels_and_swaps_the_words():
    scene = replace(scenes(1)[0], position="left")
    flipped = mirrored(scene)
    assert flipped.position == "right" and mirrored(flipped) == scene
    assert np.array_equal(render(flipped)[0], render(scene)[0][:, ::-1])
    assert full_caption(flipped).endswith("on the right")


def test_held_out_pairs_are_never_drawn_for_training():
    rng = random.Random(0)
    assert not any(is_held_out(draw_training_scene(rng)) for _ in range(2000))
    pairs = [is_held_out(replace(scenes(1)[0], subject=s, colour=c)) for s in SUBJECTS for c in COLOURS]
    assert sum(pairs) == len(pairs) // 8


def test_captions_say_only_what_is_so():
    rng = random.Random(0)
    tables = {
        "subject": writing.SUBJECT_WORDS,
        "place": writing.PLACE_WORDS,
        "time": writing.TIME_WORDS,
        "weather": writing.WEATHER_WORDS,
        "position": writing.POSITION_WORDS,
    }
    for scene in scenes(300, seed=3):
        sentence = f" {caption(scene, rng).replace(',', ' ,')} "
        for name, table in tables.items():
            own = table[getattr(scene, name)]
            foreign = {form for value, forms in table.items() if value != getattr(scene, name) for form in forms}
            said = {form for form in foreign if f" {form} " in sentence}
            assert all(any(form in mine for mine in own) for form in said), sentence


def test_a_full_caption_names_every_attribute():
    for scene in scenes(20):
        sentence = full_caption(scene)
        assert scene.size in sentence and scene.colour in sentence and scene.subject in sentence
        assert sentence.count(",") == 2


def test_the_vocabulary_covers_every_attribute():
    words = writing.vocabulary()
    assert {len(words[name]) for name in ("subjects", "colours", "places")} == {
        len(ATTRIBUTES[name]) for name in ("subject", "colour", "place")
    }
    assert isinstance(words["synonyms"], dict) and "ship" in words["synonyms"]["boat"]
