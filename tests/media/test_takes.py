"""Another take changes one track, and says in a sentence what it cannot be."""

import pytest

from playground.errors import Refused
from playground.media import takes
from playground.media.arrange import arrange
from playground.media.styles import STYLES
from playground.media.tune import BAR
from tests.media.tunes import plain


@pytest.mark.parametrize("style", STYLES)
def test_a_take_changes_its_own_track_and_no_other(style):
    tune = plain(style)
    own = {track.name: track for track in arrange(tune, seed=7).tracks}
    for name in own:
        if name == "Melody":
            continue
        seen = [own[name].notes]
        for number in (1, 2, 3):
            score = arrange(tune, None, 7, {name: number})
            assert [track.name for track in score.tracks] == list(own)
            for track in score.tracks:
                assert track.name == name or track == own[track.name]
            notes = next(track.notes for track in score.tracks if track.name == name)
            assert [(round(n.start, 2), n.pitch) for n in notes] not in [
                [(round(n.start, 2), n.pitch) for n in before] for before in seen
            ]
            seen.append(notes)


@pytest.mark.parametrize("metre", BAR)
def test_every_take_can_be_played_and_take_0_is_the_own(metre):
    tune = plain("pop", metre)
    assert arrange(tune, takes={"Bass": 0, "Drums": 0}) == arrange(tune)
    for number in (1, 5, 11, 50, takes.MOST):
        score = arrange(tune, takes={name: number for name in takes.TRACKS})
        assert all(track.notes for track in score.tracks)


def test_takes_are_read_from_words():
    assert takes.parsed("") == {}
    assert takes.parsed(" bass 2,Drums 1 , ") == {"Bass": 2, "Drums": 1}
    assert set(takes.TRACKS) == {"Chords", "Pad", "Figure", "Bass", "Drums"}


@pytest.mark.parametrize("text", ["Bass", "Bass 100", "Melody 1", "Bass: 2", "2 Bass", "Bass 1 Drums 2", "<b> 1"])
def test_what_is_no_take_is_refused_in_a_sentence(text):
    with pytest.raises(Refused, match="is no take; Bass 2, Drums 1 are"):
        takes.parsed(text)
