"""Drives a scheduler and an executor under one short lock; has no thread of its own, never waits inside the lock."""

import atexit
import logging
import threading
from collections import deque
from collections.abc import Callable

from playground.errors import PlaygroundError
from playground.events import Notice
from playground.gpu import sentences, telling
from playground.gpu.effects import Effect, Fail, Grant, Ready, Start, Tell
from playground.gpu.fairness import Request
from playground.gpu.job import Job
from playground.gpu.messages import (
    Executor,
    Finished,
    Loaded,
    LoadFailed,
    Lost,
    Measured,
    Problem,
    Report,
    Run,
    Said,
    Started,
    Unload,
    Unloaded,
)
from playground.gpu.scheduler import Scheduler
from playground.gpu.status import Counters, Status, overview
from playground.stream import Cancelled

log = logging.getLogger(__name__)


class Dispatcher:
    def __init__(self, executor: Executor, *, slots: int, rho: float, clock: Callable[[], float]):
        self.lock, self.executor = threading.Lock(), executor
        self._scheduler, self._clock = Scheduler(slots=slots, rho=rho), clock
        self._jobs: dict[int, Job] = {}
        self._counters = Counters()
        self._device: str | None = None
        self._closed = False

    # for the callers

    def waiting(self) -> list[Request]:
        return list(self._scheduler.line.waiting.values())

    def submit(self, job: Job) -> None:
        """Enter the line; called with the lock held."""
        if self._closed:
            raise sentences.closing()
        self._jobs[job.id] = job
        self._apply(self._scheduler.submit(job.request, self._clock()))

    def leave(self, job: Job, grace: float) -> None:
        """See that nothing is left of the job; if it runs and does not end in `grace` seconds the engine is killed."""
        with self.lock:
            if job.id not in self._jobs:
                return
            job.gone = True  # also if what the caller did with an event broke
            self._apply(self._scheduler.cancel(job.id, self._clock()))
            if job.id not in self._scheduler.line.running:
                self._jobs.pop(job.id, None)
                return
        while not job.ended.wait(grace):
            with self.lock:
                if self._only_gone_are_running(job.request.turn):
                    log.warning(
                        "a cancelled job on %s did not end within %g s: the engine is killed", job.request.key, grace
                    )
                    self._counters.engine_kills += 1
                    self.executor.kill()
                    break
        job.ended.wait()

    def _only_gone_are_running(self, turn: int) -> bool:
        """Whether nobody waits any more for what runs in this turn; one person's Stop must not end another's job."""
        running = [id for id, request in self._scheduler.line.running.items() if request.turn == turn]
        return bool(running) and all(self._jobs[id].gone for id in running if id in self._jobs)

    def count(self, outcome: str) -> None:
        with self.lock:
            setattr(self._counters, outcome, getattr(self._counters, outcome) + 1)

    def unload(self, key: str) -> None:
        with self.lock:
            self._apply(self._scheduler.unload(key, self._clock()))

    def close(self) -> None:
        atexit.unregister(self.close)
        with self.lock:
            self._closed = True
            for job in self._jobs.values():
                job.end(sentences.closing())
            self._jobs.clear()
        self.executor.close()

    # for the executor

    def report(self, epoch: int, report: Report) -> None:
        """Hear from the engine started as `epoch`, on a thread of the executor's."""
        if isinstance(report, Said):
            if job := self._jobs.get(report.job):
                job.say(report.event)
            return
        with self.lock:
            if epoch == self._scheduler.engine_epoch and not self._closed:
                self._apply(self._heard(report, self._clock()))

    def _heard(self, report: Report, now: float) -> list[Effect]:
        scheduler, counters = self._scheduler, self._counters
        match report:
            case Started(device, memory):
                self._device = device
                return scheduler.started(memory, now)
            case Measured(memory):
                return scheduler.memory_changed(memory, now)
            case Loaded(key, epoch, seconds, memory):
                counters.loads += 1
                counters.load_seconds += seconds
                return scheduler.loaded(key, epoch, seconds, memory, now)
            case LoadFailed(key, epoch, problem):
                counters.load_failures += 1
                error = self._error(problem, key, sentences.load_broke)
                return scheduler.failed(key, epoch, error, now, memory_out=problem.out_of_memory)
            case Unloaded(key, epoch, memory):
                return scheduler.unloaded(key, epoch, memory, now)
            case Finished():
                counters.run_seconds += report.seconds
                return self._finished(report, now)
            case Lost():
                counters.engine_deaths += 1
                return scheduler.lost(scheduler.engine_epoch, now)
        return []

    def _finished(self, report: Finished, now: float) -> list[Effect]:
        if (job := self._jobs.get(report.job)) is None:
            return []
        problem = report.problem
        if problem and (again := self._with_more_or_less(job, problem)):
            return again
        del self._jobs[job.id]
        if problem and problem.kind == "Cancelled":
            job.end(Cancelled())
        else:
            job.end(self._error(problem, job.request.key, sentences.broke) if problem else None)
        return self._scheduler.released(job.id, report.seconds, now, completed=not problem)

    def _with_more_or_less(self, job: Job, problem: Problem) -> list[Effect]:
        """One more try of a job that ran out of memory: with what the idle models leave, then in less; else nothing."""
        if not problem.out_of_memory or job.given or job.gone:
            return []
        if not job.made_room:
            job.made_room = True
            if dropped := self._scheduler.make_room(job.id):
                return [Tell(job.id, sentences.making_room()), *dropped, Grant(job.id)]
        if problem.less_would_do and not job.frugal:
            job.frugal = True
            return [Grant(job.id)]
        return []

    def _error(self, problem: Problem, key: str, broke: Callable[[str], PlaygroundError]) -> PlaygroundError:
        self._counters.out_of_memory += problem.out_of_memory
        return telling.error(problem, key, broke, self._scheduler.books.memory)

    # effects

    def _apply(self, effects: list[Effect]) -> None:
        pending = deque(effects)
        while pending:
            match effect := pending.popleft():
                case Grant(id, others):
                    pending.extend(self._granted([self._jobs[one] for one in (id, *others)]))
                case Ready(id):
                    self._jobs.pop(id).end()
                case Fail(id, error):
                    self._jobs.pop(id).end(error)
                case Tell(id, text):
                    self._jobs[id].say(Notice(text))
                case Start(epoch):
                    pending.extend(self._started(epoch))
                case _:
                    self._counters.evictions += isinstance(effect, Unload)
                    self.executor.send(effect)
        telling.tell_places(self._scheduler, self._jobs, self._clock())

    def _granted(self, jobs: list[Job]) -> list[Effect]:
        """Run those of one turn who are still there."""
        effects: list[Effect] = []
        for job in [job for job in jobs if job.gone]:
            jobs.remove(job)
            del self._jobs[job.id]
            job.end()
            effects += self._scheduler.released(job.id, 0.0, self._clock(), completed=False)
        if jobs:
            first, seats = jobs[0].request, tuple(job.request.seats for job in jobs)
            ids, params = tuple(job.id for job in jobs), tuple(job.params for job in jobs)
            frugal = any(job.frugal for job in jobs)
            self.executor.send(Run(ids, first.key, params, seats, first.turn, frugal=frugal))
        return effects

    def _started(self, epoch: int) -> list[Effect]:
        self._counters.engine_starts += 1
        atexit.unregister(self.close)  # once is enough
        atexit.register(self.close)
        try:
            self.executor.start(epoch, self.report)
        except OSError:
            log.exception("the engine could not be started")
            return self._scheduler.lost(epoch, self._clock())
        return []

    def status(self) -> Status:
        with self.lock:
            return overview(self._scheduler, self._device, self._counters, self._clock())
