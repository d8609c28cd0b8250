"""Who is next, what is loaded and what goes: events in, effects out; no clock, no thread, no I/O."""

from enum import Enum

from playground.errors import PlaygroundError
from playground.gpu.books import IN_MEMORY, Books, Model, State
from playground.gpu.effects import Effect, Fail, Grant, Ready, Start, Tell
from playground.gpu.fairness import Line, Request
from playground.gpu.ledger import Memory
from playground.gpu.messages import Cancel, Load, Measure
from playground.gpu.sentences import died_at_work, died_loading, making_room
from playground.gpu.sharing import companions, turn_to_join


class Engine(Enum):
    OFF = 0
    STARTING = 1
    ON = 2


class Scheduler:
    """Every decision about one device:

    1. Only a READY model is granted, at most `slots` turns at once, and only with its workspace reserved. Who waits for
       the same model and can run together with the first shares its turn, and who is next in line joins a turn that
       goes on if that is possible.
    2. While loads are not earned (rho), requests for READY models go first; else the smallest tag goes first.
    3. A load starts alone: nothing runs, nothing else loads or unloads, memory was measured just now, and weights and
       workspace are reserved.
    4. Whoever needs room claims it: no other decision is made until it has it or is gone. A victim is DRAINING in the
       same call, and READY again only if the claim is withdrawn.
    5. A failed load is told once to all who wait for it; until it may be tried again the next ones are refused.
    6. When the engine dies, its running jobs and those that wait for what it was loading fail; all others keep their
       place and a new engine is started for them.
    7. A load that runs out of memory is tried once more after all idle models have gone.
    8. What does not fit when all that can go is gone, is refused with the numbers.
    """

    def __init__(self, *, slots: int = 1, rho: float = 0.1):
        self.line, self.books = Line(rho), Books()
        self.engine, self.engine_epoch = Engine.OFF, 0
        self._slots = slots
        self._claim: Request | None = None
        self._measuring = False

    # what happens outside

    def submit(self, request: Request, now: float) -> list[Effect]:
        model = self.books.model(request.resource)
        if error := model.too_early(now):
            return [Fail(request.id, error)]  # 5
        if self.books.too_large(request.resource):
            return [Fail(request.id, self.books.refusal(request.resource))]  # 8
        self.line.join(request)
        return self._decide(now)

    def cancel(self, id: int, now: float) -> list[Effect]:
        """The caller is gone."""
        if request := self.line.running.get(id):
            request.gone = True
            return [Cancel(id)]
        self._withdraw(self.line.leave(id))
        return self._decide(now)

    def started(self, memory: Memory, now: float) -> list[Effect]:
        if self.engine is not Engine.STARTING:
            return []
        self.engine, self.books.memory = Engine.ON, memory
        return self._decide(now, measured=True)

    def memory_changed(self, memory: Memory, now: float) -> list[Effect]:
        self.books.memory, self._measuring = memory, False
        return self._decide(now, measured=True)

    def loaded(self, key: str, epoch: int, seconds: float, memory: Memory, now: float) -> list[Effect]:
        if (model := self.books.current(key, epoch, State.LOADING)) is None:
            return []
        model.become(State.READY)
        model.load_seconds, model.failures, model.made_room = seconds, 0, False
        self.books.memory = memory
        self.books.used(model, now)
        self.line.load_cost(seconds)
        return self._decide(now, measured=True)

    def failed(self, key: str, epoch: int, error: PlaygroundError, now: float, *, memory_out: bool) -> list[Effect]:
        if (model := self.books.current(key, epoch, State.LOADING)) is None:
            return []
        if memory_out and not model.made_room and (idle := self.books.idle()):
            model.become(State.ABSENT)
            model.made_room = True
            told = [Tell(request.id, making_room()) for request in self._waiting_for(key)]
            return [*told, *self.books.drop(idle), *self._decide(now)]  # 7
        return self._give_up(model, error, now) + self._decide(now)

    def unloaded(self, key: str, epoch: int, memory: Memory, now: float) -> list[Effect]:
        if (model := self.books.current(key, epoch, State.UNLOADING)) is None:
            return []
        model.become(State.ABSENT)
        self.books.memory = memory
        return self._decide(now, measured=True)

    def released(self, id: int, seconds: float, now: float, *, completed: bool) -> list[Effect]:
        """A job ended after `seconds` of run time; only a completed one teaches how long its kind takes."""
        if (request := self.line.release(id, seconds, completed)) is None:
            return []
        self.books.release(self.books.models[request.key], request.resource, now)
        return [*self.books.drop_drained(), *self._decide(now)]

    def lost(self, epoch: int, now: float) -> list[Effect]:
        """The engine died."""
        if epoch != self.engine_epoch or self.engine is Engine.OFF:
            return []
        effects: list[Effect] = []
        running = list(self.line.running.values())
        shares = [(now - request.granted) * self.line.share(request) for request in running]
        for request, seconds in zip(running, shares, strict=True):
            self.line.release(request.id, seconds, completed=False)
            effects.append(Fail(request.id, died_at_work()))
        for model in self.books.of(*IN_MEMORY):
            model.leases = model.working = 0
            if model.state is State.LOADING:
                effects += self._give_up(model, died_loading(), now)
            else:
                model.become(State.LOST)
        if self.engine is Engine.STARTING:
            effects += [Fail(id, died_loading()) for id in list(self.line.waiting) if self.line.leave(id)]
        self.engine, self._claim, self._measuring = Engine.OFF, None, False
        return effects + self._decide(now)  # 6

    def make_room(self, id: int) -> list[Effect]:
        """A running job is out of memory: drop all idle models."""
        return [*self.books.drop(self.books.idle())] if id in self.line.running else []

    def unload(self, key: str, now: float) -> list[Effect]:
        """Drop the model if it is READY and nothing runs on it."""
        model = self.books.models.get(key)
        return [*self.books.drop([model]), *self._decide(now)] if model in self.books.idle() else []

    # decisions

    def _decide(self, now: float, *, measured: bool = False) -> list[Effect]:
        """Grant as much as can be; `measured` says that the books' memory was read just now."""
        effects: list[Effect] = self._ready()
        while (request := self._next()) is not None:
            done = self._serve(request, now, measured)
            effects += done
            if not isinstance(done[-1] if done else None, Grant | Fail):
                break
        return effects

    def _ready(self) -> list[Effect]:
        """Whoever only wanted a model loaded that is there needs no turn."""
        models = self.books.models
        there = [one for one in self.line.waiting.values() if not one.work and models[one.key].state is State.READY]
        return [Ready(one.id) for one in there if self.line.leave(one.id)]

    def _next(self) -> Request | None:
        if not self.line.waiting or self._measuring or self.books.of(State.LOADING, State.UNLOADING):
            return None  # 3
        if self.line.turns() < self._slots:
            return self._claim or self.order()[0]  # 4
        first = next((request for request in self.order() if request.work), None)  # a load waits for the turn's end
        return first if first and not self._claim and turn_to_join(self.line, self.books, first) else None

    def order(self) -> list[Request]:
        """The waiting requests, the next one first."""
        order = self.line.order()
        if self.line.debt > 0:
            order.sort(key=lambda request: self.books.models[request.key].state is not State.READY)  # 2
        return order

    def _serve(self, request: Request, now: float, measured: bool) -> list[Effect]:
        """Take the next step that brings this request its turn."""
        if self.engine is not Engine.ON:
            return self._start()
        model = self.books.model(request.resource)
        ready, workspace = model.state is State.READY, self.books.workspace(request.resource)
        if ready and workspace <= self.books.room():
            return [self._grant(request, model, now)]  # 1
        if not ready and not measured:
            self._measuring = True
            return [Measure()]  # 3
        need = workspace if ready else workspace + self.books.weights(model)
        room = self.books.room() if ready else self.books.room_to_load(model)
        wanted = {other.key: other.tag for other in reversed(self.line.order())}
        victims = self.books.victims(need - room - self.books.promised(), model.key, wanted)
        if victims is None and not self.line.running:
            self._withdraw(self.line.leave(request.id))
            return [Fail(request.id, self.books.refusal(request.resource))]  # 8
        self._claim = request  # 4
        if victims:
            return [*self.books.drop(victims)]
        if self.line.running or self.books.of(State.DRAINING):
            return []
        self._claim = None
        model.become(State.LOADING)
        return [Load(model.key, model.epoch, model.resource.load)]

    def _start(self) -> list[Effect]:
        if self.engine is Engine.STARTING:
            return []
        self.engine = Engine.STARTING
        self.engine_epoch += 1
        return [Start(self.engine_epoch)]

    def _grant(self, request: Request, model: Model, now: float) -> Grant:
        if self._claim is request:
            self._claim = None
        turn = turn_to_join(self.line, self.books, request)
        others = [] if turn else companions(self.order(), self.books, request)
        for one in (request, *others):
            self.line.grant(one, now, turn or request.id)
            self.books.lease(model, one.resource, now)
        return Grant(request.id, tuple(other.id for other in others))

    def _withdraw(self, request: Request | None) -> None:
        """Give up the claim of a request that is gone, and what has not left yet stays."""
        if request is not None and request is self._claim:
            self._claim = None
            self.books.keep_draining()

    def _give_up(self, model: Model, error: PlaygroundError, now: float) -> list[Effect]:
        model.fail(error, now)
        waiting = self._waiting_for(model.key)
        for request in waiting:
            self.line.leave(request.id)
        return [Fail(request.id, type(error)(*error.args)) for request in waiting]  # 5

    def _waiting_for(self, key: str) -> list[Request]:
        return [request for request in self.line.waiting.values() if request.key == key]
