"""Several people's pictures in one pipeline call: each is what it is alone, and what happens to one is its own."""

import functools
import itertools
import threading
from dataclasses import replace

import numpy as np
import pytest
import torch

from playground import hub, lora_files
from playground.adapters import image_call, image_previews, image_trace
from playground.adapters.diffusers_image import DiffusersImage
from playground.adapters.image_jobs import Jobs
from playground.catalog import MODELS, Model, find, load
from playground.engine import Engine
from playground.errors import Refused
from playground.events import Notice, Preview, Step, Trace, Waiting
from playground.gpu import Manager, Resource
from playground.gpu.inline import Inline
from playground.params import ImageParams
from playground.stream import Cancelled, Emit, Stream
from tests.adapters import folders
from tests.adapters.test_diffusers_image import outputs, pixels
from tests.gpu import fakes

ASKED = [
    {"prompt": "a (red:1.4) boat", "negative_prompt": "blue", "seed": 3},
    {"prompt": "sun", "seed": 4, "pictures": 3},
    {"prompt": "{a|b|c} long long word", "negative_prompt": "[bad]", "seed": 50},
]
"""Of three people."""


def tiny(folder):
    return load(Model("tiny", "image", "diffusion", "Tiny", MODELS["poster"].adapter, str(folder)), "cpu")


@pytest.fixture(scope="module")
def adapter(tmp_path_factory):
    return tiny(folders.stable_diffusion(tmp_path_factory.mktemp("models")))


def params(**values):
    return ImageParams(**{"steps": 3, "width": 64, "height": 64, **values})


def together(adapter, asked, emits=()):
    """Events and end of each of those who ask."""
    events, ends = [[] for _ in asked], {}
    emits = [*emits, *(one.append for one in events[len(emits) :])]
    jobs = list(zip(asked, emits, strict=True))
    adapter.run_together(jobs, lambda index, error: ends.setdefault(index, error))
    return events, ends


def told_alone(adapter, one):
    events = []
    adapter.run(one, events.append)
    return events


def alone(adapter, one):
    return outputs(told_alone(adapter, one))


def same(ours, theirs):
    assert [one.recipe for one in ours] == [one.recipe for one in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert np.abs(pixels(one.media) - pixels(other.media)).max() <= 1


@pytest.mark.parametrize("sampler", ["", "Euler a", "DPM2 a", "DPM++ 2M SDE", "LCM"])
def test_a_picture_is_the_same_alone_and_among_others(adapter, sampler):
    asked = [params(**one, scheduler=sampler, guidance_scale=4.0) for one in ASKED]
    events, ends = together(adapter, asked)
    assert ends == {0: None, 1: None, 2: None}
    for one, told in zip(asked, events, strict=True):
        steps = dict.fromkeys(event for event in told if isinstance(event, Step))  # some samplers look twice in one
        assert list(steps) == [Step(i, 3) for i in range(4)]
        same(outputs(told), alone(adapter, one))
    first, second = outputs(events[0])[0], outputs(events[1])[0]
    assert np.abs(pixels(first.media) - pixels(second.media)).max() > 1


@pytest.mark.parametrize("maker", [folders.stable_diffusion_xl, folders.stable_diffusion_3, folders.flux])
def test_so_it_is_with_other_families(maker, tmp_path):
    adapter = tiny(maker(tmp_path))
    asked = [params(**one, steps=2, width=48, height=32) for one in ASKED]
    for one, told in zip(asked, together(adapter, asked)[0], strict=True):
        same(outputs(told), alone(adapter, one))


def test_everybody_has_their_pictures_before_anybody_is_told_how_they_came_about(adapter):
    told, asked = [], [params(**one) for one in ASKED[:2]]
    emits = [lambda event, job=job: told.append((job, event)) for job in range(2)]
    adapter.run_together(list(zip(asked, emits, strict=True)), lambda job, error: told.append((job, error)))
    last = [(job, getattr(event, "number", event and "picture")) for job, event in told if not is_progress(event)]
    pictures, traces = [(0, "picture"), *[(1, "picture")] * 3], [(0, 0), (0, None), (1, 0), (1, 1), (1, 2), (1, None)]
    assert last == pictures + traces


def is_progress(event):
    return isinstance(event, Step | Preview | Notice)


def traces(events):
    return [event for event in events if isinstance(event, Trace)]


def test_a_trace_is_of_the_picture_that_it_names(adapter):
    (events, _), _ = together(adapter, [params(**ASKED[1]), params(**ASKED[0])])
    (third,) = traces(told_alone(adapter, params(**ASKED[1]).single(2)))
    apart = [np.abs(pixels(one.media[0]) - pixels(third.media[0])).mean() for one in traces(events)]
    assert [one.number for one in traces(events)] == [0, 1, 2] and np.argmin(apart) == 2 and apart[2] < 1


def test_the_frames_of_a_trace_are_spread_over_all_steps():
    many = [image_trace.spread(range(steps)) for steps in (9, 19, 99)]
    assert many == [[0, 1, 3, 5, 7], [0, 3, 7, 11, 15], [0, 19, 39, 59, 79]]
    assert [image_trace.spread(range(steps)) for steps in (0, 1, 3)] == [[], [0], [0, 1, 2]]


def full(*arguments):
    raise RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory")


def test_a_trace_for_which_there_is_no_memory_is_left_out(adapter, monkeypatch, caplog):
    asked = [params(**one) for one in ASKED]
    monkeypatch.setattr(image_trace, "shrunk", full)
    events, ends = together(adapter, asked)
    assert ends == {0: None, 1: None, 2: None} and "DefaultCPUAllocator" in caplog.text
    assert not any(map(traces, events))
    for one, told in zip(asked, events, strict=True):
        same(outputs(told), alone(adapter, one))


def test_who_has_all_pictures_loses_nothing_when_there_is_no_memory_for_the_next_ones(adapter, monkeypatch):
    finished, ends, events = adapter.finished, {}, []
    monkeypatch.setattr(adapter, "finished", lambda made, job: full() if job.index else finished(made, job))
    jobs = [(params(**ASKED[0]), events.append), (params(**ASKED[1]), lambda event: None)]
    with pytest.raises(RuntimeError, match="memory"):
        adapter.run_together(jobs, lambda index, error: ends.setdefault(index, error))
    assert ends == {0: None} and len(outputs(events)) == len(traces(events)) == 1


@pytest.mark.parametrize("step", range(4))
def test_who_stops_is_gone_at_that_step_and_the_others_do_not_notice(adapter, step):
    asked, seen = [params(**one) for one in ASKED], []

    def emit(event):
        if event == Step(step, 3):
            raise Cancelled
        seen.append(event)

    events, ends = together(adapter, asked, [emit])
    assert isinstance(ends.pop(0), Cancelled) and ends == {1: None, 2: None}
    assert sum(isinstance(event, Step) for event in seen) == step and not outputs(seen)
    for one, told in list(zip(asked, events, strict=True))[1:]:
        same(outputs(told), alone(adapter, one))


def test_the_call_ends_at_the_step_at_which_the_last_one_stops(adapter):
    steps = []
    adapter.pipe.unet.register_forward_pre_hook(lambda *_: steps.append(1))

    def leaves(at):
        def emit(event):
            if event == Step(at, 9):
                raise Cancelled

        return emit

    asked = [params(prompt="a", seed=i, steps=9) for i in range(2)]
    _, ends = together(adapter, asked, [leaves(2), leaves(4)])
    assert all(isinstance(end, Cancelled) for end in ends.values()) and len(steps) == 4


def test_what_one_cannot_have_is_told_to_that_one(adapter, tmp_path, monkeypatch):
    monkeypatch.setenv(lora_files.VARIABLE, str(tmp_path))
    (tmp_path / "ink.safetensors").touch()
    bad, long, good = (
        params(prompt="{<lora:ink>|<lora:ink:2>} boat", seed=1, pictures=4),
        params(prompt="abc " * 10, seed=2),
        params(prompt="boat", seed=3),
    )
    events, ends = together(adapter, [bad, long, good])
    assert isinstance(ends.pop(0), Refused) and ends == {1: None, 2: None}
    assert ["does not see" in event.text for event in events[1] if isinstance(event, Notice)] == [True]
    assert not any(isinstance(event, Notice) for event in events[2])
    same(outputs(events[2]), alone(adapter, good))


def previews(events):
    return [[len(event.media) for event in told if isinstance(event, Preview)] for told in events]


def test_each_sees_its_own_previews_as_time_allows(adapter, monkeypatch):
    asked = [params(**one, steps=4) for one in ASKED]
    monkeypatch.setattr(image_previews, "PREVIEW_SECONDS", 1e9)
    assert previews(together(adapter, asked)[0]) == [[1] * 3, [3] * 3, [1] * 3]
    monkeypatch.setattr(image_previews, "PREVIEW_SECONDS", 0.0)
    monkeypatch.setattr(image_previews, "PREVIEW_SHARE", 0.0)
    assert previews(together(adapter, asked)[0]) == [[1], [], []]


def test_those_are_shown_first_who_have_seen_the_least():
    moments = itertools.count()  # a preview takes as long as a look at the clock
    shown = image_previews.Previews(lambda: next(moments))
    jobs = Jobs([(params(), Emit(lambda event: None))] * 3, lambda index, error: None)
    for _ in range(400):
        shown.show(jobs, lambda job: [])
    seen = [job.previews for job in jobs]
    assert 18 <= sum(seen) <= 22 and max(seen) - min(seen) <= 1


def test_only_what_a_call_has_in_common_has_to_be_alike(tmp_path, monkeypatch):
    monkeypatch.setenv(lora_files.VARIABLE, str(tmp_path))
    (tmp_path / "ink.safetensors").touch()
    one = params(prompt="a boat", seed=1)
    own = {"prompt": "a house", "negative_prompt": "b", "seed": 2, "pictures": 4, "format": "webp"}
    assert replace(one, **own).alike == one.alike and replace(one, **own).seats == 4
    shared = {"steps": 9, "width": 80, "height": 80, "guidance_scale": 1.0, "scheduler": "DDIM", "schedule": "Karras"}
    for name, value in {**shared, "prompt": "a boat <lora:ink:1>"}.items():
        assert replace(one, **{name: value}).alike != one.alike, name
    for own in ({"start": b"a picture"}, {"variation_strength": 0.5}):
        assert replace(one, **own).alike != replace(one, **own).alike, own
    inked = [params(prompt=f"{words} <lora:ink:0.5>") for words in ("boat", "house")]
    assert inked[0].alike == inked[1].alike


@pytest.fixture
def manager():
    manager = Manager(Inline("cpu"))
    yield manager
    manager.close()


@pytest.fixture
def calls(monkeypatch):
    """How many came together to the adapter, of each of its calls."""
    calls, run_together = [], DiffusersImage.run_together

    def noted(self, asked, *more):
        calls.append(len(asked))
        run_together(self, asked, *more)

    monkeypatch.setattr(DiffusersImage, "run_together", noted)
    return calls


def crowd(manager, *starts):
    """The events of those who come while another job runs."""
    begun, go = threading.Event(), threading.Event()

    def hold(emit, fake):
        begun.set()
        go.wait()

    other = Stream(lambda emit: manager.run(fakes.resource("other"), fakes.Ask((hold,)), emit))
    begun.wait()
    streams = [start() for start in starts]
    assert all(isinstance(next(stream), Waiting) for stream in streams)
    go.set()
    list(other)
    return [list(stream) for stream in streams]


def test_people_who_ask_the_starter_for_such_pictures_have_them_from_one_call(manager, calls):
    engine = Engine(manager)
    asked = [{**one, "steps": 2, "width": 128, "height": 128, "scheduler": "Euler a"} for one in ASKED]
    asked[0]["prompt"], other = "a (red:1.4) boat on the sea", {**asked[0], "width": 144}
    starts = [functools.partial(engine.generate, "poster", person=str(i), **one) for i, one in enumerate(asked)]
    made = crowd(manager, *starts, functools.partial(engine.generate, "poster", **other))
    assert sorted(calls) == [1, 3]
    poster = load(replace(find("poster"), source=str(hub.folder(find("poster")))), "cpu")
    for one, events in zip(asked, made, strict=False):
        values = {"guidance_scale": 3.0, **one}
        for ours, theirs in zip(outputs(events), alone(poster, ImageParams(**values)), strict=True):
            assert np.abs(pixels(ours.media) - pixels(theirs.media)).max() <= 1
            assert ours.recipe["params"]["seed"] == theirs.recipe["seed"]


def test_what_memory_does_not_hold_at_once_is_made_one_after_the_other(manager, calls, adapter, monkeypatch):
    made = image_call.made

    def full(pipe, words, params, seeds, *more):
        if len(seeds) > 3:
            raise torch.OutOfMemoryError("out of memory")
        return made(pipe, words, params, seeds, *more)

    monkeypatch.setattr(image_call, "made", full)
    model = Resource("tiny", lambda device: adapter, bytes=1, together=8, joins=False)
    asked = [params(**one) for one in ASKED]
    starts = [
        functools.partial(Stream, lambda emit, one=one: manager.run(model, one, emit, seats=one.seats)) for one in asked
    ]
    for one, events in zip(asked, crowd(manager, *starts), strict=True):
        assert ["memory" in event.text for event in events if isinstance(event, Notice)] == [True]
        same(outputs(events), alone(adapter, one))
    assert calls[:4] == [3, 1, 1, 1]
