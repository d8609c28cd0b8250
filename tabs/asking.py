"""What a person asked of a text model, gathered from the form and from what the browser knows; knows no component.

The browser tells where an answer begins (a fork, a continuation), what was said before in a chat, and which form was
filled in. All of it is from outside, and the values are checked where every generation's are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.catalog import Model
from playground.errors import Refused
from playground.params import RANDOM, Params
from tabs import use_cases
from tabs.modes import FIRST, MODES, asks

OF_A_NODE = ("prompt", "mode", "system", "suffix", "answer_start")  # what a fork or a continuation brings along itself
START_IS_SET = "The answer begins with what “Answer starts with” holds, under More; empty that to write something new."


@dataclass(frozen=True)
class Asked:
    """One generation to be started: `values` are its settings."""

    run: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""  # why it cannot be started, in a sentence
    notes: tuple[str, ...] = ()  # what the person should know of it


def gather(model: Model, way: str, river: Any, values: Mapping[str, Any]) -> Asked:
    """What to generate. `river` is what the browser sent for the river, `values` are those of the form's controls."""
    told = river.get("ask") if isinstance(river, Mapping) else None
    told = told if isinstance(told, Mapping) else {}
    way = way if way in MODES else FIRST
    own = {**values, "mode": asks(way, model, values.get("suffix", ""))}
    if isinstance(node := told.get("node"), Mapping):
        own |= {name: node[name] for name in OF_A_NODE if name in node}
    elif way == "Use cases" and told.get("stale"):  # a field was changed a moment ago
        own["prompt"] = use_cases.compose(told) or own.get("prompt", "")
    if told.get("again") or own.get("seed") == RANDOM:  # the same one would write the same text
        own["seed"] = Params().with_seed_drawn().seed  # here, so that a text that is stopped has one too
    own["messages"] = told.get("messages", ()) if own["mode"] == "chat" else ()
    run = told.get("run")
    problem = "" if node or way != "Use cases" else gaps(told, own.get("prompt", ""))
    set_here = not node and own["mode"] != "measure" and own.get("answer_start")
    return Asked(run if isinstance(run, int) else 0, own, problem, (START_IS_SET,) if set_here else ())


def gaps(told: Mapping[str, Any], prompt: str) -> str:
    """What is still to be filled in, if the prompt is what the form made; one that was changed stands for itself."""
    case = use_cases.all_of_them().get(str(told.get("case")))
    if case is None or prompt.strip() != use_cases.filled(case, told.get("fields", {})).strip():
        return ""
    return use_cases.missing_sentence(use_cases.missing(case, told.get("fields", {})))


def checked(asked: Asked) -> dict[str, Any]:
    """The settings, or Refused."""
    if asked.problem:
        raise Refused(asked.problem)
    return asked.values
