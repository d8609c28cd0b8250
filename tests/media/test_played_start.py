"""What is played on a keyboard becomes whole bars in a key."""

import pytest

from playground.errors import Refused
from playground.media.played_start import tune_of
from playground.media.tune import BAR, Bar, Note


def test_a_start_is_held_to_the_end_of_its_bar():
    tune = tune_of([[12, 67], [6, 71], (6, None), [12, 74], [24, 79], [6, 78]], "4/4")
    assert tune.bars == (
        Bar((Note(12, 67), Note(6, 71), Note(6, None), Note(12, 74), Note(12, 79))),
        Bar((Note(12, 79), Note(36, 78))),
    )
    assert (tune.key, tune.metre, tune.title) == ("G major", "4/4", "My start")


@pytest.mark.parametrize("metre", BAR)
def test_bars_are_whole_in_every_metre(metre):
    tune = tune_of([[6, 62], [9, 65], [48, 69], [3, None], [6, None]], metre)
    assert all(sum(note.ticks for note in bar.notes) == BAR[metre] for bar in tune.bars)


def test_the_key_that_is_asked_for_counts_if_it_has_the_notes():
    notes = [[12, pitch] for pitch in (62, 64, 65, 69)]
    assert tune_of(notes, "4/4", (2, "minor")).key == "D minor"
    assert tune_of(notes, "4/4", (9, "major")) == tune_of(notes, "4/4")
    assert tune_of([[12, 60], [12, 64], [12, 67], [12, 60]], "4/4", (1, "minor")).key == "C major"


@pytest.mark.parametrize(
    "notes, metre",
    [
        *(([], "4/4"), ([[12, None]], "4/4"), ([[12, 60]], "5/4"), ([[12, 60]], None), (None, "4/4"), ("x", "4/4")),
        *(([[0, 60]], "4/4"), ([[12]], "4/4"), ([[12, 60.5]], "4/4"), ([[12, 200]], "4/4"), ([["12", 60]], "4/4")),
        ([[48, 60]] * 17, "4/4"),
    ],
)
def test_what_is_no_start_is_refused(notes, metre):
    with pytest.raises(Refused, match="start"):
        tune_of(notes, metre)
