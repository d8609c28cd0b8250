"""What went wrong in the engine, as text that holds on to nothing; knows no job and no model."""

import traceback
from collections.abc import Callable

from playground import errors
from playground.gpu.messages import Problem
from playground.stream import Cancelled

OUT_OF_MEMORY = (
    "out of memory",
    "defaultcpuallocator",
    "cublas_status_alloc_failed",
)  # CPU and MPS have no class for it


def attempt(action: Callable[[], None]) -> Problem | None:
    """Do it; an exception becomes text here, and its frames with all that they hold are let go."""
    try:
        action()
    except BaseException as error:
        return outcome(error)
    return None


def outcome(error: BaseException) -> Problem:
    return Problem("Cancelled") if isinstance(error, Cancelled) else describe(error)


def describe(error: BaseException) -> Problem:
    names = (kind.__name__ for kind in type(error).__mro__ if kind.__module__ == errors.__name__)
    return Problem(
        kind=next(names, ""),
        text=str(error),
        details="".join(traceback.format_exception(error)),
        out_of_memory=is_out_of_memory(error),
    )


def is_out_of_memory(error: BaseException) -> bool:
    """By class and by text, since not every device has a class for it."""
    if isinstance(error, errors.PlaygroundError):
        return False
    named = isinstance(error, MemoryError) or any(kind.__name__ == "OutOfMemoryError" for kind in type(error).__mro__)
    return named or any(sign in str(error).lower() for sign in OUT_OF_MEMORY)
