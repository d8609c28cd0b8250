"""Words that count more or less, written as in A1111; knows neither tokens nor models.

`(x)` counts 1.1 times, `((x))` 1.21 times, `(x:1.3)` 1.3 times, `[x]` 1 / 1.1 times; a backslash before a bracket makes
it an ordinary one. Brackets may be nested, and one that is never closed goes on to the end. Grammar: the wiki of A1111,
"Attention/emphasis", and what its parser does in the cases that the wiki leaves open.
"""

import re
from dataclasses import dataclass

ROUND, SQUARE = 1.1, 1 / 1.1
LARGEST = 10.0  # a token that counts more than this drowns all others in any model
IGNORED = "This model reads all words alike: the weights in the prompt change nothing."
TOKEN = re.compile(r"\\[()\[\]{}|\\]|\\|[()\[\]]|:|[^\\()\[\]:]+")
WEIGHT = re.compile(r":\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*\)")
FOREIGN = (
    (re.compile(r"\bBREAK\b"), "BREAK"),
    (re.compile(r"\bAND\b"), "AND"),
    (re.compile(r"\[[^\[\]]*:[^\[\]]*:\s*[\d.]+\s*\]"), "[from:to:when]"),
    (re.compile(r"\[[^\[\]]*\|[^\[\]]*\]"), "[by|turns]"),
    (re.compile(r"<hypernet:[^<>]*>"), "<hypernet>"),
)
"""What A1111 reads in another way, and what to call it."""


@dataclass(frozen=True)
class Piece:
    """Some text, and how much it counts; 1 is as much as without brackets."""

    text: str
    weight: float = 1.0


def pieces(prompt: str) -> list[Piece]:
    """The text of `prompt` in pieces of one weight each, between -LARGEST and LARGEST; none of an empty prompt."""
    texts: list[str] = []
    weighed: list[tuple[int, int, float]] = []  # from which text to which, and how much
    opened: dict[str, list[int]] = {"(": [], "[": []}
    position = 0

    def close(bracket: str, weight: float) -> None:
        weighed.append((opened[bracket].pop(), len(texts), weight))

    while position < len(prompt):
        token = TOKEN.match(prompt, position)
        assert token, "the pattern takes any character"
        text, position = token[0], token.end()
        if text in ("(", "["):
            opened[text].append(len(texts))
        elif text == ":" and opened["("] and (number := WEIGHT.match(prompt, token.start())):
            close("(", float(number[1]))
            position = number.end()
        elif text == ")" and opened["("]:
            close("(", ROUND)
        elif text == "]" and opened["["]:
            close("[", SQUARE)
        else:
            texts.append(text[1:] if text[0] == "\\" else text)
    for bracket, weight in (("(", ROUND), ("[", SQUARE)):
        while opened[bracket]:
            close(bracket, weight)
    return joined(texts, weighed)


def joined(texts: list[str], weighed: list[tuple[int, int, float]]) -> list[Piece]:
    """Neighbours of one weight as one piece."""
    weights = [1.0] * len(texts)
    for start, end, weight in weighed:
        for index in range(start, end):
            weights[index] *= weight
    found: list[Piece] = []
    for text, weight in zip(texts, weights, strict=True):
        held = max(-LARGEST, min(LARGEST, weight))
        if found and found[-1].weight == held:
            found[-1] = Piece(found[-1].text + text, held)
        elif text:
            found.append(Piece(text, held))
    return found


def plain(prompt: str) -> str:
    """The words alone, as a model reads them."""
    return "".join(piece.text for piece in pieces(prompt))


def are_weighed(found: list[Piece]) -> bool:
    return any(piece.weight != 1.0 for piece in found)


def weighs(prompt: str) -> bool:
    """Whether some of its words count more or less than others."""
    return are_weighed(pieces(prompt))


def of_characters(found: list[Piece]) -> list[float]:
    """The weight of each character of the plain text."""
    return [piece.weight for piece in found for _ in piece.text]


def foreign(prompt: str) -> str:
    """A sentence on what A1111 would have read in another way; empty if there is nothing of that."""
    found = [name for pattern, name in FOREIGN if pattern.search(prompt)]
    return (
        f"The prompt has {', '.join(found)}, which A1111 understands; here these are ordinary words." if found else ""
    )
