"""Where stories happen, as prepositions and nouns, and which pairs of hero and place are kept back; knows no plot."""

import random
import zlib
from dataclasses import dataclass


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


IN = _words(
    "forest desert village jungle city garden valley castle meadow swamp cave park kitchen library museum school "
    "market harbour bakery zoo circus barn attic cellar palace town vineyard orchard greenhouse laboratory theatre "
    "hospital lighthouse treehouse toyshop workshop canyon rainforest countryside mountains snow tower temple "
    "bookshop"
)
ON = _words(
    "beach moon island farm hill mountain glacier river train ship iceberg prairie volcano spaceship cliff bridge"
)
BY = _words("sea lake pond waterfall ocean lagoon railway")
UNDER = _words("sea ocean ground bed stairs")
CITIES = _words("Paris London Rome Cairo Tokyo Berlin Delhi Lima Oslo Madrid Kyoto Venice Mumbai Chicago Nairobi")
NO_ADJECTIVE = frozenset(_words("mountains snow countryside ground"))
PLACE_ADJECTIVES = _words("deep dark quiet busy old far-away sunny snowy little magical")


@dataclass(frozen=True)
class Place:
    """`where` as prompts and first sentences say it ("on a quiet island"), `noun` as later ones do ("the island")."""

    where: str
    noun: str


PLAIN = tuple(
    Place(f"{preposition} the {noun}", f"the {noun}")
    for preposition, nouns in (("in", IN), ("on", ON), ("by", BY), ("under", UNDER))
    for noun in nouns
) + tuple(Place(f"in {city}", city) for city in CITIES)


def draw_place(rng: random.Random, made_up_city: str) -> Place:
    """Any place, now and then with an adjective, now and then in a city that nobody has heard of."""
    if rng.random() < 0.05:
        return Place(f"in {made_up_city}", made_up_city)
    place = rng.choice(PLAIN)
    preposition, *middle = place.where.split()
    noun = middle[-1]
    if len(middle) == 2 and noun not in NO_ADJECTIVE and preposition != "under" and rng.random() < 0.25:
        adjective = rng.choice(PLACE_ADJECTIVES)
        article = rng.choice(("the", "an" if adjective[0] in "aeiou" else "a"))
        return Place(f"{preposition} {article} {adjective} {noun}", place.noun)
    return place


def is_held_out(hero: str, place: Place) -> bool:
    """Whether this pair is kept from training, to measure composition (one pair in eight)."""
    return zlib.crc32(f"{hero} {place.noun}".encode()) % 8 == 0
