"""The engine process: what crosses, what ends it, and what comes after."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from playground.errors import EngineDied, Failed, Refused
from playground.events import Loading, Media, Output, Preview, Step
from playground.gpu import Manager
from playground.gpu.local import Local
from playground.stream import Stream
from tests.gpu import fakes
from tests.gpu.fakes import Ask, resource

ROOT = Path(__file__).parents[2]


@pytest.fixture
def manager():
    manager = Manager(Local("cpu", memory=fakes.memory))
    yield manager
    manager.close()


def start(manager, *do, key="fake", person="", **facts):
    return Stream(lambda emit: manager.run(resource(key, **facts), Ask(do), emit, person=person))


def outputs(stream):
    return [event.media for event in stream if isinstance(event, Output)]


def only_text(stream):
    (text,) = outputs(stream)
    assert isinstance(text, str)
    return text


def wait_for(stream, kind):
    return next(event for event in stream if isinstance(event, kind))


def test_the_process_is_started_at_the_first_use_and_stays(manager):
    assert manager.engine_pid() is None
    assert manager.status().engine == "off"
    process, device, runs = only_text(start(manager, fakes.tell_process)).split()
    assert int(process) == manager.engine_pid() != os.getpid()
    assert (device, runs) == ("cpu", "1")
    assert outputs(start(manager, fakes.tell_process)) == [f"{process} cpu 2"]
    assert manager.status().counters.loads == 1


def test_events_cross_in_order_with_their_bytes(manager):
    events = list(start(manager, Step(0, 2), fakes.picture, Step(1, 2)))
    assert [type(event) for event in events] == [Loading, Step, Preview, Output, Step]
    assert events[3] == Output(Media(b"whole" * 100_000, "image/png"), {"seed": 7})


def test_closing_ends_the_job_at_its_next_step_and_frees_the_turn(manager):
    stream = start(manager, fakes.endless)
    wait_for(stream, Step)
    pid = manager.engine_pid()
    stream.close()
    assert outputs(start(manager, Output("next"))) == ["next"]
    assert manager.engine_pid() == pid
    assert manager.status().counters.cancelled == 1


def test_an_exception_is_a_sentence_with_an_id_and_the_log_has_the_rest(manager, caplog):
    with pytest.raises(Failed) as caught:
        list(start(manager, ValueError("shape mismatch")))
    assert "shape mismatch" not in str(caught.value)
    id = str(caught.value).rstrip(".").split()[-1]
    record = next(record.message for record in caplog.records if id in record.message)
    assert "ValueError: shape mismatch" in record
    assert "fakes.py" in record


def test_a_sentence_for_the_person_crosses_as_it_is(manager):
    with pytest.raises(Refused, match="^Too long: 77 words at most.$"):
        list(start(manager, Refused("Too long: 77 words at most.")))


@pytest.mark.parametrize("wrong", [fakes.not_an_event, fakes.not_plain])
def test_only_plain_events_leave_the_engine(manager, wrong, caplog):
    with pytest.raises(Failed):
        list(start(manager, wrong))
    assert "TypeError" in caplog.text
    assert outputs(start(manager, Output("fine"))) == ["fine"]


def test_parameters_that_cannot_be_sent_fail_their_job_alone(manager, caplog):
    with pytest.raises(Failed):
        list(start(manager, lambda emit, fake: None))
    assert outputs(start(manager, Output("fine"))) == ["fine"]


def test_a_killed_engine_fails_its_job_and_the_others_go_on(manager):
    running = start(manager, fakes.endless)
    wait_for(running, Step)
    waiting = start(manager, fakes.tell_process)
    next(waiting)
    pid = manager.engine_pid()
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(EngineDied, match="try once more"):
        list(running)
    process = only_text(waiting).split()[0]
    assert int(process) == manager.engine_pid() != pid
    assert manager.status().counters.engine_deaths == 1


def test_an_engine_that_dies_of_a_job_is_started_for_the_next(manager):
    with pytest.raises(EngineDied):
        list(start(manager, fakes.die))
    assert outputs(start(manager, Output("next"))) == ["next"]


def test_an_engine_that_dies_of_a_load_is_not_tried_for_ever(manager):
    with pytest.raises(EngineDied):
        list(start(manager, load=fakes.load_and_die))
    with pytest.raises(EngineDied, match="again in"):
        list(start(manager, load=fakes.load_and_die))
    assert outputs(start(manager, Output("other"), key="other")) == ["other"]


def test_a_cancelled_job_that_does_not_obey_is_killed(caplog):
    manager = Manager(Local("cpu", memory=fakes.memory), grace=0.0)
    stream = start(manager, fakes.stuck)
    wait_for(stream, Step)
    pid = manager.engine_pid()
    stream.close()
    assert outputs(start(manager, Output("next"))) == ["next"]
    assert manager.engine_pid() != pid
    assert manager.status().counters.engine_kills == 1
    manager.close()


def test_closing_the_manager_ends_the_process(manager):
    stream = start(manager, fakes.stuck)
    wait_for(stream, Step)
    pid = manager.engine_pid()
    manager.close()
    with pytest.raises(Refused):
        list(stream)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


SCRIPT = """
import sys
from playground.gpu import Manager
from playground.gpu.local import Local
from playground.stream import Stream
from tests.gpu.fakes import Ask, {job}, memory, resource

manager = Manager(Local("cpu", memory=memory))
stream = Stream(lambda emit: manager.run(resource(), Ask(({job},)), emit))
first = next(stream)
waiting = [Stream(lambda emit: manager.run(resource(), Ask(({job},)), emit)) for _ in range(2)]
for event in stream:
    print(event, flush=True)
    if {leave}:
        break
print(sorted({{"torch", "numpy", "gradio"}} & set(sys.modules)), manager.engine_pid())
"""


def run_script(job, leave):
    command = [sys.executable, "-W", "error", "-c", SCRIPT.format(job=job, leave=leave)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)


def test_the_parent_imports_nothing_heavy_and_leaves_nothing_behind():
    result = run_script("tell_process", False)
    modules, pid = result.stdout.splitlines()[-1].rsplit(" ", 1)
    assert modules == "[]"
    assert result.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_leaving_while_a_job_runs_ends_at_once_without_a_word():
    result = run_script("stuck", "'Step' in str(event)")
    assert result.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(result.stdout.split()[-1]), 0)
