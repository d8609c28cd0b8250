"""Memory that runs out: what is idle goes first, then the model does with less, then a sentence says what would do."""

import functools

import pytest

from playground.errors import Unavailable
from playground.events import Notice, Output, Step
from playground.gpu import Manager, Resource
from playground.gpu.books import State
from playground.gpu.inline import Inline
from playground.stream import Stream
from tests.gpu import fakes


class Frugal(fakes.Fake):
    """Has the ways that it is asked for: a sentence and what to do instead, each."""

    def degrade(self, params):
        return [(told, functools.partial(fakes.Fake.run, self, fakes.Ask(do))) for told, do in params.do]

    def run(self, params, emit):
        fakes.fill_memory(emit, self)


class FrugalChorus(Frugal):
    def run_together(self, jobs, ended, more):
        raise MemoryError


@pytest.fixture
def manager():
    made = Manager(Inline("cpu", memory=fakes.memory))
    yield made
    made.close()


def start(manager, *ways, kind=Frugal, key="frugal"):
    resource = Resource(key, kind, bytes=100, together=8 if kind is FrugalChorus else 1)
    return Stream(lambda emit: manager.run(resource, fakes.Ask(ways), emit))


def told(events):
    return [event.text for event in events if isinstance(event, Notice)]


@pytest.mark.parametrize("kind", [Frugal, FrugalChorus])
def test_the_ways_are_tried_in_turn_and_told(manager, kind):
    events = list(start(manager, ("Tiled.", (fakes.fill_memory,)), ("One by one.", (Output("done"),)), kind=kind))
    assert told(events)[-2:] == ["Tiled.", "One by one."] and events[-1] == Output("done")
    assert manager.status().running == 0


def test_what_is_idle_goes_before_the_model_has_to_do_with_less(manager):
    idle = Resource("idle", fakes.load, bytes=100)
    list(Stream(lambda emit: manager.run(idle, fakes.Ask((Output("x"),)), emit)))
    events = list(start(manager, ("Tiled.", (Output("done"),))))
    texts = told(events)
    room = next(i for i, text in enumerate(texts) if "put away" in text)
    assert texts[-1] == "Tiled." and room < len(texts) - 1
    assert [model.key for model in manager.status().models if model.state == State.READY.value] == ["frugal"]


def test_the_last_way_may_be_a_sentence_and_the_next_job_works(manager):
    ways = (("Tiled.", (fakes.fill_memory,)), ("", (Unavailable("Half the size would do."),)))
    with pytest.raises(Unavailable, match="Half the size"):
        list(start(manager, *ways))
    assert told(list(start(manager, ("Tiled.", (Output("done"),)))))[-1] == "Tiled."


def test_without_a_way_left_the_numbers_are_told(manager, caplog):
    with pytest.raises(Unavailable, match="of 0.000 GB were free"):
        list(start(manager, ("Tiled.", (fakes.fill_memory,))))
    with pytest.raises(Unavailable, match="memory"):
        list(start(manager))


def test_what_has_been_given_is_not_made_again(manager, caplog):
    seen = []
    with pytest.raises(Unavailable):
        for event in start(manager, ("Tiled.", (Output("one"), fakes.fill_memory)), ("Again.", (Output("one"),))):
            seen.append(event)
    assert seen.count(Output("one")) == 1 and told(seen)[-1] == "Tiled."


def test_a_stop_is_heard_in_every_way(manager):
    stream = start(manager, ("Tiled.", (fakes.endless,)))
    assert isinstance(next(event for event in stream if isinstance(event, Step)), Step)
    stream.close()
    assert list(start(manager, ("Tiled.", (Output("next"),))))[-1] == Output("next")
    assert manager.status().counters.engine_kills == 0
