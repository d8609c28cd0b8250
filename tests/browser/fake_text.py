"""A `generate` that writes one sentence and does as the test says: waits on the way, fails, says who left."""

import threading
from dataclasses import dataclass, field
from typing import Any

from playground import recipe
from playground.catalog import Model
from playground.events import Alternative, Event, Output, Token
from playground.params import check
from playground.stream import Emit, Stream

FABLE = Model(
    "fable",
    kind="text",
    family="language model",
    title="Fable",
    adapter="nothing:Nothing",
    source="starters/fable",
    license="MIT",
    summary="A model for tests that knows one sentence.",
    defaults={"max_new_tokens": 40},
    limits={"max_new_tokens": (1, 400)},
)
SENTENCE = "who lived near the sea . Every morning she walked to the lighthouse and sang until the ships came home ."
OTHERS = ("fox", "swam", "slept", "sang", "laughed", "<b>bold</b>", "moon", "\n", "étoile")


def token(word: str, answer: int, step: int, space: str = " ") -> Token:
    """A token of the sentence: some are certain, some are not, and ten others might have come."""
    probability = (0.93, 0.61, 0.34, 0.08, 0.012)[(step * 3 + answer) % 5]
    text = f"{space}{word}"
    others = [
        Alternative(f" {other}", 0.3 / (n + 1), 0.34 / (n + 1) if n < 7 else 0.0, 0.4 / (n + 1) if n < 5 else 0.0)
        for n, other in enumerate(OTHERS)
    ]
    chosen = Alternative(text, probability, min(1.0, probability * 1.1), min(1.0, probability * 1.2))
    ordered = sorted([*others, chosen], key=lambda one: -one.raw)
    return Token(text, answer, probability, ordered.index(chosen), tuple(ordered))


@dataclass
class Fake:
    """What happened, and what shall happen. Reset between tests."""

    first: list[Event] = field(default_factory=list)
    pause_after: int | None = None  # tokens, and then wait until `go` or the stream's end
    error: Exception | None = None
    words: str | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)

    def generate(self, key: str, /, *, person: str = "", **values: Any) -> Stream:
        params = check("text", values, FABLE.defaults, FABLE.limits).with_seed_drawn()
        self.asked.append(vars(params))
        return Stream(lambda emit: self.write(emit, person, params))

    def write(self, emit: Emit, person: str, params: Any) -> None:
        wake = threading.Event()
        emit.on_close(wake.set)
        for event in self.first:
            emit(event)
        measuring = params.mode == "measure"
        words = (params.prompt if measuring else self.words or SENTENCE).split()
        answers = 1 if measuring else params.answers
        texts = [params.answer_start] * answers
        for step, word in enumerate(words):
            if step == self.pause_after:
                self.wait(wake, person)
            for answer in range(answers):
                told = token(word, answer, step, "" if measuring and step == 0 else " ")
                texts[answer] += told.text
                emit(told)
        if self.error:
            raise self.error
        for number, text in enumerate(texts):
            facts = {"seed": params.seed + number, "answers": 1}
            full = recipe.make(FABLE, "0123456789", params, facts)
            emit(Output(params.prompt if measuring else text, full))

    def wait(self, wake: threading.Event, person: str) -> None:
        while not self.go.wait(0.02):
            if wake.is_set():
                self.left.append(person)
                return
