"""What a small programming task is: a real function, how people ask for it, and checks; knows none of them."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """`source` without the decorator; `phrases` go on from "a function to"; `checks` are true expressions."""

    name: str
    source: str
    phrases: tuple[str, ...]
    checks: tuple[str, ...]


CATALOGUE: dict[str, Task] = {}


def task(phrases: str, checks: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a function into the catalogue. Phrases are separated by |, checks by ; and a 7 in all of them may vary."""

    def remember(function: Callable[..., Any]) -> Callable[..., Any]:
        source = textwrap.dedent(inspect.getsource(function))
        first = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
        plain = "\n".join(source.splitlines()[first.lineno - 1 :])
        parts = tuple(check.strip() for check in checks.split(";"))
        CATALOGUE[function.__name__] = Task(function.__name__, plain, tuple(phrases.split("|")), parts)
        return function

    return remember
