"""The waveform of a sound without notes, as a page draws it."""

import json

import pytest

from playground.media import outline
from tests.tabs.tunes import hum, sound


def test_a_sound_becomes_columns_that_follow_how_loud_it_is():
    drawn = outline.of_sound(hum(2.0))
    assert (drawn["seconds"], drawn["bar"], drawn["tracks"]) == (2.0, 1.0, []) and len(drawn["wave"]) == outline.COLUMNS
    heights = [high - low for low, high in drawn["wave"]]
    assert max(heights) > 180 and heights[10] > heights[240] > heights[-2]
    assert all(-100 <= low <= high <= 100 for low, high in drawn["wave"]) and json.dumps(drawn)


@pytest.mark.parametrize("seconds, bars", [(0.7, 1), (1.8, 2), (9.9, 10)])
def test_its_bars_are_about_a_second_and_fill_it(seconds, bars):
    drawn = outline.of_sound(hum(seconds))
    assert drawn["bar"] * bars == pytest.approx(drawn["seconds"], abs=1e-3)


def test_silence_and_a_very_short_sound_are_drawn_too():
    assert set(map(tuple, outline.of_sound(sound(1.0))["wave"])) == {(0, 0)}
    assert len(outline.of_sound(sound(0.01))["wave"]) == 80
