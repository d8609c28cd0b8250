"""The inside of an engine: what it keeps of a job, and what it makes of an exception."""

import gc
import sys
import weakref
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from playground import errors
from playground.events import Output, Step
from playground.gpu.engine_device import tidy
from playground.gpu.messages import Cancel, Finished, Load, Loaded, Measure, Measured, Run, Said, Unload, Unloaded
from playground.gpu.problems import attempt, describe, is_out_of_memory
from playground.gpu.worker import Worker
from playground.stream import Cancelled
from tests.gpu import fakes
from tests.gpu.fakes import Ask


@pytest.fixture
def engine():
    """A worker that does what it is told at once, on this thread, and the reports it gave."""
    reports = []
    worker = Worker("cpu", reports.append, memory=fakes.memory)

    def do(*commands):
        reports.clear()
        for command in commands:
            worker.accept(command)
        worker._commands.put(None)
        worker.work()
        return list(reports)

    return do


def test_it_does_one_thing_after_the_other(engine):
    ask = Ask((Step(0, 1), Output("done")))
    reports = engine(Measure(), Load("a", 1, fakes.load), Run((7,), "a", (ask,), (1,)), Unload("a", 2))
    assert [type(report) for report in reports] == [Measured, Loaded, Said, Said, Finished, Unloaded]
    assert reports[4].problem is None
    assert reports[5] == Unloaded("a", 2, fakes.MEMORY)


def test_a_job_that_is_cancelled_before_it_starts_says_nothing(engine):
    reports = engine(Load("a", 1, fakes.load), Run((7,), "a", (Ask((Step(0, 1),)),), (1,)), Cancel(7))
    assert [type(report) for report in reports] == [Loaded, Finished]
    assert reports[1].problem.kind == "Cancelled"


def test_the_adapter_can_ask_whether_its_job_is_cancelled(engine):
    seen = []

    def look(emit, fake):
        seen.append(emit.closed)

    engine(
        Load("a", 1, fakes.load),
        Run((7,), "a", (Ask((look,)),), (1,)),
        Run((8,), "a", (Ask((look,)),), (1,)),
        Cancel(8),
    )
    assert seen == [False, True]


def test_a_late_cancel_does_not_end_the_next_job(engine):
    engine(Load("a", 1, fakes.load), Run((7,), "a", (Ask(),), (1,)))
    reports = engine(Cancel(7), Run((8,), "a", (Ask((Step(0, 1),)),), (1,)))
    assert [type(report) for report in reports] == [Said, Finished]
    assert reports[1].problem is None


class Large:
    """Stands for a tensor."""


def test_nothing_of_a_job_outlives_it(engine):
    kept = []

    def hold_and_break(emit, fake):
        tensor = Large()
        kept.append(weakref.ref(tensor))
        raise RuntimeError("out of memory")

    ask = Ask((hold_and_break,))
    kept.append(weakref.ref(ask))
    reports = engine(Load("a", 1, fakes.load), Run((7,), "a", (ask,), (1,)))
    assert reports[-1].problem.out_of_memory
    del ask
    gc.collect()
    assert [reference() for reference in kept] == [None] * len(kept)
    assert len(kept) == 3  # it was tried twice


def test_an_unloaded_model_is_gone(engine):
    models = []

    def load(device):
        model = fakes.load(device)
        models.append(weakref.ref(model))
        return model

    engine(Load("a", 1, load), Run((1,), "a", (Ask(),), (1,)), Unload("a", 2))
    assert models[0]() is None


def test_torch_is_used_if_the_adapter_brought_it_and_its_mode_does_not_leak(engine, monkeypatch):
    seen = []

    @contextmanager
    def inference_mode():
        seen.append("in")
        yield
        seen.append("out")

    def look(emit, fake):
        seen.append("run")

    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(inference_mode=inference_mode))
    engine(Load("a", 1, fakes.load), Run((7,), "a", (Ask((look,)),), (1,)))
    assert seen == ["in", "run", "out"]


def test_tidying_up_empties_the_cache_of_the_device(monkeypatch):
    emptied = []
    module = SimpleNamespace(empty_cache=lambda: emptied.append(True))
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=module))
    tidy("cuda:0")
    tidy("cpu")
    assert emptied == [True]


class OutOfMemoryError(RuntimeError):
    """As torch calls it."""


@pytest.mark.parametrize(
    "error, expected",
    [
        (OutOfMemoryError("no"), True),
        (MemoryError(), True),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: 5 GB)"), True),
        (RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory"), True),
        (RuntimeError("CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate"), True),
        (RuntimeError("shape mismatch"), False),
        (errors.Refused("This prompt would run out of memory."), False),
    ],
)
def test_memory_that_ran_out_is_known_by_class_and_by_text(error, expected):
    assert is_out_of_memory(error) is expected


def test_a_sentence_for_the_person_keeps_its_class_and_the_rest_is_for_the_log():
    class Special(errors.Unavailable):
        pass

    assert describe(Special("Not now.")).kind == "Unavailable"
    problem = attempt(lambda: 1 / 0)  # pyright: ignore[reportArgumentType]  # fails before it could return
    assert problem is not None
    assert (problem.kind, "ZeroDivisionError" in problem.details) == ("", True)

    def cancelled():
        raise Cancelled

    assert attempt(cancelled) == attempt(cancelled)
    assert attempt(lambda: None) is None
