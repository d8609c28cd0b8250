"""What a person asked of a latent space, as the page tells it beside the form, and in words; knows no component.

It is one value {"model": key, "settings": {...}}: the points, the way and all else that has no control.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from playground import hub
from playground.catalog import MODELS, Model
from playground.params import LARGEST_SEED, LatentParams

NAMES = tuple(f.name for f in fields(LatentParams) if f.metadata["carried"])
LIVE = frozenset(f.name for f in fields(LatentParams)) - {"prompt"}


def gathered(key: str, form: Mapping[str, Any], told: Any) -> tuple[str, dict[str, Any]]:
    """The model's key and all settings: what the page tells lies over the form. What the form's own model does not
    have says nothing to another one, which has its defaults for it."""
    told = told if isinstance(told, Mapping) else {}
    settings = told.get("settings") if isinstance(told.get("settings"), Mapping) else {}
    other = told.get("model")
    form = {name: value for name, value in form.items() if key not in MODELS or MODELS[key].has(name)}
    key = other if isinstance(other, str) and other in MODELS and usable(MODELS[other]) else key
    return key, {**form, **{name: settings[name] for name in NAMES if name in settings}}


def usable(model: Model) -> bool:
    return model.kind == "latent" and hub.here(model)


def drafted(told: Any, models: Mapping[str, Model]) -> tuple[str, dict[str, Any]]:
    """The key and the settings of a draft that the browser asks for; the key is empty if there is no such model."""
    told = told if isinstance(told, Mapping) else {}
    model = models.get(str(told.get("model")))
    settings = told.get("settings")
    if model is None or not isinstance(settings, Mapping):
        return "", {}
    known = {name: value for name, value in settings.items() if name in LIVE and model.has(name)}
    return model.key, {**known, "way": "draft"}


def carried(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the page is told of settings that fill the form, to show it again."""
    settings = {name: values[name] for name in NAMES if name in values}
    return {"settings": settings} if settings.get("points") or settings.get("way") else {}


def in_words(values: Mapping[str, Any]) -> str:
    """What is to be seen, such as "Between red boat, yellow house, black cat and seed 7"."""
    names = list(map(named, str(values.get("points", "")).splitlines()))
    start = {"sum": "Sum of", "walk": "A walk along", "picture": "There and back:"}.get(
        values.get("way", ""), "Between"
    )
    return f"{start} {listed(names)}" if names else "A picture from seeds"


def named(line: str) -> str:
    kind, _, rest = line.partition(" ")
    seed, _, words = rest.partition(" ")
    if kind == "seed" and seed.isdigit() and int(seed[:12]) <= LARGEST_SEED:
        return f"‘{words[:60]}’ (seed {seed})" if words else f"seed {seed}"
    return rest.replace("-", " ")[:60] if kind == "card" else f"a {'tune' if kind == 'tune' else 'picture'}"


def listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
