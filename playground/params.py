"""What can be asked of each kind of model: one frozen dataclass a kind; knows no model and no page.

A field's metadata is all that a form, a command line or a web API needs to offer it. Values are checked here, before
anything is loaded, and what cannot be is Refused in a sentence that says what would work.
"""

import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from playground.errors import Refused

RANDOM = -1
LARGEST_SEED = 4294967293  # the largest that A1111 draws; exact in JavaScript, valid in every other tool
LONGEST_TEXT = 2000


def param(default, *, help, label="", low=None, high=None, step=None, unit="", lines=1, more=False) -> Any:
    """A field of a Params. `step`: a slider's step; `lines`: a text box's; `more`: an expert's control, folded away."""
    facts = dict(help=help, label=label, low=low, high=high, step=step, unit=unit, lines=lines, more=more)
    return field(default=default, metadata=facts)


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

    def with_seed_drawn(self):
        """The same, with a seed in place of -1."""
        return self if self.seed != RANDOM else replace(self, seed=secrets.randbelow(LARGEST_SEED + 1))


@dataclass(frozen=True, kw_only=True)
class ImageParams(Params):
    """A picture from words. Names are those of diffusers; sizes are in pixels."""

    negative_prompt: str = param("", more=True, label="Negative prompt", help="what to keep out of the picture")
    steps: int = param(20, low=1, high=100, step=1, more=True, label="Steps",
                       help="how often the noise is refined; more is slower and, up to a point, better")  # fmt: skip
    guidance_scale: float = param(5.0, low=0.0, high=20.0, step=0.5, more=True, label="Guidance",
                                  help="how strictly to follow the words; 1 turns it off")  # fmt: skip
    width: int = param(512, low=64, high=2048, step=16, unit="px", more=True, label="Width", help="of the picture")
    height: int = param(512, low=64, high=2048, step=16, unit="px", more=True, label="Height", help="of the picture")
    pictures: int = param(1, low=1, high=4, step=1, more=True, label="Pictures",
                          help="how many at once; each next one has the next seed")  # fmt: skip

    @property
    def work(self) -> float:
        return float(self.steps * self.pictures * self.width * self.height)


KINDS: dict[str, type[Params]] = {"image": ImageParams}


def check(kind: str, values: Mapping[str, Any], defaults: Mapping[str, Any], limits: Mapping[str, tuple]) -> Any:
    """The params of this kind with a model's `defaults` and `values` over them, inside the model's `limits`."""
    known = {f.name: f for f in fields(KINDS[kind])}
    for name in values:
        if name not in known:
            raise Refused(f"There is no setting {name!r} here; there are {', '.join(known)}.")
    checked = {name: check_one(known[name], value, limits) for name, value in {**defaults, **values}.items()}
    return KINDS[kind](**checked)


def check_one(f, value: Any, limits: Mapping[str, tuple] = {}) -> Any:
    """`value` as the type of the field `f` and within its bounds, or the model's narrower ones; else Refused."""
    name = f.metadata["label"] or f.name
    if isinstance(f.default, str):
        return check_text(name, value)
    whole = isinstance(f.default, int)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused(f"{name} is {shortened(value)}, but has to be a number.")
    if whole and value != int(value):
        raise Refused(f"{name} is {value}, but has to be a whole number.")
    low, high = limits.get(f.name, (f.metadata["low"], f.metadata["high"]))
    if not low <= value <= high:
        raise Refused(f"{name} is {shortened(value)}, but goes from {low} to {high}.")
    if f.metadata["unit"] == "px" and value % f.metadata["step"]:
        step = f.metadata["step"]
        raise Refused(
            f"{name} is {value}, but has to be a multiple of {step}: {round(value / step) * step} would work."
        )
    return int(value) if whole else float(value)


def check_text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise Refused(f"{name} is {shortened(value)}, but has to be text.")
    if len(value) > LONGEST_TEXT:
        raise Refused(f"{name} has {len(value)} characters, but at most {LONGEST_TEXT} are read.")
    if "\0" in value:
        raise Refused(f"{name} holds a null character, which no text needs; leave it out.")
    return value


def shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
