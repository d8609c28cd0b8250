"""The shared way to a device: everybody's jobs, in a fair order, within its memory; knows no model and no page."""

import itertools
import time
from collections.abc import Callable, Hashable
from typing import Any

from playground.errors import Refused
from playground.gpu.dispatch import Dispatcher, Job
from playground.gpu.fairness import Request
from playground.gpu.messages import Executor
from playground.gpu.resource import Resource
from playground.gpu.sentences import line_full, too_many
from playground.gpu.status import Status
from playground.stream import Cancelled, Emit


class Manager:
    """Runs jobs on `executor`'s device.

    `slots`: turns that may run at once. `rho`: the part of the time that loads may take while there is other work.
    `waiting_per_person`, `waiting_total`: how many jobs may wait; a job without a person counts for the total alone.
    `grace`: seconds a cancelled job has until the engine is killed under it.
    """

    def __init__(
        self,
        executor: Executor,
        *,
        slots: int = 1,
        rho: float = 0.1,
        waiting_per_person: int = 3,
        waiting_total: int = 200,
        grace: float = 20.0,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._dispatcher = Dispatcher(executor, slots=slots, rho=rho, clock=clock)
        self._waiting_per_person, self._waiting_total, self._grace = waiting_per_person, waiting_total, grace
        self._ids = itertools.count(1)

    def run(
        self,
        resource: Resource,
        params: Any,
        emit: Emit,
        *,
        person: str = "",
        work: float = 1.0,
        alike: Hashable = (),
        seats: int = 1,
    ) -> None:
        """Wait for a fair turn, load what is needed, run, and emit all that happens; returns when it is done.

        `work`: the job's size in any unit that is proportional to its time on this resource, such as steps x pixels.
        `alike`: it may share its turn with jobs that have the same. `seats`: how many of such a turn's it takes.
        Closing `emit` leaves the line or ends the job. Raises PlaygroundError with a sentence, or Cancelled.
        """
        if not work > 0:
            raise ValueError(f"work must be more than 0, not {work}")
        outcome = "failed"
        try:
            self._take(Job(Request(next(self._ids), resource, person, work, alike, seats), params), emit)
            outcome = "done"
        except Cancelled:
            outcome = "cancelled"
            raise
        except Refused:
            outcome = "refused"
            raise
        finally:
            self._dispatcher.count(outcome)

    def prefetch(self, resource: Resource, emit: Emit) -> None:
        """Load it when that is fair and run nothing, so that the next job finds it ready; returns when that is so."""
        self._take(Job(Request(next(self._ids), resource, person="", work=0.0), None), emit)

    def _take(self, job: Job, emit: Emit) -> None:
        """One turn, from the line to its end."""
        emit.on_close(job.close)
        try:
            self._enter(job)
            for event in job:
                emit(event)
        finally:
            self._dispatcher.leave(job, self._grace)

    def _enter(self, job: Job) -> None:
        if job.gone:
            raise Cancelled
        with self._dispatcher.lock:
            waiting = self._dispatcher.waiting()
            person = job.request.person
            if person and sum(other.person == person for other in waiting) >= self._waiting_per_person:
                raise too_many(self._waiting_per_person)
            if len(waiting) >= self._waiting_total:
                raise line_full(self._waiting_total)
            self._dispatcher.submit(job)

    def status(self) -> Status:
        return self._dispatcher.status()

    def unload(self, key: str) -> None:
        """Put a model away if nothing runs on it."""
        self._dispatcher.unload(key)

    def engine_pid(self) -> int | None:
        """The engine's process; None while there is none, or when it is a thread of this process."""
        return self._dispatcher.executor.pid

    def close(self) -> None:
        """End all jobs and the engine."""
        self._dispatcher.close()
