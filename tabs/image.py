"""The Image tab: a prompt becomes pictures; knows how a picture is asked for and shown, and no model."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from playground import hub
from playground.catalog import Model
from playground.events import Media, Output
from playground.prompts import loras, weights
from tabs import (
    form,
    grid,
    image_start,
    link,
    making,
    mine,
    mine_files,
    outputs,
    page,
    pieces,
    prompt_line,
    prompts,
    stage,
    style_choice,
)
from tabs.fastgradio import gr
from tabs.making import Parts
from tabs.mine_files import Galleries
from tabs.wire import Generate, Prepare

TITLE, KIND, ID = "Image", "image", "image-tab"
SCRIPTS = ("pieces.js", "working.js", "paper.js", "trace.js", "variations.js", "stage.js")
START_SCRIPTS = ("pieces.js", "paper.js", "marks.js", "image_start.js")
START: dict[str, Any] = dict(apply_default_css=False, elem_classes="image-start")


@dataclass(frozen=True)
class Picture:
    """A preview, or a finished file with what is told beneath it."""

    alt: str
    preview: str = ""  # a data: address
    file: str = ""
    link: str = ""
    seed: int | None = None
    seconds: float | None = None
    model: str = ""
    settings: dict[str, Any] = field(default_factory=dict)  # all that makes it again, but what it began from
    varies: bool = False  # whether its model can begin from a picture
    began: bool = False  # from a picture
    larger: tuple[int, int] | None = None  # twice its size, if its model can paint that
    trace: tuple[str, ...] = ()  # how it came about, as data: addresses


class Drawing(stage.Making):
    """One generation of pictures."""

    def __init__(self, model: Model, prompt: str, galleries: Galleries, clock: Callable[[], float] = time.monotonic):
        words = weights.plain(loras.without(prompt))
        told = (prompts.unknown_sentence(model.title, words, hub.words(model)), weights.foreign(prompt))
        super().__init__(tuple(filter(None, told)), clock)
        self.model, self.prompt, self.galleries = model, prompt, galleries

    def draft(self, media: Media) -> Picture:
        return Picture(alt=f"Unfinished: {self.prompt}", preview=stage.address(media))

    def keep(self, output: Output, seconds: float) -> Picture:
        """The finished picture as a file, with the link that draws it again."""
        assert isinstance(output.media, Media), "this tab shows files"
        values = output.recipe.get("params", {})
        path = outputs.keep(output.media, self.model.key, values.get("seed", 0))
        self.files.append(path)
        picture = Picture(
            alt=values.get("prompt") or self.prompt or "A picture of nothing in particular",
            file=path.as_posix(),
            link=link.query(KIND, self.model.key, values),
            seed=values.get("seed"),
            seconds=seconds,
            model=self.model.key,
            settings={name: value for name, value in values.items() if name not in image_start.FILES},
            varies=self.model.has("start"),
            began=bool(values.get("start") or output.recipe.get("facts", {}).get("start")),
            larger=image_start.larger(self.model, values),
        )
        told = {"alt": picture.alt, "work": asdict(picture), "recipe": output.recipe}
        self.galleries.add(self.person, path, told)
        return picture


def build(generate: Generate, prepare: Prepare, models: Sequence[Model]) -> None:
    """Place the tab's components and tie them to `generate`."""
    galleries = mine_files.here()

    def begin(model: Model, values: Mapping[str, Any]) -> Drawing:
        return Drawing(model, values["prompt"], galleries)

    parts, changing = place(models, galleries)
    tab = making.Tab(
        ID,
        KIND,
        begin,
        surprise,
        image_start.gathered,
        image_start.carried,
        tells=True,
        bring=grid.brought,
    )
    making.tie(tab, parts, generate, prepare, models)
    grid.tie(ID, changing, parts, generate, begin)


def place(models: Sequence[Model], galleries: Galleries) -> tuple[Parts, gr.HTML]:
    """The parts that every tab has, and the place where one thing is changed."""
    with gr.Column(elem_id=ID, elem_classes="tab"):
        with gr.Column(elem_classes="make"):
            controls = {field.name: form.control(field, models[0]) for field in form.settings(models, more=False)}
            line, style = prompt_line.place(models), style_choice.place()
            template, script = page.read("image_start.html"), page.code(*START_SCRIPTS)
            carried = gr.HTML({}, html_template=template, js_on_load=script, **START)
            draw, stop, surprising = making.actions("Draw")
            gr.HTML(pieces.chips(prompts.EXAMPLES), js_on_load=None, apply_default_css=False)
        with gr.Column(elem_classes="result"):
            template, script = page.read("stage.html"), page.code(*SCRIPTS)
            shown = gr.HTML(stage.Stage().shown(), html_template=template, js_on_load=script, apply_default_css=False)
            changing = grid.place(models)
            mine.place(galleries)
        label = "Drop a picture made here, or with A1111, ComfyUI and others, to get its settings back"
        chooser, card, more, drop = making.settings(models, label, [".png", ".jpg", ".jpeg", ".webp", ".avif"])
    style_choice.tie(style, controls["prompt"], more["negative_prompt"])
    chooser.change(None, chooser, line, js="(model) => ({ model })", api_visibility="private")
    return Parts(controls | more, chooser, card, draw, stop, surprising, shown, drop, carried, changing), changing


def surprise(model: Model) -> str:
    return prompts.surprise(hub.words(model), random.Random())
