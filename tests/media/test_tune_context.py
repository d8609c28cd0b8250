"""Any tune comes into the words of a model, and the tune that was brought along is bounded in sentences."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.errors import Refused
from playground.media import abc, tune_context, tune_grammar, tune_start
from playground.media.harmony import harmonised
from playground.media.tune import BAR, Bar, Note, Tune, transposed
from playground.media.tune_tokens import bar_tokens
from playground.media.tune_words import HOME
from tests.media.tunes import plain, tunes


@st.composite
def rough(draw):
    """A tune with notes of any length in any octave."""
    tune = draw(tunes())
    bars = []
    for bar in tune.bars:
        cuts = sorted({0, BAR[tune.metre], *draw(st.lists(st.integers(1, BAR[tune.metre] - 1), max_size=12))})
        lengths = [b - a for a, b in zip(cuts, cuts[1:], strict=False)]
        bars.append(Bar(tuple(Note(one, draw(st.none() | st.integers(0, 127))) for one in lengths), bar.chords))
    return harmonised(replace(tune, bars=tuple(bars)))


@settings(max_examples=200, deadline=None)
@given(rough())
def test_every_tune_can_be_read_by_the_model(tune):
    context = tune_context.readable(tune)
    home = context.tune
    assert home.tonic == HOME[tune.mode] and len(home.bars) == len(tune.bars)
    assert (home.tonic - tune.tonic - context.semitones) % 12 == 0
    for bar in home.bars:
        assert sum(note.ticks for note in bar.notes) == BAR[tune.metre]
        assert bar.chords and (tune.metre != "3/4" or len(bar.chords) == 1)
        state = tune_grammar.resumed(home.metre, home.mode, 9)
        for word in bar_tokens(bar, 9):
            state = tune_grammar.advanced(state, word)
        assert state.expects == "bar"
    assert bool(context.told) == bool(context.notes or context.lengths or context.chords)


@pytest.mark.parametrize("tonic", range(12))
def test_a_plain_tune_is_only_moved(tonic):
    tune = transposed(plain(), tonic)
    context = tune_context.readable(tune)
    assert context.told == "" and transposed(context.tune, -context.semitones) == tune


def test_what_the_model_does_not_know_is_told():
    notes = (Note(24, 20), Note(23, 70), Note(1, 71))
    context = tune_context.readable(Tune((Bar(notes, ("F#m7", "C", "G7")),) * 2))
    assert context.told == (
        "The model reads 2 notes out of its range, 2 very short notes and 4 chords as the nearest it knows; you hear "
        "the tune as it was."
    )


@pytest.mark.parametrize("left", (1, 2))
@pytest.mark.parametrize("metre", BAR)
def test_the_last_bars_can_come_home_whatever_stood_before(metre, left):
    state = tune_grammar.advanced(tune_grammar.resumed(metre, "minor", left), f"bar_{left}")
    while state.expects != "nothing":
        words = sorted(tune_grammar.allowed(state))
        assert words
        state = tune_grammar.advanced(state, words[0])


def test_a_start_has_chords_and_a_tempo_that_can_be_played():
    bare = replace(plain(), bars=tuple(Bar(bar.notes) for bar in plain().bars), bpm=300)
    start = tune_start.read(abc.write(bare))
    assert all(bar.chords for bar in start.bars) and start.bpm == 220
    assert [bar.notes for bar in start.bars] == [bar.notes for bar in bare.bars]


def test_a_start_has_its_limits():
    with pytest.raises(Refused, match="65 bars, but at most 64"):
        tune_start.read(abc.write(plain(bars=65)))
    with pytest.raises(Refused, match="with 8 more"):
        tune_start.check_more(plain(bars=57), 8)
    with pytest.raises(Refused, match="may last 180"):
        tune_start.check_long(replace(plain(bars=64), bpm=40))
    tune_start.check_more(plain(bars=56), 8)
    for first, last, bars in ((1, 16, 16), (1, 8, 17), (10, 17, 17), (3, 3, 3)):
        tune_start.check_anew(plain(bars=bars), first, last)
    for first, last, bars in ((0, 0, 8), (3, 2, 8), (5, 9, 8)):
        with pytest.raises(Refused, match=f"the start has bars 1 to {bars}"):
            tune_start.check_anew(plain(bars=bars), first, last)
    with pytest.raises(Refused, match="take up to 8"):
        tune_start.check_anew(plain(bars=17), 1, 9)
