"""What callers are told of their jobs: their places in the line, and what went wrong; decides nothing."""

import logging
import uuid
from collections.abc import Callable, Mapping

from playground import errors
from playground.errors import PlaygroundError
from playground.events import Loading, Waiting
from playground.gpu import sentences
from playground.gpu.forecast import places
from playground.gpu.job import Job
from playground.gpu.ledger import Memory
from playground.gpu.messages import Problem
from playground.gpu.scheduler import Scheduler

log = logging.getLogger(__name__)


def tell_places(scheduler: Scheduler, jobs: Mapping[int, Job], now: float) -> None:
    """Tell those who wait where they are, if that has changed."""
    for place in places(scheduler, now):
        job = jobs[place.id]
        event = Loading() if place.loading else Waiting(place.ahead, rounded(place.seconds))
        if event != job.told:
            job.told = event
            job.say(event)


def rounded(seconds: float | None) -> float | None:
    """As exact as a forecast is, so that no news is made of nothing."""
    return seconds if seconds is None else round(seconds, 1 if seconds < 10 else None)


def error(
    problem: Problem, key: str, broke: Callable[[str], PlaygroundError], memory: Memory | None
) -> PlaygroundError:
    """The sentence for the person; what is not meant for them goes to the log."""
    if problem.kind:
        return getattr(errors, problem.kind)(problem.text)
    id = uuid.uuid4().hex[:8]
    log.error("%s on %s: %s", id, key, problem.details)
    return sentences.ran_out(memory) if problem.out_of_memory else broke(id)
