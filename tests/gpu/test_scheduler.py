"""The scheduler's decisions, one by one."""

import functools
from dataclasses import replace
from typing import Any

from playground.errors import EngineDied, Failed, Unavailable
from playground.gpu.books import State
from playground.gpu.effects import Fail, Grant, Ready, Start, Tell
from playground.gpu.fairness import Request
from playground.gpu.forecast import places
from playground.gpu.ledger import Memory
from playground.gpu.messages import Cancel, Load, Measure, Unload
from playground.gpu.scheduler import Scheduler
from tests.gpu.fakes import resource

TOTAL = 1000
FULL = Memory(TOTAL, TOTAL)


class Desk:
    """A scheduler with an engine that is on, and a short way to talk to both."""

    def __init__(self, *loaded, **facts):
        self.scheduler: Any = Scheduler(**facts)
        self.ids = 0
        self.log = []
        for model in loaded:
            self.done(self.ask(model))

    def hear(self, effects) -> list[Any]:
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

    def submit(self, model, person="someone", work=1.0, alike="", seats=1):
        self.ids += 1
        return self.hear(self.scheduler.submit(Request(self.ids, model, person, work, alike, seats), 0))

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

    def turns(self):
        return {id: request.turn for id, request in self.scheduler.line.running.items()}

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
    scheduler: Any = Scheduler()
    assert scheduler.submit(Request(1, A, "", 1.0), 0) == [Start(1)]
    assert scheduler.submit(Request(2, B, "", 1.0), 0) == []
    assert [effect.id for effect in scheduler.lost(1, 0)] == [1, 2]
    assert scheduler.submit(Request(3, B, "", 1.0), 0) == [Start(2)]


def test_messages_of_a_former_life_change_nothing():
    desk = Desk()
    (load,) = desk.submit(A)
    desk.scheduler.lost(1, 0)
    (again,) = desk.hear(desk.scheduler.submit(Request(9, A, "x", 1.0), 10))
    assert (again.key, desk.state(A)) == ("a", State.LOADING)
    assert desk.loaded(load) == []
    assert desk.scheduler.failed("a", load.epoch, Failed("No."), 0, memory_out=False) == []
    assert desk.scheduler.unloaded("a", again.epoch, FULL, 0) == []
    assert desk.scheduler.released(1, 1.0, 0, completed=True) == []
    assert desk.scheduler.started(FULL, 0) == []
    assert desk.scheduler.lost(1, 0) == []
    assert desk.state(A) is State.LOADING
    assert desk.loaded(again) == [Grant(9)]


def test_whoever_claims_room_has_it_before_those_who_come_later():
    desk = Desk(LARGE)
    desk.scheduler.line.debt = 0.0
    desk.scheduler.submit(Request(8, OTHER_LARGE, "b", 100.0), 0)
    (unload,) = desk.scheduler.memory_changed(FULL, 0)
    desk.scheduler.submit(Request(9, LARGE, "new", 0.1), 0)
    (load,) = desk.scheduler.unloaded(unload.key, unload.epoch, FULL, 0)
    assert load.key == OTHER_LARGE.key


def test_two_slots_are_used_by_two_jobs_if_their_workspace_is_there():
    roomy, tight = resource("roomy", 100, workspace=100), resource("tight", 300, workspace=500)
    desk = Desk(roomy, slots=2)
    assert desk.submit(roomy) + desk.submit(roomy) == [Grant(2), Grant(3)]
    desk = Desk(tight, slots=2)
    assert desk.submit(tight) + desk.submit(tight) == [Grant(2)]
    assert desk.done(2) == [Grant(3)]


def test_an_idle_model_can_be_put_away_and_a_busy_one_not():
    desk = Desk(A)
    running = desk.ask(A)
    assert desk.scheduler.unload("a", 0) == []
    desk.done(running)
    assert [type(effect) for effect in desk.hear(desk.scheduler.unload("a", 0))] == [Unload]
    assert desk.state(A) is State.ABSENT
    assert desk.scheduler.unload("never seen", 0) == []


def test_who_waits_for_the_same_model_shares_the_turn_up_to_its_limit():
    many = replace(A, together=3)
    desk = Desk(many, B)
    desk.submit(B)
    assert [desk.submit(model) for model in (many, many, many, many)] == [[]] * 4
    assert desk.done(3) == [Grant(4, (5, 6))]
    assert desk.done(5) == [Grant(7)]  # joins as soon as there is a place
    assert desk.turns() == {4: 4, 6: 4, 7: 4}
    assert [desk.done(id) for id in (4, 6, 7)] == [[]] * 3


def test_who_is_next_in_line_joins_the_turn_that_goes_on():
    many = replace(A, together=8)
    desk = Desk(many)
    assert [desk.submit(many, person) for person in "abc"] == [[Grant(2)], [Grant(3)], [Grant(4)]]
    assert desk.turns() == {2: 2, 3: 2, 4: 2}
    assert desk.submit(replace(A, together=1)) == []  # it must be alone, and nobody overtakes it
    assert desk.submit(many, "d") == []
    assert [desk.done(id) for id in (2, 3, 4)] == [[], [], [Grant(5)]]
    assert desk.done(5) == [Grant(6)]


def test_nobody_joins_a_turn_while_another_model_is_wanted_first():
    many = replace(A, together=8)
    desk = Desk(many, B)
    desk.submit(many, "a")
    assert desk.submit(B, "b") == []
    assert desk.submit(many, "c") == []
    assert desk.done(3) == [Grant(4)]
    assert desk.done(4) == [Grant(5)]


def test_nobody_joins_somebody_who_left_and_may_hang():
    many = replace(A, together=8)
    desk = Desk(many)
    desk.submit(many, "a")
    assert desk.hear(desk.scheduler.cancel(2, 0)) == [Cancel(2)]
    assert desk.submit(many, "b") == []
    assert desk.done(2) == [Grant(3)]


def test_a_model_that_is_only_to_be_loaded_does_not_keep_others_from_joining():
    many = replace(A, together=8)
    desk = Desk(many)
    desk.submit(many, "a")
    assert desk.submit(LARGE, "", work=0.0) == []
    assert desk.submit(many, "b") == [Grant(4)]


def test_a_turn_that_the_engine_took_along_is_paid_for_once():
    many = replace(A, together=4)
    desk = Desk(many)
    for person in "abcd":
        desk.submit(many, person)
    desk.scheduler.line.debt = 1000.0
    desk.hear(desk.scheduler.lost(desk.scheduler.engine_epoch, 100.0))
    assert desk.scheduler.line.debt == 900.0


def test_what_is_left_of_a_shared_turn_is_told_in_shares():
    many = replace(A, together=4)
    desk = Desk(many)  # its job lasted a second
    for person in "abcd":
        desk.submit(many, person)
    desk.submit(many, "e")
    assert [place.seconds for place in places(desk.scheduler, 1.0)] == [4 * (1.0 - 1 / 4)]


def test_who_has_more_seats_has_more_of_the_turn():
    many = replace(A, together=4)
    desk = Desk(many)
    desk.submit(many, "a", work=3.0, seats=3)
    desk.submit(many, "b")
    desk.submit(many, "c")
    assert [place.seconds for place in places(desk.scheduler, 2.0)] == [3.0 - 2 * 3 / 4 + 1.0 - 2 * 1 / 4]


def test_a_turn_is_shared_only_as_far_as_memory_goes():
    many = replace(resource("many", 100, workspace=400), together=8)
    desk = Desk(many)
    assert [desk.submit(many) for _ in range(3)] == [[Grant(2)], [Grant(3)], []]
    assert desk.scheduler.books.room() == TOTAL - 100 - 2 * 400
    assert desk.done(2) == [Grant(4)]


def test_only_those_who_are_alike_share_a_turn():
    many = replace(A, together=8)
    desk = Desk(many, B)
    desk.submit(B)
    for alike in ("small", "large", "small", "large"):
        assert desk.submit(many, alike, alike=alike) == []
    assert desk.done(3) == [Grant(4, (6,))]
    assert desk.submit(many, "small", alike="small") == []  # the large ones are first
    assert [desk.done(id) for id in (4, 6)] == [[], [Grant(5, (7,))]]
    assert [desk.done(id) for id in (5, 7)] == [[], [Grant(8)]]


def test_a_turn_has_so_many_seats_whoever_takes_them():
    many = replace(A, together=8)
    desk = Desk(many, B)
    desk.submit(B)
    for seats in (4, 3, 2, 1, 1):
        assert desk.submit(many, seats=seats) == []
    assert desk.done(3) == [Grant(4, (5, 7))]  # 4 + 3 + 1
    assert [desk.done(id) for id in (7, 5)] == [[], [Grant(6), Grant(8)]]
    for id in (4, 6, 8):
        desk.done(id)
    assert desk.submit(replace(A, together=2), seats=4) == [Grant(9)]  # more than there are: alone
    assert desk.submit(many) == []


def test_a_turn_that_cannot_be_joined_is_shared_by_those_who_wait_when_it_begins():
    closed = replace(A, together=8, joins=False)
    desk = Desk(closed, B)
    desk.submit(B)
    assert desk.submit(closed, "a") + desk.submit(closed, "b") == []
    assert desk.done(3) == [Grant(4, (5,))]
    assert desk.submit(closed, "c") + desk.submit(closed, "d") == []
    assert [desk.done(id) for id in (4, 5)] == [[], [Grant(6, (7,))]]


def test_who_only_wants_it_loaded_needs_no_turn():
    desk = Desk(A, B)
    assert desk.submit(A) == [Grant(3)]
    assert desk.submit(A, work=0.0) + desk.submit(B, work=0.0) == [Ready(4), Ready(5)]
    (start,) = desk.submit(C, work=0.0) + desk.submit(C, work=0.0) + desk.done(3)
    assert isinstance(start, Load)
    assert desk.loaded(start) == [Ready(6), Ready(7)]
