"""Text with a causal language model from a local transformers folder; knows no line, no page and no recipe.

Tested with Llama, Mistral, GPT-2 and Qwen2 folders. Jobs are answered together, a row an answer, also those that come
while others are answered; the same job gives the same text alone and among others.
"""

import copy
import functools
import itertools
import math
from collections.abc import Callable, Generator, Sequence

import torch

from playground.adapters.text_answers import BROKEN, Answer, Job, Telling
from playground.adapters.text_batch import Reader
from playground.adapters.text_folder import ends_of, load_model, load_tokenizer
from playground.adapters.text_measure import PART, measured
from playground.adapters.text_pieces import Pieces, stop_strings
from playground.adapters.text_prompts import Prompts
from playground.adapters.text_writing import Beginning, Rows, Writing
from playground.adapters.together import Asked, Ended, alone
from playground.catalog import Model
from playground.context import context_of
from playground.errors import Failed
from playground.events import Notice, Output, Step, Token
from playground.params import TextParams
from playground.stream import Emit


class TransformersText:
    """A language model, ready to write."""

    def __init__(self, model: Model, device: str):
        self.tokenizer = load_tokenizer(model)
        self.model = load_model(model, device)
        self.context = context_of(self.model.config.get_text_config().to_dict(), self.tokenizer.model_max_length)
        self.reader = Reader(self.model)
        self.prompts = Prompts(self.tokenizer, self.context, ends_of(self.model, self.tokenizer))
        self.telling = Telling(self.tokenizer, self.context)
        self.writing = Writing(self.model, self.telling)

    def run(self, params: TextParams, emit: Emit) -> None:
        """Emit a Token for each token that is written or measured, then an Output for each answer."""
        alone(self.run_together, params, emit)

    @torch.inference_mode()
    def run_together(
        self, jobs: Sequence[Asked], ended: Ended, more: Callable[[], Sequence[Asked]] = lambda: ()
    ) -> None:
        """Do all `jobs` at once, and those that `more` says have come meanwhile; it is asked after each token. What
        breaks all of them, such as too little memory, is raised."""
        numbers = itertools.count()

        def begun(jobs: Sequence[Asked]) -> list[Beginning]:
            made = [Job(params, emit, functools.partial(ended, next(numbers))) for params, emit in jobs]
            return [Beginning(job, self.begin(job)) for job in made]

        joins = self.reader.joins
        rows = [row for one in begun(jobs) for row in one.rows()]
        while rows:
            first = [rows.pop(0) for _ in range(len(rows) if joins else 1)]
            rows += self.writing.write(first, (lambda: begun(more())) if joins else lambda: ())
            rows += [row for one in begun(more()) for row in one.rows()]

    def begin(self, job: Job) -> Generator[None, None, Rows]:
        """Read or measure the job's prompt, part by part. A row for each of its answers, none if it is over already."""
        try:
            if not job.wanted():
                return []
            if job.params.mode == "measure":
                yield from self.measure(job)
                job.end()
                return []
            return (yield from self.read(job))
        except (RuntimeError, MemoryError):  # the device, which all jobs share
            raise
        except Exception as error:
            job.end(error)
            return []

    def read(self, job: Job) -> Generator[None, None, Rows]:
        """Read the job's prompt, once for all its answers."""
        prompt, stops = self.prompts.build(job.params), stop_strings(job.params.stop)
        for notice in prompt.notices:
            job.emit(Notice(notice))
        read = yield from self.reader.parts(prompt.ids, self.progress(job, len(prompt.ids)))
        for number in range(job.params.answers):
            job.answers.append(Answer(job, number, prompt, Pieces(self.tokenizer, prompt.ids, stops)))
        reads = [read if self.reader.joins else copy.deepcopy(read) for _ in job.answers]  # joining copies anyway
        return list(zip(reads, job.answers, strict=True))

    def progress(self, job: Job, total: int) -> Callable[[int], None]:
        """Tells of a long prompt how much of it is done, which is also when a Stop is heard."""
        return lambda done: job.emit(Step(done, total)) if total > self.reader.chunk else None

    def measure(self, job: Job) -> Generator[None, None, None]:
        """Tell of each token of the prompt how likely the model found it."""
        ids, before = self.prompts.measured(job.params)
        if self.context is not None and len(ids) + len(before) > self.context:
            parts = f"more than the {self.context} that this model reads at once; it was measured in overlapping parts."
            job.emit(Notice(f"The text has {len(ids)} tokens, {parts}"))
        pieces, surprise, count = Pieces(self.tokenizer, before), 0.0, 0
        look = self.progress(job, len(ids))
        for place, drawn in enumerate(measured(self.reader, ids, before, self.context, look)):
            if place and place % PART == 0:
                yield
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
