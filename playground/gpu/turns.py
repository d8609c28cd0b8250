"""Runs jobs on a loaded model, alone or several in one turn that others may join; knows no queue and no loading."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from playground.events import Event, Notice, Output, Token
from playground.gpu.engine_device import inference_mode, tidy
from playground.gpu.messages import Problem, Run
from playground.gpu.problems import attempt, outcome
from playground.gpu.sentences import freeing
from playground.stream import Emit


@dataclass(frozen=True)
class Desk:
    """What the engine lends to its turns: `finish` is told once of each job, with its seconds and what went wrong."""

    device: str
    unpack: Callable[[Any], Any]
    emit_of: Callable[[int], Emit]
    finish: Callable[[int, float, Problem | None], None]


class Watched(Emit):
    """An emit that notes whether something has gone out that a second run would say again."""

    def __init__(self, emit: Emit):
        super().__init__(emit)
        self.given = False
        emit.on_close(self.close)

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        self.given = self.given or isinstance(event, Output | Token)


@dataclass
class Player:
    """A job at its turn, with its parameters still packed, as it may have to be run once more."""

    job: int
    packed: Any
    emit: Watched


class Shares:
    """Splits the time of a turn among those who are there: each moment belongs to all of them, by their seats."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter):
        self._clock, self._since = clock, clock()
        self._each = 0.0  # seconds that one seat would have that was taken from the beginning
        self._came: dict[int, tuple[float, int]] = {}

    def come(self, job: int, seats: int) -> None:
        self._came[job] = self._now(), seats

    def go(self, job: int) -> float:
        """The seconds that were its share."""
        now = self._now()
        since, seats = self._came.pop(job)
        return (now - since) * seats

    def _now(self) -> float:
        now = self._clock()
        self._each += (now - self._since) / max(1, sum(seats for _, seats in self._came.values()))
        self._since = now
        return self._each


def run_alone(desk: Desk, model: Callable[[], Any], job: int, packed: Any) -> None:
    """Run a job; when memory runs out before it has given anything, tidy up and run it once more."""
    player, started = Player(job, packed, Watched(desk.emit_of(job))), time.perf_counter()
    problem = play(desk, model, player)
    if problem and problem.out_of_memory:
        tidy(desk.device)
        if not player.emit.given:
            problem = play_again(desk, model, player)
    desk.finish(job, time.perf_counter() - started, problem)


def play(desk: Desk, model: Callable[[], Any], player: Player) -> Problem | None:
    def run() -> None:
        with inference_mode():
            model().run(desk.unpack(player.packed), player.emit)

    return attempt(run)


def play_again(desk: Desk, model: Callable[[], Any], player: Player) -> Problem | None:
    return attempt(lambda: player.emit(Notice(freeing()))) or play(desk, model, player)


class Turn:
    """Several jobs on one model at once, and those that come while it goes on.

    `more` gives what has come since it was last asked. When memory runs out, those that have not given anything run
    one by one.
    """

    def __init__(self, desk: Desk, model: Callable[[], Any], more: Callable[[], Iterable[Run]]):
        self.desk, self.model, self.more = desk, model, more
        self.shares = Shares()
        self.came = 0
        self.left: dict[int, Player] = {}  # by the place in which the adapter got them

    def run(self, first: Run) -> None:
        def together() -> None:
            with inference_mode():
                self.model().run_together(self.admitted([first]), self.ended, lambda: self.admitted(self.more()))
            assert not self.left, "run_together has to say of each job how it ended"

        problem = attempt(together)
        if problem and problem.out_of_memory:
            tidy(self.desk.device)
        for index, player in sorted(self.left.items(), key=lambda one: not one[1].emit.given):  # the lost ones first
            if problem and problem.out_of_memory and not player.emit.given:
                self.finished(index, play_again(self.desk, self.model, player))
            else:
                self.finished(index, problem)

    def admitted(self, runs: Iterable[Run]) -> list[tuple[Any, Emit]]:
        """The jobs as the adapter takes them; one whose parameters cannot be read is over."""
        jobs = []
        for job, packed, seats in (one for run in runs for one in zip(run.jobs, run.params, run.seats, strict=True)):
            player = Player(job, packed, Watched(self.desk.emit_of(job)))
            self.left[self.came] = player
            self.shares.come(job, seats)
            try:
                jobs.append((self.desk.unpack(packed), player.emit))
                self.came += 1
            except Exception as error:  # whatever a value's own unpickling raises
                self.ended(self.came, error)
        return jobs

    def ended(self, index: int, error: BaseException | None = None) -> None:
        self.finished(index, None if error is None else outcome(error))

    def finished(self, index: int, problem: Problem | None) -> None:
        job = self.left.pop(index).job
        self.desk.finish(job, self.shares.go(job), problem)
