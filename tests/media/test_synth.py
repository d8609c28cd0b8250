import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.media import master, synth
from playground.media.arrange import arrange
from playground.media.drum_kit import STROKES, stroke
from playground.media.instruments import LEVEL, period, release, tone
from playground.media.loudness import integrated, true_peak
from playground.media.score import DRUMS, INSTRUMENTS, Played, Score, Track
from playground.media.voices import VOICES
from tests.media.tunes import plain

RATE = 16000  # quick; the sound is made the same way at any rate


def one_note(instrument, pitch=69, start=0.1, seconds=0.5, velocity=1.0):
    return Track("Melody", instrument, (Played(start, seconds, pitch, velocity),))


def test_there_is_a_sound_for_everything_a_score_can_name():
    assert set(VOICES) == set(INSTRUMENTS) and len(VOICES) >= 12
    assert set(STROKES) == set(DRUMS)


@pytest.mark.parametrize("instrument", VOICES)
def test_an_instrument_sounds_its_pitch_and_dies_away_without_a_click(instrument):
    (bus,) = synth.line(one_note(instrument), 4 * RATE, RATE)
    spectrum = np.abs(np.fft.rfft(bus * np.hanning(len(bus))))
    strongest = np.argmax(spectrum) / 4
    assert any(strongest == pytest.approx(440 * ratio, rel=0.01) for ratio in (1, 2, 3))
    sounding = np.flatnonzero(bus)
    assert sounding[0] >= 0.1 * RATE and np.isfinite(bus).all()
    assert abs(bus[sounding[0]]) < 0.02 and abs(bus[sounding[-1]]) < 1e-3
    assert len(bus) - sounding[-1] > 1


@pytest.mark.parametrize("instrument", VOICES)
@pytest.mark.parametrize("pitch", [0, 36, 84, 127])
def test_every_pitch_is_finite_and_of_a_level(instrument, pitch):
    wave = tone(instrument, pitch, 0.3, RATE)
    assert np.isfinite(wave).all() and np.abs(wave).max() < 20 * LEVEL


@pytest.mark.parametrize("instrument", VOICES)
def test_a_release_falls_to_nothing(instrument):
    fall = release(instrument, RATE)
    assert fall[-1] == 0 and fall[0] > 0.99 and (np.diff(fall) <= 0).all()


@pytest.mark.parametrize("key", [*DRUMS.values(), 0, 127])
def test_a_stroke_begins_and_ends_in_silence(key):
    wave, pan = stroke(key, RATE)
    assert np.isfinite(wave).all() and wave[0] == 0 and abs(wave[-1]) < 0.02
    assert 0.05 < np.abs(wave).max() < 1.5 and -1 <= pan <= 1 and abs(wave.mean()) < 1e-3


@pytest.mark.parametrize("instrument", VOICES)
def test_a_melody_is_about_as_loud_on_every_instrument(instrument):
    low = 36 if "bass" in instrument else 64
    notes = tuple(Played(place * 0.4, 0.34, low + (place * 7) % 16, 0.8) for place in range(12))
    assert integrated(synth.mix([Track("Melody", instrument, notes)], 5.0, RATE), RATE) == pytest.approx(-20, abs=2)


@pytest.mark.parametrize("style", ["pop", "waltz", "chiptune", "jazz", "cinematic"])
def test_a_mix_is_balanced_as_music_is(style):
    """Its power falls by some 4 to 6 dB an octave, and none of it is a constant."""
    rate = 44100
    sound = synth.rendered(arrange(plain(style, bars=4)), rate)
    blocks = sound[: len(sound) // 8192 * 8192].mean(axis=1).reshape(-1, 8192) * np.hanning(8192)
    power, hertz = (np.abs(np.fft.rfft(blocks)) ** 2).mean(axis=0), np.fft.rfftfreq(8192, 1 / rate)
    centres = 125 * 2.0 ** np.arange(7)
    density = [power[(hertz >= one / 2**0.5) & (hertz < one * 2**0.5)].mean() for one in centres]
    slope = np.polyfit(np.arange(7), 10 * np.log10(density), 1)[0]
    assert -7 < slope < -4 and np.abs(sound.mean(axis=0)).max() < 1e-3


@pytest.mark.parametrize("style", ["pop", "lullaby", "cinematic"])
def test_a_whole_arrangement_is_loud_enough_and_never_clips(style):
    score = arrange(plain(style, bars=4))
    sound = synth.rendered(score, RATE)
    assert sound.shape == (round((score.seconds + synth.TAIL) * RATE), 2) and sound.dtype == np.float32
    assert np.isfinite(sound).all() and np.abs(sound).max() <= master.CEILING + 1e-6
    assert integrated(sound, RATE) == pytest.approx(-16, abs=1) and true_peak(sound) < -0.5
    assert not sound[-1].any()


def test_the_same_score_is_the_same_sound():
    score = arrange(plain("jig", "6/8", bars=2))
    assert np.array_equal(synth.rendered(score, RATE), synth.rendered(score, RATE))


def test_the_tracks_add_up_to_the_mix():
    score = arrange(plain("pop", bars=2))
    stems = [synth.mix([track], score.seconds, RATE) for track in score.tracks]
    assert np.allclose(sum(stems), synth.mix(score.tracks, score.seconds, RATE), atol=1e-4)


def test_the_stems_add_up_to_what_is_rendered():
    score = arrange(plain("chiptune", bars=2))
    stems = [synth.stem(score, track, RATE) for track in range(len(score.tracks))]
    assert np.allclose(sum(stems), synth.rendered(score, RATE), atol=1e-4)
    assert all(np.abs(stem).max() > 0.01 for stem in stems)


def test_silence_is_silent():
    assert not synth.rendered(Score((Track("Melody", "piano", ()),), 1.0), RATE).any()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.builds(Played, st.floats(0, 5), st.floats(0.001, 2), st.integers(0, 127), st.floats(0.01, 1)), max_size=6
    ),
    st.sampled_from(sorted(VOICES)),
    st.booleans(),
)
def test_any_notes_can_be_rendered(notes, instrument, drums):
    sound = synth.rendered(Score((Track("Any", instrument, tuple(notes), drums),), 2.0), 8000)
    assert np.isfinite(sound).all() and np.abs(sound).max() <= 1


def test_places_have_constant_power():
    assert [sum(float(gain) ** 2 for gain in synth.sides(pan)) for pan in (-1, 0, 0.4, 1)] == pytest.approx([2] * 4)


def test_a_high_note_keeps_its_first_harmonic_only():
    assert np.array_equal(period((1.0, 1.0, 1.0), 9000.0, 5000.0, 15000.0), period((1.0,), 9000.0, 5000.0, 15000.0))


def test_a_body_swallows_what_is_above_it():
    spectrum = np.abs(np.fft.rfft(period((1.0,) * 9, 440.0, 1000.0, 15000.0)[:-1]))[1:10]
    assert np.allclose(spectrum / spectrum[0], (1 + 0.44**2) / (1 + (0.44 * np.arange(1, 10)) ** 2), atol=1e-3)
