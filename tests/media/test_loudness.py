import math

import numpy as np
import pytest

from playground.media.loudness import integrated, k_filters, normalised, smooth_length, true_peak


def sine(decibels, seconds, rate=48000, hertz=997.0, phase=0.0):
    return 10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate + phase)


def stereo(channel):
    return np.stack([channel, channel], 1)


def test_the_filters_at_48_khz_are_those_of_the_standard():
    (shelf, below), (high_pass, last) = k_filters(48000)
    assert shelf == pytest.approx((1.53512485958697, -2.69169618940638, 1.19839281085285), abs=1e-9)
    assert below == pytest.approx((1.0, -1.69065929318241, 0.73248077421585), abs=1e-9)
    assert high_pass == (1.0, -2.0, 1.0)
    assert last == pytest.approx((1.0, -1.99004745483398, 0.99007225036621), abs=1e-9)


@pytest.mark.parametrize("rate", [44100, 48000])
def test_a_full_scale_sine_in_one_channel_is_3_01_below_full_scale(rate):
    sound = sine(0, 2, rate)
    assert integrated(sound, rate) == pytest.approx(-3.01, abs=0.02)
    assert integrated(np.stack([sound, 0 * sound], 1), rate) == pytest.approx(-3.01, abs=0.02)


@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_a_stereo_sine_of_1_khz_reads_its_own_level(level):
    """EBU Tech 3341, cases 1 and 2."""
    assert integrated(stereo(sine(level, 4, hertz=1000)), 48000) == pytest.approx(level, abs=0.1)


@pytest.mark.parametrize(
    "levels",
    [((-36, 5), (-23, 30), (-36, 5)), ((-72, 5), (-36, 5), (-23, 30), (-36, 5), (-72, 5))],
)
def test_quiet_ends_fall_below_the_gates(levels):
    """EBU Tech 3341, cases 3 and 4, at half the length and another rate."""
    sound = np.concatenate([sine(level, seconds, 16000) for level, seconds in levels])
    assert integrated(stereo(sound), 16000) == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize("sound", [np.zeros((48000, 2)), np.zeros(0), sine(-3, 0.3), sine(-80, 1)])
def test_silence_and_the_very_short_have_no_loudness(sound):
    assert integrated(sound, 48000) == -math.inf


def test_a_peak_between_samples_is_found():
    """EBU Tech 3341, case 16: a sine of a quarter of the rate whose samples miss its crests by 45 degrees."""
    sound = sine(-6.02, 1, 48000, 12000, math.pi / 4)
    assert 20 * math.log10(np.abs(sound).max()) == pytest.approx(-9.03, abs=0.01)
    assert true_peak(sound[:, None]) == pytest.approx(-6.02, abs=0.4)


def test_silence_has_no_peak():
    assert true_peak(np.zeros((10, 2))) == true_peak(np.zeros(0)) == -math.inf


def test_normalised_comes_out_at_the_loudness_asked_for():
    sound = stereo(sine(-30, 2)).astype(np.float32)
    louder, gain = normalised(sound, 48000)
    assert louder.dtype == np.float32 and gain == pytest.approx(14, abs=0.1)
    assert integrated(louder, 48000) == pytest.approx(-16, abs=0.01)


def test_normalised_stops_at_the_ceiling():
    sound = stereo(sine(-40, 2))
    sound[24000] = 0.5
    louder, gain = normalised(sound, 48000)
    assert true_peak(louder) == pytest.approx(-1, abs=0.01) and gain < 6


def test_normalised_leaves_silence_alone():
    sound = np.zeros((48000, 2), np.float32)
    assert normalised(sound, 48000) == (sound, 0.0)


@pytest.mark.parametrize("length, expected", [(1, 1), (2, 2), (7, 8), (97, 100), (1025, 1080), (44101, 45000)])
def test_smooth_lengths_are_the_next_with_small_factors(length, expected):
    assert smooth_length(length) == expected
