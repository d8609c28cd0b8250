"""The scheduler against every order of events that can be thought of, and its decisions one by one."""

import functools

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from playground.errors import EngineDied, Failed, Unavailable
from playground.gpu.books import State
from playground.gpu.effects import Fail, Grant, Start, Tell
from playground.gpu.fairness import Request
from playground.gpu.ledger import Memory
from playground.gpu.messages import Cancel, Load, Measure, Unload
from playground.gpu.scheduler import Engine, Scheduler
from tests.gpu.fakes import resource

TOTAL = 1000
FULL = Memory(TOTAL, TOTAL)
MODELS = [
    resource("small", 100, 10),
    resource("medium", 400, 200),
    resource("large", 700, 300),
    resource("other", 500, 100),
    resource("unknown", None, 50),
    resource("huge", 990, 20),
]


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
        self.commands: list = []  # sent to the engine, not answered
        self.late: list = []  # answered or overtaken by the engine's death
        self.keys: dict[int, str] = {}
        self.slots, self.scheduler = 1, Scheduler()

    @initialize(slots=st.integers(1, 3))
    def begin(self, slots):
        self.slots, self.scheduler = slots, Scheduler(slots=slots)
        grant, models = self.scheduler.line.grant, self.scheduler.books.models

        def checked(request, now):
            assert models[request.key].state is State.READY, "granted what is not ready"
            grant(request, now)

        self.scheduler.line.grant = checked

    def do(self, effects):
        for effect in effects:
            match effect:
                case Grant(id):
                    assert id in self.waiting, "granted what does not wait"
                    self.waiting.remove(id)
                    self.running[id] = self.keys[id]
                    assert len(self.running) <= self.slots
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

    @rule(models=st.lists(st.sampled_from(MODELS), min_size=1, max_size=4), person=st.sampled_from("abc"))
    def submit(self, models, person):
        for model in models:
            self.ids += 1
            self.waiting.add(self.ids)
            self.keys[self.ids] = model.key
            self.do(self.scheduler.submit(Request(self.ids, model, person, 1.0), self.clock))

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
    max_examples=150, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)


class Desk:
    """A scheduler with an engine that is on, and a short way to talk to both."""

    def __init__(self, *loaded, **facts):
        self.scheduler = Scheduler(**facts)
        self.ids = 0
        self.log = []
        for model in loaded:
            self.done(self.ask(model))

    def hear(self, effects):
        """Answer all the engine's commands but jobs and loads; say what else there was."""
        self.log += effects
        said = []
        for effect in effects:
            match effect:
                case Start():
                    said += self.hear(self.scheduler.started(FULL, 0))
                case Measure():
                    said += self.hear(self.scheduler.memory_changed(FULL, 0))
                case Unload(key, epoch):
                    said += [effect, *self.hear(self.scheduler.unloaded(key, epoch, FULL, 0))]
                case _:
                    said.append(effect)
        return said

    def submit(self, model, person="someone", work=1.0):
        self.ids += 1
        return self.hear(self.scheduler.submit(Request(self.ids, model, person, work), 0))

    def ask(self, model, person="someone", seconds=1.0):
        """Submit, and load if it comes to that; the request's number."""
        for effect in self.submit(model, person):
            if isinstance(effect, Load):
                self.loaded(effect, seconds)
        return self.ids

    def loaded(self, load, seconds=1.0):
        return self.hear(self.scheduler.loaded(load.key, load.epoch, seconds, FULL, 0))

    def done(self, id, seconds=1.0):
        return self.hear(self.scheduler.released(id, seconds, 0, completed=True))

    def state(self, model):
        return self.scheduler.books.models[model.key].state


A, B, C = (functools.partial(resource, key, workspace=50)() for key in "abc")
LARGE, OTHER_LARGE = resource("large", 700), resource("other large", 600)


def test_many_who_ask_for_one_model_make_one_load():
    desk = Desk()
    (load,) = desk.submit(A)
    assert [desk.submit(A) for _ in range(5)] == [[]] * 5
    assert desk.loaded(load) == [Grant(1)]
    assert [effect for id in range(1, 6) for effect in desk.done(id)] == [Grant(id) for id in range(2, 7)]
    assert sum(isinstance(effect, Load) for effect in desk.log) == 1


def test_a_load_goes_on_for_the_others_when_the_first_leaves():
    desk = Desk()
    (load,) = desk.submit(A)
    desk.submit(A)
    assert desk.scheduler.cancel(1, 0) == []
    assert desk.loaded(load) == [Grant(2)]


def test_a_load_that_nobody_waits_for_any_more_ends_idle():
    desk = Desk()
    (load,) = desk.submit(LARGE)
    desk.scheduler.cancel(1, 0)
    assert desk.loaded(load) == []
    assert desk.state(LARGE) is State.READY
    assert [type(effect) for effect in desk.submit(OTHER_LARGE)] == [Unload, Load]


def test_a_failed_load_is_told_once_to_each_and_tried_again_later():
    desk = Desk()
    (load,) = desk.submit(A)
    desk.submit(A)
    effects = desk.scheduler.failed(load.key, load.epoch, Failed("No."), 10.0, memory_out=False)
    assert [effect.id for effect in effects] == [1, 2]
    early = desk.scheduler.submit(Request(3, A, "x", 1.0), 11.0)
    assert str(early[0].error) == "No. It can be tried again in 1 s."
    assert [type(effect) for effect in desk.scheduler.submit(Request(4, A, "x", 1.0), 12.0)] == [Measure]


def test_each_failure_doubles_the_wait_until_a_minute():
    desk, waits, now = Desk(A), [], 0.0
    model = desk.scheduler.books.models["a"]
    for _ in range(7):
        model.fail(Failed("No."), now)
        waits.append(model.retry_at - now)
    assert waits == [2, 4, 8, 16, 32, 60, 60]


def test_what_can_never_fit_is_refused_with_the_numbers():
    desk = Desk(A)
    (fail,) = desk.submit(resource("giant", 7_100_000_000))
    assert isinstance(fail.error, Unavailable)
    assert "7.1 GB" in str(fail.error)


def test_what_other_programs_leave_no_room_for_is_refused_after_a_new_measure():
    desk = Desk(A)
    assert desk.scheduler.submit(Request(9, LARGE, "", 1.0), 0) == [Measure()]
    (fail,) = desk.scheduler.memory_changed(Memory(TOTAL, 300), 0)
    assert (fail.id, type(fail.error)) == (9, Unavailable)
    assert desk.state(A) is State.READY


def test_a_model_of_unknown_size_has_the_device_to_itself():
    desk = Desk(A, B)
    unknown = resource("unknown", None)
    effects = desk.submit(unknown)
    assert [(type(effect), effect.key) for effect in effects] == [(Unload, "a"), (Unload, "b"), (Load, "unknown")]
    desk.loaded(effects[-1])
    desk.done(desk.ids)
    assert [type(effect) for effect in desk.submit(A)] == [Unload, Load]


def test_the_victim_is_what_costs_least_to_bring_back():
    cheap, dear = resource("cheap", 400), resource("dear", 400)
    desk = Desk()
    desk.done(desk.ask(dear, seconds=9.0))
    desk.done(desk.ask(cheap, seconds=1.0))
    unload, load = desk.submit(OTHER_LARGE)
    assert (unload.key, load.key) == ("cheap", OTHER_LARGE.key)


def test_what_is_dear_but_never_used_goes_in_the_end():
    dear = resource("dear", 400)
    desk = Desk()
    desk.done(desk.ask(dear, seconds=3.0))
    for turn in range(8):
        desk.done(desk.ask(resource(f"cheap {turn % 2}", 400), seconds=1.0))
    assert desk.state(dear) is State.ABSENT


def test_what_is_wanted_by_the_line_is_spared():
    one, two = resource("one", 400), resource("two", 400)
    desk = Desk()
    desk.done(desk.ask(two, seconds=9.0))
    desk.done(desk.ask(one, seconds=1.0))
    running = desk.ask(one)
    desk.scheduler.line.debt = 0.0
    desk.submit(OTHER_LARGE, "first")
    desk.submit(one, "second")
    assert [effect.key for effect in desk.done(running, 100.0) if isinstance(effect, Unload)] == ["two"]


def test_a_draining_model_is_not_granted_and_comes_back_when_its_claim_is_gone():
    desk = Desk(LARGE, slots=2)
    running = desk.ask(LARGE)
    desk.scheduler.line.debt = 0.0
    assert desk.submit(OTHER_LARGE, "b") == []
    claimant = desk.ids
    assert desk.state(LARGE) is State.DRAINING
    assert desk.submit(LARGE, "c") == []
    assert desk.hear(desk.scheduler.cancel(claimant, 0)) == [Grant(desk.ids)]
    assert desk.state(LARGE) is State.READY
    assert desk.done(running) == []


def test_what_is_on_its_way_out_does_not_come_back():
    desk = Desk(LARGE)
    desk.scheduler.line.debt = 0.0
    desk.scheduler.submit(Request(8, OTHER_LARGE, "b", 1.0), 0)
    (unload,) = desk.scheduler.memory_changed(FULL, 0)
    assert desk.scheduler.cancel(8, 0) == []
    assert desk.scheduler.submit(Request(9, LARGE, "c", 1.0), 0) == []
    effects = desk.scheduler.unloaded(unload.key, unload.epoch, FULL, 0)
    assert [(type(effect), effect.key) for effect in effects] == [(Load, "large")]


def test_a_load_out_of_memory_is_tried_again_without_the_idle_ones():
    desk = Desk(B)
    (load,) = desk.submit(A)
    effects = desk.hear(desk.scheduler.failed("a", load.epoch, Unavailable("Full."), 0, memory_out=True))
    assert [type(effect) for effect in effects] == [Tell, Unload, Load]
    again = effects[-1]
    (fail,) = desk.scheduler.failed("a", again.epoch, Unavailable("Full."), 0, memory_out=True)
    assert str(fail.error) == "Full."


def test_the_death_of_the_engine_is_for_its_job_and_its_load_alone():
    desk = Desk(A)
    running = desk.ask(A)
    desk.submit(A)
    desk.submit(B)
    fail, start = desk.scheduler.lost(1, 0)
    assert (fail.id, type(fail.error)) == (running, EngineDied)
    assert start == Start(2)
    assert desk.state(A) is State.LOST
    (load,) = desk.hear(desk.scheduler.started(FULL, 0))
    assert load.key == "a"
    assert [effect.id for effect in desk.scheduler.lost(2, 0) if isinstance(effect, Fail)] == [3]
    assert set(desk.scheduler.line.waiting) == {4}


def test_an_engine_that_does_not_start_fails_all_who_wait_for_it():
    scheduler = Scheduler()
    assert scheduler.submit(Request(1, A, "", 1.0), 0) == [Start(1)]
    assert scheduler.submit(Request(2, B, "", 1.0), 0) == []
    assert [effect.id for effect in scheduler.lost(1, 0)] == [1, 2]
    assert scheduler.submit(Request(3, B, "", 1.0), 0) == [Start(2)]
