"""Short exercises in copying: a value is given once and asked for again; knows no story."""

import random

from training.tales import nouns
from training.tales.cast import draw_world, made_up_word, slots
from training.tales.document import Document, Facts
from training.tales.grammar import expand

ECHOES = (
    (
        "name: {hero}. hero: {kind}. place: {place}.",
        "{hero} is {a_kind}. The {kind} is {hero}. {hero} lives in {place}.",
    ),
    ("My name is {hero}.", "Hello, {hero}! Welcome, {hero}."),
    ("Say {hero} three times.", "{hero}, {hero}, {hero}."),
    ("{hero} is {a_kind}. {friend} is {a_fkind}. Who is the {kind}?", "The {kind} is {hero}."),
    ("{hero} is {a_kind}. {friend} is {a_fkind}. Who is the {fkind}?", "The {fkind} is {friend}."),
    ("{hero} has {a_thing}. {friend} has some {food}. Who has the {thing}?", "{hero} has the {thing}."),
    ("{hero} has {a_thing}. {friend} has some {food}. Who has the {food}?", "{friend} has the {food}."),
    ("hero: {kind}, name: {hero}, friend: {friend}", "The {kind} is {hero}, and the friend of {hero} is {friend}."),
)


def write_drill(rng: random.Random) -> Document:
    """An echo of names, or a list of words to repeat."""
    if rng.random() < 0.3:
        pool = (*nouns.HEROES, *nouns.THINGS, *nouns.SHE_NAMES, *nouns.HE_NAMES)
        count = rng.randint(3, 10)
        words = [rng.choice(pool) if rng.random() < 0.7 else made_up_word(rng) for _ in range(count)]
        line = " ".join(words)
        return Document(f"Repeat: {line}", line, Facts("drill"))
    world = draw_world(rng)
    pairs = rng.sample(ECHOES, 1)
    lines = [(expand(a, slots(world), rng), expand(b, slots(world), rng)) for a, b in pairs]
    values = Facts(
        "drill", world.hero.name, world.hero.kind, world.place.noun, names=(world.hero.name, world.friend.name)
    )
    return Document(lines[0][0], lines[0][1], values)
