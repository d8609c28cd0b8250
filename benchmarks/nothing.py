"""An adapter that does nothing, so that only the way to it is measured; an engine process imports it."""

from typing import Any

from playground.events import Output
from playground.stream import Emit


class Nothing:
    def run(self, params: Any, emit: Emit) -> None:
        emit(Output(""))


def load(device: str) -> Nothing:
    return Nothing()
