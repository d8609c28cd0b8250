"""One person's job as its two sides see it: a mailbox between who makes events and who waits for them."""

import queue
import threading
from collections.abc import Iterator
from typing import Any

from playground.events import Event, Output, Token
from playground.gpu.fairness import Request
from playground.stream import Cancelled


class Job:
    """A request with its caller's mailbox: iterate over it for the events, until it ends or raises."""

    def __init__(self, request: Request, params: Any):
        self.request, self.params, self.id = request, params, request.id
        self.gone = False  # the caller has closed
        self.given = False  # something has gone out that cannot be taken back
        self.made_room = False  # idle models went already, after it ran out of memory
        self.frugal = False  # the ways of the model that need less memory are tried
        self.told: Event | None = None  # its place in the line, as last told
        self.ended = threading.Event()
        self._mailbox: queue.SimpleQueue[Event | BaseException | None] = queue.SimpleQueue()

    def close(self) -> None:
        """The caller is gone; from any thread."""
        self.gone = True
        self._mailbox.put(Cancelled())

    def say(self, event: Event) -> None:
        self.given = self.given or isinstance(event, Output | Token)
        self._mailbox.put(event)

    def end(self, error: BaseException | None = None) -> None:
        self._mailbox.put(error)
        self.ended.set()

    def __iter__(self) -> Iterator[Event]:
        while (item := self._mailbox.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
