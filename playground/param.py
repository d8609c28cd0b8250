"""What every kind of model can be asked for, and how a setting is declared; knows no kind.

A field's metadata is all that a form, a command line or a web API needs to offer it.
"""

import secrets
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any

RANDOM = -1
LARGEST_SEED = 4294967293  # the largest that A1111 draws; exact in JavaScript, valid in every other tool
LONGEST_TEXT = 2000


def param(
    default,
    *,
    help,
    label="",
    low=None,
    high=None,
    step=None,
    unit="",
    lines=1,
    longest=LONGEST_TEXT,
    choices=(),
    unset="as the words say",
    more=False,
    carried=False,
    holds="clip",
) -> Any:
    """A field of a Params. `step`: a slider's step; `lines`: a text box's; `longest`: of a text, in characters;
    `choices`: the only texts there are; `unset`: what the empty one of them is called; `more`: an expert's control,
    folded away; `carried`: a form has no control of its own for it; `holds`: what the file is whose bytes it is, a clip
    of sound or a picture."""
    facts = dict(help=help, label=label, low=low, high=high, step=step, unit=unit, lines=lines, longest=longest)
    kind = dict(choices=choices, unset=unset, more=more, carried=carried, holds=holds)
    return field(default=default, metadata={**facts, **kind})


@dataclass(frozen=True, kw_only=True)
class Params:
    """What every kind has."""

    prompt: str = param("", label="Prompt", help="what to make, in your own words", lines=2)
    seed: int = param(RANDOM, low=RANDOM, high=LARGEST_SEED, more=True, label="Seed",
                      help="the same seed and settings make the same result again; -1 draws a new one")  # fmt: skip

    @property
    def work(self) -> float:
        """How much there is to do, in a unit that is proportional to its time on a given model."""
        return 1.0

    @property
    def alike(self) -> Hashable:
        """Jobs of a model that have the same can be done together."""
        return ()

    @property
    def seats(self) -> int:
        """How many it counts for among those that are done together."""
        return 1

    def check_together(self) -> None:
        """Refused if the values, each of which can be, cannot be together."""

    def with_seed_drawn(self):
        """The same, with a seed in place of -1."""
        return self if self.seed != RANDOM else replace(self, seed=secrets.randbelow(LARGEST_SEED + 1))
