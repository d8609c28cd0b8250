"""Reads a story back: who is in it, whether its hero stays the same, whether it does as asked; knows no model."""

import re

from training.tales import nouns
from training.tales.document import Facts
from training.tales.places import CITIES
from training.tales.plots import THEMES

KNOWN = frozenset(nouns.SHE_NAMES) | frozenset(nouns.HE_NAMES)
_WORD = r"([A-Z][a-z]+)"
_CALLED = re.compile(rf"\b(?:named|called|name is) {_WORD}")
_INTRODUCED = re.compile(rf"\b(?:named|called|name is) {_WORD}|\b{_WORD},? (?:the|an?) [a-z]")
_INSIDE = re.compile(rf"(?<=[a-z,;] ){_WORD}")
_TOWN = re.compile(rf"\bin {_WORD}")
_SENTENCE_END = re.compile(r"(?<=[.!?\"])\s+")


def names_in(body: str) -> tuple[str, ...]:
    """Everybody's names in order: known ones, and words with a capital inside a sentence that are no town."""
    towns = {*CITIES, *_TOWN.findall(body)} - set(_CALLED.findall(body))
    names = ({*_CALLED.findall(body), *_INSIDE.findall(body)} - towns) | (KNOWN & set(re.findall(_WORD, body)))
    return tuple(dict.fromkeys(word for word in re.findall(_WORD, body) if word in names))


def introduced_in(body: str) -> tuple[str, ...]:
    """The names that the story introduces ("a fox named Mia", "Mia the fox"), in order."""
    names = set(names_in(body))
    found = (one or other for one, other in _INTRODUCED.findall(body))
    return tuple(dict.fromkeys(name for name in found if name in names))


def hero_of(body: str) -> str:
    """The first name that is introduced, or nothing."""
    return next(iter(introduced_in(body)), "")


def keeps_hero(body: str) -> bool:
    """Whether the hero of the beginning is the hero of the end, and nobody walks in without an introduction."""
    hero, introduced = hero_of(body), introduced_in(body)
    return bool(hero) and hero in sentences(body)[-1] and set(names_in(body)) <= set(introduced)


def sentences(body: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(body.strip()) if sentence]


def follows(facts: Facts, body: str) -> dict[str, bool]:
    """For each fact that was asked for, whether the story has it."""
    beginning = " ".join(sentences(body)[:2])
    theme = THEMES.get(facts.theme)
    found = {
        "hero": _has(beginning, facts.hero),
        "name": hero_of(body) == facts.name,
        "place": _has(beginning, facts.place.removeprefix("the ")),
        "theme": theme is not None and any(key in (sentences(body) or [""])[-1] for key in theme.keys),
        "thing": _has(body, facts.thing),
        "topic": _has(body.lower(), facts.topic.lower()),
    }
    return {key: found[key] for key in facts.asked if key in found}


def _has(text: str, words: str) -> bool:
    return bool(words) and re.search(rf"\b{re.escape(words)}\b", text) is not None
