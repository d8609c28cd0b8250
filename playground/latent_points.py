"""Points of a latent space as text: what stands in a line, and which weights go with them; knows no model.

A line is `seed 7`, or `seed 7 a red boat` for a model that reads words, `card red-boat`, `picture` with a picture file
or `tune` with ABC text, both in base64, so that a link, a recipe and a command line can hold all that a walk or a blend
was made of.
"""

import base64
import binascii
import math
import re
from dataclasses import dataclass

from playground.errors import Refused

MOST_POINTS = 12
LONGEST_WORDS = 1000
WORKS = "lines such as seed 7, card red-boat, picture with a picture or tune with ABC in base64"
CARD = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True)
class Point:
    """A seed, with words for a model that reads them; a card by its name, a picture as the bytes of its file, or a tune
    as ABC text."""

    seed: int = 0
    words: str = ""
    card: str = ""
    picture: bytes = b""
    tune: str = ""


def parsed(text: str, largest_seed: int) -> tuple[Point, ...]:
    """The points of a text, a line each, or Refused in a sentence that names the line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_POINTS:
        raise Refused(f"There are {len(lines)} points, but at most {MOST_POINTS} are read.")
    return tuple(parsed_line(number, line, largest_seed) for number, line in enumerate(lines, 1))


def parsed_line(number: int, line: str, largest_seed: int) -> Point:
    kind, _, rest = line.partition(" ")
    rest = rest.strip()
    seed, _, words = rest.partition(" ")
    if kind == "seed" and seed.isascii() and seed.isdigit() and int(seed[:12]) <= largest_seed:
        return Point(seed=int(seed[:12]), words=words.strip()[:LONGEST_WORDS])
    if kind == "card" and CARD.fullmatch(rest):
        return Point(card=rest)
    if kind in ("picture", "tune"):
        data = decoded(number, kind, rest)
        return Point(picture=data) if kind == "picture" else Point(tune=data.decode("utf-8", "replace"))
    raise Refused(f"Point {number} is {line[:40]!r}, but {WORKS} would work; seeds go from 0 to {largest_seed}.")


def decoded(number: int, kind: str, text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise Refused(f"Point {number} holds a {kind} that is not in base64.") from None
    if not data:
        raise Refused(f"Point {number} is to be a {kind}, but there is none after the word.")
    return data


def picture(data: bytes) -> str:
    """The line of a picture's file."""
    return "picture " + base64.b64encode(data).decode()


def tune(text: str) -> str:
    """The line of a tune as ABC text."""
    return "tune " + base64.b64encode(text.encode()).decode()


def weights(text: str, count: int) -> tuple[float, ...]:
    """`count` numbers, or Refused. Without any, all points count alike."""
    words = text.replace(",", " ").split()
    if not words:
        return (1 / count,) * count if count else ()
    numbers = tuple(number(word, "Weights") for word in words)
    if len(numbers) != count:
        raise Refused(f"There are {len(numbers)} weights for {count} points; one for each would work.")
    return numbers


def attributes(text: str) -> dict[str, float]:
    """`night 0.5, snow -1` as a table, or Refused."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, amount = part.rpartition(" ")
        if not name:
            raise Refused(f"Attributes hold {part[:40]!r}, but a name and a number would work: night 0.5.")
        found[name.strip()] = number(amount, "Attributes")
    return found


def number(word: str, name: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not -10 <= value <= 10:
        raise Refused(f"{name} hold {word[:20]!r}, but numbers from -10 to 10 would work.")
    return value


def code_changes(text: str) -> dict[tuple[int, int], int]:
    """Lines of row, column and number as a table, or Refused."""
    found = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        words = line.replace(",", " ").split()
        if len(words) != 3 or not all(word.isascii() and word.isdigit() and len(word) < 7 for word in words):
            raise Refused(f"Codes hold {line[:40]!r}, but row, column and number would work: 3 4 217.")
        row, column, number = map(int, words)
        found[row, column] = number
    return found
