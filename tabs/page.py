"""What is around the tabs: style, scripts and header, read from assets/page; knows no tab and no model."""

import json
from pathlib import Path
from typing import Any

from tabs.fastgradio import gr

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "page"
FAVICON = FOLDER / "favicon.svg"
STYLES = (
    "page.css",
    "image.css",
    "grid.css",
    "mine.css",
    "text.css",
    "music.css",
    "changes.css",
    "keys.css",
    "latent.css",
)
QUIET: dict[str, Any] = dict(queue=False, show_progress="hidden", api_visibility="private")
"""How an event is tied that answers at once and is of no use to programs."""


def read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def head() -> str:
    """What goes into the document's head: our style and script, in place.

    Gradio's own `css` puts a prefix before each selector, and breaks those that hold a comma in brackets.
    """
    styles = "".join(map(read, STYLES))
    return f"<style>{styles}</style><script>{code('page.js', 'history.js')}</script>"


def code(*names: str) -> str:
    """The scripts of these files as one, in this order; each knows the names of those before it."""
    return "\n".join(read(name) for name in names)


def tell(tab: str, event: str) -> str:
    """JavaScript that tells the tab with this id of something, as a DOM event."""
    target, told = f"document.getElementById({json.dumps(tab)})", f"new Event({json.dumps(event)}, {{bubbles: true}})"
    return f"() => {{ {target}?.dispatchEvent({told}) }}"


def ask(tab: str, name: str, place: int, count: int) -> str:
    """JavaScript for an event with `count` inputs: the one at `place` becomes what the tab's function `name` gives.

    So an event takes along what only the browser knows, and not the whole of what a component shows.
    """
    asked = f"document.getElementById({json.dumps(tab)})?.{name}?.() ?? {{}}"
    return f"(...given) => {{ given = given.slice(0, {count}); given[{place}] = {asked}; return given; }}"


def says(tab: str, names: list[str]) -> str:
    """JavaScript for an event with the form's controls as inputs, which tells the tab's scripts what they hold."""
    return f"(...values) => window.playground.formSays({json.dumps(tab)}, {json.dumps(names)}, values)"


def choose(tabs: list[str]) -> str:
    """JavaScript that gives the tab the address asks for, if it is one of these."""
    asked = "new URLSearchParams(location.search).get('tab')"
    update = f"{{__type__: 'update', ...({json.dumps(tabs)}.includes(asked) ? {{selected: asked}} : {{}})}}"
    return f"() => {{ const asked = {asked}; return {update}; }}"


def header() -> None:
    gr.HTML(
        read("header.html").replace("{mark}", read("favicon.svg")),
        js_on_load=None,
        apply_default_css=False,
        elem_classes="header",
    )
