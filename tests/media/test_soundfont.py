"""What is read of a soundfont: zones, their amounts, and the sentence for a file that cannot be used."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.errors import Refused
from playground.media import soundfont
from tests.media.soundfonts import LOOPED, build, sine, small


@pytest.fixture
def read(tmp_path):
    def read(data):
        path = tmp_path / "tiny.sf2"
        path.write_bytes(data)
        return soundfont.read(path)

    return read


def piano(read, own, preset=(), samples=None):
    """The zones of a piano with these amounts of its own zone and of the preset's."""
    font = read(build([(0, 0, [(dict(preset), 0)])], [[(own, 0)]], samples or [sine()]))
    return font.voices[0]


def test_presets_are_found_by_program_and_bank(read):
    font = read(small())
    assert sorted(font.voices) == [0, 73] and [zone.pan for zone in font.voices[0]] == [-1, 1]
    assert [zone.keys for zone in font.voices[73]] == [(0, 71), (72, 127)]
    assert [zone.root for zone in font.drums] == [36, 38] and font.drums[0].loop is None


def test_amounts_are_numbers_of_seconds_semitones_decibels_and_hertz(read):
    own = {34: 0, 36: 1200, 37: 200, 38: -1200, 48: 60, 51: 2, 52: -50, 56: 50, 8: 6900, 17: 250, 40: 100}
    (zone,) = piano(read, own)
    assert (zone.attack, zone.decay, zone.sustain, zone.release) == (1, 2, 20, 0.5)
    assert (zone.gain, zone.tuning, zone.scale, zone.pan) == (-6, 1.5, 0.5, 0.5)
    assert zone.cutoff == pytest.approx(440, abs=1) and zone.decay_by_key == pytest.approx(1 / 12)
    (plain,) = piano(read, {})
    assert (plain.root, plain.scale, plain.gain, plain.sustain) == (69, 1, 0, 0)
    assert plain.attack < 0.001 and plain.cutoff > 19_000 and plain.loop is None


def test_a_preset_adds_to_amounts_and_narrows_ranges(read):
    (zone,) = piano(read, {52: 10, 43: (20, 80), 58: 60}, {52: 5, 43: (60, 100), 58: 30, 54: 1})
    assert zone.tuning == pytest.approx(0.15) and zone.keys == (60, 80) and zone.root == 60 and zone.loop is None
    with pytest.raises(Refused, match="no instrument"):
        piano(read, {43: (0, 10)}, {43: (50, 60)})


def test_zones_for_nothing_are_what_the_others_start_from(read):
    presets = [(0, 0, [({52: 7}, None), ({}, 0)])]
    font = read(build(presets, [[({38: 0, 52: 1}, None), ({52: 2}, 0), ({}, 0)]], [sine()]))
    assert [(zone.release, zone.tuning) for zone in font.voices[0]] == [(1, 0.09), (1, 0.08)]


def test_offsets_move_a_sample_and_its_loop(read):
    (zone,) = piano(read, {**LOOPED, 0: 10, 1: -100, 2: -200, 3: -150})
    assert (zone.start, zone.end, zone.loop) == (10, 900, (700, 850))
    (zone,) = piano(read, {**LOOPED, 1: -100})  # the loop is beyond the end now
    assert zone.loop is None


def test_the_nearest_zone_sounds_where_none_is_for_a_key(read):
    font = read(build([(0, 0, [({}, 0)])], [[({43: (40, 50)}, 0), ({43: (60, 70), 44: (0, 60)}, 0)]], [sine()]))
    keys = {key: [zone.keys for zone in soundfont.sounding(font.voices[0], key)] for key in (0, 45, 54, 65, 127)}
    assert keys == {0: [(40, 50)], 45: [(40, 50)], 54: [(40, 50)], 65: [(60, 70)], 127: [(60, 70)]}


def test_samples_that_are_elsewhere_do_not_sound_and_packed_ones_are_refused(read):
    there, packed, outside = sine(), sine(), sine()
    there.kind, packed.kind, outside.rate = 0x8001, 0x11, 7
    for sample in (there, outside):
        with pytest.raises(Refused, match="no instrument"):
            piano(read, {}, samples=[sample])
    with pytest.raises(Refused, match="unpacked one"):
        piano(read, {}, samples=[packed])


def test_a_file_that_is_missing_or_something_else_is_a_sentence(read, tmp_path):
    for path in (tmp_path / "nowhere.sf2", tmp_path):
        with pytest.raises(Refused, match=r"cannot be read: .*\.$"):
            soundfont.read(path)
    for data in (b"", b"RIFF", b"RIFF\0\0\0\0WAVEfmt ", b"\x89PNG" * 99):
        with pytest.raises(Refused, match="is no soundfont"):
            read(data)
    with pytest.raises(Refused, match="not complete"):
        read(b"RIFF\x04\0\0\0sfbk")
    with pytest.raises(Refused, match="no instrument"):
        read(build([(1, 5, [({}, 0)])], [[({}, 0)]], [sine()]))


WHOLE = small()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=6), st.booleans())
def test_a_damaged_file_is_read_or_refused(tmp_path_factory, place, noise, cut):
    path = tmp_path_factory.mktemp("font") / "a.sf2"
    path.write_bytes(WHOLE[:place] if cut else WHOLE[:place] + noise + WHOLE[place + len(noise) :])
    try:
        font = soundfont.read(path)
    except Refused as refused:
        assert str(refused).endswith(".")
        return
    for zone in (*font.drums, *(zone for zones in font.voices.values() for zone in zones)):
        assert 0 <= zone.start < zone.end <= font.samples[1]
        assert zone.loop is None or zone.start <= zone.loop[0] < zone.loop[1] <= zone.end


def test_a_number_that_points_nowhere_is_damage(read):
    place = WHOLE.index(b"phdr") + 8 + 38 + 24  # where the zones of the second preset begin
    with pytest.raises(Refused, match="is damaged"):
        read(WHOLE[:place] + struct.pack("<H", 60000) + WHOLE[place + 2 :])


def test_the_soundfont_to_play_with_is_checked_before_it_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv(soundfont.VARIABLE, "")
    with pytest.raises(Refused):
        soundfont.use(tmp_path / "nowhere.sf2")
    assert soundfont.named() == ""
    (tmp_path / "tiny.sf2").write_bytes(WHOLE)
    soundfont.use(tmp_path / "tiny.sf2")
    assert soundfont.named() == "tiny.sf2"
