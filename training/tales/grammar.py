"""The notation that all sentences are written in: [this|that] chooses, {slot} is filled; knows no word of them."""

import random
import re

_INNERMOST = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


def expand(template: str, slots: dict[str, str], rng: random.Random) -> str:
    """The template with every [a|b] chosen by lot and every {slot} filled; a slot's value is not expanded again."""
    while "[" in template:
        template = _INNERMOST.sub(lambda match: rng.choice(match[1].split("|")), template)
    return _SLOT.sub(lambda match: slots[match[1]], template)


def slots_of(template: str) -> list[str]:
    """The names of the slots in the order in which they stand."""
    return _SLOT.findall(template)


def capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]


def with_article(words: str) -> str:
    return ("an " if words[0] in "aeiou" else "a ") + words
