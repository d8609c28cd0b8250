"""Adapters for the tests: tiny, and defined in a module so that an engine process can import them."""

import functools
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from playground.errors import Refused
from playground.events import Event, Media, Output, Preview, Step
from playground.gpu import Resource
from playground.gpu.ledger import Memory
from playground.stream import Emit

MEMORY = Memory(total=1000, free=1000)


def memory(device: str) -> Memory:
    return MEMORY


@dataclass
class Ask:
    """What the fake adapter is to do: these in turn."""

    do: tuple[Any, ...] = ()


class Fake:
    """Does what it is asked: emits events, calls functions, raises exceptions."""

    def __init__(self, device: str):
        self.device = device
        self.runs = 0

    def run(self, params: Ask, emit: Emit) -> None:
        self.runs += 1
        for what in params.do:
            if isinstance(what, Event):
                emit(what)
            elif isinstance(what, BaseException):
                raise what
            else:
                what(emit, self)


class Chorus(Fake):
    """Runs several jobs at once: each does its next thing by turns, and ends by itself or at its cancel."""

    def run_together(
        self,
        jobs: Sequence[tuple[Ask, Emit]],
        ended: Callable[..., None],
        more: Callable[[], Sequence[tuple[Ask, Emit]]],
    ) -> None:
        self.runs += 1
        emits, left = [], {}
        while jobs or left:
            for params, emit in jobs:
                left[len(emits)] = list(params.do)
                emits.append(emit)
            jobs = ()
            for index, todo in list(left.items()):
                try:
                    self.step(todo, emits[index])
                except MemoryError:
                    raise
                except BaseException as error:
                    del left[index]
                    ended(index, error)
                else:
                    if not todo:
                        del left[index]
                        ended(index)
            jobs = more()

    def step(self, todo: list[Any], emit: Emit) -> None:
        what = todo.pop(0)
        if isinstance(what, Event):
            emit(what)
        elif isinstance(what, BaseException):
            raise what
        elif what is endless:
            todo.append(what)
            emit(Step(0, 0))
        else:
            what(emit, self)


def endless(emit: Emit, fake: Fake) -> None:
    """Step for ever; only a cancel ends it."""
    done = 0
    while True:
        emit(Step(done, 0))
        done += 1
        threading.Event().wait(0.001)  # a step's work, in small


def stuck(emit: Emit, fake: Fake) -> None:
    """Begin, and never come back."""
    emit(Step(0, 1))
    threading.Event().wait()


def die(emit: Emit, fake: Fake) -> None:
    os._exit(3)


def tell_process(emit: Emit, fake: Fake) -> None:
    emit(Output(f"{os.getpid()} {fake.device} {fake.runs}"))


def picture(emit: Emit, fake: Fake) -> None:
    emit(Preview((Media(b"half", "image/jpeg"),)))
    emit(Output(Media(b"whole" * 100_000, "image/png"), {"seed": 7}))


def not_an_event(emit: Emit, fake: Fake) -> None:
    emit("done")  # pyright: ignore[reportArgumentType]  # no event, but tells as much


def not_plain(emit: Emit, fake: Fake) -> None:
    emit(Output("text", {"adapter": fake}))


def fill_memory_once(emit: Emit, fake: Fake) -> None:
    if fake.runs == 1:
        raise RuntimeError("MPS backend out of memory")


def fill_memory(emit: Emit, fake: Fake) -> None:
    raise RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory")


def load(device: str) -> Fake:
    return Fake(device)


def load_chorus(device: str) -> Chorus:
    return Chorus(device)


def load_and_fail(device: str) -> Fake:
    raise OSError("weights.safetensors is not what it says")


def load_and_refuse(device: str) -> Fake:
    raise Refused("This model is not for this machine.")


def load_and_die(device: str) -> Fake:
    os._exit(3)


def load_without_memory(device: str) -> Fake:
    raise MemoryError


def resource(key: str = "fake", bytes: int | None = 100, workspace: int = 0, load: Any = load) -> Resource:
    return Resource(key, functools.partial(load), bytes=bytes, workspace=workspace)
