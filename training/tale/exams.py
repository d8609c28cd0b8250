"""The prompts that a model is examined with, and what each asks for; knows no model."""

import random

from training.tales import Document, Facts, nouns
from training.tales.cast import draw_character, draw_world, slots
from training.tales.functions import CATALOGUE, Task
from training.tales.places import PLAIN, is_held_out
from training.tales.plots import THEMES
from training.tales.programs import ask, signature, vary
from training.tales.requests import compose

SEED = 41


def control_prompts(count: int) -> list[Document]:
    """Prompts for stories, with empty bodies; every second one pairs a hero and a place that training never pairs."""
    rng = random.Random(SEED)
    exams = []
    while len(exams) < count:
        exam = _control(rng, rng.choice(nouns.HEROES), held_out=len(exams) % 2 == 1)
        exams.append(exam)
    return exams


def unknown_hero_prompts(count: int) -> list[Document]:
    """The same with heroes that stand in no training text."""
    rng = random.Random(SEED + 1)
    return [_control(rng, nouns.NEVER_TAUGHT[index % len(nouns.NEVER_TAUGHT)], None) for index in range(count)]


def _control(rng: random.Random, kind: str, held_out: bool | None) -> Document:
    place = rng.choice([place for place in PLAIN if held_out is None or is_held_out(kind, place) == held_out])
    world = draw_world(rng, draw_character(rng, kind), place)
    theme = rng.choice(list(THEMES))
    wanted = {"hero", "name", "place", "theme"} - set(rng.sample(["hero", "place", "theme", ""], 1))
    filled = slots(world) | {"theme": theme, "asked": rng.choice(THEMES[theme].asked)}
    facts = Facts("story", world.hero.name, kind, place.noun, theme, asked=tuple(sorted(wanted)))
    return Document(compose(wanted, filled, rng), "", facts)


def story_prompts(count: int) -> list[str]:
    """As people type them, with a hero and a name."""
    rng = random.Random(SEED + 2)
    worlds = [draw_world(rng) for _ in range(count)]
    return [compose({"hero", "name"}, slots(world), rng) for world in worlds]


def code_prompts(count: int) -> list[tuple[str, Task]]:
    """Comment and first line, a sentence alone, or the first line alone, in turn; with the task that they ask for."""
    rng = random.Random(SEED + 3)
    tasks = rng.sample(list(CATALOGUE.values()), count)
    exams = []
    for index, task in enumerate(tasks):
        varied = vary(task, rng)
        head = signature(varied.source)
        alone = index % 3 == 2 and not any(digit in varied.source for digit in "2345689")
        sentence = ask(varied, rng, ("# {Phrase}", "Write a Python function to {phrase}.")[index % 3 == 1])
        exams.append((head if alone else sentence if index % 3 == 1 else f"{sentence}\n{head}", varied))
    return exams
