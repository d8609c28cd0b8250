"""What the river of tokens shows, as plain data folded from events; knows no component and writes no file.

The browser draws it (assets/page/river.js) and sets every text as text, never as HTML. An answer's tokens are one
growing text, a line of JSON each, since only what was added to a text travels to the page.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from playground.events import Event, Loading, Notice, Output, Step, Token, Waiting
from tabs.waiting import told

Keep = Callable[[Output], dict[str, str]]
"""Puts a finished text where the page can fetch it; gives the path of each file by its ending."""


@dataclass(frozen=True)
class Answer:
    """One of the texts side by side."""

    lines: str = ""  # a line for each token: [text, probability, rank, alternatives]
    text: str | None = None  # the whole, once it is finished
    seed: int | None = None
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class River:
    """All that is to be seen, at one moment."""

    run: int = 0  # the number the browser gave this generation
    phase: str = "idle"  # idle, working, done or failed
    status: str = ""
    fraction: float | None = None
    notes: tuple[str, ...] = ()
    asked: dict[str, Any] = field(default_factory=dict)  # the model's key and the settings
    start: str = ""  # what each answer begins with
    answers: tuple[Answer, ...] = ()
    verdict: str = ""  # of a text that was measured
    since: float = 0.0  # when the work itself began, on the clock of the one who folds
    count: int = 0  # tokens
    surprise: float = 0.0  # what the measured ones of them add up to, in nats
    measured: int = 0
    first_guesses: int = 0

    @property
    def mode(self) -> str:
        return str(self.asked.get("mode", "write"))

    def shown(self) -> dict[str, Any]:
        """For the browser."""
        hidden = ("since", "count", "surprise", "measured", "first_guesses")
        return {name: value for name, value in asdict(self).items() if name not in hidden}


def begin(run: int, asked: Mapping[str, Any], notes: tuple[str, ...], now: float) -> River:
    river = River(run, "working", "Starting", None, notes, dict(asked), since=now)
    return river if river.mode == "measure" else replace(river, start=str(asked.get("answer_start", "")))


def after(river: River, event: Event, now: float, keep: Keep) -> River:
    """The river once `event` has happened."""
    match event:
        case Waiting() | Loading():
            return replace(river, **told(event, now))
        case Step(done, total):
            return replace(river, status="Reading", fraction=done / total if total else None)
        case Token():
            return with_token(river, event, now)
        case Notice(text):
            return replace(river, notes=(*river.notes, text))
        case Output():
            return with_output(river, event, keep)
    return river


def with_token(river: River, token: Token, now: float) -> River:
    answers = list(river.answers) + [Answer()] * (token.answer + 1 - len(river.answers))
    answer = answers[token.answer]
    answers[token.answer] = replace(answer, lines=answer.lines + line(token))
    river = replace(river, answers=tuple(answers), count=river.count + 1, fraction=None)
    river = replace(river, since=river.since if river.count > 1 else now)  # neither the line nor the load is writing
    if token.alternatives:
        bits = -math.log(max(token.probability, 1e-300))
        guesses = river.first_guesses + (token.rank == 0)
        river = replace(river, surprise=river.surprise + bits, measured=river.measured + 1, first_guesses=guesses)
    doing = "Measuring" if river.mode == "measure" else "Writing"
    return replace(river, status=f"{doing}: {tokens(river.count)}")


def with_output(river: River, output: Output, keep: Keep) -> River:
    """Outputs come in the order of their answers."""
    number = sum(answer.text is not None for answer in river.answers)
    answers = list(river.answers) + [Answer()] * (number + 1 - len(river.answers))
    seed = output.recipe.get("params", {}).get("seed")
    answers[number] = replace(answers[number], text=str(output.media), seed=seed, files=keep(output))
    verdict = judge(river, output.recipe.get("facts", {})) if river.mode == "measure" else ""
    return replace(river, answers=tuple(answers), verdict=verdict)


def line(token: Token) -> str:
    """One token as the browser reads it, and the alternatives without more digits than anybody can see."""
    others = [[one.text, short(one.raw), short(one.tempered), short(one.kept)] for one in token.alternatives]
    told = [token.text, short(token.probability), token.rank, others]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def short(probability: float) -> float:
    return float(f"{probability:.3g}")


def judge(river: River, facts: dict[str, Any]) -> str:
    """What the numbers of a measured text mean, in words."""
    if not river.measured:
        return "There is too little text to be surprised by."
    perplexity = facts.get("perplexity") or math.exp(min(river.surprise / river.measured, 700.0))
    choices = f"{perplexity:,.1f}" if perplexity < 10 else f"{perplexity:,.0f}"
    guesses = round(100 * river.first_guesses / river.measured)
    return (
        f"Perplexity {choices}: before each of the {river.measured} tokens the model was on average as unsure as among "
        f"{choices} equally likely ones. {guesses} % of them were its first guess."
    )


def finish(river: River, now: float) -> River:
    """The river after the last event."""
    if not any(answer.text is not None for answer in river.answers):
        return fail(river, "Nothing was written.")
    if river.mode == "measure":
        return replace(river, phase="done", status=f"Measured {tokens(river.count)}", fraction=None)
    seconds = now - river.since
    pace = f", {river.count / seconds:.0f} a second" if seconds > 0.2 else ""
    return replace(river, phase="done", status=f"Wrote {tokens(river.count)}{pace}", fraction=None)


def tokens(count: int) -> str:
    return f"{count} token{'' if count == 1 else 's'}"


def fail(river: River, sentence: str) -> River:
    """The river after an error: what was written stays."""
    return replace(river, phase="failed", status=sentence, fraction=None)


def say(status: str, notes: tuple[str, ...] = ()) -> River:
    """A river that tells something and leaves the texts there are."""
    return River(status=status, notes=notes)


def found(status: str, notes: tuple[str, ...], asked: Mapping[str, Any], text: str) -> River:
    """A river with a text that was brought along, such as one from a file."""
    answer = Answer(text=text)
    return River(-1, "done", status, None, notes, dict(asked), start=text, answers=(answer,))
