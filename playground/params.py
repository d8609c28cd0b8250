"""What can be asked of each kind of model: one frozen dataclass a kind; knows no model and no page.

A field's metadata is all that a form, a command line or a web API needs to offer it. Values are checked here, before
anything is loaded, and what cannot be is Refused in a sentence that says what would work.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from playground.errors import Refused
from playground.media.score import INSTRUMENTS
from playground.media.tune import BAR, NAMES
from playground.media.tune import MODES as SCALES
from playground.media.tune_words import DENSITIES, MOODS, STYLES
from playground.values import a_few, check_one

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
    more=False,
    carried=False,
) -> Any:
    """A field of a Params. `step`: a slider's step; `lines`: a text box's; `longest`: of a text, in characters;
    `choices`: the only texts there are; `more`: an expert's control, folded away; `carried`: a form has no control of
    its own for it."""
    facts = dict(help=help, label=label, low=low, high=high, step=step, unit=unit, lines=lines, longest=longest)
    return field(default=default, metadata={**facts, "choices": choices, "more": more, "carried": carried})


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

    def check_together(self) -> None:
        """Refused if the values, each of which can be, cannot be together."""

    def with_seed_drawn(self):
        """The same, with a seed in place of -1."""
        return self if self.seed != RANDOM else replace(self, seed=secrets.randbelow(LARGEST_SEED + 1))


@dataclass(frozen=True, kw_only=True)
class ImageParams(Params):
    """A picture from words. Names are those of diffusers; sizes are in pixels."""

    negative_prompt: str = param("", more=True, label="Negative prompt", help="what to keep out")
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


LONGEST_WRITING = 40_000
MODES = ("write", "chat", "fill", "measure")


@dataclass(frozen=True, kw_only=True)
class TextParams(Params):
    """A text that goes on. Names are those of transformers' GenerationConfig where it has one."""

    prompt: str = param("", label="Prompt", lines=6, longest=LONGEST_WRITING,
                        help="how the text begins, or what you want to know")  # fmt: skip
    mode: str = param("write", choices=MODES, more=True, label="Mode",
                      help="write: go on from the prompt; chat: answer it; fill: write what stands between prompt and "
                      "suffix; measure: write nothing, say how likely the prompt is")  # fmt: skip
    system: str = param("", more=True, lines=2, longest=LONGEST_WRITING, label="System prompt",
                        help="who the model is to be in a chat")  # fmt: skip
    messages: tuple = param((), more=True, longest=LONGEST_WRITING, label="Messages",
                            help="what was said before in a chat: pairs of who (user, assistant) and what")  # fmt: skip
    answer_start: str = param("", more=True, lines=2, longest=LONGEST_WRITING, label="Answer starts with",
                              help="the model goes on from here as if it had written it")  # fmt: skip
    suffix: str = param("", more=True, lines=2, longest=LONGEST_WRITING, label="Suffix",
                        help="what comes after the gap to fill")  # fmt: skip
    max_new_tokens: int = param(200, low=1, high=4096, step=1, more=True, label="Longest answer", unit="tokens",
                                help="where it is cut off if it does not end by itself")  # fmt: skip
    temperature: float = param(0.8, low=0.0, high=2.0, step=0.05, more=True, label="Temperature",
                               help="0: always the likeliest word; more: bolder, then wild")  # fmt: skip
    top_k: int = param(0, low=0, high=200, step=1, more=True, label="Top k",
                       help="draw from this many of the likeliest tokens; 0: from all")  # fmt: skip
    top_p: float = param(0.95, low=0.05, high=1.0, step=0.01, more=True, label="Top p",
                         help="draw from the likeliest tokens that share this probability; 1: from all")  # fmt: skip
    min_p: float = param(0.0, low=0.0, high=1.0, step=0.01, more=True, label="Min p",
                         help="leave out what is less likely than this share of the likeliest; 0: nothing")  # fmt: skip
    repetition_penalty: float = param(1.0, low=1.0, high=1.5, step=0.01, more=True, label="Repetition penalty",
                                      help="makes tokens that were there already less likely; 1: not")  # fmt: skip
    stop: str = param("", more=True, lines=2, label="Stop at",
                      help="the answer ends before one of these, one a line; \\n is a line break")  # fmt: skip
    answers: int = param(1, low=1, high=4, step=1, more=True, label="Answers",
                         help="how many side by side; each next one has the next seed")  # fmt: skip

    @property
    def work(self) -> float:
        """About the tokens to be read and written: a read one costs a fraction of a written one."""
        said = [text for _, text in self.messages] if self.mode == "chat" else []
        read = sum(map(len, (self.prompt, self.system, self.answer_start, self.suffix, *said))) / 4
        return 1.0 + read / 20 + (0 if self.mode == "measure" else self.max_new_tokens * self.answers)


LONGEST_TUNE = 20_000
CHANGES = ("continue", "rewrite", "play")


@dataclass(frozen=True, kw_only=True)
class MusicParams(Params):
    """Music. Models that write notes have other settings than those that make sound (catalog.SETTINGS). What is empty,
    or 0, is taken from the words of the prompt, and drawn by lot where they do not say."""

    mood: str = param("", choices=("", *MOODS), label="Mood", help="what the tune feels like")
    style: str = param("", choices=("", *STYLES), label="Style", help="how it goes and who plays it")
    key: str = param("", choices=("", *NAMES), more=True, label="Key", help="the note it is at home on")
    mode: str = param("", choices=("", *SCALES), more=True, label="Mode", help="the scale it is written in")
    metre: str = param("", choices=("", *BAR), more=True, label="Metre", help="beats of a bar")
    bpm: int = param(0, low=0, high=220, step=1, more=True, label="Tempo", unit="bpm",
                     help="quarter notes a minute; 0: as it suits the style")  # fmt: skip
    bars: int = param(0, low=0, high=16, step=8, more=True, label="Bars", help="8 or 16; 0: as it comes")
    instrument: str = param("", choices=("", *INSTRUMENTS), more=True, label="Lead instrument",
                            help="who plays the melody")  # fmt: skip
    density: str = param("", choices=("", *DENSITIES), more=True, label="Density",
                         help="how many play along; empty: as the style has it")  # fmt: skip
    temperature: float = param(0.9, low=0.0, high=1.5, step=0.05, more=True, label="Temperature",
                               help="0: always the likeliest note; more: bolder, then wild")  # fmt: skip
    tunes: int = param(1, low=1, high=4, step=1, more=True, label="Tunes",
                       help="how many at once; each next one has the next seed")  # fmt: skip
    seconds: int = param(10, low=1, high=120, step=1, label="Length", unit="s", help="of the music, without a clip")
    negative_prompt: str = param("", more=True, label="Negative prompt", help="what to keep out")
    steps: int = param(100, low=1, high=500, step=1, more=True, label="Steps",
                       help="how often the noise is refined; more is slower and, up to a point, better")  # fmt: skip
    guidance_scale: float = param(3.0, low=0.0, high=20.0, step=0.5, more=True, label="Guidance",
                                  help="how strictly to follow the words; 1 turns it off")  # fmt: skip
    top_k: int = param(250, low=0, high=1000, step=1, more=True, label="Top k",
                       help="draw from this many of the likeliest codes; 0: from all")  # fmt: skip
    clip: bytes = param(b"", more=True, label="Clip",
                        help="a sound to go on from, or whose tune to take")  # fmt: skip

    start: str = param("", longest=LONGEST_TUNE, lines=4, carried=True, label="Start",
                       help="a tune in ABC to go on from, rewrite or play; empty: compose a new one")  # fmt: skip
    change: str = param("continue", choices=CHANGES, carried=True, label="Change",
                        help="what to do with the start: continue: write more bars after it; rewrite: write some of "
                        "its bars anew; play: nothing, let the band play it")  # fmt: skip
    first_bar: int = param(0, low=0, high=64, step=1, carried=True, label="First bar",
                           help="of those to rewrite, counted from 1")  # fmt: skip
    last_bar: int = param(0, low=0, high=64, step=1, carried=True, label="Last bar", help="of those to rewrite")
    takes: str = param("", longest=200, carried=True, label="Takes",
                       help="tracks that play something else, such as Bass 2, Drums 1")  # fmt: skip

    @property
    def work(self) -> float:
        """Of these, a model has some; what it has not never changes."""
        return float(self.tunes * (self.bars or 16) * self.seconds * self.steps)

    def check_together(self) -> None:
        """The start can be read, and what is to be done with it can be done."""
        if self.takes:
            from playground.media import takes  # noqa: PLC0415 - not needed for the page to start

            takes.parsed(self.takes)
        if self.start:
            from playground.media import tune_start  # noqa: PLC0415 - nor this

            tune = tune_start.read(self.start)
            if self.change == "continue":
                tune_start.check_more(tune, self.bars or 8)
            elif self.change == "rewrite":
                tune_start.check_anew(tune, self.first_bar, self.last_bar)


KINDS: dict[str, type[Params]] = {"image": ImageParams, "text": TextParams, "music": MusicParams}

Has = Callable[[str], bool]
"""Whether a model has the setting of this name."""


def every(name: str) -> bool:
    return True


def check(
    kind: str,
    values: Mapping[str, Any],
    defaults: Mapping[str, Any],
    limits: Mapping[str, tuple],
    has: Has = every,
) -> Any:
    """The params of this kind with a model's `defaults` and `values` over them, inside the model's `limits`."""
    known = {f.name: f for f in fields(KINDS[kind]) if has(f.name)}
    if unknown := [name for name in values if name not in known]:
        raise Refused(f"There is no setting {a_few(unknown)} here; there are {', '.join(known)}.")
    checked = {name: check_one(known[name], value, limits) for name, value in {**defaults, **values}.items()}
    params = KINDS[kind](**checked)
    params.check_together()
    return params


def sorted_out(
    kind: str, values: Mapping[str, Any], limits: Mapping[str, tuple] = {}, has: Has = every
) -> tuple[dict[str, Any], list[str]]:
    """Sort values from outside into those that pass and sentences about the others."""
    known = {f.name: f for f in fields(KINDS[kind]) if has(f.name)}
    good, problems = {}, []
    for name, value in values.items():
        if name not in known:
            continue
        try:
            good[name] = check_one(known[name], value, limits)
        except Refused as refused:
            problems.append(str(refused))
    if unknown := [name for name in values if name not in known]:
        problems.append(f"Left out, since it is not known here: {a_few(unknown)}.")
    return good, problems
