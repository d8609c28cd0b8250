"""The Music tab: a prompt becomes tunes; knows how a tune is asked for and shown, and no model."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from playground.catalog import Model, find
from playground.errors import Refused
from playground.events import Media, Output
from tabs import (
    form,
    link,
    making,
    page,
    pieces,
    sounds,
    stage,
    tune_changes,
    tune_drops,
    tune_prompts,
    tune_saves,
    tunes,
)
from tabs.fastgradio import gr
from tabs.making import Parts
from tabs.wire import Generate, Prepare

TITLE, KIND, ID = "Music", "music", "music-tab"
SCRIPTS = (
    "pieces.js",
    "working.js",
    "saves.js",
    "roll.js",
    "deck.js",
    "voices.js",
    "spectrum.js",
    "seen.js",
    "player.js",
    "ranges.js",
    "notes.js",
    "tones.js",
    "pointing.js",
    "editor.js",
    "edits.js",
    "changes.js",
    "previews.js",
    "keys.js",
    "music.js",
)


class Composing(stage.Making):
    """One generation of tunes."""

    craft = stage.Craft("Bar", "The band is playing it", "Composed", "Nothing was composed.")

    def __init__(self, model: Model, clock: Callable[[], float] = time.monotonic, asked: Mapping[str, Any] = {}):
        super().__init__(clock=clock)
        self.model, self.asked = model, asked
        self.craft = tune_changes.craft(asked) or (self.craft if model.writes_notes else sounds.CRAFT)

    def draft(self, media: Media) -> tunes.Tune:
        return tunes.draft(media, self.asked.get("preview_bars", 0))

    def keep(self, output: Output, seconds: float) -> tunes.Tune:
        """The finished tune as files, with the link that composes it again."""
        assert isinstance(output.media, Media), "this tab plays files"
        values = output.recipe["params"]
        if "abc" in output.recipe["facts"]:
            roll, files = tunes.keep(output.media, output.recipe, self.model.key)
            alt = tunes.in_words(roll, " ".join(filter(None, (values.get("key"), values.get("mode")))))
            caption = tunes.caption(values, seconds, *tune_changes.name_and_bars(output.recipe))
        else:
            roll, files = sounds.keep(output.media, output.recipe, self.model.key)
            alt, caption = sounds.in_words(roll), sounds.caption(output.recipe, seconds)
        self.files += files.values()
        address = link.query(KIND, self.model.key, values)
        return tunes.Tune(
            alt=alt,
            roll=roll,
            file=files[".wav"].as_posix(),
            files={ending: path.as_posix() for ending, path in files.items()},
            link=address,
            link_is_whole=link.is_whole(address, values) and "clip" not in output.recipe["facts"],
            seed=values.get("seed"),
            caption=caption,
            change=tune_changes.of_recipe(output.recipe, self.asked),
        )


def build(generate: Generate, prepare: Prepare, models: Sequence[Model]) -> None:
    """Place the tab's components and tie them to `generate`."""

    def begin(model, values):
        return Composing(model, asked=values)

    tab = making.Tab(ID, KIND, begin, surprise, gathered, tune_changes.carried, tune_drops.from_file)
    making.tie(tab, place(models), generate, prepare, models)


def gathered(key: str, values: Mapping[str, Any], told: Any) -> tuple[str, dict[str, Any]]:
    """What is asked for (see making.Tab); Refused if a model that knows no notes is to go on from some."""
    key, asked = tune_changes.gathered(key, values, told)
    if asked.get("start") and not find(key).has("start"):
        raise Refused(f"{find(key).title} knows no notes: choose another model, or let go of the tune with ×.")
    return key, asked


def place(models: Sequence[Model]) -> Parts:
    plain = partial(gr.HTML, apply_default_css=False)
    in_sight = {field.name: field for field in form.settings(models, more=False)}
    with gr.Column(elem_id=ID, elem_classes="tab"):
        with gr.Column(elem_classes="make"):
            controls = {"prompt": form.control(in_sight.pop("prompt"), models[0])}
            plain(
                {},
                html_template=page.read("understood.html"),
                js_on_load=page.code("pieces.js", "paused.js", "understood.js"),
                server_functions=[tune_prompts.understood],
                elem_classes="understood",
            )
            with gr.Row(elem_classes="wishes"):
                controls |= {name: form.control(field, models[0]) for name, field in in_sight.items()}
            template, script = page.read("start.html"), page.code("pieces.js", "start.js")
            carried = plain({}, html_template=template, js_on_load=script, elem_classes="start")
            compose, stop, surprising = making.actions("Compose")
            plain(pieces.chips(tune_prompts.EXAMPLES), js_on_load=None)
        with gr.Column(elem_classes="result"):
            template, script = page.read("music.html"), page.code(*SCRIPTS)
            asked = tune_saves.functions(lambda path: shown.temp_files.add(str(path)))  # which Gradio deletes one day
            shown = plain(stage.Stage().shown(), html_template=template, js_on_load=script, server_functions=asked)
        label = "Drop a tune made here to get its settings back, or any .mid or .abc to go on from it"
        chooser, card, more, drop = making.settings(models, label, [*tunes.ENDINGS, *tunes.LATER, ".midi"])
    return Parts(controls | more, chooser, card, compose, stop, surprising, shown, drop, carried)


def surprise(model: Model) -> str:
    return tune_prompts.surprise(random.Random())
