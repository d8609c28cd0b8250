"""The one state of a story: who is in it, where, with what; every slot of every sentence comes from it."""

import random
from dataclasses import dataclass

from training.tales import nouns
from training.tales.grammar import capitalized, with_article
from training.tales.places import Place, draw_place, is_held_out


@dataclass(frozen=True)
class Character:
    """Somebody with a name; `she` decides all pronouns."""

    name: str
    kind: str
    adjective: str
    she: bool


@dataclass(frozen=True)
class World:
    """Everything that sentences of one story may refer to."""

    hero: Character
    friend: Character
    third: Character
    place: Place
    thing: str
    colour: str
    food: str


def made_up_word(rng: random.Random, syllables: int | None = None) -> str:
    word = "".join(rng.choices(nouns.SYLLABLES, k=syllables or rng.choice((2, 2, 3))))
    return word + (rng.choice(nouns.ENDINGS) if rng.random() < 0.4 else "")


def made_up_name(rng: random.Random) -> str:
    return capitalized(made_up_word(rng))


def is_she(name: str) -> bool:
    """Known names as they are used; of others, those that end in a or i."""
    return name in nouns.SHE_NAMES or (name not in nouns.HE_NAMES and name[-1] in "ai")


def draw_character(rng: random.Random, kind: str | None = None) -> Character:
    """Anybody; one in four has a name that was made up this moment, one in twenty is something made up."""
    if kind is None:
        pools = (nouns.ANIMALS, nouns.PEOPLE, nouns.CREATURES)
        kind = made_up_word(rng) if rng.random() < 0.05 else rng.choice(rng.choices(pools, (5, 3, 2))[0])
    she = kind in nouns.SHE_ONLY or (kind not in nouns.HE_ONLY and rng.random() < 0.5)
    name = rng.choice(nouns.SHE_NAMES if she else nouns.HE_NAMES)
    if rng.random() < 0.25:
        name = made_up_name(rng)
        while is_she(name) != she:
            name = made_up_name(rng)
    return Character(name, kind, rng.choice(nouns.ADJECTIVES), she)


def draw_world(rng: random.Random, hero: Character | None = None, place: Place | None = None) -> World:
    """Three characters of different names and kinds; never a held-out pair of hero and place by chance."""
    cast = [hero or draw_character(rng)]
    while len(cast) < 3:
        other = draw_character(rng)
        if all(other.name[:3] != one.name[:3] and other.kind != one.kind for one in cast):
            cast.append(other)
    if place is None:
        place = draw_place(rng, made_up_name(rng))
        while is_held_out(cast[0].kind, place):
            place = draw_place(rng, made_up_name(rng))
    drawn = (rng.choice(pool) for pool in (nouns.THINGS, nouns.COLOURS, nouns.FOODS))
    return World(cast[0], cast[1], cast[2], place, *drawn)


def slots(world: World) -> dict[str, str]:
    """All slots: {hero} {he} {his} {him} {kind} for the hero; with f in front for the friend, t for the third."""
    found = {"where": world.place.where, "place": world.place.noun, "colour": world.colour, "food": world.food}
    found |= {"thing": world.thing, "a_thing": with_article(world.thing), "a_colour": with_article(world.colour)}
    for prefix, key, one in (("", "hero", world.hero), ("f", "friend", world.friend), ("t", "third", world.third)):
        he, his, him = ("she", "her", "her") if one.she else ("he", "his", "him")
        found |= {key: one.name, f"{prefix}he": he, f"{prefix}his": his, f"{prefix}him": him}
        found |= {f"{prefix.upper()}He": capitalized(he), f"{prefix.upper()}His": capitalized(his)}
        found |= {f"{prefix}kind": one.kind, f"{prefix or 'him'}self": f"{him}self"}
        found[f"a_{prefix}kind"] = with_article(one.kind)
        found[f"{prefix}who"] = found[f"a_{prefix}who"] = with_article(f"{one.adjective} {one.kind}")
    return found
