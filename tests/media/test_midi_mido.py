"""The MIDI files as an independent reader understands them."""

import io
from dataclasses import replace

import mido
import pytest

from playground.media import midi
from playground.media.arrange import arrange
from playground.media.score import DRUMS, INSTRUMENTS
from tests.media.tunes import plain

RECIPE = '{"schema": 1, "params": {"prompt": "d\\u00e9j\\u00e0 vu"}}'


@pytest.fixture(
    scope="module",
    params=[
        ("waltz", "3/4", 2, "minor", "Dm"),
        ("jig", "6/8", 7, "major", "G"),
        ("cinematic", "4/4", 10, "minor", "Bbm"),
    ],
    ids=lambda one: one[0],
)
def read(request):
    """(the score, what mido reads in its file, its metre, its key)"""
    style, metre, tonic, mode, key = request.param
    score = arrange(replace(plain(style, metre), tonic=tonic, mode=mode, bpm=92))
    return score, mido.MidiFile(file=io.BytesIO(midi.write(score, RECIPE))), metre, key


def channels(track):
    return {message.channel for message in track if not message.is_meta}


def test_one_track_conducts_and_each_instrument_has_one(read):
    score, file, _, _ = read
    assert (file.type, file.ticks_per_beat) == (1, 480)
    assert [track.name for track in file.tracks] == [score.title, *(track.name for track in score.tracks)]
    assert channels(file.tracks[0]) == set()
    assert file.length == pytest.approx(score.seconds, abs=0.01)


def test_the_conductor_tells_tempo_metre_key_and_recipe(read):
    _, file, metre, key = read
    told = {message.type: message for message in file.tracks[0]}
    assert mido.tempo2bpm(told["set_tempo"].tempo) == pytest.approx(92, abs=0.01)
    assert (told["time_signature"].numerator, told["time_signature"].denominator) == tuple(map(int, metre.split("/")))
    assert told["key_signature"].key == key
    assert told["text"].text == RECIPE


def test_each_instrument_plays_its_notes_on_a_channel_of_its_own_and_the_drums_on_the_tenth(read):
    score, file, _, _ = read
    used = [channels(track) for track in file.tracks[1:]]
    assert all(len(one) == 1 for one in used) and len(set.union(*used)) == len(used)
    for track, made in zip(file.tracks[1:], score.tracks, strict=True):
        starts = [message for message in track if message.type == "note_on"]
        assert len(starts) == len(made.notes) == sum(message.type == "note_off" for message in track)
        programs = [message.program for message in track if message.type == "program_change"]
        if made.drums:
            assert channels(track) == {9} and not programs  # counted from 0
            assert {message.note for message in starts} <= set(DRUMS.values())
        else:
            assert programs == [INSTRUMENTS[made.instrument]]
            assert sorted(message.note for message in starts) == sorted(note.pitch for note in made.notes)
