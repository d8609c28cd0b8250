"""Melodies to grids and back: nothing is lost that has a place, and what has none goes to the nearest."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import Refused
from playground.media import melody_grid as grid
from playground.media.melody_grid import FIRST, HOLD, REST, STEPS, Key
from playground.media.tune import MODES, Bar, Note, Tune

KEYS = st.builds(Key, st.integers(0, 11), st.sampled_from(sorted(MODES)), st.integers(60, 160), st.just("reel"))
GRIDS = st.lists(st.integers(0, grid.TOKENS - 1), min_size=STEPS, max_size=STEPS)


def tune(*bars: str, **changes) -> Tune:
    """Bars of words such as 12:60 or 12:z."""

    def note(word: str) -> Note:
        ticks, pitch = word.split(":")
        return Note(int(ticks), None if pitch == "z" else int(pitch))

    return Tune(tuple(Bar(tuple(map(note, bar.split()))) for bar in bars), **changes)


@given(GRIDS, KEYS)
def test_every_grid_is_a_melody_that_gives_it_back(tokens, key):
    found = grid.tune_of([tokens], key)
    assert [sum(note.ticks for note in bar.notes) for bar in found.bars] == [48, 48]
    if any(token >= FIRST for token in tokens):
        assert grid.grid_of(found) == grid.canonical(tokens)
    else:
        with pytest.raises(Refused, match="no notes"):
            grid.grid_of(found)


@given(st.randoms(use_true_random=False), KEYS)
def test_a_melody_on_sixteenths_in_its_key_comes_back_note_by_note(rng: random.Random, key):
    bars = []
    for _ in range(2):
        left, notes = 48, []
        while left:
            ticks = min(left, 3 * rng.randint(1, 8))
            notes.append(Note(ticks, grid.pitch_of(rng.randint(grid.LOWEST, grid.HIGHEST), key.tonic, key.mode)))
            left -= ticks
        bars.append(Bar(tuple(notes)))
    played = Tune(tuple(bars), "4/4", key.tonic, key.mode, key.bpm, style=key.style)
    assert grid.on_steps(played.bars)
    assert grid.tune_of([grid.grid_of(played)], key) == played


def test_a_grid_says_the_same_in_every_key_and_mode():
    major = tune("12:60 12:64 24:67", "24:72 24:z")
    minor = tune("12:69 12:72 24:76", "24:81 24:z", tonic=9, mode="minor")
    expected = [HOLD] * STEPS
    for step, token in ((0, 9), (4, 11), (8, 13), (16, 16), (24, REST)):
        expected[step] = token
    assert grid.grid_of(major) == tuple(expected)
    assert [degree for _, degree in grid.notes_of(grid.grid_of(minor))] == [7, 9, 11, 14]
    assert grid.tune_of([expected], Key(2, "minor")).bars[0].notes == (Note(12, 62), Note(12, 65), Note(24, 69))


def test_what_has_no_place_is_moved_to_the_nearest():
    swung = grid.grid_of(tune("8:60 4:61 4:60 4:62 4:64 24:66", "48:60"))
    assert [step for step, _ in grid.notes_of(swung)] == [0, 3, 4, 5, 7, 8, 16]
    assert [degree for _, degree in grid.notes_of(swung)] == [0, 0, 0, 1, 2, 3, 0]
    assert not grid.on_steps(tune("8:60 4:61 36:60").bars)
    low = grid.grid_of(tune("24:24 24:26", "48:28"))
    assert [degree for _, degree in grid.notes_of(low)] == [-7, -6, -5]
    high = grid.grid_of(tune("24:100 24:102", "48:103"))
    assert [degree for _, degree in grid.notes_of(high)] == [16, 17, 18]
    wide = [degree for _, degree in grid.notes_of(grid.grid_of(tune("24:24 24:60", "48:108")))]
    assert all(grid.LOWEST <= degree <= grid.HIGHEST and degree % 7 == 0 for degree in wide)


def test_bars_are_taken_from_anywhere_and_a_missing_one_is_silent():
    three = tune("48:60", "48:62", "24:64 24:65")
    assert grid.notes_of(grid.grid_of(three, 1)) == [(0, 1), (16, 2), (24, 3)]
    last = grid.grid_of(three, 2)
    assert grid.notes_of(last) == [(0, 2), (8, 3)] and last[16] == REST


def test_grids_follow_each_other_in_one_tune():
    first, second = grid.grid_of(tune("48:60", "48:62")), grid.grid_of(tune("48:64", "48:z"))
    both = grid.tune_of([first, second], Key(bpm=120, style="pop"))
    assert len(both.bars) == 4 and both.bpm == 120 and both.style == "pop"
    assert (grid.grid_of(both), grid.grid_of(both, 2)) == (first, second)


def test_canonical_begins_silence_once_and_strikes_again_at_a_bar():
    tokens = [HOLD] * STEPS
    tokens[4], tokens[5], tokens[10] = REST, REST, 9
    found = grid.canonical(tokens)
    assert (found[0], found[4], found[5], found[10], found[16]) == (REST, HOLD, HOLD, 9, 9)
    assert grid.canonical(found) == found


@pytest.mark.parametrize("metre", ["3/4", "6/8"])
def test_another_metre_is_refused(metre):
    with pytest.raises(Refused, match="4/4 only"):
        grid.grid_of(tune("36:60", "36:62", metre=metre))
