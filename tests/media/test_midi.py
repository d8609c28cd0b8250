import contextlib
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.errors import Refused
from playground.media import midi, midi_read
from playground.media.arrange import arrange
from playground.media.midi_tune import tune_of
from playground.media.score import Played, Score, Track
from playground.media.tune import BAR
from tests.media.tunes import plain, tunes


def track(*events):
    end = events[-1][0] if events else 0
    return midi.chunk([*events, (end, b"\xff\x2f\x00")])


def file(*tracks, kind=1, division=480):
    return b"MThd" + struct.pack(">IHHH", 6, kind, len(tracks), division) + b"".join(tracks)


def test_the_bytes_of_a_small_file():
    score = Score((Track("A", "flute", (Played(0, 0.5, 60, 1.0),)),), 0.5, 120, "3/4", 2, "major", "T")
    assert midi.write(score, "hi") == bytes.fromhex(
        "4d546864 00000006 0001 0002 01e0"
        "4d54726b 00000025"
        "00 ff03 01 54"
        "00 ff51 03 07a120"
        "00 ff58 04 03021808"
        "00 ff59 02 0200"
        "00 ff01 02 6869"
        "8360 ff2f 00"
        "4d54726b 00000015"
        "00 ff03 01 41"
        "00 c0 49"
        "00 90 3c 7f"
        "8360 80 3c 40"
        "00 ff2f 00"
    )


def test_a_whole_arrangement_comes_back():
    score = arrange(plain("cinematic"))
    found = midi_read.read(midi.write(score, '{"schema": 1}'))
    assert (found.bpm, found.metre, found.key, found.title) == (120, (4, 4), (0, False), "A scale")
    assert found.texts == ('{"schema": 1}',)
    assert [part.name for part in found.parts] == [one.name for one in score.tracks]
    assert [part.drums for part in found.parts] == [one.drums for one in score.tracks]
    for part, one in zip(found.parts, score.tracks, strict=True):
        assert sorted(note.pitch for note in part.notes) == sorted(note.pitch for note in one.notes)


@settings(max_examples=30, deadline=None)
@given(tunes())
def test_what_is_written_is_read(tune):
    score = arrange(tune)
    parts = {part.name: part for part in midi_read.read(midi.write(score)).parts}
    for one in (one for one in score.tracks if one.notes and not one.drums):
        notes = sorted(one.notes, key=lambda note: (midi.at(note.start, tune.bpm), note.pitch))
        for note, heard in zip(notes, parts[one.name].notes, strict=True):
            assert heard.start * 60 / tune.bpm == pytest.approx(note.start, abs=0.01)
            assert heard.length * 60 / tune.bpm == pytest.approx(note.seconds, abs=0.01)
            assert heard.velocity == pytest.approx(note.velocity, abs=0.01)


@pytest.mark.parametrize(
    "value, expected", [(0, "00"), (127, "7f"), (128, "8100"), (480, "8360"), (2097152, "81808000")]
)
def test_numbers_of_variable_length(value, expected):
    assert midi.number(value).hex() == expected
    assert midi_read.number(midi.number(value), 0) == (value, len(expected) // 2)


def test_running_status_and_a_start_of_velocity_0_as_an_end():
    body = bytes.fromhex("00 90 3c 40 8360 3c 00 00 3e 40 8360 3e 00 00 ff2f 00")
    (part,) = midi_read.read(file(b"MTrk" + struct.pack(">I", len(body)) + body, kind=0)).parts
    assert [(note.start, note.length, note.pitch) for note in part.notes] == [(0, 1, 60), (1, 1, 62)]


def test_channels_of_one_track_are_parts():
    parts = midi_read.read(
        file(track((0, b"\xc1\x28"), (0, b"\x90\x3c\x40"), (0, b"\x91\x40\x40"), (480, b"\x80\x3c\x40")), kind=0)
    ).parts
    assert [(part.program, part.drums) for part in parts] == [(0, False), (40, False)]
    late = midi_read.read(file(track((0, b"\x99\x24\x40"), (480, b"\x89\x24\x40")))).parts
    assert late[0].drums


def test_a_note_that_never_ends_ends_with_its_track():
    (part,) = midi_read.read(file(track((0, b"\x90\x3c\x40"), (960, b"\xb0\x40\x00")))).parts
    assert part.notes[0].length == 2


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"", "not a MIDI file"),
        (b"RIFF" + bytes(40), "not a MIDI file"),
        (b"MThd\0\0", "cut short"),
        (file(track(), kind=2), "type 2"),
        (file(track(), division=0xE728), "frames of film"),
        (file(track(), division=0), "frames of film"),
        (file(track((0, b"\x90\x3c\x40")))[:-6], "cut short"),
        (file(b"MTrk\0\0\0\3\0\x90\x3c"), "cut short"),
        (file(b"MTrk\0\0\0\3\0\x3c\x3c"), "cut short"),
        (file(b"MTrk\0\0\0\3\0\xf4\0"), "cut short"),
        (file(b"MTrk\0\0\0\5\0\xff\1\x7f\0"), "cut short"),
        (file(b"MTrk\0\0\0\6\xff\xff\xff\xff\x7f\0"), "cut short"),
        (file(*[track()] * 129), "more than 128 tracks"),
        (file(track((2**28 - 1, b"\x90\x3c\x40")), division=1), "longer than a day"),
    ],
)
def test_what_is_no_midi_file_is_refused_in_a_sentence(data, reason):
    with pytest.raises(Refused, match=reason):
        midi_read.read(data)


def test_a_huge_file_is_refused_unread():
    with pytest.raises(Refused, match="at most 4000000"):
        midi_read.read(bytes(4_000_001))


def test_too_many_events_are_refused(monkeypatch):
    monkeypatch.setattr(midi_read, "MOST_EVENTS", 10)
    with pytest.raises(Refused, match="more than 10 events"):
        midi_read.read(file(track(*[(0, b"\xb0\x40\x00")] * 11)))


@given(st.binary(max_size=200))
def test_random_bytes_are_refused_or_read(data):
    for whole in (data, file(b"MTrk" + struct.pack(">I", len(data)) + data)):
        with contextlib.suppress(Refused):
            midi_read.read(whole)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_read(data):
    whole = bytearray(midi.write(arrange(plain("jazz", bars=2)), "text"))
    for place in data.draw(st.lists(st.integers(14, len(whole) - 1), max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    kept = data.draw(st.integers(0, len(whole)))
    with contextlib.suppress(Refused):
        tune_of(midi_read.read(bytes(whole[:kept])))


@pytest.mark.parametrize("metre", BAR)
def test_the_melody_comes_back_as_a_tune(metre):
    tune = plain("waltz", metre)
    found = tune_of(midi_read.read(midi.write(arrange(tune))))
    assert [bar.notes for bar in found.bars] == [bar.notes for bar in tune.bars]
    assert (found.metre, found.bpm, found.key, found.title) == (metre, 120, "C major", "A scale")
    assert all(bar.chords for bar in found.bars)


@settings(max_examples=40, deadline=None)
@given(tunes())
def test_a_tune_of_a_file_has_whole_bars(tune):
    score = arrange(tune)
    if not score.tracks[0].notes:
        return
    found = tune_of(midi_read.read(midi.write(score)))
    assert all(sum(note.ticks for note in bar.notes) == BAR[found.metre] for bar in found.bars)
    assert len(found.bars) <= len(tune.bars)


def part(*notes, name="", drums=False):
    return midi_read.Part(
        name, 0, drums, tuple(midi_read.Heard(start, length, pitch, 0.8) for start, length, pitch in notes)
    )


def test_the_highest_line_of_the_most_melodic_part_is_the_melody():
    chords = part((0, 2, 48), (0, 2, 52), (0, 2, 55))
    song = part((0, 0.95, 72), (0, 1, 60), (1, 1.6, 74), (3, 9, 76))
    found = tune_of(midi_read.Midi((chords, song)))
    assert [(note.ticks, note.pitch) for note in found.bars[0].notes] == [(12, 72), (24, 74), (12, 76)]


def test_a_key_without_a_signature_is_heard():
    notes = [(index, 1, pitch) for index, pitch in enumerate((69, 71, 72, 74, 76, 77, 79, 69))]
    assert tune_of(midi_read.Midi((part(*notes),))).key == "A minor"


def test_a_file_of_drums_alone_holds_no_tune():
    with pytest.raises(Refused, match="no notes"):
        tune_of(midi_read.Midi((part((0, 1, 36), drums=True),)))
