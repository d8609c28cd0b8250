"""What people asked for and the answers being written, token by token, with what each is told; knows no model."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playground.adapters.text_pieces import Pieces
from playground.adapters.text_prompts import Prompt
from playground.adapters.text_sampling import Drawn, seed_of
from playground.errors import Failed
from playground.events import Alternative, Notice, Output, Token
from playground.params import TextParams
from playground.stream import Cancelled, Emit

BROKEN = "The model gave numbers that are no probabilities; its weights may be broken."


@dataclass
class Job:
    """What one person asked for, and how far it is. `ended` is told once what it ended with: None for its end."""

    params: TextParams
    emit: Emit
    ended: Callable[[BaseException | None], object]
    answers: "list[Answer]" = field(default_factory=list)
    over: bool = False

    def end(self, error: BaseException | None = None) -> None:
        if not self.over:
            self.over = True
            self.ended(error)

    def wanted(self) -> bool:
        """Whether it goes on; one whose person has gone ends here."""
        if self.emit.closed:
            self.end(Cancelled())
        return not self.over


@dataclass
class Answer:
    """One answer that is being written; `number` is its place among the answers of its job."""

    job: Job
    number: int
    prompt: Prompt
    pieces: Pieces
    text: str = ""
    tokens: int = 0
    done: bool = False
    cut_off: bool = False

    @property
    def seed(self) -> int:
        return seed_of(self.job.params, self.number)

    def take(self, drawn: Drawn) -> str:
        """Go on by one token. The text that is certain now."""
        self.tokens += 1
        end, full = drawn.id in self.prompt.ends, self.tokens >= self.prompt.room
        text = "" if end else self.pieces.add(drawn.id)
        if end or full:
            text += self.pieces.end()
        self.text += text
        self.done = end or full or self.pieces.stopped
        self.cut_off = full and not (end or self.pieces.stopped)
        return text


class Telling:
    """Puts draws into events for people. `context`: what the model reads and writes together, in tokens."""

    def __init__(self, tokenizer: Any, context: int | None):
        self.context = context
        self.shown = functools.cache(functools.partial(shown, tokenizer))

    def token(self, text: str, answer: int, drawn: Drawn) -> Token:
        options = tuple(Alternative(self.shown(one.id), one.raw, one.tempered, one.kept) for one in drawn.options)
        return Token(text, answer, drawn.probability, drawn.rank, options)

    def step(self, answer: Answer, drawn: Drawn, sound: bool) -> None:
        """Take one token into the answer and tell it; whatever ends its job with that disturbs no other job."""
        job = answer.job
        try:
            if not sound:
                raise Failed(BROKEN)
            job.emit(self.token(answer.take(drawn), answer.number, drawn))
            if all(one.done for one in job.answers):
                self.hand_over(job)
                job.end()
        except Exception as error:
            job.end(error)

    def hand_over(self, job: Job) -> None:
        """The finished answers, and why they ended if not by themselves."""
        for answer in job.answers:
            if answer.cut_off:
                name = "The answer" if len(job.answers) == 1 else f"Answer {answer.number + 1}"
                job.emit(Notice(f"{name} was cut off at {answer.tokens} tokens; {self.more(answer)}"))
        for answer in job.answers:
            facts = {"seed": answer.seed, "answers": 1, "tokens": answer.tokens}
            job.emit(Output(job.params.answer_start + answer.text, facts))

    def more(self, answer: Answer) -> str:
        if answer.tokens < answer.job.params.max_new_tokens:
            return f"this model reads and writes {self.context} tokens together, so a shorter prompt leaves more."
        return "let it go on from there, or ask for a longer one."


def shown(tokenizer: Any, token: int) -> str:
    """A token as text, with the space before it if it begins a word."""
    text, piece = tokenizer.decode([token]), tokenizer.convert_ids_to_tokens(token)
    return " " + text if str(piece).startswith("▁") and not text.startswith(" ") else text
