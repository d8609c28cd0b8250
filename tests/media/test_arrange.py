import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.errors import Refused
from playground.media.arrange import arrange, swung
from playground.media.score import DRUMS, INSTRUMENTS
from playground.media.styles import STYLES
from playground.media.tune import BAR, Bar, Note, Tune, pitch_classes
from tests.media.tunes import plain, tunes


def track(score, name):
    return next(track for track in score.tracks if track.name == name)


@settings(max_examples=40, deadline=None)
@given(tunes(tuple(STYLES)), st.integers(0, 3))
def test_everything_is_played_inside_the_tune(tune, seed):
    score = arrange(tune, seed=seed)
    assert score.seconds == tune.seconds
    for one in score.tracks:
        assert one.drums or one.instrument in INSTRUMENTS
        assert list(one.notes) == sorted(one.notes, key=lambda note: note.start)
        for note in one.notes:
            assert note.start >= 0 and note.seconds > 0 and note.start + note.seconds <= tune.seconds + 1e-9
            assert 0 < note.velocity <= 1 and 0 <= note.pitch <= 127
            assert not one.drums or note.pitch in DRUMS.values()


@settings(max_examples=30, deadline=None)
@given(tunes(tuple(STYLES)))
def test_no_pitch_is_struck_while_it_sounds(tune):
    for one in arrange(tune).tracks:
        ends = {}
        for note in one.notes:
            assert one.drums or note.start >= ends.get(note.pitch, 0) - 1e-9
            ends[note.pitch] = note.start + note.seconds


@pytest.mark.parametrize("metre", BAR)
@pytest.mark.parametrize("style", [*STYLES, "", "skiffle"])
def test_every_style_plays_every_metre(style, metre):
    tune = plain(style, metre)
    score = arrange(tune)
    sung = [note.pitch % 12 for bar in tune.bars for note in bar.notes if note.pitch is not None]
    assert [note.pitch % 12 for note in track(score, "Melody").notes] == sung
    assert len(track(score, "Bass").notes) >= len(tune.bars)
    assert len({one.name for one in score.tracks}) == len(score.tracks)


@pytest.mark.parametrize("style", STYLES)
def test_hands_play_the_tones_of_the_chord(style):
    tune = plain(style)
    for one in arrange(tune).tracks:
        if one.name in ("Chords", "Pad", "Figure"):
            for note in one.notes:
                bar, within = divmod(note.start + 0.01, 2.0)  # a bar of 120 bpm lasts 2 s
                chords = tune.bars[int(bar)].chords
                assert note.pitch % 12 in pitch_classes(chords[int(within / 2 * len(chords))])


def test_every_chord_begins_on_its_root_in_the_bass():
    notes = track(arrange(plain("jazz", bars=4)), "Bass").notes
    firsts = [next(note for note in notes if note.start >= start).pitch % 12 for start in (0, 2, 4, 6, 7)]
    assert firsts == [0, 5, 7, 0, 9]


def test_the_same_seed_plays_the_same_and_another_does_not():
    assert arrange(plain(), seed=1) == arrange(plain(), seed=1) != arrange(plain(), seed=2)


def test_swing_delays_the_second_eighth_and_leaves_triplets():
    assert [swung(tick, 2) for tick in (0, 4, 6, 8, 12, 18)] == [0, 4, 8, 8, 12, 20]
    straight, late = (track(arrange(plain(style)), "Melody").notes[1].start for style in ("pop", "jazz"))
    assert late - straight > 0.05


def test_instruments_can_be_chosen_and_unknown_ones_are_refused():
    assert track(arrange(plain(), {"Melody": "harp"}), "Melody").instrument == "harp"
    with pytest.raises(Refused, match="no instrument 'kazoo'; there are piano"):
        arrange(plain(), {"Melody": "kazoo"})


def test_rests_alone_can_be_arranged():
    tune = Tune((Bar((Note(48, None),)),) * 2)
    assert track(arrange(tune), "Melody").notes == ()


def test_more_or_fewer_play_along_and_those_who_stay_play_the_same():
    tune = plain("pop", bars=4)
    usual, sparse, full = (arrange(tune, seed=7, density=density) for density in ("", "sparse", "full"))
    assert [one.name for one in sparse.tracks] == ["Melody", "Chords", "Bass"]
    assert full == usual and usual.tracks[-1].drums
    fuller = arrange(plain("jig", "6/8"), density="full")
    assert "Pad" in [one.name for one in fuller.tracks]
    assert all(one in usual.tracks for one in sparse.tracks)
