"""The Text tab: a model writes, answers and measures; knows how a text is asked for and shown, and no model."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import Any

from playground import hub
from playground.catalog import Model
from playground.events import Event, Output
from playground.facts import facts
from playground.params import sorted_out
from tabs import asking, filling, form, modes, outputs, page, people, pieces, prompts, river, text_places, use_cases
from tabs.fastgradio import gr
from tabs.text_places import KIND, TITLE, Parts
from tabs.wire import Generate, Prepare, play

__all__ = ["KIND", "TITLE", "build"]


class Writing:
    """One generation as the river shows it, state after state."""

    def __init__(self, model: Model, asked: asking.Asked, clock: Callable[[], float] = time.monotonic):
        self.model, self.clock = model, clock
        self.files: list[Path] = []
        self.river = river.begin(asked.run, {"model": model.key, **asked.values}, asked.notes, clock())

    def after(self, event: Event) -> dict[str, Any]:
        self.river = river.after(self.river, event, self.clock(), self.keep)
        return self.river.shown()

    def finish(self) -> dict[str, Any]:
        self.river = river.finish(self.river, self.clock())
        return self.river.shown()

    def fail(self, sentence: str) -> dict[str, Any]:
        self.river = river.fail(self.river, sentence)
        return self.river.shown()

    def keep(self, output: Output) -> dict[str, str]:
        """The finished text as files to download, by their ending."""
        kept = outputs.keep_text(str(output.media), output.recipe, self.model.key)
        self.files += kept.values()
        return {ending: path.as_posix() for ending, path in kept.items()}


def build(generate: Generate, prepare: Prepare, models: Sequence[Model]) -> None:
    """Place the tab's components and tie them to `generate`."""
    by_key = {model.key: model for model in models}
    parts = text_places.place(models)
    tie_writing(parts, generate, by_key)
    tie_beginning(parts, prepare, by_key)
    tie_cases(parts, by_key)
    tie_model(parts, by_key)
    tie_filling(parts, by_key)


def tie_writing(parts: Parts, generate: Generate, models: Mapping[str, Model]) -> None:
    """Write, Stop, and what the river asks for: a fork, a continuation, another try."""

    async def write(request: gr.Request, model, way, river, **values):
        asked = asking.gather(models[model], way, river, values)
        writing = Writing(models[model], asked)
        yield writing.river.shown()

        def start():
            return generate(model, **people.who(request), **asking.checked(asked))

        async with aclosing(play(start, writing)) as states:
            async for state in states:
                parts.river.temp_files.update(map(str, writing.files))  # Gradio deletes them when they are old
                yield state

    inputs = {"model": parts.model, "way": parts.mode, "river": parts.river, **parts.controls}
    how: dict[str, Any] = dict(
        inputs_kwargs=inputs,
        outputs=parts.river,
        concurrency_limit=None,
        show_progress="hidden",
    )
    asking_for = partial(page.ask, text_places.ID, place=list(inputs).index("river"), count=len(inputs))
    written = parts.write.click(write, api_name=KIND, js=asking_for(name="askWrite"), **how)
    branched = parts.river.go(write, api_visibility="private", js=asking_for(name="askGo"), **how)
    for begun in (written, branched):
        begun.then(None, js=page.tell(text_places.ID, "settled"))
    parts.stop.click(None, cancels=[written, branched], api_visibility="private")


def tie_beginning(parts: Parts, prepare: Prepare, models: Mapping[str, Model]) -> None:
    """What a person does first: choose a way, take an example, go to write, which lets the model load meanwhile."""

    def begin(model):
        prepare(model)

    def turn(way, model):
        mode = modes.MODES[way]
        warning = modes.warning(way, models[model])
        box = gr.update(label=mode.label, placeholder=mode.hint)
        return gr.update(info=warning or None), box, mode.verb, pieces.chips(mode.examples)

    def surprise(way, model):
        return surprising(way, models[model], random.Random())

    prompt = parts.controls["prompt"]
    prompt.focus(begin, parts.model, **page.QUIET)
    parts.mode.change(turn, [parts.mode, parts.model], [parts.mode, prompt, parts.write, parts.examples], **page.QUIET)
    words = parts.surprise.click(surprise, [parts.mode, parts.model], prompt, **page.QUIET)
    words.success(None, js=page.tell(text_places.ID, "make"))


def surprising(way: str, model: Model, rng: random.Random) -> str:
    """Something to begin with, in the words the model was taught, if it says them; else an example of this way."""
    taught = prompts.composed(hub.words(model), rng, code=way == "Code") if way in ("Write", "Code") else ""
    return taught or rng.choice(modes.MODES[way].examples)


def tie_cases(parts: Parts, models: Mapping[str, Model]) -> None:
    """The forms: choosing one sets what suits it. The prompt it makes is asked for by the browser itself."""
    names = [name for name in parts.controls if name != "prompt"]

    def pick(told, model):
        case = use_cases.all_of_them().get(str((told or {}).get("case")))
        if case is None:
            return [gr.skip()] * len(names)
        values, _ = sorted_out(KIND, case.defaults, models[model].limits)
        values["seed"] = seed if isinstance(seed := told.get("seed"), int) else -1  # an example's own, or a new one
        return form.updates(models[model], values, names)

    asking_for = page.ask(text_places.ID, "askCase", place=0, count=2)
    how: dict[str, Any] = dict(js=asking_for, trigger_mode="always_last", **page.QUIET)
    picked = parts.cases.pick(pick, [parts.cases, parts.model], [parts.controls[n] for n in names], **how)
    picked.then(None, js=page.tell(text_places.ID, "picked"))


def tie_model(parts: Parts, models: Mapping[str, Model]) -> None:
    """What follows the model that is chosen."""
    names = list(parts.controls)

    def describe(key, way):
        model = models[key]
        card = pieces.model_card(facts(model), hub.words(model))
        return card, use_cases.shown(model), {"model": key}, gr.update(info=modes.warning(way, model) or None)

    def choose(key):
        return form.model_updates(models[key], names)

    described = [parts.card, parts.cases, parts.counter, parts.mode]
    for when in ([parts.model.change], None):  # at each visit too, since free memory changes
        gr.on(when, describe, [parts.model, parts.mode], described, **page.QUIET)
    parts.model.input(choose, parts.model, list(parts.controls.values()), **page.QUIET)


def tie_filling(parts: Parts, models: Mapping[str, Model]) -> None:
    """What fills the form: a dropped file, the page's address."""
    names = list(parts.controls)
    targets = [parts.model, parts.mode, *parts.controls.values(), parts.river]

    def filled(found: filling.Filling, current: str, told: river.River) -> list[Any]:
        updates = form.filling_updates(found, models[current], names)
        way = modes.of_params(found.values["mode"]) if "mode" in found.values else gr.skip()
        return [found.model.key, way, *updates, told.shown()]

    def restore(path, model):
        found = filling.from_text(path, models[model], models)
        if found.text is None:
            return [*filled(found, model, river.say(found.status, found.problems)), None]
        notes = (*found.problems, *([asking.START_IS_SET] if found.values.get("answer_start") else []))
        asked = {"model": found.model.key, "mode": "write", "prompt": "", **found.values}
        return [*filled(found, model, river.found(found.status, notes, asked, found.text)), None]

    def arrive(request: gr.Request, model):
        found = filling.from_address(request.query_params, models[model], models)
        if not found:
            return [gr.skip()] * len(targets)
        return filled(found, model, river.say(found.status, found.problems))

    parts.drop.upload(restore, [parts.drop, parts.model], [*targets, parts.drop], **page.QUIET)
    parts.river.arrive(arrive, parts.model, targets, **page.QUIET)
