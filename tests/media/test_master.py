import numpy as np
import pytest

from playground.media import master
from playground.media.loudness import integrated

RATE = 16000


def noise(level):
    return np.random.default_rng(0).normal(0, level, (RATE * 2, 2)).astype(np.float32)


@pytest.mark.parametrize("level", [0.001, 0.05, 0.9])
def test_a_mix_of_any_level_comes_to_the_same_loudness_and_never_clips(level):
    sound = master.mastered(noise(level), RATE)
    assert integrated(sound, RATE) == pytest.approx(master.LOUDNESS, abs=0.1)
    assert np.abs(sound).max() <= master.CEILING and sound.dtype == np.float32


def test_the_limiter_holds_any_peak_and_leaves_the_rest_alone():
    sound = noise(0.1)
    sound[[0, 5000, 5001, 12345, len(sound) - 1]] = 7
    limited = master.mastered(sound, RATE)
    assert np.abs(limited).max() <= master.CEILING + 1e-6
    gains = master.gains(sound, RATE)
    far = slice(20000 // master.BLOCK, 25000 // master.BLOCK)
    assert np.ptp(gains[far]) < 1e-9 and gains[far].max() == pytest.approx(gains.max())
    assert gains[5000 // master.BLOCK] < gains.max() / 5


def test_parts_under_the_same_gains_add_up():
    one, other = noise(0.3), noise(0.2)[::-1]
    gains = master.gains(one + other, RATE)
    parts = master.applied(one, gains) + master.applied(other, gains)
    assert np.allclose(parts, master.applied(one + other, gains), atol=1e-6)


def test_silence_stays_silent():
    assert not master.mastered(np.zeros((RATE, 2), np.float32), RATE).any()
