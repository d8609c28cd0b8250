"""Where each waiting job stands and how long that will take, from what was learned; pure, decides nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from playground.gpu.books import State
from playground.gpu.scheduler import Engine, Scheduler


@dataclass(frozen=True)
class Place:
    """One place in the line. `seconds`: what the jobs ahead and their loads take; None: one of them is not known."""

    id: int
    key: str
    ahead: int
    seconds: float | None
    loading: bool
    """What this one needs is being loaded, and it is the first in line for it."""


def places(scheduler: Scheduler, now: float) -> Iterator[Place]:
    line, models, starting = scheduler.line, scheduler.books.models, scheduler.engine is Engine.STARTING
    lefts = (
        (line.estimate(request), (now - request.granted) * line.share(request)) for request in line.running.values()
    )
    seconds = total(None if estimate is None else max(0.0, estimate - since) for estimate, since in lefts)
    seen: set[str] = set()
    asked = [request for request in scheduler.order() if request.work]  # nobody waits for a model that is prefetched
    for ahead, request in enumerate(asked, start=len(line.running)):
        model = models[request.key]
        first = request.key not in seen
        loading = first and model.state is State.LOADING or starting and not seen
        yield Place(request.id, request.key, ahead, seconds, loading)
        load = model.load_seconds if first and model.state is not State.READY else 0.0
        seen.add(request.key)
        seconds = total((seconds, load, line.estimate(request)))


def total(parts: Iterable[float | None]) -> float | None:
    """The sum, None if a part is not known."""
    result = 0.0
    for part in parts:
        if part is None:
            return None
        result += part
    return result
