"""The components of the Text tab and where they stand; ties nothing to anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from playground import token_count
from playground.catalog import Model
from playground.params import LONGEST_WRITING
from tabs import form, keeping, modes, page, pieces, river, use_cases
from tabs.fastgradio import gr

TITLE, KIND, ID = "Text", "text", "text-tab"
SCRIPTS = ("pieces.js", "working.js", "tree.js", "alternatives.js", "tokens.js", "acts.js", "river.js")


@dataclass
class Parts:
    """The tab's components that something happens to."""

    mode: gr.Radio
    controls: dict[str, Any]  # by the name of their setting
    counter: gr.HTML
    write: gr.Button
    stop: gr.Button
    surprise: gr.Button
    examples: gr.HTML
    cases: gr.HTML
    river: gr.HTML
    model: gr.Dropdown
    card: gr.HTML
    drop: gr.File


def place(models: Sequence[Model]) -> Parts:
    first = models[0]
    plain = partial(gr.HTML, apply_default_css=False)
    with gr.Column(elem_id=ID, elem_classes="tab"):
        with gr.Column(elem_classes="make"):
            mode = gr.Radio(list(modes.MODES), value=modes.FIRST, label="What to do", elem_classes="modes")
            script = page.code("pieces.js", "cases.js")
            cases = plain(
                use_cases.shown(first),
                html_template=page.read("cases.html"),
                js_on_load=script,
                server_functions=[use_cases.compose],
                elem_classes="forms",
            )
            controls = {field.name: form.control(field, first) for field in form.settings(models, more=False)}
            counter = plain(
                {"model": first.key},
                html_template=page.read("counter.html"),
                js_on_load=page.code("paused.js", "counter.js"),
                server_functions=[counting({model.key: model for model in models})],
            )
            with gr.Row(elem_classes="actions"):
                write = gr.Button("Write", variant="primary", elem_classes="make-button")
                stop = gr.Button("Stop", variant="stop", elem_classes="stop-button")
                surprise = gr.Button("Surprise me", elem_classes="surprise-button")
            examples = plain(pieces.chips(modes.MODES[modes.FIRST].examples), js_on_load=None)
        with gr.Column(elem_classes="result"):
            template, script = page.read("river.html"), page.code(*SCRIPTS)
            file = keeping.unfinished({model.key: model for model in models})
            shown = plain(river.River().shown(), html_template=template, js_on_load=script, server_functions=[file])
        with gr.Column(elem_classes="settings"):
            choices = [(model.title, model.key) for model in models]
            chooser = gr.Dropdown(choices, value=first.key, label="Model")
            card = plain(js_on_load=None)
            with gr.Accordion("More", open=False):
                more = [field for field in form.settings(models, more=True) if field.name != "mode"]
                controls |= {field.name: form.control(field, first) for field in more}
            label = "Drop a text made here to get it back"
            drop = gr.File(label=label, file_types=[".md", ".txt", ".json"], elem_classes="drop")
    return Parts(mode, controls, counter, write, stop, surprise, examples, cases, shown, chooser, card, drop)


def counting(models: Mapping[str, Model]):
    """A function for the browser: how many tokens a text has for a model."""

    def count(told):
        model, text = (told.get("model"), told.get("text")) if isinstance(told, Mapping) else (None, None)
        if not (isinstance(model, str) and model in models and isinstance(text, str)) or len(text) > LONGEST_WRITING:
            return None
        found = token_count.count(models[model], text)
        return {"tokens": found.tokens, "context": found.context} if found else None

    return count
