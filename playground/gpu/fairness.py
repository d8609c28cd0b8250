"""Whose turn it is: start-time fair queueing per person with amortised loads; pure, knows no memory and no clock."""

from collections.abc import Hashable
from dataclasses import dataclass

from playground.gpu.resource import Resource

PRIOR_SECONDS = 1.0  # what a job is taken to last before anything of its kind has run
FORGET = 0.8  # how much of what was learned about a model's speed is kept when another job ends


@dataclass(eq=False)
class Request:
    """A job in the line or running. `work` is its size in any unit proportional to its time; 0: to load only."""

    id: int
    resource: Resource
    person: str
    work: float
    alike: Hashable = ()  # only jobs that have the same may share a turn
    seats: int = 1  # of a shared turn, that it takes
    arrived: float = 0.0  # virtual time
    tag: float = 0.0  # virtual time at which it should start
    charged: float = 0.0  # seconds put on the person's account when it was granted
    granted: float = 0.0  # clock time
    turn: int = 0  # the id of the first request of the turn it shares
    gone: bool = False  # the caller left while it ran

    @property
    def key(self) -> str:
        return self.resource.key


class Line:
    """The waiting and the running requests, and what each person has had so far.

    The account is by person, so ten tabs of one person have one share. It is charged when a job is granted, with the
    estimate, and corrected when it ends; who leaves the line has paid nothing.
    """

    def __init__(self, rho: float):
        self.waiting: dict[int, Request] = {}  # in order of arrival
        self.running: dict[int, Request] = {}
        self.debt = 0.0  # seconds of work that must be done before a next load is earned
        self._rho = rho
        self._virtual = 0.0  # the tag granted last; it goes back when those come to their turn who waited for a load
        self._finish: dict[str, float] = {}
        self._speed: dict[str, tuple[float, float]] = {}  # key -> seconds, work

    def join(self, request: Request) -> None:
        request.arrived = self._virtual
        self.waiting[request.id] = request

    def leave(self, id: int) -> Request | None:
        return self.waiting.pop(id, None)

    def order(self) -> list[Request]:
        """The waiting requests by tag: max(virtual time of arrival, the person's finish), then by arrival."""
        reached = dict(self._finish)
        for request in self.waiting.values():
            request.tag = max(request.arrived, reached.get(request.person, 0.0))
            reached[request.person] = request.tag + (self.estimate(request) or PRIOR_SECONDS)
        return sorted(self.waiting.values(), key=lambda request: (request.tag, request.id))

    def turns(self) -> int:
        """How many turns are running; jobs that run together share one."""
        return len({request.turn for request in self.running.values()})

    def sharing(self, turn: int) -> list[Request]:
        """Those who run in this turn."""
        return [request for request in self.running.values() if request.turn == turn]

    def share(self, request: Request) -> float:
        """The part of its turn's time that is a running request's: by the seats of those who are there."""
        return request.seats / sum(one.seats for one in self.sharing(request.turn))

    def grant(self, request: Request, now: float, turn: int) -> None:
        """It runs from now on, in this turn, which may be another request's."""
        del self.waiting[request.id]
        self.running[request.id] = request
        request.turn = turn
        request.granted, request.charged = now, self.estimate(request) or PRIOR_SECONDS
        self._virtual = request.tag
        self._finish[request.person] = request.tag + request.charged

    def release(self, id: int, seconds: float, completed: bool) -> Request | None:
        """Settle the account of a job that ran for `seconds`; None if no such job runs."""
        if (request := self.running.pop(id, None)) is None:
            return None
        finish = self._finish.get(request.person, self._virtual)
        self._finish[request.person] = finish + seconds - request.charged
        self.debt = max(0.0, self.debt - seconds)
        if completed:
            known_seconds, known_work = self._speed.get(request.key, (0.0, 0.0))
            self._speed[request.key] = (known_seconds * FORGET + seconds, known_work * FORGET + request.work)
        self._forget()
        return request

    def _forget(self) -> None:
        """Drop the accounts that make no difference any more: all of them once nobody waits or runs.

        Who comes back begins at the virtual time, which may lie before all the tags there are.
        """
        present = [*self.waiting.values(), *self.running.values()]
        people = {request.person for request in present}
        floor = min((self._virtual, *(request.tag for request in present)))
        self._virtual = self._virtual if present else 0.0
        self._finish = {p: finish for p, finish in self._finish.items() if p in people or present and finish > floor}

    def load_cost(self, seconds: float) -> None:
        """A load took so long: it is earned when it is the part rho of all time."""
        self.debt = max(self.debt, seconds * (1 - self._rho) / self._rho)

    def estimate(self, request: Request) -> float | None:
        """Seconds of a turn that will be the job's; None while nothing of its model has run."""
        if request.key not in self._speed:
            return None
        seconds, work = self._speed[request.key]
        return request.work * seconds / work
