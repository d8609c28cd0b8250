import asyncio
import contextvars
import threading

import pytest

from playground.events import Preview, Step, Token
from playground.stream import Cancelled, Emit, Stream


def test_yields_what_is_emitted_in_order():
    assert list(Stream(lambda emit: [emit(Token(c)) for c in "abc"])) == [Token("a"), Token("b"), Token("c")]


async def test_can_be_read_asynchronously():
    go = threading.Event()

    def job(emit):
        emit(Token("a"))
        go.wait()
        emit(Token("b"))

    stream = Stream(job)
    assert await anext(stream) == Token("a")
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    go.set()
    assert await waiting == Token("b")
    assert [event async for event in stream] == []


def test_an_error_in_the_job_reaches_the_reader_once():
    stream = Stream(lambda emit: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(stream)
    assert list(stream) == []


def test_a_slow_reader_skips_overtaken_progress_but_no_result():
    done = threading.Event()

    def job(emit):
        for i in range(5):
            emit(Step(i, 5))
        emit(Preview(()))
        emit(Preview(()))
        emit(Token("x"))
        done.set()

    stream = Stream(job)
    done.wait()
    assert list(stream) == [Step(4, 5), Preview(()), Token("x")]


def test_closing_stops_the_job_at_its_next_event():
    stopped = threading.Event()

    def job(emit):
        try:
            while True:
                emit(Token("x"))
        except Cancelled:
            stopped.set()
            raise

    stream = Stream(job)
    next(stream)
    stream.close()
    stream.close()
    assert stopped.wait(10)


def test_a_waiting_job_hears_of_the_closing_at_once():
    closed, again = threading.Event(), threading.Event()

    def job(emit):
        emit.on_close(closed.set)
        closed.wait(10)
        emit.on_close(again.set)  # registered too late: called at once

    Stream(job).close()
    assert closed.wait(10) and again.wait(10)


def test_a_job_can_ask_whether_anybody_still_waits():
    emit = Emit(lambda event: None)
    assert not emit.closed
    emit.close()
    assert emit.closed


def test_the_job_runs_in_the_context_of_its_caller():
    variable = contextvars.ContextVar("variable", default="nobody")
    variable.set("somebody")
    assert list(Stream(lambda emit: emit(Token(variable.get())))) == [Token("somebody")]
