"""Choosing a style, which goes around what is in the boxes for the prompts; knows no model."""

from pathlib import Path
from typing import Any

from playground.errors import Refused
from playground.prompts import styles
from playground.prompts.styles import Style
from tabs import page
from tabs.fastgradio import gr

ENDINGS = (".csv", ".json")
_known: dict[str, Style] = {}


def use(place: Path) -> None:
    """Offer the styles in a file, or in all files of a folder; Refused if there is none."""
    files = sorted(path for path in place.iterdir() if path.suffix in ENDINGS) if place.is_dir() else [place]
    found = {}
    for file in files:
        try:
            found |= {style.name: style for style in styles.read(file.read_bytes())}
        except OSError as error:
            raise Refused(f"The styles in {file} cannot be read: {error.strerror}.") from None
    if not found:
        raise Refused(f"There are no styles in {place}; {styles.WORKS}.")
    _known.clear()
    _known.update(found)


def place() -> gr.Dropdown | None:
    """The control, if there are styles."""
    if not _known:
        return None
    return gr.Dropdown([("Add a style …", ""), *((name, name) for name in _known)], value="", label="Style")


def tie(chooser: gr.Dropdown | None, prompt: Any, negative_prompt: Any) -> None:
    """Have a chosen style go around what is in the boxes, where it can be seen and changed."""
    if chooser is None:
        return

    def add(name, words, against):
        return *styles.applied(_known.get(name, Style(name)), words, against), ""

    chooser.input(add, [chooser, prompt, negative_prompt], [prompt, negative_prompt, chooser], **page.QUIET)
