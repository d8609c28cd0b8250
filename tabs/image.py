"""The Image tab: a prompt becomes pictures; knows how a picture is asked for and shown, and no model."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playground import hub
from playground.catalog import Model
from playground.events import Event, Media, Output
from playground.facts import facts
from tabs import filling, form, link, outputs, page, pieces, prompts, stage
from tabs.fastgradio import gr
from tabs.wire import Generate, Prepare, play

TITLE, KIND = "Image", "image"


class Drawing:
    """One generation as the stage shows it, state after state."""

    def __init__(self, model: Model, prompt: str, clock: Callable[[], float] = time.monotonic):
        self.model, self.prompt, self.clock = model, prompt, clock
        self.files: list[Path] = []
        note = prompts.unknown_sentence(model.title, prompt, hub.words(model))
        self.stage = stage.begin(clock(), (note,) if note else ())

    def after(self, event: Event) -> dict[str, Any]:
        self.stage = stage.after(self.stage, event, self.prompt, self.clock(), self.keep)
        return self.stage.shown()

    def finish(self) -> dict[str, Any]:
        self.stage = stage.finish(self.stage, self.clock())
        return self.stage.shown()

    def fail(self, sentence: str) -> dict[str, Any]:
        self.stage = stage.fail(self.stage, sentence)
        return self.stage.shown()

    def keep(self, output: Output) -> tuple[str, str]:
        """The finished file's path, and the link that draws it again."""
        assert isinstance(output.media, Media), "this tab shows files"
        values = output.recipe.get("params", {})
        path = outputs.keep(output.media, self.model.key, values.get("seed", 0))
        self.files.append(path)
        return path.as_posix(), link.query(KIND, self.model.key, values)


@dataclass
class Parts:
    """The tab's components that something happens to."""

    controls: dict[str, Any]  # by the name of their setting
    model: gr.Dropdown
    card: gr.HTML
    draw: gr.Button
    stop: gr.Button
    surprise: gr.Button
    stage: gr.HTML
    drop: gr.File


def build(generate: Generate, prepare: Prepare, models: Sequence[Model]) -> None:
    """Place the tab's components and tie them to `generate`."""
    by_key = {model.key: model for model in models}
    parts = place(models)
    tie_drawing(parts, generate, by_key)
    tie_preparing(parts, prepare)
    tie_form(parts, by_key)


def place(models: Sequence[Model]) -> Parts:
    first = models[0]
    with gr.Column(elem_id="image-tab", elem_classes="tab"):
        with gr.Column(elem_classes="make"):
            controls = {field.name: form.control(field, first) for field in form.settings(KIND, more=False)}
            with gr.Row(elem_classes="actions"):
                draw = gr.Button("Draw", variant="primary", elem_classes="make-button")
                stop = gr.Button("Stop", variant="stop", elem_classes="stop-button")
                surprise = gr.Button("Surprise me", elem_classes="surprise-button")
            gr.HTML(pieces.chips(prompts.EXAMPLES), js_on_load=None, apply_default_css=False)
        with gr.Column(elem_classes="result"):
            template, script = page.read("stage.html"), page.code("pieces.js", "working.js", "stage.js")
            shown = gr.HTML(stage.Stage().shown(), html_template=template, js_on_load=script, apply_default_css=False)
        with gr.Column(elem_classes="settings"):
            choices = [(model.title, model.key) for model in models]
            chooser = gr.Dropdown(choices, value=first.key, label="Model")
            card = gr.HTML(js_on_load=None, apply_default_css=False)
            with gr.Accordion("More", open=False):
                controls |= {field.name: form.control(field, first) for field in form.settings(KIND, more=True)}
            label = "Drop a picture made here to get its settings back"
            drop = gr.File(label=label, file_types=[".png"], elem_classes="drop")
    return Parts(controls, chooser, card, draw, stop, surprise, shown, drop)


def tie_drawing(parts: Parts, generate: Generate, models: Mapping[str, Model]) -> None:
    """Draw, Stop and Surprise me."""

    async def draw(request: gr.Request, model, **values):
        drawing = Drawing(models[model], values["prompt"])
        yield drawing.stage.shown()
        start = partial(generate, model, person=request.session_hash or "", **values)
        async with aclosing(play(start, drawing)) as states:
            async for state in states:
                parts.stage.temp_files.update(map(str, drawing.files))  # Gradio deletes them when they are old
                yield state

    def surprise(model):
        return prompts.surprise(hub.words(models[model]), random.Random())

    drawn = parts.draw.click(
        draw,
        inputs_kwargs={"model": parts.model, **parts.controls},
        outputs=parts.stage,
        api_name=KIND,
        concurrency_limit=None,
        show_progress="hidden",
    )
    drawn.then(None, js=page.tell("image-tab", "settled"))
    parts.stop.click(None, cancels=[drawn], api_visibility="private")
    words = parts.surprise.click(surprise, parts.model, parts.controls["prompt"], **page.QUIET)
    words.success(None, js=page.tell("image-tab", "make"))


def tie_preparing(parts: Parts, prepare: Prepare) -> None:
    """Who goes to write a prompt will draw soon: the model loads meanwhile."""

    def begin(model):
        prepare(model)

    prompt = parts.controls["prompt"]
    prompt.focus(begin, parts.model, **page.QUIET)


def tie_form(parts: Parts, models: Mapping[str, Model]) -> None:
    """What fills or changes the form: another model, a dropped picture, the page's address."""
    names = list(parts.controls)
    targets = [parts.model, *parts.controls.values(), parts.stage]

    def describe(model):
        return pieces.model_card(facts(models[model]), hub.words(models[model]))

    def choose(model):
        return form.model_updates(models[model], names)

    def filled(found: filling.Filling) -> list[Any]:
        updates = form.updates(found.model, found.values, names)
        told = stage.say(found.status, found.problems).shown()
        return [found.model.key, *updates, told]

    def restore(path, model):
        return [*filled(filling.from_picture(path, models[model], models)), None]

    def arrive(request: gr.Request, model):
        found = filling.from_address(request.query_params, models[model], models)
        return filled(found) if found else [gr.skip()] * len(targets)

    gr.on(None, describe, parts.model, parts.card, **page.QUIET)  # at each visit too, since free memory changes
    parts.model.input(choose, parts.model, list(parts.controls.values()), **page.QUIET)
    parts.drop.upload(restore, [parts.drop, parts.model], [*targets, parts.drop], **page.QUIET)
    parts.stage.reuse(None, parts.stage, parts.controls["seed"], js="(stage) => stage.reuse", api_visibility="private")
    parts.stage.arrive(arrive, parts.model, targets, **page.QUIET)
    negative, guidance = parts.controls["negative_prompt"], parts.controls["guidance_scale"]
    guidance.change(None, guidance, negative, js=page.read("negative.js"), api_visibility="private")
