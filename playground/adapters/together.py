"""The form in which adapters take several jobs at once; knows no kind of job."""

from collections.abc import Callable, Sequence
from typing import Any

from playground.stream import Emit

Asked = tuple[Any, Emit]
"""A job: its params, and where it tells what happens."""

Ended = Callable[[int, BaseException | None], object]
"""Told the index of each job as soon as it is over, and what ended it: None, Cancelled by its own emit, or another
error of its own."""


def alone(run_together: Callable[[Sequence[Asked], Ended], None], params: Any, emit: Emit) -> None:
    """Do one job as one of several; raises what ended it."""
    errors: list[BaseException | None] = []
    run_together([(params, emit)], lambda index, error: errors.append(error))
    if errors[0]:
        raise errors[0]
