"""What the tests of sound share: what a generation gave, and what can be heard in it."""

import io

import numpy as np
import soundfile

from playground.events import Media, Notice, Output


def outputs(events):
    return [event for event in events if isinstance(event, Output)]


def notices(events):
    return " ".join(event.text for event in events if isinstance(event, Notice))


def heard(output):
    """(samples, channels) and the rate of the sound in an output."""
    assert isinstance(output.media, Media) and output.media.type == "audio/wav"
    return soundfile.read(io.BytesIO(output.media.data), always_2d=True)


def clip(seconds=1.0, rate=8000, channels=1, hertz=440.0, format="WAV"):
    """A tone that falls silent, as a file."""
    time = np.arange(round(seconds * rate)) / rate
    wave = (0.5 * np.sin(2 * np.pi * hertz * time) * np.exp(-time))[:, None].repeat(channels, 1)
    buffer = io.BytesIO()
    soundfile.write(buffer, wave, rate, format=format)
    return buffer.getvalue()
