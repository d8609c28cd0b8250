"""Tells the functions of the catalogue as prompt and code, with names and numbers that vary; knows no story."""

import random
import re
from dataclasses import replace

from training.tales.document import Document, Facts
from training.tales.functions import CATALOGUE, Task
from training.tales.grammar import capitalized

RENAMED = {
    "n": ("n", "n", "number", "x", "num", "value"),
    "a, b": ("a, b", "a, b", "x, y", "first, second", "left, right", "m, n"),
    "numbers": ("numbers", "numbers", "values", "data", "nums", "scores", "prices"),
    "items": ("items", "items", "values", "data", "elements", "things"),
    "text": ("text", "text", "string", "s", "sentence", "word"),
    "table": ("table", "dictionary", "mapping", "data"),
}
ASKING = (
    "# {Phrase}", "# {Phrase}", "# {Phrase}", "Write a Python function to {phrase}.", "Write a function to {phrase}.",
    "Python function to {phrase}", "# Python: {phrase}", "How do I {phrase} in Python?", "# Function to {phrase}",
    "Write Python code to {phrase}.", "write a function to {phrase}", "Please write a Python function to {phrase}.",
)  # fmt: skip
NUMBERS = ("2", "3", "4", "5", "6", "8", "9", "10", "12", "15", "20", "25", "50", "100")


def write_program(rng: random.Random, task: Task | None = None) -> Document:
    """A function with a docstring, mostly after a sentence that asks for it; the checks are found by `checks_of`."""
    varied = vary(task or rng.choice(list(CATALOGUE.values())), rng)
    source = without_docstring(varied.source) if rng.random() < 0.12 else varied.source
    prompt = "" if rng.random() < 0.12 else ask(varied, rng)
    return Document(prompt, source, Facts("code", task=varied.name, asked=("task",) if prompt else ()))


def ask(task: Task, rng: random.Random, asking: str | None = None) -> str:
    phrase = rng.choice(task.phrases)
    return (asking or rng.choice(ASKING)).replace("{phrase}", phrase).replace("{Phrase}", capitalized(phrase))


def vary(task: Task, rng: random.Random) -> Task:
    """The same task with other parameters, and with another number where the catalogue says 7."""
    source = task.source
    head = source[: source.index(":")]
    for old, choices in RENAMED.items():
        new = rng.choice(choices)
        names = new.split(", ")
        fresh = not any(re.search(rf"\b{name}\b", source) for name in names)
        if fresh and re.search(rf"[(]{old}\b[,)]", head):
            for one, other in zip(old.split(", "), names, strict=True):
                source = re.sub(rf"\b{one}\b", other, source)
    if any("7" in phrase for phrase in task.phrases):
        number = rng.choice(NUMBERS)
        source = source.replace("7", number)
        phrases, checks = (tuple(x.replace("7", number) for x in xs) for xs in (task.phrases, task.checks))
        task = replace(task, phrases=phrases, checks=checks)
    return replace(task, source=source)


def without_docstring(source: str) -> str:
    return re.sub(r'\n    """.*?"""', "", source, count=1)


def signature(source: str) -> str:
    """The line with def."""
    return source.splitlines()[0]
