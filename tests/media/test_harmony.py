import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.media.harmony import HIGHEST, LOWEST, bars_chords, guessed, harmonised, voicing, voicings
from playground.media.tune import QUALITIES, Bar, Note, Tune, pitch_classes
from tests.media.tunes import CHORDS


def of_pitches(*bars):
    return Tune(tuple(Bar(tuple(Note(12, pitch) for pitch in bar)) for bar in bars))


def test_the_chords_of_a_plain_melody_are_guessed():
    tune = of_pitches((60, 64, 67, 64), (65, 69, 72, 69), (67, 71, 74, 71), (60, 64, 67, 60))
    assert guessed(tune) == ["C", "F", "G", "C"]


def test_minor_takes_its_leading_note():
    tune = Tune(of_pitches((69, 72, 76, 72), (68, 71, 76, 71), (69, 72, 76, 69)).bars, tonic=9, mode="minor")
    assert guessed(tune) == ["Am", "E", "Am"]


def test_a_tune_without_bars_needs_no_chord():
    assert harmonised(Tune(())).bars == ()


def test_a_bar_without_a_chord_goes_on_with_the_last():
    bars = tuple(Bar((Note(48, 60),), chords) for chords in ((), ("F", "G"), (), ("Am",)))
    assert [bar.chords for bar in harmonised(Tune(bars)).bars] == [("C",), ("F", "G"), ("G",), ("Am",)]


@given(CHORDS)
def test_a_voicing_holds_every_tone_in_its_range(name):
    hand = voicing(name)
    assert {pitch % 12 for pitch in hand} == pitch_classes(name) and len(hand) == len(set(hand))
    assert hand[0] >= LOWEST and hand[-1] <= HIGHEST


@given(st.lists(CHORDS, min_size=2, max_size=12))
def test_hands_move_little(names):
    hands = voicings(names)
    assert all(abs(sum(a) / len(a) - sum(b) / len(b)) <= 7 for a, b in zip(hands, hands[1:], strict=False))


def test_common_tones_stay():
    c, a_minor, f = voicings(["C", "Am", "F"])
    assert len({*c} & {*a_minor}) == 2 and len({*a_minor} & {*f}) == 2


def test_neighbours_of_the_same_name_are_one_chord():
    tune = Tune((Bar((Note(48, 60),), ("C", "C", "F", "G")),))
    assert bars_chords(tune) == [[(0, 24, "C"), (24, 12, "F"), (36, 12, "G")]]


@pytest.mark.parametrize("quality", QUALITIES)
def test_every_quality_can_be_voiced(quality):
    assert voicing("F#" + quality, voicing("Eb" + quality))
