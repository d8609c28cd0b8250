"""A melody goes out as numbers and comes back; whatever comes back is checked."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.errors import Refused
from playground.media import abc, abc_read
from playground.media.harmony import harmonised
from playground.media.melody_edits import HIGHEST, LOWEST, MOST, numbers, with_melody
from playground.media.tune import BAR, Bar, Note, Tune
from tests.media.tunes import plain, tunes

C = Tune((Bar((Note(48, 60),), ("C",)),) * 2, style="pop")


@settings(max_examples=80, deadline=None)
@given(tunes(("", "march", "jig")))
def test_a_melody_comes_back_as_it_went(tune):
    if numbers(tune):
        again = with_melody(tune, numbers(tune))
        assert numbers(again) == numbers(tune) and [bar.chords for bar in again.bars] == [
            bar.chords for bar in tune.bars
        ]


@settings(max_examples=300, deadline=None)
@given(tunes(), st.data())
def test_any_notes_inside_the_tune_make_whole_bars_that_abc_can_tell(tune, data):
    tune = harmonised(tune)
    end = len(tune.bars) * BAR[tune.metre]
    note = st.tuples(st.integers(0, end - 1), st.integers(1, 200), st.integers(LOWEST + 12, HIGHEST))
    drawn = data.draw(st.lists(note, min_size=1, max_size=40))
    edited = with_melody(tune, drawn)
    assert all(sum(note.ticks for note in bar.notes) == BAR[tune.metre] for bar in edited.bars)
    begun = {tick for tick, _, _ in drawn}
    assert {tick for tick, _, _ in numbers(edited)} >= begun
    assert abc_read.read(abc.write(edited))[0].bars == tuple(
        replace(bar, notes=joined(bar.notes)) for bar in edited.bars
    )


def joined(notes):
    """Rests that meet are one."""
    result = []
    for note in notes:
        if result and note.pitch is None and result[-1].pitch is None:
            result[-1] = Note(result[-1].ticks + note.ticks, None)
        else:
            result.append(note)
    return tuple(result)


def test_notes_end_where_the_next_begins_and_are_struck_again_at_the_bar_line():
    edited = with_melody(C, [[3, 60, 67], (12, 48, 64), [12, 6, 65], [42, 12, 72]])
    assert [bar.notes for bar in edited.bars] == [
        (Note(3, None), Note(9, 67), Note(6, 65), Note(24, None), Note(6, 72)),
        (Note(6, 72), Note(42, None)),
    ]


def test_the_melody_lies_where_it_is_heard():
    march = plain("march")
    assert numbers(march)[0] == (0, 6, 72) and march.bars[0].notes[0].pitch == 60
    assert with_melody(march, [(0, 6, 72)]).bars[0].notes[0] == Note(6, 60)


@pytest.mark.parametrize(
    "notes",
    [
        *(None, [], 7, {}, "x", [7], [[0, 6]], [[0, 6, 60, 1]], [[0.5, 6, 60]], [["0", 6, 60]], [[True, 6, 60]]),
        *([[-1, 6, 60]], [[96, 6, 60]], [[0, 0, 60]], [[0, 6, 20]], [[0, 6, 109]], [[0, 6, 60]] * (MOST + 1)),
    ],
)
def test_what_is_no_melody_is_refused(notes):
    with pytest.raises(Refused, match=r"A melody has|outside the tune"):
        with_melody(C, notes)
