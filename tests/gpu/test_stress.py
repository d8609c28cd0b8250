"""Forty people who click, leave and break things while the engine dies: nothing hangs, nothing is lost."""

import faulthandler
import os
import random
import signal
import threading
from collections import Counter
from contextlib import suppress

import pytest

from playground.errors import Failed, Refused
from playground.events import Output, Step
from playground.gpu import Manager
from playground.gpu.inline import Inline
from playground.gpu.local import Local
from playground.stream import Stream
from tests.gpu import fakes
from tests.gpu.fakes import Ask, resource

SAFETY = 900  # seconds after which a hang is shown with all stacks; no test waits for it

SIZES = {"a": (100, 10), "b": (300, 50), "c": (600, 100), "d": (700, 300), "unknown": (None, 0)}
MODELS = [resource(key, *sizes) for key, sizes in SIZES.items()]
BROKEN = resource("broken", 200, load=fakes.load_and_fail)
STEPS = tuple(Step(done, 5) for done in range(5))
DEEDS = {
    "work": (*STEPS, Output("done")),
    "break": (Step(0, 5), ValueError("broken"), Step(1, 5)),
    "refuse": (Refused("Not like this."),),
    "fill": (fakes.fill_memory,),
    "endless": (fakes.endless,),  # until it is closed
}


@pytest.fixture(autouse=True)
def safety():
    faulthandler.dump_traceback_later(SAFETY, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


class Person(threading.Thread):
    """Does a number of things one after the other, and notes how each ended."""

    def __init__(self, name, manager, seed, jobs, kill):
        super().__init__(name=name)
        self.manager, self.chance, self.jobs, self.kill = manager, random.Random(seed), jobs, kill
        self.outcomes: Counter[str] = Counter()
        self.wrong: list[BaseException | str] = []

    def run(self):
        try:
            for _ in range(self.jobs):
                self.outcomes[self.one()] += 1
        except BaseException as error:
            self.wrong.append(error)

    def one(self) -> str:
        chance = self.chance
        model = BROKEN if chance.random() < 0.05 else chance.choice(MODELS)
        deed = chance.choices(list(DEEDS), [70, 5, 5, 5, 5])[0]
        leave_after = chance.randrange(5) if deed == "endless" or chance.random() < 0.2 else None
        if chance.random() < 0.03:
            self.kill(self.manager)
        ask = Ask(DEEDS[deed])
        stream = Stream(lambda emit: self.manager.run(model, ask, emit, person=self.name, work=len(ask.do)))
        events = []
        try:
            for number, event in enumerate(stream):
                events.append(event)
                if number == leave_after:
                    stream.close()
        except Refused:
            return "refused"
        except Failed:
            return "failed"
        if leave_after is not None and len(events) > leave_after:
            return "closed"
        if deed != "work" or not isinstance(events[-1], Output):
            self.wrong.append(f"{deed} ended with {events}")
        return "done"


def crowd(manager, people, jobs, seed, kill):
    """Let them all loose; the sum of what they saw."""
    persons = [Person(f"person {n}", manager, f"{seed} {n}", jobs, kill) for n in range(people)]
    watch = Watch(manager)
    for person in persons:
        person.start()
    for person in persons:
        person.join()
    watch.stop()
    assert [wrong for person in persons for wrong in person.wrong] == []
    assert watch.over_budget == []
    return sum((person.outcomes for person in persons), Counter())


class Watch(threading.Thread):
    """Looks at the books all the time."""

    def __init__(self, manager):
        super().__init__(name="watch")
        self.manager, self.over, self.over_budget = manager, threading.Event(), []
        self.start()

    def run(self):
        while not self.over.wait(0.01):
            status = self.manager.status()
            if status.reserved > fakes.MEMORY.total or status.running > 1:
                self.over_budget.append(status)

    def stop(self):
        self.over.set()
        self.join()


def all_adds_up(manager, seen, people, jobs):
    counters = manager.status().counters
    assert sum(seen.values()) == people * jobs
    assert counters.done + counters.cancelled + counters.refused + counters.failed == people * jobs
    assert seen["refused"] == counters.refused
    assert seen["failed"] == counters.failed
    assert seen["done"] <= counters.done  # a job may end just before its reader closes
    assert seen["done"] + seen["closed"] == counters.done + counters.cancelled
    status = manager.status()
    assert (status.running, status.queue, manager._dispatcher._jobs) == (0, (), {})
    assert not any(model.leases for model in status.models)
    assert {model.state for model in status.models} <= {"ready", "absent", "failed", "lost", "loading", "unloading"}


def kill_thread(manager):
    with manager._dispatcher.lock:
        manager._dispatcher.executor.kill()


def kill_process(manager):
    if pid := manager.engine_pid():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("seed", range(2))
def test_forty_people_and_an_engine_in_a_thread(seed, caplog):
    manager = Manager(Inline("cpu", memory=fakes.memory))
    all_adds_up(manager, crowd(manager, 40, 5, seed, kill_thread), 40, 5)
    assert manager.status().counters.engine_deaths > 0
    manager.close()


def test_forty_people_and_an_engine_process(caplog):
    manager = Manager(Local("cpu", memory=fakes.memory))
    all_adds_up(manager, crowd(manager, 40, 3, "process", kill_process), 40, 3)
    counters = manager.status().counters
    assert counters.engine_deaths > 0
    assert counters.done > 0
    manager.close()
