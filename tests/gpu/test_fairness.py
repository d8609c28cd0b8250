"""Whose turn it is, in a simulated hour: a person with many tabs gets one share, and loads stay in bounds."""

import heapq
from dataclasses import dataclass, field

import pytest

from playground.gpu.effects import Grant, Start
from playground.gpu.fairness import Line, Request
from playground.gpu.ledger import Memory
from playground.gpu.messages import Load, Measure, Unload
from playground.gpu.resource import Resource
from playground.gpu.scheduler import Scheduler
from tests.gpu.fakes import resource

FULL = Memory(1000, 1000)


@dataclass
class Hour:
    """People who ask again as soon as they have been served, and an engine, by a clock that jumps."""

    load_seconds: float = 5.0
    job_seconds: float = 1.0
    now: float = 0.0
    served: dict[str, float] = field(default_factory=dict)
    loading: float = 0.0
    loads: int = 0

    def run(self, tabs: list[tuple[str, Resource]], until: float = 3600.0, **facts) -> "Hour":
        self.scheduler, self.later, self.ids = Scheduler(**facts), [], 0
        self.tabs: dict[int, tuple[str, Resource]] = {}
        for person, model in tabs:
            self.ask(person, model)
        while self.later and self.now < until:
            self.now, _, what = heapq.heappop(self.later)
            self.do(what())
        return self

    def ask(self, person, model):
        self.ids += 1
        self.tabs[self.ids] = person, model
        self.do(self.scheduler.submit(Request(self.ids, model, person, 1.0), self.now))

    def do(self, effects):
        for effect in effects:
            match effect:
                case Start():
                    self.after(0.0, lambda: self.scheduler.started(FULL, self.now))
                case Measure():
                    self.after(0.0, lambda: self.scheduler.memory_changed(FULL, self.now))
                case Unload(key, epoch):
                    self.after(0.0, lambda k=key, e=epoch: self.scheduler.unloaded(k, e, FULL, self.now))
                case Load(key, epoch):
                    self.loads += 1
                    self.loading += self.load_seconds
                    self.after(self.load_seconds, lambda k=key, e=epoch: self.loaded(k, e))
                case Grant(id):
                    self.after(self.job_seconds, lambda i=id: self.finish(i))

    def loaded(self, key, epoch):
        return self.scheduler.loaded(key, epoch, self.load_seconds, FULL, self.now)

    def after(self, seconds, what):
        self.ids += 1
        heapq.heappush(self.later, (self.now + seconds, self.ids, what))

    def finish(self, id):
        person, model = self.tabs.pop(id)
        self.served[person] = self.served.get(person, 0.0) + self.job_seconds
        effects = self.scheduler.released(id, self.job_seconds, self.now, completed=True)
        self.ask(person, model)
        return effects


def jain(shares):
    return sum(shares) ** 2 / (len(shares) * sum(share**2 for share in shares))


A, B, C, D = (resource(key, 450) for key in "abcd")


def test_ten_tabs_of_one_person_have_the_share_of_one():
    tabs = [("hog", A)] * 10 + [(f"person {n}", A) for n in range(29)]
    hour = Hour().run(tabs)
    assert len(hour.served) == 30
    assert jain(list(hour.served.values())) >= 0.99


def test_it_stays_fair_when_people_want_different_models():
    tabs = [("hog", model) for model in (A, B, C, D) * 3][:10] + [
        (f"person {n}", (A, B, C, D)[n % 4]) for n in range(29)
    ]
    hour = Hour().run(tabs)
    assert len(hour.served) == 30
    assert jain(list(hour.served.values())) >= 0.9


@pytest.mark.parametrize("load_seconds", [1.0, 10.0, 30.0])
def test_two_who_take_turns_with_models_that_do_not_fit_together_do_not_thrash(load_seconds):
    large, other = resource("large", 700), resource("other", 700)
    tabs = [("a", large), ("b", other), ("c", large), ("d", other)]
    hour = Hour(load_seconds=load_seconds).run(tabs, until=7200)
    assert hour.loading <= 0.15 * hour.now
    assert len(hour.served) == 4
    assert jain(list(hour.served.values())) >= 0.9


def test_a_ready_model_is_not_left_for_a_load_that_is_not_earned_but_nobody_waits_for_ever():
    large, other = resource("large", 700), resource("other", 700)
    hour = Hour(load_seconds=10.0)
    hour.run([("steady", large), ("steady too", large), ("other", other)], until=1000)
    assert hour.served["other"] > 0
    assert hour.loading <= 0.15 * hour.now


def line(*requests, rho=0.1):
    result = Line(rho)
    for id, (person, work) in enumerate(requests):
        result.join(Request(id, A, person, work))
    return result


def order(line):
    return [request.id for request in line.order()]


def test_each_person_has_a_turn_before_anybody_has_two():
    assert order(line(("a", 1), ("a", 1), ("a", 1), ("b", 1), ("b", 1), ("c", 1))) == [0, 3, 5, 1, 4, 2]


def test_who_leaves_the_line_has_paid_nothing():
    queue = line(("a", 1), ("a", 1), ("a", 1), ("b", 1))
    queue.leave(0)
    queue.leave(1)
    assert order(queue) == [2, 3]


def test_what_a_job_really_took_is_what_is_paid():
    queue = line(("a", 1), ("b", 1))
    for id, seconds in ((0, 30.0), (1, 3.0)):
        queue.grant(queue.waiting[id], 0.0, id)
        queue.join(Request(id + 10, A, "ab"[id], 1))
        queue.order()
        queue.release(id, seconds, completed=True)
    assert order(queue) == [11, 10]
    queue.grant(queue.waiting[11], 0.0, 11)
    queue.join(Request(12, A, "b", 1))
    queue.release(11, 3.0, completed=True)
    assert order(queue) == [12, 10]


def test_who_comes_new_starts_now_and_not_with_all_that_the_others_had():
    queue = line(("a", 1))
    for id in range(1, 50):
        queue.order()
        queue.grant(queue.waiting[id - 1], 0.0, id - 1)
        queue.join(Request(id, A, "a", 1))
        queue.release(id - 1, 1.0, completed=True)
    queue.join(Request(100, A, "new", 1))
    queue.join(Request(101, A, "new", 1))
    assert order(queue) == [49, 100, 101] or order(queue) == [100, 49, 101]


def test_accounts_are_forgotten_when_all_is_quiet():
    queue = line(("a", 1))
    queue.order()
    queue.grant(queue.waiting[0], 0.0, 0)
    queue.release(0, 100.0, completed=True)
    queue.join(Request(1, A, "a", 1))
    queue.join(Request(2, A, "b", 1))
    assert order(queue) == [1, 2]
    assert not queue._finish


def test_seconds_are_learned_from_what_was_completed_and_grow_with_the_work():
    queue = line(("a", 10), ("a", 10))
    assert queue.estimate(queue.waiting[0]) is None
    for id, completed in ((0, True), (1, False)):
        queue.grant(queue.waiting[id], 0.0, id)
        queue.release(id, 5.0 if completed else 1.0, completed=completed)
    assert queue.estimate(Request(9, A, "", 30)) == pytest.approx(15.0)
    assert queue.estimate(Request(9, B, "", 30)) is None


def test_a_load_is_earned_by_nine_times_its_seconds():
    queue = line(("a", 1), rho=0.1)
    queue.load_cost(2.0)
    assert queue.debt == pytest.approx(18.0)
    queue.grant(queue.waiting[0], 0.0, 0)
    queue.release(0, 5.0, completed=True)
    assert queue.debt == pytest.approx(13.0)
