"""A file that is dropped on the Music tab: one made here brings its settings back, any other tune is gone on from.

Knows no component.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from playground import recipe
from playground.catalog import Model
from playground.errors import Refused
from playground.media.tune import BAR, TICKS, Tune
from tabs import filling, tune_changes
from tabs.filling import Filling

MOST_BARS = 48  # of a tune from elsewhere: it may still grow
ROOM = 16  # bars that it may grow by without becoming too long
PLAIN = {"change": "continue", "first_bar": 0, "last_bar": 0, "takes": ""}
OWN = {"mood": "", "style": "", "key": "", "mode": "", "metre": "", "bpm": 0}
"""What a tune says itself: what the form says of an earlier one does not hold any more."""


def from_file(path: str, current: Model, models: Mapping[str, Model]) -> Filling:
    """The settings inside the file at `path`, or the tune in it as the start of another."""
    try:
        data = filling.small(path, filling.LARGEST)
        midi = data.startswith(b"MThd")
        abc = Path(path).suffix.lower() == ".abc" or data.lstrip().startswith((b"X:", b"%abc"))
        if not (midi or abc) or any(map(recipe.parsed, recipe.told_in_music(data) or ())):
            return filling.from_file(path, current, models)
        tune, told = of_midi(data) if midi else of_abc(data)
    except Refused as refused:
        return Filling(current, status=str(refused))
    model = next((model for model in (current, *models.values()) if model.has("start")), None)
    if model is None:
        return Filling(current, status="No model here can go on from notes.")
    return start(tune if tune.title else replace(tune, title=Path(path).stem[:60]), told, model)


def start(tune: Tune, told: list[str], model: Model) -> Filling:
    """The tune as what Compose goes on from, as much of it as leaves room."""
    from playground.media import abc, tune_start  # noqa: PLC0415 - not needed for the page to start

    tune, changed = tune_start.ready(tune, told)
    bar = BAR[tune.metre] * 60 / tune.bpm / TICKS  # seconds
    most = max(1, min(MOST_BARS, int(tune_start.LONGEST / bar) - ROOM))
    if len(tune.bars) > most:
        changed = [f"Its first {most} of {len(tune.bars)} bars are taken.", *changed]
        tune = replace(tune, bars=tune.bars[:most])
    values = {**OWN, **PLAIN, "start": abc.write(tune)}
    return Filling(model, values, f"{tune_changes.described(tune)}; Compose goes on from it.", tuple(changed))


def of_abc(data: bytes) -> tuple[Tune, list[str]]:
    """The first tune of an ABC file, and sentences about it; Refused if there is none."""
    from playground.media import tune_start  # noqa: PLC0415 - not needed for the page to start

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    tune, told = tune_start.opened(text)
    count = len(re.findall(r"^X:", text, re.MULTILINE))
    return tune, [f"It is the first of {count} tunes in the file.", *told] if count > 1 else told


def of_midi(data: bytes) -> tuple[Tune, list[str]]:
    """The melody of a MIDI file, and sentences about it; Refused if there is none."""
    from playground.media import midi_read, midi_tune  # noqa: PLC0415 - not needed for the page to start

    midi = midi_read.read(data)
    tune = midi_tune.tune_of(midi)
    voices = sum(1 for part in midi.parts if part.notes and not part.drums)
    told = [f"Of its {voices} parts the one most like a melody was taken."] if voices > 1 else []
    beats, unit = midi.metre
    if midi.metre not in midi_tune.METRES and midi.metre not in ((4, 4), (2, 4), (2, 2), (4, 2)):
        told.append(f"Its metre, {beats}/{unit}, is counted as {tune.metre} here.")
    return tune, [*told, "Chords that fit were added."]
