"""What is to be done with a tune that is there, as the page carries it: settings without a control; knows no component.

It is one value {"settings": ..., "told": ...}: settings by name, and in words. A card sends settings of its tune; a
card of a preview, which has no notes to change, those that compose the whole.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from playground.catalog import MODELS
from playground.errors import Refused
from playground.media.tune import BAR, TICKS
from playground.media.tune import MODES as SCALES
from playground.media.tune import NAMES as NAMES_OF_KEYS
from playground.params import MusicParams
from tabs import stage

NAMES = tuple(f.name for f in fields(MusicParams) if f.metadata["carried"])
PREVIEW = 4  # bars of each tune that are composed first when there are to be several
PREVIEWING = stage.Craft("Bar", "The band is playing it", "Previews composed", "Nothing was composed.")
CRAFTS = {
    "continue": stage.Craft("Bar", "The band is playing it", "Continued", "Nothing was written."),
    "rewrite": stage.Craft("Bar", "The band is playing it", "Rewritten", "Nothing was rewritten."),
    "play": stage.Craft("", "The band is playing it", "Played", "Nothing was played."),
}


def carried(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the page carries along, out of settings that fill the form."""
    settings = {name: values[name] for name in NAMES if values.get(name)}
    return {"settings": settings, "told": in_words(settings)} if {"start", "takes"} & set(settings) else {}


def in_words(settings: Mapping[str, Any]) -> str:
    """What Compose will do, such as "Goes on from 'Ditty', 16 bars in G major, 4/4"."""
    from playground.media import tune_start  # noqa: PLC0415 - not needed for the page to start

    if "start" not in settings:
        return f"Plays {settings['takes']}"
    try:
        tune = tune_start.read(settings["start"])
    except Refused:
        return "Goes on from a tune that cannot be read"
    what = described(tune)
    if settings.get("change") == "rewrite":
        first, last = settings.get("first_bar", 0), settings.get("last_bar", 0)
        return f"Rewrites {f'bars {first} to {last}' if last > first else f'bar {first}'} of {what}"
    return f"Plays {what}" if settings.get("change") == "play" else f"Goes on from {what}"


def described(tune: Any) -> str:
    """A tune.Tune in short."""
    title = f"‘{tune.title[:60]}’, " if tune.title not in ("", "Untitled") else ""
    count = len(tune.bars)
    return f"{title}{count} {'bar' if count == 1 else 'bars'} in {tune.key}, {tune.metre}"


def of_recipe(recipe: Mapping[str, Any], asked: Mapping[str, Any] = {}) -> dict[str, Any]:
    """What a card keeps of its tune, to have it changed: who wrote it, and the tune with all that makes its band play
    as it does; of a preview what was `asked` for, as for the whole alone. Empty for music without notes."""
    params = recipe["params"]
    if "abc" not in recipe["facts"]:
        return {}
    if bars := params.get("preview_bars"):
        settings = {**asked, "seed": params["seed"], "tunes": 1, "preview_bars": 0}
        return {"own": True, "model": recipe["model"]["key"], "settings": settings, "preview": bars}
    from playground import tune_files  # noqa: PLC0415 - not needed for the page to start
    from playground.media import melody_edits  # noqa: PLC0415 - nor this

    names = ("prompt", "mood", "style", "key", "mode", "metre", "bpm", "instrument", "density", "seed", "takes")
    settings = {"start": recipe["facts"]["abc"], **{name: params[name] for name in names}}
    tune = tune_files.tune(recipe)
    melody = {"notes": melody_edits.numbers(tune), "bar": BAR[tune.metre], "second": 60 / tune.bpm / TICKS}
    return {"own": True, "model": recipe["model"]["key"], "settings": settings, "melody": melody}


def name_and_bars(recipe: Mapping[str, Any]) -> tuple[str, int]:
    """The title of a tune that was made of another, and how many bars it has; nothing of music without notes."""
    if "abc" not in recipe["facts"]:
        return "", 0
    from playground import tune_files  # noqa: PLC0415 - not needed for the page to start

    tune = tune_files.tune(recipe)
    return (tune.title if recipe["params"].get("start") else ""), len(tune.bars)


def craft(values: Mapping[str, Any]) -> stage.Craft | None:
    """How the status tells of what is asked for; None if it is a whole new tune."""
    if values.get("preview_bars"):
        return PREVIEWING
    return CRAFTS.get(str(values.get("change", "continue"))) if values.get("start") else None


def gathered(key: str, form: Mapping[str, Any], told: Any) -> tuple[str, dict[str, Any]]:
    """The model's key and the settings that the form and what is `told` beside it ask for together.

    What the page carries lies over the form; of several new tunes there are previews first. With a card's tune ("own")
    the form says how to write: words, mood and style of what comes next, temperature and number; rewritten or played, a
    tune keeps all that is its own, and so does the whole of a preview. Refused if the edited "notes", or what was
    "played", are none.
    """
    settings = settings_of(told)
    if settings.get("start") and told.get("notes") is not None:
        settings["start"] = edited(settings["start"], told["notes"])
    if isinstance(told, Mapping) and isinstance(told.get("played"), Mapping):
        settings["start"] = played(told["played"], form)
    change = {name: value for name, value in settings.items() if name in NAMES}
    if not (isinstance(told, Mapping) and told.get("own")):
        several = form.get("tunes", 1) != 1 and not change.get("start")
        return key, {**form, **change, **({"preview_bars": PREVIEW} if several else {})}
    key = told["model"] if isinstance(told.get("model"), str) and told["model"] in MODELS else key
    if not settings.get("start"):
        return key, {**form, **settings}
    if settings.get("change") == "continue":
        band = {name: form.get(name) or settings.get(name, "") for name in ("instrument", "density")}
        return key, {**form, **change, "key": "", "mode": "", "metre": "", **band}
    if settings.get("change") == "rewrite":
        return key, {**form, **settings, "bars": 0, "seed": form.get("seed", -1)}
    return key, {**form, **settings, "bars": 0, "tunes": 1}


def edited(start: str, notes: Any) -> str:
    """The start with another melody, as numbers; Refused if it is none."""
    from playground.media import abc, melody_edits, tune_start  # noqa: PLC0415 - not needed for the page to start

    return abc.write(melody_edits.with_melody(tune_start.read(str(start)), notes))


def played(told: Mapping[str, Any], form: Mapping[str, Any]) -> str:
    """The start that somebody played, in the key that the form asks for if it has all its notes; Refused if it is
    none."""
    from playground.media import abc, played_start, tune_prompt  # noqa: PLC0415 - not needed for the page to start

    said = tune_prompt.understood(str(form.get("prompt", ""))).values
    key, mode = (form.get(name) or said.get(name) for name in ("key", "mode"))
    asked = (NAMES_OF_KEYS.index(key), mode) if key in NAMES_OF_KEYS and mode in SCALES else None
    return abc.write(played_start.tune_of(told.get("notes"), told.get("metre"), asked))


def settings_of(told: Any) -> dict[str, Any]:
    """The settings in what the browser sends, unchecked; empty if there are none."""
    settings = told.get("settings") if isinstance(told, Mapping) else None
    known = {f.name for f in fields(MusicParams)}
    return {name: value for name, value in settings.items() if name in known} if isinstance(settings, Mapping) else {}
