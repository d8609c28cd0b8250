"""Clips that people upload: any rate and channels, and a sentence for everything else."""

import io
import struct

import numpy as np
import pytest
import soundfile

from playground.errors import Refused
from playground.media import clips


def tone(seconds=1.0, rate=8000, channels=1, hertz=440.0):
    """(samples, channels)"""
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate))[:, None].repeat(channels, 1)


def file(sound, rate=8000, format="WAV", subtype=None):
    buffer = io.BytesIO()
    soundfile.write(buffer, sound, rate, subtype, format=format)
    return buffer.getvalue()


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 32000, 44100, 44101, 48000, 96000])
@pytest.mark.parametrize("to", [16000, 32000, 44100])
def test_a_tone_stays_the_same_at_every_rate(rate, to):
    sound = clips.read(file(tone(1.0, rate), rate, subtype="FLOAT"), to, 1)
    assert sound.dtype == np.float32 and sound.shape == (to, 1)
    middle = slice(to // 10, -to // 10)  # the ends ring, since the tone breaks off there
    assert np.abs(sound - tone(1.0, to))[middle].max() < 0.01


def test_what_a_lower_rate_cannot_hold_is_left_out_and_not_folded_down():
    sound = clips.read(file(tone(1.0, 44100, hertz=15000.0), 44100), 8000, 1)
    assert np.abs(sound[800:-800]).max() < 1e-3


@pytest.mark.parametrize("channels, wanted", [(1, 1), (1, 2), (2, 1), (2, 2), (6, 2), (8, 1)])
def test_channels_are_mixed_or_doubled(channels, wanted):
    sound = clips.read(file(tone(channels=channels)), 8000, wanted)
    assert sound.shape == (8000, wanted) and np.allclose(sound, tone(channels=wanted), atol=1e-3)


@pytest.mark.parametrize("format", ["WAV", "FLAC", "OGG", "MP3"])
def test_every_format_is_read(format):
    data = file(tone(2.0, 44100, 2), 44100, format)
    clips.check(data)
    assert clips.read(data, 32000, 1).shape[0] == pytest.approx(64000, rel=0.05)


def test_a_file_that_promises_an_hour_gives_what_it_holds():
    data = file(tone())
    promising = data[:40] + struct.pack("<I", 2 * 8000 * 3600) + data[44:]
    assert np.array_equal(clips.read(promising, 8000, 1), clips.read(data, 8000, 1))


BAD = {
    "empty": (b"", "cannot be read"),
    "text": (b"hello, world" * 100, "cannot be read"),
    "half a header": (file(tone())[:20], "cannot be read"),
    "cut FLAC": (file(tone(), format="FLAC")[:60], "cannot be read|at least"),
    "nothing in it": (file(np.zeros((0, 1))), "at least 0.5 s"),
    "short": (file(tone(0.2)), "0.20 s; at least 0.5 s"),
    "long": (file(tone(61.0)), "61 s, but at most 60 s are read; cut it"),
    "silent": (file(np.zeros((8000, 1))), "silent"),
    "not a number": (file(np.full((8000, 1), np.nan), subtype="FLOAT"), "no sound"),
    "infinite": (file(np.full((8000, 1), np.inf), subtype="FLOAT"), "no sound"),
    "slow": (file(tone(100.0, 100), 100), "60 s|4000 to 384000 Hz"),
    "one sample a second": (file(tone(50.0, 1), 1), "4000 to 384000 Hz"),
    "many channels": (file(tone(channels=9)), "9 channels"),
    "too fine": (file(tone(45.0, 192_000, 2), 192_000, format="FLAC"), "too fine at 192000 Hz in 2 channels"),
    "large": (b"RIFF" + bytes(clips.LARGEST), "at most 12 MB"),
}


@pytest.mark.parametrize("data, said", BAD.values(), ids=BAD)
def test_what_cannot_be_used_is_refused_in_a_sentence(data, said):
    with pytest.raises(Refused, match=said) as refused:
        clips.read(data, 8000, 1)
    assert str(refused.value).endswith(".")
