"""The one door: a model's key and its settings in, a stream of events out; knows no adapter and no page."""

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from playground import hub, recipe
from playground.catalog import Model, find, load
from playground.events import Event, Media, Output
from playground.gpu import Manager, Resource
from playground.gpu.inline import Inline
from playground.gpu.ledger import weights_bytes
from playground.params import Params, check
from playground.stream import Emit, Stream

TURNS: dict[str, Any] = {
    "transformers_text:TransformersText": {"together": 8},
    "diffusers_image:DiffusersImage": {"together": 8, "joins": False},
}
"""How jobs share a turn, by adapter; with the others each has its own. Eight texts together take little longer than
one, eight pictures a good deal less than one after the other."""


class Engine:
    """Generates with the models a resource manager holds."""

    def __init__(self, manager: Manager):
        self.manager = manager

    def generate(self, key: str, /, *, person: str = "", **values: Any) -> Stream:
        """Start one generation for `person`, whose jobs share one fair place in the line.

        What cannot be done is Refused here, before anything is loaded.
        """
        model = find(key)
        params = check(model.kind, values, model.defaults, model.limits, model.has).with_seed_drawn()

        def job(emit: Emit) -> None:
            finish = functools.partial(with_recipe, model=model, params=params)
            self.manager.run(
                resource(model),
                params,
                _Finishing(emit, finish),
                person=person,
                work=params.work,
                alike=params.alike,
                seats=params.seats,
            )

        return Stream(job)

    def prepare(self, key: str) -> Stream:
        """Load the model, so that the first generation does not wait for it; nothing is generated."""
        model = find(key)
        return Stream(lambda emit: self.manager.prefetch(resource(model), emit))


def resource(model: Model) -> Resource:
    """The model as the resource manager sees it; its files are brought here first if they are not."""
    folder = hub.fetch(model)
    return Resource(
        key=f"{model.key}@{model.revision or hub.weights_hash(folder)}",
        load=functools.partial(load, replace(model, source=str(folder))),
        bytes=weights_bytes(hub.weights(folder), dtype_bytes=4),
        **TURNS.get(model.adapter, {}),
    )


class _Finishing(Emit):
    """An Emit that puts the last touch on each event before it passes it on."""

    def __init__(self, emit: Emit, touch: Callable[[Event], Event]):
        super().__init__(lambda event: emit(touch(event)))
        emit.on_close(self.close)


def with_recipe(event: Event, model: Model, params: Params) -> Event:
    """An Output with its full recipe, also inside its file; every other event as it is."""
    if not isinstance(event, Output):
        return event
    full = recipe.make(model, hub.weights_hash(hub.folder(model)), params, event.recipe)
    media = event.media
    return Output(recipe.write(media, full) if isinstance(media, Media) else media, full)


@functools.cache
def default() -> Engine:
    """The engine of scripts and the command line, in this process; made at the first use."""
    return Engine(Manager(Inline()))


def generate(key: str, /, **values: Any) -> Stream:
    """Generate in this process: `for event in generate("poster", prompt="a red boat", seed=7): ...`"""
    return default().generate(key, **values)
