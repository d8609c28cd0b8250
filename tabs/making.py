"""What the tabs that make files share: parts, and what happens to them; knows neither pictures nor tunes."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any

from playground import hub
from playground.catalog import Model
from playground.errors import Refused
from playground.facts import facts
from tabs import filling, form, owners, page, people, pieces, stage
from tabs.fastgradio import gr
from tabs.wire import Generate, Prepare, play


@dataclass
class Parts:
    """The components of a tab that something happens to."""

    controls: dict[str, Any]  # by the name of their setting
    model: gr.Dropdown
    card: gr.HTML
    make: gr.Button
    stop: gr.Button
    surprise: gr.Button
    stage: gr.HTML
    drop: gr.File
    carried: gr.HTML | None = None  # settings without a control
    beside: gr.HTML | None = None  # shows what a file brings back that is no setting


@dataclass
class Tab:
    """A tab that makes files. `begin` gives the fold of one generation, from the model and what is asked of it;
    `surprise` a prompt for a model, where there are any; `gather` the model's key and all settings, from those of the
    form and what is told beside it (Refused if that makes no sense); `carry` what is told beside it, from settings that
    fill the form; `read` what a dropped file says, as filling.from_file; `tells` is whether the page says what to make
    when the button is pressed, too; and `bring` what is shown beside the form when something fills it."""

    id: str
    kind: str
    begin: Callable[[Model, Mapping[str, Any]], "stage.Making"]
    surprise: Callable[[Model], str] = lambda model: ""
    gather: Callable[[str, dict[str, Any], Any], tuple[str, dict[str, Any]]] = lambda key, values, told: (key, values)
    carry: Callable[[Mapping[str, Any]], Any] = lambda values: None
    read: Callable[[str, Model, Mapping[str, Model]], filling.Filling] = filling.from_file
    tells: bool = False
    bring: Callable[[filling.Filling], Any] = lambda found: gr.skip()


def actions(verb: str) -> tuple[gr.Button, gr.Button, gr.Button]:
    """The buttons that begin, stop and surprise."""
    with gr.Row(elem_classes="actions"):
        make = gr.Button(verb, variant="primary", elem_classes="make-button")
        stop = gr.Button("Stop", variant="stop", elem_classes="stop-button")
        return make, stop, gr.Button("Surprise me", elem_classes="surprise-button")


def settings(
    models: Sequence[Model], label: str, endings: Sequence[str], leave_out: Sequence[str] = ()
) -> tuple[gr.Dropdown, gr.HTML, dict[str, Any], gr.File]:
    """The column with the model, its card, what is under More but `leave_out`, and the place to drop a file."""
    first = models[0]
    with gr.Column(elem_classes="settings"):
        chooser = gr.Dropdown([(model.title, model.key) for model in models], value=first.key, label="Model")
        card = gr.HTML(js_on_load=None, apply_default_css=False)
        with gr.Accordion("More", open=False):
            asked = [field for field in form.settings(models, more=True) if field.name not in leave_out]
            controls = {field.name: form.control(field, first) for field in asked}
        drop = gr.File(label=label, file_types=list(endings), elem_classes="drop")
    return chooser, card, controls, drop


def tie(tab: Tab, parts: Parts, generate: Generate, prepare: Prepare, models: Sequence[Model]) -> None:
    """Tie the parts to `generate` and to each other."""
    by_key = {model.key: model for model in models}
    tie_making(tab, parts, generate, by_key)
    if "prompt" in parts.controls:
        tie_preparing(parts, prepare)
    tie_form(tab, parts, by_key)
    tie_guidance(parts)


def tie_making(tab: Tab, parts: Parts, generate: Generate, models: Mapping[str, Model]) -> None:
    """The three buttons, and what the stage asks for: another work made of one that is there."""

    async def make(request: gr.Request, model, told=None, **values):
        try:
            model, values = tab.gather(model, values, told)
        except Refused as refused:
            yield stage.say(str(refused)).shown()
            return
        values = {name: value for name, value in values.items() if models[model].has(name)}
        making, who = tab.begin(models[model], values), people.who(request)
        making.person = who["person"]
        yield making.stage.shown()
        start = partial(generate, model, **who, **values)
        async with aclosing(play(start, making)) as states:
            async for state in states:
                parts.stage.temp_files.update(map(str, making.files))  # Gradio deletes them when they are old
                owners.claim(who, making.files)
                yield state

    def surprise(model):
        return tab.surprise(models[model])

    carried = {"told": parts.carried} if parts.carried else {}
    inputs = {"model": parts.model, **carried, **parts.controls}
    how: dict[str, Any] = dict(
        inputs_kwargs=inputs, outputs=parts.stage, concurrency_limit=None, show_progress="hidden"
    )
    asking = page.ask(tab.id, "askChange", place=list(inputs).index("told"), count=len(inputs)) if carried else None
    made: list[Any] = [parts.make.click(make, api_name=tab.kind, js=asking if tab.tells else None, **how)]
    if carried:
        made.append(parts.stage.alter(make, js=asking, api_visibility="private", **how))
    for begun in made:
        begun.then(None, js=page.tell(tab.id, "settled"))
    parts.stop.click(None, cancels=made, api_visibility="private")
    if "prompt" in parts.controls:
        words = parts.surprise.click(surprise, parts.model, parts.controls["prompt"], **page.QUIET)
        words.success(None, js=page.tell(tab.id, "make"))


def tie_preparing(parts: Parts, prepare: Prepare) -> None:
    """Who goes to write a prompt will make something soon: the model loads meanwhile."""

    def begin(model):
        prepare(model)

    parts.controls["prompt"].focus(begin, parts.model, **page.QUIET)


def tie_guidance(parts: Parts) -> None:
    """Without guidance a negative prompt does nothing, and says so."""
    guidance, negative = (parts.controls.get(name) for name in ("guidance_scale", "negative_prompt"))
    if guidance and negative:
        guidance.change(None, guidance, negative, js=page.read("negative.js"), api_visibility="private")


def tie_form(tab: Tab, parts: Parts, models: Mapping[str, Model]) -> None:
    """What fills or changes the form: another model, a dropped file, the page's address."""
    names = list(parts.controls)
    carried = [parts.carried] if parts.carried else []
    others = [parts.beside] if parts.beside else []
    targets = [parts.model, *parts.controls.values(), *carried, *others, parts.stage]

    def describe(model):
        return pieces.model_card(facts(models[model]), hub.words(models[model]))

    def choose(model):
        return form.model_updates(models[model], names)

    def filled(found: filling.Filling, current: str) -> list[Any]:
        updates = form.filling_updates(found, models[current], names)
        beside = [tab.carry(found.values)] if carried and found.values else [gr.skip()] * len(carried)
        beside += [tab.bring(found)] * len(others)
        return [found.model.key, *updates, *beside, stage.say(found.status, found.problems).shown()]

    def restore(path, model):
        return [*filled(tab.read(path, models[model], models), model), None]

    def arrive(request: gr.Request, model):
        found = filling.from_address(request.query_params, models[model], models)
        return filled(found, model) if found else [gr.skip()] * len(targets)

    gr.on(None, describe, parts.model, parts.card, **page.QUIET)  # at each visit too, since free memory changes
    parts.model.input(choose, parts.model, list(parts.controls.values()), **page.QUIET)
    parts.drop.upload(restore, [parts.drop, parts.model], [*targets, parts.drop], **page.QUIET)
    parts.stage.reuse(None, parts.stage, parts.controls["seed"], js="(stage) => stage.reuse", api_visibility="private")
    parts.stage.arrive(arrive, parts.model, targets, **page.QUIET)
