"""Where a generation meets the page: who started it, how often the page is told, and what an error says there.

Knows no tab, no setting and no model.
"""

import asyncio
import logging
import secrets
import threading
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, Protocol
from weakref import WeakSet

from playground.errors import PlaygroundError
from playground.events import Event, Loading, Output, Preview, Step, Token, Waiting
from playground.stream import Stream

logger = logging.getLogger("playground.page")
PROGRESS = (Waiting, Loading, Step, Token, Preview)
SECONDS_BETWEEN_UPDATES = 0.1  # an update costs the server a millisecond and the eye sees no more
Generate = Callable[..., Stream]
Prepare = Callable[[str], object]
"""Has a model loaded before it is asked for; returns at once."""


class Visits:
    """A `generate` that remembers whose streams are open, so that they end when their page is closed."""

    def __init__(self, generate: Generate):
        self._generate = generate
        self._open: defaultdict[str, WeakSet[Stream]] = defaultdict(WeakSet)
        self._lock = threading.Lock()

    def generate(self, key: str, /, *, visit: str = "", person: str = "", **values: Any) -> Stream:
        stream = self._generate(key, person=person, **values)
        with self._lock:
            self._open[visit].add(stream)
        return stream

    def leave(self, visit: str) -> None:
        """Close all that runs or waits for this page; never blocks."""
        with self._lock:
            streams = self._open.pop(visit, ())
        for stream in list(streams):
            stream.close()


class Show(Protocol):
    """How a tab turns one generation into what its outputs get."""

    def after(self, event: Event) -> Any: ...

    def finish(self) -> Any: ...

    def fail(self, sentence: str) -> Any: ...


async def play(start: Callable[[], Stream], show: Show) -> AsyncGenerator[Any, None]:
    """Start a generation and give the page one state after the other; leaving closes the stream, without waiting."""
    try:
        stream = start()
    except Exception as error:
        yield show.fail(sentence(error))
        return
    try:
        async with aclosing(paced(stream, show.after)) as states:
            async for state in states:
                yield state
        yield show.finish()
    except Exception as error:
        yield show.fail(sentence(error))
    finally:
        stream.close()


async def paced(stream: AsyncIterator[Event], fold: Callable[[Event], Any]) -> AsyncGenerator[Any, None]:
    """What `fold` makes of each event, progress at most ten times a second, and nothing held back for longer."""
    clock = asyncio.get_running_loop().time
    due, pending = clock(), None
    while True:
        wait = None if pending is None else max(0.0, due - clock())
        try:
            event = await asyncio.wait_for(anext(stream), wait)
        except asyncio.TimeoutError:
            event = None
        except StopAsyncIteration:
            break
        if isinstance(event, Output):
            pending = await asyncio.to_thread(fold, event)  # it writes files, and nobody else is to wait for that
        elif event is not None:
            pending = fold(event)
        if pending is not None and (clock() >= due or not isinstance(event, PROGRESS)):
            yield pending
            due, pending = clock() + SECONDS_BETWEEN_UPDATES, None
    if pending is not None:
        yield pending


def sentence(error: Exception) -> str:
    """What to tell the person; whatever was not written for people goes to the log, under a number they can quote."""
    if isinstance(error, PlaygroundError):
        return str(error)
    number = secrets.token_hex(3)
    logger.error("error %s", number, exc_info=error)
    return f"Something went wrong here that should not have. The log of this machine has it as {number}."
