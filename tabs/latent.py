"""The Latent space tab: one map for every family; knows what is asked of a latent space and how it is shown."""

import json
from collections.abc import Sequence
from typing import Any

from playground.catalog import ASSETS, Model
from playground.facts import directions
from playground.media import films
from tabs import form, latent_asked, latent_live, latent_melodies, latent_works, making, page, stage, tunes
from tabs.fastgradio import gr
from tabs.making import Parts
from tabs.wire import Generate, Prepare

TITLE, KIND, ID = "Latent space", "latent", "latent-tab"
SCENES = ASSETS / "starters" / "scenes"
WALK = ("path", "shape", "frames", "frames_per_second")
OWN = ("psi", "mix_seed", "mix_from", "noise", "temperature")  # what only some families have
SCRIPTS = (
    "pieces.js",
    "working.js",
    "roll.js",
    "latent_melodies.js",
    "latent_points.js",
    "latent_live.js",
    "latent_loop.js",
    "latent_codes.js",
    "latent_figures.js",
    "latent_film.js",
    "latent_tray.js",
    "latent_pad.js",
    "latent_walk.js",
    "latent_sum.js",
    "latent_own.js",
    "latent.js",
)


def build(generate: Generate, prepare: Prepare, models: Sequence[Model]) -> None:
    """Place the tab's components and tie them to `generate`."""
    parts = place(generate, models)
    tab = making.Tab(
        ID, KIND, latent_works.Moving, gather=latent_asked.gathered, carry=latent_asked.carried, tells=True
    )
    making.tie(tab, parts, generate, prepare, models)
    told = {"model": parts.model, **parts.controls}
    gr.on(None, None, list(told.values()), js=page.says(ID, list(told)), api_visibility="private")


def place(generate: Generate, models: Sequence[Model]) -> Parts:
    gr.set_static_paths([SCENES])
    asked = {field.name: field for field in form.settings(models, more=True)}
    with gr.Column(elem_id=ID, elem_classes="tab"):
        with gr.Column(elem_classes="make"):
            gr.HTML(page.read("latent_hand.html"), js_on_load=None, apply_default_css=False, elem_classes="hand")
            make, stop, surprising = making.actions("Keep this picture")
            with gr.Column(elem_classes="walk-settings"):
                ways = {name: form.control(asked[name], models[0]) for name in WALK}
            with gr.Column(elem_classes="own-settings"):
                own = {name: form.control(asked[name], models[0]) for name in OWN if name in asked}
        with gr.Column(elem_classes="result"):
            live = latent_live.functions(generate, {model.key: model for model in models})
            shown = gr.HTML(
                stage.Stage().shown(),
                html_template=page.read("latent.html"),
                js_on_load=page.code(*SCRIPTS),
                server_functions=[*live, *latent_works.functions(lambda path: shown.temp_files.add(str(path)))],
                apply_default_css=False,
                known=known(models),
            )
        label = "Drop a picture, a film or a melody made here to get its settings back"
        carried = gr.HTML(
            {}, js_on_load=page.read("latent_carried.js"), apply_default_css=False, elem_classes="carried"
        )
        endings = [".png", ".webp", ".gif", *tunes.ENDINGS]
        chooser, card, more, drop = making.settings(models, label, endings, leave_out=(*WALK, *OWN))
    return Parts(ways | own | more, chooser, card, make, stop, surprising, shown, drop, carried)


def known(models: Sequence[Model]) -> dict[str, Any]:
    """What the page has to know of the families, the cards and this machine."""
    captions = json.loads((SCENES / "cards.json").read_text("utf-8"))
    cards = [
        {"name": name, "caption": caption, "file": (SCENES / "cards" / f"{name}.webp").as_posix()}
        for name, caption in captions.items()
    ]
    return {
        "cards": cards,
        "melodies": [card for model in models if model.is_heard for card in latent_melodies.cards(model)],
        "scenes": (SCENES / "neighbours.webp").as_posix(),
        "mp4": films.makes_mp4(),
        "families": [family(model) for model in models],
    }


def family(model: Model) -> dict[str, Any]:
    return {
        "key": model.key,
        "title": model.title,
        "family": model.family,
        "summary": model.summary,
        "attributes": directions(model),
        "codes": model.has("codes"),
        "heard": model.is_heard,
        "settings": [name for name in (*WALK, *OWN, "steps", "guidance_scale", "seed") if model.has(name)],
        "reads": model.has("guidance_scale"),  # words beside a seed
        "rests": model.has("steps"),  # until the hand does: a picture takes it many steps
        "searches": model.has("psi"),  # for the place of a picture, which takes longer than a hand waits
    }
