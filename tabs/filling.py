"""Settings that come from outside, from a file or an address, sorted into what can be used and what cannot.

Knows no component.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playground import recipe, text_files
from playground.catalog import Model
from playground.errors import Refused
from playground.params import sorted_out
from playground.restored import Restored
from tabs import keeping, link

LARGEST = 40_000_000  # bytes; the longest music of ours has four fifths of it
NAMES = {"image": "picture", "music": "tune", "latent": "work"}  # what a file of a kind is called


@dataclass(frozen=True)
class Filling:
    """What to put into the form: the model and values it takes; what to say of it, and of what could not be used."""

    model: Model
    values: dict[str, Any] = field(default_factory=dict)
    status: str = ""
    problems: tuple[str, ...] = ()
    whole: bool = False  # whether the settings that the values leave out had their defaults
    text: str | None = None  # what was written, if a file brings it along
    facts: Mapping[str, Any] = field(default_factory=dict)  # what else a file of ours says, as it stands there


def from_file(path: str, current: Model, models: Mapping[str, Model]) -> Filling:
    """The settings inside the file at `path`, for its own model if it is here, else for the `current` one."""
    try:
        found = of_kind(current.kind, recipe.read(small(path, LARGEST)))
    except Refused as refused:
        return Filling(current, status=str(refused))
    return filled(found, current, models, status(found, NAMES[current.kind]))


def status(found: Restored, name: str) -> str:
    """What to say of a file of this name."""
    if not found.tool:
        return f"The settings of the {name} are in the form."
    what = "what can be done again here is in the form" if found.values else "nothing of it can be done again here"
    return f"This {name} was made with {found.tool}: {what}."


def from_text(path: str, current: Model, models: Mapping[str, Model]) -> Filling:
    """The text in the file at `path` and its settings, for its own model if it is here, else for the `current` one."""
    try:
        text, found = recipe.read_text_file(small(path, text_files.LARGEST), Path(path).name)
        of_kind(current.kind, found)
    except Refused as refused:
        return Filling(current, status=str(refused))
    result = filled(found, current, models, "The text is back, and its settings are in the form.")
    return replace(result, text=keeping.own(text, found.values))


def small(path: str, largest: int) -> bytes:
    """What is in the file at `path`; Refused if it has more than `largest` bytes."""
    if Path(path).stat().st_size > largest:
        raise Refused(f"This file has more than {largest // 1_000_000} MB; nothing made here has.")
    return Path(path).read_bytes()


def of_kind(kind: str, found: Restored) -> Restored:
    if found.kind != kind:
        raise Refused(f"This file was not made on this tab, but as {found.kind}.")
    return found


def filled(found: Restored, current: Model, models: Mapping[str, Model], status: str) -> Filling:
    model = models.get(found.key, current)
    values, problems = sorted_out(model.kind, found.values, model.limits, model.has)
    return Filling(model, values, status, (*found.problems, *problems), whole=True, facts=found.facts)


def from_address(asked: Mapping[str, str], current: Model, models: Mapping[str, Model]) -> Filling | None:
    """The settings in the page's address; None if it holds none for this tab."""
    given = link.values(current.kind, asked)
    key = asked.get("model")
    if asked.get("tab", current.kind) != current.kind or not (given or key):
        return None
    unknown = () if key is None or key in models else (f"There is no model {key[:40]!r} here: the one chosen stays.",)
    model = models.get(key or "", current)
    values, problems = sorted_out(model.kind, given, model.limits, model.has)
    return Filling(model, values, "The settings of the link are in the form.", (*unknown, *problems))
