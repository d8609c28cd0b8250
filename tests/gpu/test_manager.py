"""The manager with an engine in this process: what a person sees, and what is left when they leave."""

import queue
import threading

import pytest

from playground.errors import EngineDied, Failed, Refused, Unavailable
from playground.events import Loading, Notice, Output, Step, Waiting
from playground.gpu import Manager
from playground.gpu.inline import Inline
from playground.gpu.ledger import Memory
from playground.stream import Cancelled, Emit, Stream
from tests.gpu import fakes
from tests.gpu.fakes import Ask, resource


class Gate:
    """A job that begins, and goes on when it is told to."""

    def __init__(self):
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, emit, fake):
        emit(Step(0, 1))
        self.begun.set()
        self.go.wait()
        emit(Step(1, 1))


@pytest.fixture
def make():
    """A manager with some other settings."""
    managers = []

    def make(**facts) -> Manager:
        managers.append(Manager(Inline("cpu", memory=fakes.memory), **facts))
        return managers[-1]

    yield make
    for manager in managers:
        manager.close()


@pytest.fixture
def manager(make):
    return make()


def start(manager, *do, key="fake", person="", work=1.0, **facts):
    return Stream(lambda emit: manager.run(resource(key, **facts), Ask(do), emit, person=person, work=work))


def outputs(stream):
    return [event.media for event in stream if isinstance(event, Output)]


def busy(manager):
    """A job at work: its gate, and its stream, which is at its first step."""
    gate = Gate()
    stream = start(manager, gate)
    gate.begun.wait()
    return gate, stream


def in_line(manager, *do, **facts):
    """A job that waits, and has said so."""
    stream = start(manager, *do, **facts)
    assert isinstance(next(stream), Waiting)
    return stream


def nothing_is_left(manager):
    status = manager.status()
    assert (status.running, status.queue) == (0, ())
    assert not any(model.leases for model in status.models)
    assert not manager._dispatcher._jobs


def test_a_job_loads_what_it_needs_once_and_runs(manager):
    assert manager.status().models == ()
    assert [type(event) for event in start(manager, Step(0, 1), Output("done"))] == [Loading, Step, Output]
    assert [type(event) for event in start(manager, Output("again"))] == [Output]
    status = manager.status()
    assert (status.device, status.total, status.reserved, status.engine) == ("cpu", 1000, 100, "on")
    assert [(model.key, model.state, model.bytes, model.leases) for model in status.models] == [
        ("fake", "ready", 100, 0)
    ]
    assert (status.counters.done, status.counters.loads, status.counters.engine_starts) == (2, 1, 1)
    nothing_is_left(manager)


def test_run_blocks_and_raises_without_a_stream(manager):
    events = []
    manager.run(resource(), Ask((Output("x"),)), Emit(events.append))
    assert events[-1] == Output("x")
    with pytest.raises(Refused, match="^No.$"):
        manager.run(resource(), Ask((Refused("No."),)), Emit(events.append))
    with pytest.raises(ValueError):
        manager.run(resource(), Ask(), Emit(events.append), work=0)


def test_the_line_is_told_when_it_moves_and_has_no_names(manager):
    gate, first = busy(manager)
    second, third = in_line(manager, Output("2"), person="b"), in_line(manager, Output("3"), person="c")
    assert [(place.key, place.ahead) for place in manager.status().queue] == [("fake", 1), ("fake", 2)]
    second.close()
    moved = next(third)
    assert isinstance(moved, Waiting)
    assert moved.ahead == 1
    gate.go.set()
    assert outputs(third) == ["3"]
    assert outputs(first) == []


def test_seconds_are_told_once_they_are_known(make):
    now = [0.0]
    manager = make(clock=lambda: now[0])
    gate, first = busy(manager)
    assert next(start(manager, Output("x"))) == Waiting(1, None)
    gate.go.set()
    list(first)
    line = manager._dispatcher._scheduler.line
    line._speed["fake"] = (2.0, 1.0)
    gate, first = busy(manager)
    assert next(start(manager, Output("x"), work=10.0)) == Waiting(1, 2.0)
    assert next(start(manager, Output("x"))) == Waiting(2, 22.0)
    gate.go.set()


def test_leaving_the_line_leaves_no_trace(manager):
    gate, first = busy(manager)
    waiting = in_line(manager, Output("never"), key="other")
    waiting.close()
    assert outputs(waiting) == []
    gate.go.set()
    list(first)
    assert outputs(start(manager, Output("next"))) == ["next"]
    nothing_is_left(manager)
    assert "other" not in [model.key for model in manager.status().models if model.state != "absent"]
    assert manager.status().counters.cancelled == 1


def test_who_has_closed_before_is_not_served(manager):
    emit = Emit(lambda event: None)
    emit.close()
    with pytest.raises(Cancelled):
        manager.run(resource(), Ask((Output("never"),)), emit)
    nothing_is_left(manager)
    assert manager.status().engine == "off"


def test_stop_ends_the_job_at_its_next_event_and_no_other(manager):
    gate, first = busy(manager)
    second = in_line(manager, Output("2"))
    first.close()
    gate.go.set()
    assert outputs(second) == ["2"]
    assert Step(1, 1) not in list(first)
    nothing_is_left(manager)


def test_a_caller_that_breaks_is_a_caller_that_leaves(manager):
    def put(event):
        if isinstance(event, Step):
            raise OSError("the wire is cut")

    with pytest.raises(OSError):
        manager.run(resource(), Ask((fakes.endless,)), Emit(put))
    nothing_is_left(manager)
    assert outputs(start(manager, Output("next"))) == ["next"]


def test_an_exception_is_a_sentence_and_the_next_job_runs(manager, caplog):
    with pytest.raises(Failed, match="log tells more"):
        list(start(manager, KeyError("secret")))
    assert "secret" in caplog.text
    assert outputs(start(manager, Output("fine"))) == ["fine"]
    with pytest.raises(Failed):
        list(start(manager, SystemExit(2)))
    nothing_is_left(manager)
    assert manager.status().counters.failed == 2


def test_a_load_that_fails_is_told_to_all_who_wait_and_not_repeated_at_once(manager, caplog):
    gate, first = busy(manager)
    broken = [in_line(manager, key="broken", load=fakes.load_and_fail) for _ in range(3)]
    gate.go.set()
    list(first)
    for stream in broken:
        with pytest.raises(Failed, match="could not be loaded"):
            list(stream)
    with pytest.raises(Failed, match="again in"):
        list(start(manager, key="broken", load=fakes.load_and_fail))
    assert manager.status().counters.load_failures == 1
    assert caplog.text.count("OSError: weights.safetensors") == 1
    with pytest.raises(Refused, match="^This model is not for this machine.$"):
        list(start(manager, key="not here", load=fakes.load_and_refuse))


def test_a_model_that_cannot_fit_is_refused_with_numbers_and_nothing_is_dropped(manager):
    list(start(manager, Output("x")))
    with pytest.raises(Unavailable, match=r"7\.1 GB"):
        list(start(manager, key="giant", bytes=7_100_000_000))
    assert [model.state for model in manager.status().models] == ["ready", "absent"]


def test_models_that_do_not_fit_together_take_turns(manager):
    for key in ("a", "b", "a"):
        list(start(manager, Output("x"), key=key, bytes=600))
    counters = manager.status().counters
    assert (counters.loads, counters.evictions) == (3, 2)
    assert manager.status().reserved == 600


def test_the_line_has_an_end_for_each_and_for_all(make):
    manager = make(waiting_per_person=2, waiting_total=5)
    gate, first = busy(manager)
    streams = [in_line(manager, Output("x"), person="a") for _ in range(2)]
    with pytest.raises(Unavailable, match="You have 2 jobs"):
        list(start(manager, person="a"))
    streams += [in_line(manager, Output("x")) for _ in range(3)]
    with pytest.raises(Unavailable, match="line is full"):
        list(start(manager, person="b"))
    streams[0].close()
    gate.go.set()
    assert [outputs(stream) for stream in streams[1:]] == [["x"]] * 4
    assert manager.status().counters.refused == 2
    nothing_is_left(manager)


def test_memory_that_runs_out_is_tidied_and_the_job_tried_again(manager):
    events = list(start(manager, fakes.fill_memory_once, Output("done")))
    assert [type(event) for event in events] == [Loading, Notice, Output]


def test_then_idle_models_go_and_then_it_is_refused_with_numbers(manager, caplog):
    list(start(manager, Output("x"), key="idle"))
    notices = []
    with pytest.raises(Unavailable, match="GB"):
        for event in start(manager, fakes.fill_memory):
            notices += [event.text] if isinstance(event, Notice) else []
    assert ["tidied up" in text for text in notices] == [True, False, True]
    assert "put away" in notices[1]
    states = {model.key: model.state for model in manager.status().models}
    assert states == {"idle": "absent", "fake": "ready"}
    nothing_is_left(manager)


def test_a_job_that_has_given_something_is_not_run_twice(manager, caplog):
    stream = start(manager, Output("one of two"), fakes.fill_memory)
    assert isinstance(next(stream), Loading)
    assert next(stream) == Output("one of two")
    with pytest.raises(Unavailable):
        next(stream)
    assert "DefaultCPUAllocator" in caplog.text


def test_a_load_without_memory_drops_the_idle_and_is_tried_again(manager, caplog):
    list(start(manager, Output("x"), key="idle"))
    with pytest.raises(Unavailable, match="not enough"):
        list(start(manager, key="hungry", load=fakes.load_without_memory))
    assert manager.status().counters.load_failures == 2
    assert manager.status().counters.evictions == 1


def test_a_job_that_does_not_obey_loses_its_engine_and_the_line_goes_on(make, caplog):
    manager = make(grace=0.0)
    gate, first = busy(manager)
    second = in_line(manager, Output("2"))
    first.close()
    assert outputs(second) == ["2"]
    counters = manager.status().counters
    assert (counters.engine_kills, counters.engine_deaths, counters.loads) == (1, 1, 2)
    gate.go.set()
    nothing_is_left(manager)


def test_unload_puts_an_idle_model_away(manager):
    list(start(manager, Output("x")))
    manager.unload("fake")
    manager.unload("nothing")
    assert outputs(start(manager, Output("x"))) == ["x"]
    assert manager.status().counters.loads == 2


def test_close_ends_everything(make):
    manager = make()
    gate, first = busy(manager)
    second = in_line(manager, Output("2"))
    manager.close()
    for stream in (first, second, start(manager)):
        with pytest.raises(Unavailable, match="closed"):
            list(stream)
    gate.go.set()


class Unstartable:
    """An engine for which there is no process to be had."""

    pid = None

    def start(self, epoch, report):
        raise OSError("no more processes")

    def close(self):
        pass


def test_an_engine_that_cannot_be_started_is_told(caplog):
    manager = Manager(Unstartable())  # pyright: ignore[reportArgumentType]  # as little of a place as the test needs
    with pytest.raises(EngineDied):
        list(start(manager))
    assert "no more processes" in caplog.text
    nothing_is_left(manager)


def broken_memory(device: str) -> Memory:
    raise RuntimeError("the driver is older than the library")


def test_an_engine_that_breaks_at_the_start_is_told(caplog):
    manager = Manager(Inline("cpu", memory=broken_memory))
    with pytest.raises(EngineDied):
        list(start(manager))
    assert "the driver is older" in caplog.text
    manager.close()


def test_one_event_is_seen_by_the_reader_before_the_next_is_made(manager):
    """Events are forwarded as they come, not when the job is over."""
    seen: queue.SimpleQueue = queue.SimpleQueue()

    def answer(emit, fake):
        emit(Output("one"))
        emit(Output(seen.get()))

    stream = start(manager, answer)
    assert isinstance(next(stream), Loading)
    assert next(stream) == Output("one")
    seen.put("two")
    assert next(stream) == Output("two")


def test_what_was_prefetched_is_there_for_the_next_job_and_nothing_has_run(manager):
    assert list(Stream(lambda emit: manager.prefetch(resource("fake"), emit))) == []
    assert manager.status().counters.loads == 1 and manager.status().counters.done == 0
    nothing_is_left(manager)
    assert not any(isinstance(event, Loading) for event in start(manager, Output("quick")))
    assert manager.status().counters.loads == 1
