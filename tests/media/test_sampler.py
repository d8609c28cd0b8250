"""How a soundfont sounds: pitch, loop, envelope, places, and all of it in the mix of the own synthesiser."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.errors import Failed, Refused
from playground.media import drum_kit, sampler, soundfont, synth
from playground.media.arrange import arrange
from playground.media.instruments import LEVEL, tone
from playground.media.loudness import integrated, true_peak
from tests.media.soundfonts import LOOPED, RATE, build, noise, sine, small
from tests.media.tunes import plain


@pytest.fixture
def opened(tmp_path):
    def opened(data):
        path = tmp_path / "tiny.sf2"
        path.write_bytes(data)
        sampler.samples.cache_clear()  # another file at the same path
        return soundfont.read(path)

    return opened


@pytest.fixture
def played(opened):
    """A function for the sound of a zone with these amounts at a key."""

    def played(amounts, key, seconds, sample=None):
        font = opened(build([(0, 0, [({}, 0)])], [[(amounts, 0)]], [sample or sine()]))
        return sampler.played(font, font.voices[0][0], key, seconds, RATE)

    return played


def pitch_of(wave):
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 8 * len(wave)))
    return np.argmax(spectrum) * RATE / 8 / len(wave)


@pytest.mark.parametrize("key", [45, 57, 69, 70, 81, 96])
@pytest.mark.parametrize("amounts, semitones", [({}, 0), ({51: 1, 52: 50}, 1.5), ({58: 57}, 12)])
def test_a_looped_sample_sounds_every_pitch_for_as_long_as_it_is_held(played, key, amounts, semitones):
    wave = played({**LOOPED, **amounts}, key, 2.0)
    hertz = 440 * 2 ** ((key - 69 + semitones) / 12)
    assert len(wave) == 2 * RATE and pitch_of(wave) == pytest.approx(hertz, rel=0.002)
    assert np.abs(wave[-RATE // 10 :]).max() == pytest.approx(0.5, rel=0.02)  # it neither fades nor clicks
    steps = np.abs(np.diff(wave[RATE // 10 :])).max()
    assert steps < 1.1 * 0.5 * 2 * np.pi * hertz / RATE


def test_a_scale_of_half_tones_halves_the_way_from_the_root(played):
    wave = played({**LOOPED, 56: 50}, 81, 1.0)
    assert pitch_of(wave) == pytest.approx(440 * 2**0.5, rel=0.002)


def test_without_a_loop_it_ends_where_the_sample_does(played):
    assert len(played({}, 69, 2.0)) == pytest.approx(1000, abs=3)
    assert len(played({}, 81, 2.0)) == pytest.approx(500, abs=3)


def test_an_envelope_rises_and_falls_to_where_it_stays(played):
    amounts = {**LOOPED, 34: -3986, 35: -3986, 36: 0, 37: 200}  # attack and hold of 0.1 s, 100 dB a second to -20 dB
    wave = np.abs(played(amounts, 69, 1.0))
    around = {time: wave[round(time * RATE) :][:200].max() / 0.5 for time in (0.05, 0.15, 0.3, 0.6)}
    assert around[0.05] == pytest.approx(0.5, abs=0.05) and around[0.15] == pytest.approx(1, abs=0.02)
    assert around[0.3] == pytest.approx(10**-0.5, abs=0.03) and around[0.6] == pytest.approx(0.1, abs=0.01)


def test_a_release_falls_to_nothing():
    fall = sampler.dying(1.0, RATE)
    assert fall[RATE // 5] == pytest.approx(0.1, rel=0.01) and fall[-1] == 0 and (np.diff(fall) <= 0).all()
    assert len(sampler.dying(60.0, RATE)) <= sampler.LONGEST_RELEASE * RATE


def test_a_filter_takes_the_high_away(played):
    bright = sine(0.3, (1.0,) + (0.0,) * 8 + (1.0,))
    wave = played({**LOOPED, 8: 8000}, 69, 1.0, bright)  # 830 Hz
    spectrum = np.abs(np.fft.rfft(wave))
    assert spectrum[4400] < 0.05 * spectrum[440]


def test_left_and_right_stay_apart_and_zones_add_up(opened):
    band = sampler.band(opened(small()))
    left, right = band.tone("piano", 69, 0.5, RATE)
    assert np.abs(right).max() == pytest.approx(2 * np.abs(left).max(), rel=0.02)
    assert np.sqrt((np.stack([left, right])[:, : RATE // 5] ** 2).mean()) == pytest.approx(LEVEL, rel=0.02)


def test_the_key_chooses_the_sample_and_who_is_not_in_the_file_plays_as_ever(opened):
    band = sampler.band(opened(small()))
    assert pitch_of(band.tone("flute", 71, 1.0, RATE)[0]) == pytest.approx(440 * 2 ** (2 / 12), rel=0.002)
    assert pitch_of(band.tone("flute", 72, 1.0, RATE)[0]) == pytest.approx(880 * 2 ** (3 / 12), rel=0.002)
    assert np.array_equal(band.tone("fiddle", 69, 0.5, RATE), tone("fiddle", 69, 0.5, RATE))
    assert np.array_equal(band.release("fiddle", 69, RATE), synth.OWN.release("fiddle", 69, RATE))


def test_drums_are_as_loud_as_the_own_ones(opened):
    band = sampler.band(opened(small()))
    for key in (36, 38, 42):  # the last one is not there, and its neighbour plays
        wave, _ = band.stroke(key, RATE)
        assert wave.shape[0] == 2 and np.abs(wave).max() == pytest.approx(np.abs(drum_kit.stroke(key, RATE)[0]).max())
        assert not wave[:, -1].any()
    font = replace(opened(small()), drums=())
    assert np.array_equal(sampler.band(font).stroke(36, RATE)[0], drum_kit.stroke(36, RATE)[0])


def test_a_whole_arrangement_is_mastered_as_ever_and_its_stems_add_up(opened):
    font = opened(small())
    everywhere = replace(font, voices=dict.fromkeys(font.voices.keys() | range(128), font.voices[0]))
    for band in (sampler.band(font), sampler.band(everywhere)):
        score = arrange(plain("pop", bars=2), {"Melody": "flute"})
        sound = synth.rendered(score, 16000, band)
        assert integrated(sound, 16000) == pytest.approx(-16, abs=1) and true_peak(sound) < -0.5
        stems = sum(synth.stem(score, track, 16000, band) for track in range(len(score.tracks)))
        assert np.allclose(stems, sound, atol=1e-4)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([0, 1, 2, 3, 4, 8, 11, 12, 17, *range(33, 41), 45, 48, 50, 51, 52, 54, 56, 58]),
        st.integers(-32768, 32767),
        max_size=8,
    ),
    st.integers(0, 127),
)
def test_any_amounts_give_a_finite_sound(tmp_path_factory, amounts, key):
    path = tmp_path_factory.mktemp("font") / "a.sf2"
    path.write_bytes(build([(0, 0, [({}, 0)])], [[(amounts, 0), ({}, 0)]], [noise()]))
    band = sampler.band(soundfont.read(path))
    fall = band.release("piano", key, 8000)
    wave = band.tone("piano", key, 0.2 + len(fall) / 8000, 8000)
    assert np.isfinite(wave).all() and wave.shape[1] <= 8000 * (0.3 + sampler.LONGEST_RELEASE)


def test_the_set_soundfont_plays_and_is_known_by_name_and_hash(tmp_path, monkeypatch):
    path = tmp_path / "mine.sf2"
    path.write_bytes(small())
    monkeypatch.delenv(soundfont.VARIABLE, raising=False)
    assert sampler.chosen() is synth.OWN
    monkeypatch.setenv(soundfont.VARIABLE, str(path))
    band = sampler.chosen()
    assert (band.name, band.sha256) == ("mine.sf2", hashlib.sha256(small()).hexdigest()) and sampler.chosen() is band
    path.unlink()
    with pytest.raises(Refused, match="cannot be read"):
        sampler.chosen()
    sampler.samples.cache_clear()
    with pytest.raises(Failed, match="any more"):
        band.tone("piano", 60, 0.1, RATE)
