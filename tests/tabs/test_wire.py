import asyncio
import logging
import threading
from typing import Any

import pytest

from playground.errors import Failed, Refused
from playground.events import Notice, Output, Step
from playground.stream import Stream
from tabs.wire import Visits, paced, play, sentence


class Said:
    """A Show that says what it is asked to show."""

    def after(self, event):
        return event

    def finish(self):
        return "finished"

    def fail(self, sentence):
        return sentence


async def everything(states):
    return [state async for state in states]


async def test_a_generation_is_shown_to_its_end():
    made = Output("x")
    states = await everything(play(lambda: Stream(lambda emit: emit(made)), Said()))
    assert states == [made, "finished"]


async def test_what_cannot_start_is_told():
    def start():
        raise Refused("Steps is 500.")

    assert await everything(play(start, Said())) == ["Steps is 500."]


async def test_an_error_on_the_way_is_told():
    def job(emit):
        emit(Notice("first"))
        raise Failed("It broke.")

    assert await everything(play(lambda: Stream(job), Said())) == [Notice("first"), "It broke."]


async def test_leaving_closes_the_stream_at_once():
    closed, stream = threading.Event(), None

    def job(emit):
        emit.on_close(closed.set)
        emit(Notice("first"))
        closed.wait()
        emit(Notice("never"))

    def start():
        nonlocal stream
        stream = Stream(job)
        return stream

    states = play(start, Said())
    assert await anext(states) == Notice("first")
    await states.aclose()
    assert closed.is_set()


async def test_progress_is_paced_and_the_last_of_it_is_not_lost():
    async def flood():
        for done in range(200):
            yield Step(done, 200)
            await asyncio.sleep(0)

    seen = await everything(paced(flood(), lambda event: event))
    assert seen[0] == Step(0, 200) and seen[-1] == Step(199, 200) and len(seen) < 20


async def test_progress_is_told_even_when_nothing_follows_it():
    hold = asyncio.Event()

    async def stall():
        yield Step(1, 9)
        yield Step(2, 9)
        await hold.wait()

    states = paced(stall(), lambda event: event)
    assert [await anext(states), await anext(states)] == [Step(1, 9), Step(2, 9)]
    await states.aclose()


async def test_results_are_never_held_back_or_skipped():
    async def made():
        for number in range(30):
            yield Output(str(number))

    assert len(await everything(paced(made(), lambda event: event))) == 30


def test_unexpected_errors_are_logged_under_a_number_and_not_shown(caplog):
    with caplog.at_level(logging.ERROR):
        told = sentence(ValueError("secret /home/me"))
    number = told.split()[-1].rstrip(".")
    assert "secret" not in told and number in caplog.text and "secret" in caplog.text


class Closable:
    def __init__(self):
        self.closed = 0

    def close(self):
        self.closed += 1


@pytest.fixture
def visits():
    generate: Any = lambda key, *, person, **values: Closable()  # noqa: E731 - to say of what type it is
    return Visits(generate)


def test_a_visit_that_ends_closes_its_own_streams_only(visits):
    mine, also_mine, other = (visits.generate("poster", visit=visit, person="x") for visit in ("a", "a", "b"))
    visits.leave("a")
    visits.leave("a")
    visits.leave("nobody")
    assert (mine.closed, also_mine.closed, other.closed) == (1, 1, 0)


def test_finished_streams_are_not_kept(visits):
    for _ in range(50):
        visits.generate("poster", visit="a")
    assert len(visits._open["a"]) == 0
