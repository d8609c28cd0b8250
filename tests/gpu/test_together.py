"""Several jobs in one turn: each ends by itself, and what happens to one does not touch the others."""

import functools
import threading

import pytest

from playground.errors import Failed, Refused, Unavailable
from playground.events import Notice, Output, Step, Token, Waiting
from playground.gpu import Manager, Resource
from playground.gpu.inline import Inline
from playground.gpu.local import Local
from playground.gpu.turns import Shares
from playground.stream import Stream
from tests.gpu import fakes
from tests.gpu.fakes import Ask

CHORUS = Resource("chorus", functools.partial(fakes.load_chorus), bytes=100, together=8)


@pytest.fixture
def manager():
    manager = Manager(Inline("cpu", memory=fakes.memory))
    yield manager
    manager.close()


def start(manager, *do):
    return Stream(lambda emit: manager.run(CHORUS, Ask(do), emit))


def in_line(manager, *do):
    stream = start(manager, *do)
    assert isinstance(next(stream), Waiting)
    return stream


@pytest.fixture
def crowd(manager):
    """Start jobs that share one turn: the model has run once, and they wait until a job on another one is done."""

    def crowd(*asks):
        begun, go = threading.Event(), threading.Event()

        def hold(emit, fake):
            begun.set()
            go.wait()

        list(start(manager, Step(0, 1)))
        other = Stream(lambda emit: manager.run(fakes.resource("other"), Ask((hold,)), emit))
        assert isinstance(next(other), Waiting)
        begun.wait()
        streams = [in_line(manager, *do) for do in asks]
        go.set()
        list(other)
        return streams

    return crowd


def outputs(stream):
    return [event.media for event in stream if isinstance(event, Output)]


def test_each_gets_its_own(manager, crowd):
    count = []

    def note(emit, fake):
        count.append(fake.runs)

    streams = crowd(*[(Step(0, 1), note, Output(str(i))) for i in range(5)])
    assert [outputs(stream) for stream in streams] == [[str(i)] for i in range(5)]
    assert count == [2] * 5, "they did not run together"
    assert manager.status().counters.done == 7


def test_who_stops_is_gone_at_once_and_the_others_go_on(manager, crowd):
    release = threading.Event()

    def wait(emit, fake):
        release.wait()

    stopped, other = crowd((fakes.endless,), (Step(0, 2), Step(1, 2), wait, Output("kept")))
    assert isinstance(next(event for event in stopped if isinstance(event, Step)), Step)
    stopped.close()
    release.set()
    assert outputs(other) == ["kept"]
    assert manager.status().counters.engine_kills == 0


def test_a_short_one_does_not_wait_for_a_long_one(manager, crowd):
    long, short = crowd((fakes.endless,), (Output("soon"),))
    assert outputs(short) == ["soon"]  # its stream ends while the other runs
    assert manager.status().running == 1
    long.close()


def test_an_error_is_for_the_one_who_made_it(manager, crowd):
    refused, broken, good = crowd((Step(0, 1), Refused("Not this.")), (ZeroDivisionError("1/0"),), (Output("good"),))
    with pytest.raises(Refused, match="Not this"):
        list(refused)
    with pytest.raises(Failed):
        list(broken)
    assert outputs(good) == ["good"]


def test_when_memory_runs_out_those_who_have_said_nothing_run_alone(manager, crowd):
    def full_if_together(emit, fake):
        if fake.runs == 2:
            raise MemoryError

    begun, quiet = crowd(
        (Token("a"), Step(0, 1), full_if_together, Output("lost")), (Step(0, 1), Step(0, 1), Output("b"))
    )
    with pytest.raises(Unavailable, match="memory"):
        list(begun)
    assert outputs(quiet) == ["b"]


def test_a_job_that_is_not_told_of_is_not_left_hanging(manager, crowd, monkeypatch):
    monkeypatch.setattr(fakes.Chorus, "run_together", lambda self, jobs, ended, more: ended(0))
    first, second = crowd((Output("x"),), (Output("y"),))
    assert outputs(first) == []
    with pytest.raises(Failed):
        list(second)
    assert not any(isinstance(event, Notice) for event in first)


def test_who_comes_later_joins_the_turn_that_goes_on(manager):
    runs = []

    def note(emit, fake):
        runs.append(fake.runs)

    long = start(manager, note, fakes.endless)
    assert isinstance(next(event for event in long if isinstance(event, Step)), Step)
    for number in range(3):
        assert outputs(start(manager, Step(0, 1), note, Output(str(number)))) == [str(number)]
    assert manager.status().running == 1
    long.close()
    assert runs == [1] * 4, "somebody had a turn of their own"


def test_a_turn_that_memory_ends_is_over_for_those_who_joined_it_too(manager):
    def full_in_company(emit, fake):
        if fake.runs == 1:
            raise MemoryError

    first = start(manager, fakes.endless)
    assert isinstance(next(event for event in first if isinstance(event, Step)), Step)
    second = start(manager, Step(0, 1), full_in_company, Output("b"))
    assert isinstance(next(event for event in first if isinstance(event, Notice)), Notice)  # now it runs alone
    first.close()
    assert outputs(second) == ["b"]


def test_parameters_that_cannot_be_read_end_their_own_job_alone():
    class Broken:
        def __reduce__(self):
            return int, ("no number",)

    manager = Manager(Local("cpu", memory=fakes.memory))
    try:
        long = start(manager, fakes.endless)
        assert isinstance(next(event for event in long if isinstance(event, Step)), Step)
        with pytest.raises(Failed):
            list(start(manager, Broken()))
        assert isinstance(next(long), Step)
        long.close()
    finally:
        manager.close()


def test_each_moment_of_a_turn_belongs_to_all_who_are_there():
    moments = iter([0.0, 1.0, 3.0, 4.0, 10.0, 12.0])
    shares = Shares(lambda: next(moments))
    shares.come(1, 1)  # at 1
    shares.come(2, 1)  # at 3
    assert shares.go(1) == 2.5  # at 4: two seconds alone, one in company
    shares.come(3, 1)  # at 10
    assert shares.go(2) == 0.5 + 6 + 1  # at 12


def test_a_moment_is_shared_by_seats():
    moments = iter([0.0, 0.0, 2.0, 6.0, 8.0])
    shares = Shares(lambda: next(moments))
    shares.come(1, 1)
    shares.come(2, 3)  # at 2
    assert shares.go(1) == 2 + 1  # at 6
    assert shares.go(2) == 3 + 2  # at 8
