"""What the manager tells about itself: plain picklable values, and nothing that can be changed."""

from dataclasses import dataclass, field, replace

from playground.gpu.forecast import Place, places
from playground.gpu.scheduler import Scheduler


@dataclass
class Counters:
    """Since the manager was made. Every job ends in exactly one of done, cancelled, refused, failed."""

    done: int = 0
    cancelled: int = 0
    refused: int = 0
    failed: int = 0
    loads: int = 0
    load_failures: int = 0
    evictions: int = 0
    out_of_memory: int = 0
    engine_starts: int = 0
    engine_deaths: int = 0
    engine_kills: int = 0
    load_seconds: float = 0.0
    run_seconds: float = 0.0


@dataclass(frozen=True)
class ModelStatus:
    key: str
    state: str
    bytes: int | None
    """Of the weights; None: not known."""
    leases: int
    """Jobs that run on it."""
    last_used: float | None
    """Seconds ago; None: never."""
    load_seconds: float | None


@dataclass(frozen=True)
class Status:
    engine: str
    """off, starting or on."""
    device: str | None
    """None until the engine has first told."""
    total: int | None
    free: int | None
    reserved: int
    running: int
    models: tuple[ModelStatus, ...] = ()
    queue: tuple[Place, ...] = ()
    """Without whose they are."""
    counters: Counters = field(default_factory=Counters)


def overview(scheduler: Scheduler, device: str | None, counters: Counters, now: float) -> Status:
    books = scheduler.books
    return Status(
        engine=scheduler.engine.name.lower(),
        device=device,
        total=books.memory.total if books.memory else None,
        free=books.memory.free if books.memory else None,
        reserved=books.held(),
        running=len(scheduler.line.running),
        models=tuple(
            ModelStatus(
                key=model.key,
                state=model.state.value,
                bytes=model.resource.bytes,
                leases=model.leases,
                last_used=None if model.last_used is None else now - model.last_used,
                load_seconds=model.load_seconds,
            )
            for model in books.models.values()
        ),
        queue=tuple(places(scheduler, now)),
        counters=replace(counters),
    )
