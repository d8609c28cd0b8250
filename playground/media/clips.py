"""Sounds that people upload, as samples at the rate and with the channels that somebody needs; knows no model.

What cannot be read, or is too much, is Refused in a sentence. numpy and soundfile are imported when there is a clip.
"""

import importlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from math import gcd
from typing import Any

from playground.errors import Refused

LARGEST = 12_000_000  # bytes
LONGEST = 60.0  # seconds
SHORTEST = 0.5  # seconds
RATES = (4000, 384_000)  # samples a second
QUIETEST = 1e-3  # of full scale, the peak of what is no silence
MOST_CHANNELS = 8
MOST_SAMPLES = 12_000_000  # of all channels together: a minute in stereo at 96 kHz
ENDINGS = (".wav", ".flac", ".mp3", ".ogg")


def check(data: bytes) -> None:
    """Refused if `data` is no sound that can be used, as far as its beginning tells; `read` sees the rest."""
    with file(data):
        pass


def read(data: bytes, rate: int, channels: int) -> Any:
    """The clip as float32 of shape (samples, channels), full scale at 1, at `rate` samples a second."""
    sound, own = opened(data)
    if channels != sound.shape[1]:
        sound = sound.mean(axis=1, keepdims=True).repeat(channels, axis=1)
    return resampled(sound, own, rate)


def opened(data: bytes) -> tuple[Any, int]:
    """(samples, channels) as they are in the file, and its rate."""
    numpy = importlib.import_module("numpy")
    with file(data) as clip:
        rate = clip.samplerate
        sound = clip.read(int(LONGEST * rate) + rate, dtype="float32", always_2d=True)  # whatever the file says
    look(len(sound) / rate, rate, sound.shape[1])  # a file may hold less than it says
    if not numpy.isfinite(sound).all():
        raise Refused("The clip holds numbers that are no sound; save it again as 16-bit WAV.")
    if numpy.abs(sound).max() < QUIETEST:
        raise Refused("The clip is silent; choose one that can be heard.")
    return sound, rate


@contextmanager
def file(data: bytes) -> Iterator[Any]:
    """The clip, open to be read; Refused if it is too large or none, also for what is found inside the `with`."""
    soundfile = importlib.import_module("soundfile")
    if len(data) > LARGEST:
        raise Refused(f"The clip has {len(data) / 1e6:.0f} MB, but at most {LARGEST // 1_000_000} MB are read.")
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as clip:
            look(clip.frames / clip.samplerate, clip.samplerate, clip.channels)
            yield clip
    except (soundfile.LibsndfileError, RuntimeError, ValueError, ZeroDivisionError):
        raise Refused(
            "The clip cannot be read: it is damaged, or no sound; WAV, FLAC, MP3 and OGG files work."
        ) from None


def look(seconds: float, rate: int, channels: int) -> None:
    """Refuse what is too much or too little before it takes memory."""
    if seconds > LONGEST:
        raise Refused(f"The clip lasts {seconds:.0f} s, but at most {LONGEST:.0f} s are read; cut it.")
    if seconds < SHORTEST:
        raise Refused(f"The clip lasts {seconds:.2f} s; at least {SHORTEST} s are needed.")
    if not RATES[0] <= rate <= RATES[1] or channels > MOST_CHANNELS:
        raise Refused(
            f"The clip has {channels} channels at {rate} Hz; up to {MOST_CHANNELS} at {RATES[0]} to {RATES[1]} Hz work."
        )
    if seconds * rate * channels > MOST_SAMPLES:
        raise Refused(f"The clip is too fine at {rate} Hz in {channels} channels; save it in stereo at 48,000 Hz.")


def resampled(sound: Any, rate: int, to: int) -> Any:
    """The same sound at `to` samples a second: its spectrum cut, or continued with nothing, which keeps all below the
    lower of both Nyquist frequencies as it is."""
    if rate == to:
        return sound
    numpy = importlib.import_module("numpy")
    block = rate // gcd(rate, to)  # so many samples become a whole number of others
    length = -(-(len(sound) + rate // 10) // block) * block  # some silence, since a spectrum goes round in a circle
    wanted = length // block * (to // gcd(rate, to))
    spectrum = numpy.fft.rfft(sound, length, axis=0)
    kept = numpy.zeros((wanted // 2 + 1, sound.shape[1]), spectrum.dtype)
    common = min(len(spectrum), len(kept))
    kept[:common] = spectrum[:common]
    whole = numpy.fft.irfft(kept, wanted, axis=0) * (wanted / length)
    return whole[: round(len(sound) * to / rate)].astype(numpy.float32)
