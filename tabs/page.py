"""What is around the tabs: style, scripts and header, read from assets/page; knows no tab and no model."""

import json
from pathlib import Path

from tabs.fastgradio import gr

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "page"
FAVICON = FOLDER / "favicon.svg"


def read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def head() -> str:
    """What goes into the document's head: our style and script, in place.

    Gradio's own `css` puts a prefix before each selector, and breaks those that hold a comma in brackets.
    """
    return f"<style>{read('page.css')}</style><script>{read('page.js')}</script>"


def tell(tab: str, event: str) -> str:
    """JavaScript that tells the tab with this id of something, as a DOM event."""
    target, told = f"document.getElementById({json.dumps(tab)})", f"new Event({json.dumps(event)}, {{bubbles: true}})"
    return f"() => {{ {target}?.dispatchEvent({told}) }}"


def header() -> None:
    gr.HTML(
        read("header.html").replace("{mark}", read("favicon.svg")),
        js_on_load=None,
        apply_default_css=False,
        elem_classes="header",
    )
