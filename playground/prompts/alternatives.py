"""Prompts with a choice in them, `{red|blue}`, of which a seed makes one; knows no model and no other grammar.

Choices may be nested, and an option may be empty. Braces without a bar are ordinary ones, and so is what comes after a
backslash; the backslash stays, so that a prompt in which all is chosen is read again as it is.
"""

import hashlib
import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"\\.|[{}|]|[^\\{}|]+|\\", re.DOTALL)


@dataclass
class Group:
    """A choice that is being read: where it begins, and its options with how many prompts each stands for."""

    start: int
    options: list[tuple[str, int]] = field(default_factory=lambda: [("", 1)])

    def add(self, text: str, ways: int = 1) -> None:
        before, many = self.options[-1]
        self.options[-1] = (before + text, many * ways)


def chosen(prompt: str, seed: int) -> str:
    """The one prompt that `seed` makes of it, always the same: each choice is drawn by itself."""
    return read(prompt, seed)[0]


def ways(prompt: str) -> int:
    """How many prompts it stands for; 1 if there is nothing to choose."""
    return read(prompt, 0)[1]


def read(prompt: str, seed: int) -> tuple[str, int]:
    open_groups = [Group(-1)]
    for token in TOKEN.finditer(prompt):
        group = open_groups[-1]
        if token[0] == "{":
            open_groups.append(Group(token.start()))
        elif token[0] == "|" and len(open_groups) > 1:
            group.options.append(("", 1))
        elif token[0] == "}" and len(open_groups) > 1:
            open_groups.pop()
            open_groups[-1].add(*closed(group, seed))
        else:
            group.add(token[0])
    while len(open_groups) > 1:  # never closed, and so ordinary
        group = open_groups.pop()
        open_groups[-1].add("{")
        for index, option in enumerate(group.options):
            open_groups[-1].add("|" if index else "")
            open_groups[-1].add(*option)
    return open_groups[0].options[0]


def closed(group: Group, seed: int) -> tuple[str, int]:
    """What a whole group becomes, and how many prompts it stands for."""
    if len(group.options) == 1:
        text, many = group.options[0]
        return f"{{{text}}}", many
    drawn = hashlib.sha256(f"{seed}:{group.start}".encode()).digest()  # the same in every version of Python
    index = int.from_bytes(drawn[:8], "big") % len(group.options)
    return group.options[index][0], sum(many for _, many in group.options)
