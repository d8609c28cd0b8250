"""Prompts from the words a model knows, and the words in a prompt that it does not; knows no page."""

import random
import re
from collections.abc import Mapping
from typing import Any

EXAMPLES = (
    "a big red boat on the sea at sunset",
    "a yellow balloon in the mountains",
    "a purple castle in the desert at night",
    "a green rocket in the city at dusk",
    "a white lighthouse on the beach by day",
    "an orange tent in falling snow",
)
LITTLE_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "into", "is", "it", "its", "of", "off", "on", "or", "over",
     "some", "that", "the", "this", "to", "with")
)  # fmt: skip
Words = Mapping[str, Any]  # by role, from hub.words: lists of words, and a table of synonyms


def surprise(words: Words, rng: random.Random) -> str:
    """A prompt in the words of `words`, with some parts left out; one of the examples if there are none."""
    if not words.get("subjects"):
        return rng.choice(EXAMPLES)

    def perhaps(role: str, chance: float) -> str:
        choices = words.get(role) or [""]
        return rng.choice(list(choices)) if rng.random() < chance else ""

    thing = joined(" ", perhaps("sizes", 0.4), perhaps("colours", 0.95), rng.choice(list(words["subjects"])))
    start = joined(" ", article(thing), thing, perhaps("places", 0.95), perhaps("times", 0.9))
    return joined(", ", start, perhaps("weather", 0.4), perhaps("positions", 0.25))


def composed(words: Words, rng: random.Random, code: bool = False) -> str:
    """One of the patterns in `words["prompts"]`, of text or of code, filled with words of its roles; "" without any.

    `{hero}` stands for one of `heroes`, `{a_hero}` for it with its article, `{Hero}` for it with a capital letter.
    """
    patterns = [pattern for pattern in words.get("prompts", ()) if pattern.startswith("#") is code]

    def fill(found: re.Match[str]) -> str:
        role = found[1].lower().removeprefix("a_")
        word = rng.choice(list(words.get(role + "s") or words[role + "es"]))
        if found[1].startswith("a_"):
            return f"{article(word)} {word}"
        return word[0].upper() + word[1:] if found[1][0].isupper() else word

    return re.sub(r"\{(\w+)\}", fill, rng.choice(patterns)) if patterns else ""


def joined(mark: str, *parts: str) -> str:
    return mark.join(part for part in parts if part)


def article(thing: str) -> str:
    return "an" if thing[0] in "aeiou" else "a"


def known(words: Words) -> frozenset[str]:
    """Every single word in `words`, however deep; its groups' names are not meant."""
    found: set[str] = set()

    def gather(value) -> None:
        if isinstance(value, str):
            found.update(split(value))
        elif isinstance(value, Mapping):
            for key, others in value.items():
                gather(key)
                gather(others)
        else:
            for one in value:
                gather(one)

    for group in words.values():
        gather(group)
    return frozenset(found)


def unknown(prompt: str, words: Words) -> list[str]:
    """The words of `prompt`, in order, that a model taught with `words` has never seen; none if it has no list."""
    if not words:
        return []
    familiar = known(words) | LITTLE_WORDS
    return [word for word in dict.fromkeys(split(prompt)) if word not in familiar]


def split(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())


def unknown_sentence(title: str, prompt: str, words: Words) -> str:
    """What to tell a person of the words that will change nothing; empty if there are none."""
    strange = [word[:30] for word in unknown(prompt, words)]
    if not strange:
        return ""
    rest = f" and {len(strange) - 6} more" if len(strange) > 6 else ""
    return f"{title} does not know: {', '.join(strange[:6])}{rest}."
