"""One job on its own thread becomes a closable iterator of events; knows neither models nor pages.

A page may pull with `for` or `async for`, and close from any thread at any time: closing returns at once.
"""

import asyncio
import contextvars
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator

from playground.events import Event, Loading, Preview, Step, Waiting


class Cancelled(Exception):
    """Raised by `emit`, inside the job, once its stream is closed."""


class Emit:
    """How a job reports: call it with an event. Progress and cancel are one call, since it raises Cancelled."""

    def __init__(self, put: Callable[[Event], None]):
        self._put, self._lock = put, threading.Lock()
        self._closed, self._callbacks = False, []

    def __call__(self, event: Event) -> None:
        if self._closed:
            raise Cancelled
        self._put(event)

    @property
    def closed(self) -> bool:
        """Whether nobody waits any more, for a job that has work to do before its next event."""
        return self._closed

    def on_close(self, callback: Callable[[], None]) -> None:
        """Have `callback` called once when the stream is closed, at once if it is; it must not block."""
        with self._lock:
            if not self._closed:
                self._callbacks.append(callback)
                return
        callback()

    def close(self) -> None:
        with self._lock:
            callbacks, self._callbacks, self._closed = self._callbacks, [], True
        for callback in callbacks:
            callback()


class _End:
    """The last thing in a stream, with the job's error if it had one."""

    def __init__(self, error: BaseException | None):
        self.error = error


class Stream(Iterator[Event], AsyncIterator[Event]):
    """The events of a running job, in order; the job's error is raised to the reader.

    Progress that a newer event of the same class has overtaken is skipped, so a slow reader never falls behind.
    """

    def __init__(self, job: Callable[[Emit], object]):
        self._events: deque[Event | _End] = deque()
        self._changed = threading.Condition()
        self._wake: Callable[[], object] | None = None
        self._emit = Emit(self._put)
        context = contextvars.copy_context()  # whose request this is
        threading.Thread(target=context.run, args=(self._run, job), name="stream", daemon=True).start()

    def _run(self, job: Callable[[Emit], object]) -> None:
        error = None
        try:
            job(self._emit)
        except Cancelled:
            pass
        except BaseException as raised:
            error = raised
        self._put(_End(error))

    def _put(self, item: Event | _End) -> None:
        with self._changed:
            progress = isinstance(item, Waiting | Loading | Step | Preview)
            if progress and self._events and type(self._events[-1]) is type(item):
                self._events.pop()
            self._events.append(item)
            self._changed.notify_all()
            if self._wake:
                self._wake()

    def _take(self) -> Event | None:
        """The next event; None at the end of the job, which stays in place so that a finished stream stays finished."""
        if isinstance(item := self._events[0], _End):
            if item.error:
                self._events[0] = _End(None)
                raise item.error
            return None
        self._events.popleft()
        return item

    def __next__(self) -> Event:
        with self._changed:
            self._changed.wait_for(lambda: self._events)
            if (event := self._take()) is None:
                raise StopIteration
            return event

    async def __anext__(self) -> Event:
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        with self._changed:
            if not self._events:
                self._wake = lambda: loop.call_soon_threadsafe(ready.set)
            else:
                ready.set()
        try:
            await ready.wait()
        finally:
            self._wake = None
        with self._changed:
            if (event := self._take()) is None:
                raise StopAsyncIteration
            return event

    def __aiter__(self) -> "Stream":
        return self

    def __iter__(self) -> "Stream":
        return self

    def close(self) -> None:
        """Stop the job at its next event; never blocks, any thread, any number of times."""
        self._emit.close()
