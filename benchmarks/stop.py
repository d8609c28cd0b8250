"""How long after one person's Stop the next one is served; knows no kind of model."""

import time

from playground.events import Event
from playground.stream import Stream


def freed(running: Stream, waiting: Stream, kind: type[Event]) -> float:
    """Milliseconds from the Stop of `running` to the first event of this kind of `waiting`, which then ends too."""
    stopped = time.perf_counter()
    running.close()
    next(event for event in waiting if isinstance(event, kind))
    milliseconds = 1000 * (time.perf_counter() - stopped)
    waiting.close()
    return milliseconds
