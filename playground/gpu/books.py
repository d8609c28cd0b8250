"""Who is in memory: state and bytes of every model, what is reserved, who would have to go; pure, knows no queue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import inf

from playground.errors import PlaygroundError, Unavailable
from playground.gpu.ledger import Memory
from playground.gpu.messages import Unload
from playground.gpu.resource import Resource
from playground.gpu.sentences import again_later, does_not_fit


class State(str, Enum):
    ABSENT = "absent"
    LOADING = "loading"
    READY = "ready"
    DRAINING = "draining"  # chosen to go; its jobs end, no new one starts
    UNLOADING = "unloading"
    FAILED = "failed"  # not tried again before `retry_at`
    LOST = "lost"  # the engine died; as good as absent


RETRY_SECONDS = (2.0, 60.0)  # from a failed load to the next try: at first, and at most
IN_MEMORY = frozenset({State.LOADING, State.READY, State.DRAINING, State.UNLOADING})


@dataclass(eq=False)
class Model:
    resource: Resource
    state: State = State.ABSENT
    epoch: int = 0  # counts transitions, so that a late message is known as such
    leases: int = 0  # jobs that run on it
    working: int = 0  # bytes reserved for these jobs, beside the weights
    load_seconds: float | None = None
    last_used: float | None = None  # clock time
    worth: float = 0.0  # what keeps it in memory, see Books.used
    failures: int = 0
    retry_at: float = 0.0  # clock time
    error: PlaygroundError | None = None
    made_room: bool = False  # idle models went already, after this load ran out of memory

    @property
    def key(self) -> str:
        return self.resource.key

    def become(self, state: State) -> None:
        self.state = state
        self.epoch += 1

    def fail(self, error: PlaygroundError, now: float) -> None:
        """The load failed, and is not tried again before a time that doubles with each failure."""
        first, last = RETRY_SECONDS
        self.become(State.FAILED)
        self.retry_at = now + min(last, first * 2**self.failures)
        self.failures, self.error, self.made_room = self.failures + 1, error, False

    def too_early(self, now: float) -> PlaygroundError | None:
        """What to say to one who asks for it before it may be tried again."""
        if self.state is State.FAILED and self.error and now < self.retry_at:
            return again_later(self.error, self.retry_at - now)
        return None


class Books:
    """The models, and the bytes they hold on a device with the memory last measured.

    A model of unknown size holds all that the device has.
    """

    def __init__(self):
        self.models: dict[str, Model] = {}
        self.memory: Memory | None = None  # None: no engine has told yet
        self._age = 0.0

    def model(self, resource: Resource) -> Model:
        """The model of this key, with what is now known about its size."""
        model = self.models.setdefault(resource.key, Model(resource))
        if model.state not in IN_MEMORY:
            model.resource = resource
        return model

    def of(self, *states: State) -> list[Model]:
        return [model for model in self.models.values() if model.state in states]

    @property
    def _total(self) -> int:
        return self.memory.total if self.memory else 0

    def weights(self, model: Model) -> int:
        return self._total if model.resource.bytes is None else model.resource.bytes

    def workspace(self, resource: Resource) -> int:
        """Bytes for one job; a model of unknown size has everything already."""
        return 0 if resource.bytes is None else resource.workspace

    def at_work(self) -> int:
        """Bytes reserved for running jobs and for the first job of a model that loads."""
        loading = sum(self.workspace(model.resource) for model in self.of(State.LOADING))
        return loading + sum(model.working for model in self.models.values())

    def held(self) -> int:
        """Bytes reserved in all."""
        return self.at_work() + sum(self.weights(model) for model in self.of(*IN_MEMORY))

    def too_large(self, resource: Resource) -> bool:
        """Whether it could not even be loaded onto the empty device."""
        if self.memory is None or resource.bytes is None:
            return False
        return resource.bytes + resource.workspace > self.memory.total

    def room(self) -> int:
        """Bytes not reserved: what a job's workspace may take."""
        return self._total - self.held()

    def room_to_load(self, model: Model) -> int:
        """Bytes a load may take: not reserved, and not in use by other programs.

        Measured free memory alone does not tell: mapped files do not lower it. A model of unknown size needs an
        otherwise empty device, not one without other programs.
        """
        if model.resource.bytes is None or self.memory is None:
            return self.room()
        return min(self.room(), self.memory.free - self.at_work())

    def refusal(self, resource: Resource) -> Unavailable:
        model = self.model(resource)
        could_be_had = self.room_to_load(model) + sum(map(self.weights, self.of(State.READY)))
        return does_not_fit(self.weights(model) + self.workspace(resource), could_be_had, self._total)

    def promised(self) -> int:
        """Bytes that are on their way out."""
        return sum(self.weights(model) for model in self.of(State.DRAINING, State.UNLOADING))

    def victims(self, need: int, keep: str, wanted: Mapping[str, float]) -> list[Model] | None:
        """The models to drop for `need` bytes: idle before leased, unwanted before wanted, then the least worth.

        Of the wanted ones, those that are wanted last go first; `wanted` has the smallest tag of each. None: all of
        them together are not enough.
        """
        ready = [model for model in self.of(State.READY) if model.key != keep]
        ready.sort(key=lambda model: (model.leases > 0, -wanted.get(model.key, inf), model.worth))
        chosen = []
        for model in ready:
            if need <= 0:
                break
            chosen.append(model)
            need -= self.weights(model) + model.working
        return chosen if need <= 0 else None

    def lease(self, model: Model, resource: Resource, now: float) -> None:
        """A job starts, with the workspace that it asked for, which need not be that of the job before."""
        model.leases += 1
        model.working += self.workspace(resource)
        self.used(model, now)

    def release(self, model: Model, resource: Resource, now: float) -> None:
        model.leases -= 1
        model.working -= self.workspace(resource)
        self.used(model, now)

    def used(self, model: Model, now: float) -> None:
        """Renew what keeps the model: the time a reload costs per byte, on top of the age of what was dropped last."""
        model.last_used = now
        model.worth = self._age + (model.load_seconds or 0.0) / max(1, self.weights(model))

    def drop(self, models: Iterable[Model]) -> list[Unload]:
        """Start no new job on these, and let the idle ones go at once.

        All that stay age by it: what is used from now on is worth more than what has not been used since.
        """
        for model in models:
            self._age = max(self._age, model.worth)
            model.become(State.DRAINING)
        return self.drop_drained()

    def drop_drained(self) -> list[Unload]:
        drained = [model for model in self.of(State.DRAINING) if model.leases == 0]
        for model in drained:
            model.become(State.UNLOADING)
        return [Unload(model.key, model.epoch) for model in drained]

    def keep_draining(self) -> None:
        """Nobody wants the room any more: what has not left yet stays."""
        for model in self.of(State.DRAINING):
            model.become(State.READY)

    def idle(self) -> list[Model]:
        return [model for model in self.of(State.READY) if model.leases == 0]

    def current(self, key: str, epoch: int, state: State) -> Model | None:
        """The model a report is about; None when the report is late."""
        model = self.models.get(key)
        return model if model and model.epoch == epoch and model.state is state else None
