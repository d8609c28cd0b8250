"""A pretended music model, a tune by hand, and the events of a generation, without a network and without a sound."""

import io
import json
import math
import struct
import wave
from dataclasses import replace

from playground import recipe
from playground.catalog import Model
from playground.events import Media, Output, Preview
from playground.media import abc, roll, tune_start
from playground.media.tune import BAR, NAMES, Bar, Note, Tune
from playground.params import MusicParams, check

DITTY = Model(
    "ditty",
    kind="music",
    family="language model",
    title="Ditty",
    adapter="tune_music:TuneMusic",
    source="starters/ditty",
    license="MIT",
    summary="A model for tests that knows one tune.",
)
SINGER = replace(
    DITTY,
    key="singer",
    title="Singer",
    family="codes of sound",
    adapter="musicgen:MusicGen",
    source="/nowhere/singer",
    summary="A model for tests that makes sound.",
)
LINE = (62, 65, 69, 74, 72, 69, 67, 65, 64, 67, 70, 69, 65, 64, 62, 62)
CHORDS = (("Dm",), ("Gm",), ("A7",), ("Dm", "Bb"))


def tune(bars=8, metre="3/4", bpm=180, style="waltz") -> Tune:
    """Quarters up and down in D minor."""
    beats = BAR[metre] // 12
    made = [
        Bar(tuple(Note(12, LINE[(bar * beats + beat) % len(LINE)]) for beat in range(beats)), CHORDS[bar % 4])
        for bar in range(bars)
    ]
    return Tune(tuple(made), metre, 2, "minor", bpm, style=style, title="Ditty")


def sound(seconds: float) -> bytes:
    """So much silence, as a WAV file."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(2 * int(8000 * seconds)))
    return data.getvalue()


def draft(bars=3, of=8) -> Media:
    """The roll of an unfinished tune."""
    return Media(json.dumps(roll.of_melody(tune(bars), of)).encode(), "application/json")


def preview(bars=3, of=8, count=1) -> Preview:
    return Preview((draft(bars, of),) * count)


def changed(params: MusicParams) -> Tune:
    """What becomes of the start: more bars, others in place of some, or the same."""
    start = tune_start.read(params.start)
    if params.change == "continue":
        return replace(start, bars=start.bars + tune(params.bars or 8, start.metre).bars)
    if params.change == "rewrite":
        new = tune(params.last_bar - params.first_bar + 1, start.metre).bars
        return replace(start, bars=start.bars[: params.first_bar - 1] + new + start.bars[params.last_bar :])
    return start


def output(seed=7, bars=8, **values) -> Output:
    """A finished tune, or the preview of one, as the engine gives it."""
    params = check("music", {"seed": seed, **values}, {}, {})
    made = changed(params) if params.start else tune(params.preview_bars or bars)
    drawn = {"mood": "calm", "style": made.style or "waltz", "key": NAMES[made.tonic], "mode": made.mode}
    drawn |= {"metre": made.metre, "bpm": params.bpm or made.bpm, "bars": bars}
    facts = {**drawn, "instrument": values.get("instrument", ""), "seed": seed, "tunes": 1, "abc": abc.write(made)}
    full = recipe.make(DITTY, "0123456789", params, facts)
    return Output(recipe.write(Media(sound(made.seconds), "audio/wav"), full), full)


def hum(seconds: float) -> bytes:
    """A tone that falls silent, as a WAV file."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        count = int(8000 * seconds)
        tone = (round(9000 * math.sin(i / 3) * (1 - i / count)) for i in range(count))
        file.writeframes(b"".join(struct.pack("<h", one) for one in tone))
    return data.getvalue()


def sung(seed=7, seconds=3, **values) -> Output:
    """A finished sound without notes as the engine gives it."""
    params = check("music", {"seed": seed, "seconds": seconds, **values}, {}, {}, SINGER.has)
    facts = {"seed": seed, "tunes": 1, "duration": float(seconds), "lufs": -16.0, "dbtp": -3.0}
    full = recipe.make(SINGER, "0123456789", params, facts)
    return Output(recipe.write(Media(hum(seconds), "audio/wav"), full), full)
