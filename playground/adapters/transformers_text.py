"""Text with a causal language model from a local transformers folder; knows no line, no page and no recipe.

Tested with Llama, Mistral, GPT-2 and Qwen2 folders. Jobs are answered together, a row an answer, also those that come
while others are answered; the same job gives the same text alone and among others.
"""

import copy
import functools
import math
from collections.abc import Callable, Sequence

import torch

from playground.adapters.text_answers import BROKEN, Answer, Job, Telling
from playground.adapters.text_batch import CHUNK, Batch, Read, Reader
from playground.adapters.text_folder import ends_of, load_model, load_tokenizer
from playground.adapters.text_measure import measured
from playground.adapters.text_pieces import Pieces, stop_strings
from playground.adapters.text_prompts import Prompts
from playground.adapters.text_sampling import Drawn, Sampler
from playground.catalog import Model
from playground.context import context_of
from playground.errors import Failed
from playground.events import Notice, Output, Step, Token
from playground.params import TextParams
from playground.stream import Emit

Asked = tuple[TextParams, Emit]
Rows = list[tuple[Read, Answer]]
"""Answers that are to be written, each with its prompt as it was read."""


class TransformersText:
    """A language model, ready to write."""

    def __init__(self, model: Model, device: str):
        self.tokenizer = load_tokenizer(model)
        self.model = load_model(model, device)
        self.context = context_of(self.model.config.get_text_config().to_dict(), self.tokenizer.model_max_length)
        self.reader = Reader(self.model)
        self.prompts = Prompts(self.tokenizer, self.context, ends_of(self.model, self.tokenizer))
        self.telling = Telling(self.tokenizer, self.context)

    def run(self, params: TextParams, emit: Emit) -> None:
        """Emit a Token for each token that is written or measured, then an Output for each answer."""
        (error,) = self.run_together([(params, emit)])
        if error:
            raise error

    @torch.inference_mode()
    def run_together(
        self,
        jobs: Sequence[Asked],
        ended: Callable[[int, BaseException | None], object] = lambda index, error: None,
        more: Callable[[], Sequence[Asked]] = lambda: (),
    ) -> list[BaseException | None]:
        """Do all `jobs` at once. What each ended with: None, Cancelled by its own emit, or another error of its own.

        `ended` is told the index and the same of each job as soon as it is over. `more` gives jobs that have come
        meanwhile; it is asked after each token. What breaks all of them, such as too little memory, is raised.
        """
        outcomes: list[BaseException | None] = []

        def begun(jobs: Sequence[Asked]) -> Rows:
            rows: Rows = []
            for params, emit in jobs:
                index = len(outcomes)
                outcomes.append(None)
                rows += self.begun(Job(params, emit, functools.partial(over, index)))
            return rows

        def over(index: int, error: BaseException | None) -> None:
            outcomes[index] = error
            ended(index, error)

        waiting = begun(jobs)
        while waiting:
            together = len(waiting) if self.reader.joins else 1
            rows, waiting = waiting[:together], waiting[together:]
            waiting += self.write(rows, lambda: begun(more()))
        return outcomes

    def begun(self, job: Job) -> Rows:
        """One row for each of the job's answers, or none if it is over already."""
        try:
            if not job.wanted():
                return []
            if job.params.mode == "measure":
                self.measure(job)
                job.end()
                return []
            return self.read(job)
        except (RuntimeError, MemoryError):  # the device, which all jobs share
            raise
        except Exception as error:
            job.end(error)
            return []

    def read(self, job: Job) -> Rows:
        """Read the job's prompt, once for all its answers."""
        prompt, stops = self.prompts.build(job.params), stop_strings(job.params.stop)
        for notice in prompt.notices:
            job.emit(Notice(notice))
        read = self.reader.read(prompt.ids, functools.partial(tell_reading, job.emit, len(prompt.ids)))
        for number in range(job.params.answers):
            job.answers.append(Answer(job, number, prompt, Pieces(self.tokenizer, prompt.ids, stops)))
        reads = [read if self.reader.joins else copy.deepcopy(read) for _ in job.answers]  # joining copies anyway
        return list(zip(reads, job.answers, strict=True))

    def write(self, rows: Rows, more: Callable[[], Rows]) -> Rows:
        """Write the answers token by token, until each is done or its job is over. Who comes meanwhile joins them; if
        that cannot be, what has come is given back."""
        waiting: Rows = []
        rows = [row for row in rows if row[1].job.wanted()]
        if not rows:
            return waiting
        answers = [answer for _, answer in rows]
        batch = Batch(self.model, [read for read, _ in rows])
        sampler = self.sampler(answers)
        del rows  # what was read of a prompt is given up once it is joined
        while True:
            drawn = self.step(batch, sampler, answers)
            going = [row for row, answer in enumerate(answers) if not answer.done and answer.job.wanted()]
            if going and len(going) < len(answers):
                answers = [answers[row] for row in going]
                batch.leave(going)
                sampler.leave(going)
            if going:
                batch.write([drawn[row].id for row in going])
            waiting += more()
            if not going:
                return waiting
            if waiting and self.reader.joins:
                batch.join([read for read, _ in waiting])
                answers += [answer for _, answer in waiting]
                sampler.join(self.sampler([answer for _, answer in waiting]))
                waiting = []

    def step(self, batch: Batch, sampler: Sampler, answers: Sequence[Answer]) -> list[Drawn]:
        """Draw the next token of each answer and tell it."""
        sound = torch.isfinite(batch.logits.amax(-1)).tolist()
        drawn = sampler.draw(batch.logits)
        for answer, one, fine in zip(answers, drawn, sound, strict=True):
            if not answer.done and not answer.job.over:
                self.telling.step(answer, one, fine)
        return drawn

    def sampler(self, answers: Sequence[Answer]) -> Sampler:
        settings, prompts = [answer.job.params for answer in answers], [answer.prompt.ids for answer in answers]
        device = "cpu" if self.model.device.type == "mps" else str(self.model.device)  # MPS has no 64-bit numbers
        return Sampler(settings, [answer.seed for answer in answers], prompts, device)

    def measure(self, job: Job) -> None:
        """Tell of each token of the prompt how likely the model found it."""
        ids, before = self.prompts.measured(job.params)
        if self.context is not None and len(ids) + len(before) > self.context:
            parts = f"more than the {self.context} that this model reads at once; it was measured in overlapping parts."
            job.emit(Notice(f"The text has {len(ids)} tokens, {parts}"))
        pieces, surprise, count = Pieces(self.tokenizer, before), 0.0, 0
        look = functools.partial(tell_reading, job.emit, len(ids))
        for place, drawn in enumerate(measured(self.reader, ids, before, self.context, look)):
            text = pieces.add(ids[place]) + (pieces.end() if place == len(ids) - 1 else "")
            if drawn is None:
                job.emit(Token(text))
                continue
            if not math.isfinite(drawn.probability):
                raise Failed(BROKEN)
            surprise, count = surprise - math.log(max(drawn.probability, 1e-300)), count + 1
            job.emit(self.telling.token(text, 0, drawn))
        facts = {"seed": job.params.seed, "answers": 1, "tokens": len(ids)}
        perplexity = {"perplexity": math.exp(min(surprise / count, 700.0))} if count else {}
        job.emit(Output(job.params.prompt, {**facts, **perplexity}))


def tell_reading(emit: Emit, total: int, done: int) -> None:
    """Progress of a long prompt, which is also when a Stop is heard."""
    if total > CHUNK:
        emit(Step(done, total))
