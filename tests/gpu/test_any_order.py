"""The scheduler against every order of events that can be thought of."""

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from playground.errors import Failed
from playground.gpu.books import IN_MEMORY, State
from playground.gpu.effects import Fail, Grant, Ready, Start, Tell
from playground.gpu.fairness import Request
from playground.gpu.ledger import Memory
from playground.gpu.messages import Cancel, Load, Measure, Unload
from playground.gpu.scheduler import Engine, Scheduler
from tests.gpu.fakes import resource

TOTAL = 1000
MODELS = [
    resource("small", 100, 10),
    resource("medium", 400, 200),
    resource("large", 700, 300),
    resource("other", 500, 100),
    resource("unknown", None, 50),
    resource("huge", 990, 20),
]
OUTCOMES = ["well"] * 8 + ["badly", "full"]


def crowd_of(values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=4)


class Machine(RuleBasedStateMachine):
    """An engine that answers in any order and a crowd that comes and goes, with the books kept a second time."""

    def __init__(self):
        super().__init__()
        self.clock = 0.0
        self.ids = 0
        self.free = TOTAL
        self.waiting: set[int] = set()
        self.running: dict[int, str] = {}
        self.over: set[int] = set()
        self.commands: list[Any] = []  # sent to the engine, not answered
        self.late: list[Any] = []  # answered or overtaken by the engine's death
        self.keys: dict[int, str] = {}
        self.kinds: dict[int, tuple[str, str]] = {}
        self.together: dict[int, int] = {}
        self.seats: dict[int, int] = {}
        self.joins: dict[int, bool] = {}
        self.turns: dict[int, int] = {}
        self.slots, self.scheduler = 1, Scheduler()

    @initialize(slots=st.integers(1, 3))
    def begin(self, slots):
        self.slots, self.scheduler = slots, Scheduler(slots=slots)
        grant, models = self.scheduler.line.grant, self.scheduler.books.models

        def checked(request, now, turn):
            assert models[request.key].state is State.READY, "granted what is not ready"
            grant(request, now, turn)

        self.scheduler.line.grant = checked  # pyright: ignore[reportAttributeAccessIssue]  # the method is watched

    def do(self, effects):
        for effect in effects:
            match effect:
                case Grant(id, others):
                    for one in (id, *others):
                        assert one in self.waiting, "granted what does not wait"
                        assert self.kinds[one] == self.kinds[id], "what is not alike in the same turn"
                        self.waiting.remove(one)
                        self.running[one], self.turns[one] = self.keys[one], self.scheduler.line.running[one].turn
                    sharing = [one for one in self.running if self.turns[one] == self.turns[id]]
                    assert len({self.keys[one] for one in sharing}) == 1, "two models in one turn"
                    seats = sum(self.seats[one] for one in sharing)
                    assert len(sharing) == 1 or seats <= min(self.together[one] for one in sharing), (
                        "a turn is too full"
                    )
                    begun = all(one in (id, *others) for one in sharing)
                    assert begun or all(self.joins[one] for one in sharing), "joined a turn that is closed"
                    assert len({self.turns[one] for one in self.running}) <= self.slots
                case Ready(id):
                    assert self.scheduler.books.models[self.keys[id]].state in IN_MEMORY, "what is not there is ready"
                    self.waiting.remove(id)
                    self.over.add(id)
                case Fail(id):
                    assert id in self.waiting or id in self.running
                    self.waiting.discard(id)
                    self.running.pop(id, None)
                    self.over.add(id)
                case Tell(id):
                    assert id in self.waiting or id in self.running
                case Start() | Measure() | Load():
                    if isinstance(effect, Load):
                        assert not self.running, "loads beside running jobs"
                    self.commands.append(effect)
                case Unload(key):
                    assert key not in self.running.values(), "evicted a leased model"
                    self.commands.append(effect)
                case Cancel(id):
                    assert id in self.running

    @rule(
        models=crowd_of(MODELS),
        person=st.sampled_from("abc"),
        divisor=st.integers(1, 3),
        together=st.integers(1, 3),
        work=st.sampled_from([1.0, 1.0, 2.0, 0.0]),
        alike=st.sampled_from("xxy"),
        seats=st.integers(1, 2),
        joins=st.booleans(),
    )
    def submit(self, models, person, divisor, together, work, alike, seats, joins):
        for model in models:
            self.ids += 1
            self.waiting.add(self.ids)
            self.keys[self.ids] = model.key
            self.kinds[self.ids] = model.key, alike
            self.together[self.ids], self.seats[self.ids], self.joins[self.ids] = together, seats, joins
            asked = replace(model, workspace=model.workspace // divisor, together=together, joins=joins)
            self.do(self.scheduler.submit(Request(self.ids, asked, person, work, alike, seats), self.clock))

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def leave(self, data):
        id = data.draw(st.sampled_from(sorted(self.waiting)))
        self.waiting.remove(id)
        self.over.add(id)
        self.do(self.scheduler.cancel(id, self.clock))

    @precondition(lambda self: self.running)
    @rule(data=st.data(), seconds=st.floats(0, 20), completed=st.booleans())
    def release(self, data, seconds, completed):
        self.finish(data.draw(st.sampled_from(sorted(self.running))), seconds, completed)

    def finish(self, id, seconds, completed):
        del self.running[id]
        self.over.add(id)
        self.do(self.scheduler.released(id, seconds, self.clock, completed=completed))

    @precondition(lambda self: self.commands)
    @rule(
        hows=st.lists(st.sampled_from(["well"] * 8 + ["badly", "full"]), min_size=3, max_size=6),
        seconds=st.floats(0, 10),
    )
    def answer(self, hows, seconds):
        for how in hows:
            if self.commands:
                self.late.append(self.commands.pop(0))
                self.reply(self.late[-1], how, seconds)

    def reply(self, command, how="well", seconds=1.0):
        scheduler, now, memory = self.scheduler, self.clock, Memory(TOTAL, self.free)
        match command:
            case Start():
                self.do(scheduler.started(memory, now))
            case Measure():
                self.do(scheduler.memory_changed(memory, now))
            case Unload(key, epoch):
                self.do(scheduler.unloaded(key, epoch, memory, now))
            case Load(key, epoch) if how == "well":
                self.do(scheduler.loaded(key, epoch, seconds, memory, now))
            case Load(key, epoch):
                self.do(scheduler.failed(key, epoch, Failed("broken"), now, memory_out=how != "badly"))

    @precondition(lambda self: self.late)
    @rule(data=st.data())
    def say_it_again(self, data):
        """A message from a life that is over changes nothing."""
        command = data.draw(st.sampled_from(self.late))
        if isinstance(command, Load | Unload):
            before = self.states()
            self.reply(command, data.draw(st.sampled_from(["well", "badly"])))
            assert self.states() == before

    def states(self):
        return {key: (model.state, model.epoch) for key, model in self.scheduler.books.models.items()}

    @rule(what=st.sampled_from(["time", "unload", "full", "death", "others"]), data=st.data())
    def accident(self, what, data):
        """What happens now and then, in one rule so that it does not happen all the time."""
        if what == "time":
            self.clock += data.draw(st.floats(0, 100))
        elif what == "unload":
            self.do(self.scheduler.unload(data.draw(st.sampled_from(MODELS)).key, self.clock))
        elif what == "full" and self.running:
            self.do(self.scheduler.make_room(data.draw(st.sampled_from(sorted(self.running)))))
        elif what == "others":
            self.free = data.draw(st.sampled_from([TOTAL, TOTAL, 500, 0]))
        elif what == "death":
            self.die()

    def die(self):
        epoch, alive = self.scheduler.engine_epoch, self.scheduler.engine is not Engine.OFF
        if alive:
            self.late += self.commands
            self.commands = []
        self.do(self.scheduler.lost(epoch, self.clock))
        self.do(self.scheduler.lost(epoch - 1, self.clock))
        assert not self.running

    @invariant()
    def the_books_are_true(self):
        scheduler = self.scheduler
        assert scheduler.books.held() <= TOTAL, "over budget"
        assert set(scheduler.line.waiting) == self.waiting
        assert set(scheduler.line.running) == set(self.running)
        leases = {key: model.leases for key, model in scheduler.books.models.items() if model.leases}
        keys = list(self.running.values())
        assert leases == {key: keys.count(key) for key in keys}
        assert self.running or not any(model.working for model in scheduler.books.models.values())

    @invariant()
    def somebody_is_always_at_it(self):
        """Whoever waits, waits for something: a job, the engine, or a place that is claimed and will be free."""
        assert not self.waiting or self.running or self.commands

    def teardown(self):
        """Everyone who has not left is served, in finite time, once nothing fails any more."""
        left = set(self.waiting)
        for _ in range(20 * (len(left) + len(self.commands) + len(self.running) + 1)):
            if self.commands:
                self.reply(self.commands.pop(0))
            elif self.running:
                self.finish(min(self.running), 1.0, True)
        assert not self.waiting and not self.running
        assert left <= self.over
        self.the_books_are_true()


TestAnyOrder = Machine.TestCase
TestAnyOrder.settings = settings(
    max_examples=60,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
