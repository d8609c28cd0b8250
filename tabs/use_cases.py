"""Forms for what people want written, read from assets/use_cases/*.yaml; knows no component and no model's insides.

A file is data: it is read with the safe loader, checked, and its prompt only ever has `$names` replaced.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from playground import hub
from playground.catalog import Model
from playground.errors import Refused
from playground.params import KINDS
from playground.values import check_one

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "use_cases"
TYPES = ("text", "long text", "choice", "number")
SKILLS = ("stories", "poems", "code", "instructions")
OF_STARTERS = ("stories", "poems", "code")  # of a starter whose words.json does not say
LONGEST_FIELD = 20_000
BLANK = "…"


@dataclass(frozen=True)
class Field:
    """One thing to fill in."""

    name: str  # as `$name` in the prompt
    label: str
    type: str = "text"
    choices: tuple[str, ...] = ()
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Example:
    """A filling that works, with the seed it was tried with."""

    title: str
    values: dict[str, str]
    seed: int


@dataclass(frozen=True)
class UseCase:
    """One form, and the prompt it makes."""

    key: str
    title: str
    summary: str
    skill: str  # what a model has to have learned for it
    prompt: str
    fields: tuple[Field, ...]
    examples: tuple[Example, ...]
    defaults: dict[str, Any] = field(default_factory=dict)  # settings that suit it
    group: str = "Write"
    order: int = 100


@cache
def all_of_them() -> dict[str, UseCase]:
    """Every use case by its key, in their order."""
    found = [parsed(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
    return {case.key: case for case in sorted(found, key=lambda case: (case.order, case.title))}


def parsed(key: str, text: str) -> UseCase:
    """The use case that `text` describes, else Refused with what is wrong."""
    try:
        data = yaml.safe_load(text)
        case = UseCase(
            key=key,
            fields=tuple(Field(name=name, **typed(facts)) for name, facts in data.pop("fields").items()),
            examples=tuple(Example(**one) for one in data.pop("examples")),
            **data,
        )
    except (yaml.YAMLError, TypeError, AttributeError, KeyError) as error:
        raise Refused(f"The use case {key} cannot be read: {error}.") from error
    wrong = problem(case)
    if wrong:
        raise Refused(f"The use case {key} {wrong}.")
    return case


def typed(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {**facts, "choices": tuple(facts.get("choices", ()))}


def problem(case: UseCase) -> str:
    """What is wrong with `case`, to go after its name; empty if nothing is."""
    names = {one.name for one in case.fields}
    used = identifiers(case.prompt)
    if used != names:
        return f"has a prompt with {sorted(used)} but fields {sorted(names)}"
    if any(one.type not in TYPES or (one.type == "choice") != bool(one.choices) for one in case.fields):
        return f"has a field that is none of {', '.join(TYPES)}, or choices where none belong"
    if case.skill not in SKILLS:
        return f"needs the skill {case.skill!r}, but there are {', '.join(SKILLS)}"
    if any(not set(example.values) <= names or missing(case, example.values) for example in case.examples):
        return "has an example that does not fill its fields"
    settings = {f.name: f for f in fields(KINDS["text"])}
    try:
        for name, value in case.defaults.items():
            check_one(settings[name], value)
    except (KeyError, Refused) as error:
        return f"has a default that cannot be set: {error}"
    return ""


def identifiers(prompt: str) -> set[str]:
    """The `$names` in a prompt; Python's Template tells them itself only from 3.11 on."""
    return set(re.findall(r"\$\{?([a-z_]\w*)", prompt.replace("$$", "")))


def clean(case: UseCase, given: Any) -> dict[str, str]:
    """What of `given`, from outside, are values of the fields of `case`, as text."""
    values = given if isinstance(given, Mapping) else {}
    return {one.name: str(values.get(one.name) or "").strip()[:LONGEST_FIELD] for one in case.fields}


def missing(case: UseCase, given: Mapping[str, Any]) -> list[str]:
    """The labels of the fields that have to be filled and are not."""
    values = clean(case, given)
    return [one.label for one in case.fields if not one.optional and not values[one.name]]


def filled(case: UseCase, given: Mapping[str, Any]) -> str:
    """The prompt of `case`, with a blank for each field that is still empty; what is optional and empty is left out.

    It ends its line, so that a model that only goes on writes below it.
    """
    values = clean(case, given)
    optional = {one.name for one in case.fields if one.optional}
    shown = {name: value or ("" if name in optional else BLANK) for name, value in values.items()}
    text = Template(case.prompt).safe_substitute(shown)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"


def compose(told: Any) -> str | None:
    """For the browser: the prompt that a form makes of its fields; None if there is no such form."""
    told = told if isinstance(told, Mapping) else {}
    case = all_of_them().get(str(told.get("case")))
    return filled(case, told.get("fields")) if case else None


def missing_sentence(labels: list[str]) -> str:
    """What to tell a person whose form has gaps; empty if it has none."""
    if not labels:
        return ""
    names = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
    return f"Fill in {names} first: the prompt has a {BLANK} in its place."


def can(model: Model, case: UseCase) -> bool:
    """Whether `model` has learned what `case` needs."""
    skills = hub.words(model).get("skills") or (OF_STARTERS if model.starter else SKILLS)
    return case.skill in skills


def shown(model: Model) -> dict[str, Any]:
    """All use cases for the browser, each with whether `model` can do it."""
    cases = [{**asdict(case), "can": can(model, case)} for case in all_of_them().values()]
    return {"model": model.title, "cases": cases}
