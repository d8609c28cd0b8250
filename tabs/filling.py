"""Settings that come from outside, from a picture or an address, sorted into what can be used and what cannot.

Knows no component.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground import recipe, text_files
from playground.catalog import Model
from playground.errors import Refused
from tabs import form, link

LARGEST_PICTURE = 20_000_000  # bytes; one of ours has a hundredth of it


@dataclass(frozen=True)
class Filling:
    """What to put into the form: the model and values it takes; what to say of it, and of what could not be used."""

    model: Model
    values: dict[str, Any] = field(default_factory=dict)
    status: str = ""
    problems: tuple[str, ...] = ()
    text: str | None = None  # what was written, if a file brings it along


def from_picture(path: str, current: Model, models: Mapping[str, Model]) -> Filling:
    """The settings inside the picture at `path`, for its own model if it is here, else for the `current` one."""
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_PICTURE:
            raise Refused(f"This file has more than {LARGEST_PICTURE // 1_000_000} MB; no picture of ours has.")
        found = recipe.read(file.read_bytes())
        if found.kind != current.kind:
            raise Refused(f"This file was not made on this tab, but as {found.kind}.")
    except Refused as refused:
        return Filling(current, status=str(refused))
    model = models.get(found.key, current)
    values, problems = form.usable(model, found.values)
    return Filling(model, values, "The settings of the picture are in the form.", (*found.problems, *problems))


def from_text(path: str, current: Model, models: Mapping[str, Model]) -> Filling:
    """The text in the file at `path` and its settings, for its own model if it is here, else for the `current` one."""
    file = Path(path)
    try:
        if file.stat().st_size > text_files.LARGEST:
            raise Refused(f"This file has more than {text_files.LARGEST // 1_000_000} MB; no text of ours has.")
        text, found = recipe.read_text_file(file.read_bytes(), file.name)
        if found.kind != current.kind:
            raise Refused(f"This file was not made on this tab, but as {found.kind}.")
    except Refused as refused:
        return Filling(current, status=str(refused))
    model = models.get(found.key, current)
    values, problems = form.usable(model, found.values)
    status = "The text is back, and its settings are in the form."
    return Filling(model, values, status, (*found.problems, *problems), text)


def from_address(asked: Mapping[str, str], current: Model, models: Mapping[str, Model]) -> Filling | None:
    """The settings in the page's address; None if it holds none for this tab."""
    given = link.values(current.kind, asked)
    key = asked.get("model")
    if asked.get("tab", current.kind) != current.kind or not (given or key):
        return None
    unknown = () if key is None or key in models else (f"There is no model {key[:40]!r} here: the one chosen stays.",)
    model = models.get(key or "", current)
    values, problems = form.usable(model, given)
    return Filling(model, values, "The settings of the link are in the form.", (*unknown, *problems))
