"""Melodies as the Latent space tab offers them: those of a model, and one that a person brings; knows no component."""

import base64
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from playground import hub
from playground.catalog import Model
from playground.errors import Refused
from playground.media import melody_grid, roll
from playground.media.melody_grid import BARS, Key
from playground.media.tune import NAMES
from tabs import tune_drops

WORKS = "an ABC or a MIDI file in 4/4 would work"


def cards(model: Model) -> list[dict[str, Any]]:
    """The melodies that a model brings along: {"name", "title", "caption", "roll": see media.roll}."""
    told = json.loads((hub.folder(model) / "examples.json").read_text("utf-8"))
    return [card(name, **one) for name, one in told.items()]


def card(name: str, title: str, grid: list[int], **key: Any) -> dict[str, Any]:
    tune = melody_grid.tune_of([grid], Key(**key))
    caption = f"{title}, in {NAMES[tune.tonic]} {tune.mode}, {tune.bpm} bpm"
    return {"name": name, "title": title, "caption": caption, "roll": roll.of_melody(tune, BARS)}


def brought(data: bytes, path: str) -> dict[str, Any]:
    """The tune in an uploaded ABC or MIDI file: {"tune": ABC in base64, "title", "roll": of the two bars that are
    taken}. Refused if there is none, or none that has a place among melodies."""
    if not data:
        raise Refused(f"This file did not arrive, or is empty; {WORKS}.")
    try:
        tune, _ = tune_drops.of_midi(data) if data.startswith(b"MThd") else tune_drops.of_abc(data)
    except Refused as refused:
        raise Refused(f"{refused} Here {WORKS}.") from refused
    from playground.media import abc  # noqa: PLC0415 - not needed for the page to start

    title = tune.title or re.sub(r"[^\w -]+", " ", Path(path).stem)[:40].strip()
    tune = replace(tune, title=title, bars=tune.bars[:BARS])
    taken = melody_grid.tune_of([melody_grid.grid_of(tune)], Key(tune.tonic, tune.mode, tune.bpm))
    text = base64.b64encode(abc.write(tune).encode()).decode()
    return {"tune": text, "title": title or "own tune", "roll": roll.of_melody(taken, BARS)}
