"""Answers that are written together, token by token, and those that join them; knows rows and draws, no prompt."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from playground.adapters.text_answers import Answer, Job, Telling
from playground.adapters.text_batch import Batch, Read, end_of
from playground.adapters.text_sampling import Drawn, Sampler

Rows = list[tuple[Read, Answer]]
"""Answers that are to be written, each with its prompt as it was read."""


@dataclass
class Beginning:
    """A job whose prompt is being read: each `next` of its steps reads a part, and their end gives its rows."""

    job: Job
    steps: Generator[None, None, Rows]

    def rows(self) -> Rows:
        """All of it at once."""
        return end_of(self.steps)


def part(coming: deque[Beginning]) -> Rows:
    """Read a part of the first prompt, as the others wait for it meanwhile; its rows, once all of it is read."""
    while coming and not coming[0].job.wanted():
        coming.popleft()
    if not coming:
        return []
    rows: Rows = []
    try:
        next(coming[0].steps)
        return rows
    except StopIteration as end:
        rows = end.value
    except Exception as error:  # the device's too: it failed this one alone
        coming[0].job.end(error)
    coming.popleft()
    return rows


class Writing:
    """Writes with a model, and tells each draw."""

    def __init__(self, model: Any, telling: Telling):
        self.model, self.telling = model, telling

    def write(self, rows: Rows, more: Callable[[], Iterable[Beginning]]) -> Rows:
        """Write these answers until each is done or its job is over. Who comes meanwhile joins them; who came too late
        for that is given back.

        `rows` is emptied, so that what was read of a prompt is given up once it is joined.
        """
        rows[:] = [row for row in rows if row[1].job.wanted()]
        if not rows:
            return []
        answers = [answer for _, answer in rows]
        batch, sampler = Batch(self.model, [read for read, _ in rows]), self.sampler(answers)
        rows.clear()
        coming: deque[Beginning] = deque()
        while True:
            drawn = self.step(batch, sampler, answers)
            going = [row for row, answer in enumerate(answers) if not answer.done and answer.job.wanted()]
            coming.extend(more())
            if not going:
                return [row for one in coming for row in one.rows()]
            if len(going) < len(answers):
                answers = [answers[row] for row in going]
                batch.leave(going)
                sampler.leave(going)
            batch.write([drawn[row].id for row in going])
            self.join(batch, sampler, answers, part(coming))

    def step(self, batch: Batch, sampler: Sampler, answers: Sequence[Answer]) -> list[Drawn]:
        """Draw the next token of each answer and tell it."""
        sound = torch.isfinite(batch.logits.amax(-1)).tolist()
        drawn = sampler.draw(batch.logits)
        for answer, one, fine in zip(answers, drawn, sound, strict=True):
            if not answer.done and not answer.job.over:
                self.telling.step(answer, one, fine)
        return drawn

    def join(self, batch: Batch, sampler: Sampler, answers: list[Answer], rows: Rows) -> None:
        """Go on with the rows of one more job too; if there is no memory for them the others go on as they were."""
        if not rows:
            return
        fresh = [answer for _, answer in rows]
        try:
            batch.join([read for read, _ in rows])
        except (RuntimeError, MemoryError) as error:
            fresh[0].job.end(error)
            return
        answers += fresh
        sampler.join(self.sampler(fresh))

    def sampler(self, answers: Sequence[Answer]) -> Sampler:
        settings, prompts = [answer.job.params for answer in answers], [answer.prompt.ids for answer in answers]
        device = "cpu" if self.model.device.type == "mps" else str(self.model.device)  # MPS has no 64-bit numbers
        return Sampler(settings, [answer.seed for answer in answers], prompts, device)
