"""Small pieces of the page as HTML, with everything from outside escaped; knows no component and no event."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from playground.facts import Facts

GROUPS = ("sizes", "colours", "subjects", "heroes", "adjectives", "places", "times", "weather", "positions", "themes")


def chips(prompts: Iterable[str]) -> str:
    """Buttons that put a whole prompt into the box (assets/page/page.js does it)."""
    buttons = "".join(
        f'<button type="button" class="chip" data-prompt="{escape(p)}">{escape(p)}</button>' for p in prompts
    )
    return f'<div class="chips" role="group" aria-label="Examples">{buttons}</div>'


def model_card(facts: Facts, words: Mapping[str, Any]) -> str:
    """What a model is and whether it can run here, and the words it knows, which can be pressed."""
    size = f"{facts.bytes / 1e6:.1f} MB" if facts.here else "unknown"
    rows = {
        "Family": facts.family,
        "Size": size,
        "Licence": facts.license or "not stated",
        "On this machine": facts.runs,
    }
    pairs = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in rows.items())
    return f'<div class="model-card"><p>{escape(facts.summary)}</p><dl>{pairs}</dl>{word_list(words)}</div>'


def word_list(words: Mapping[str, Any]) -> str:
    groups = [(name, words[name]) for name in GROUPS if words.get(name)]
    if not groups:
        return ""
    rows = "".join(
        f'<div class="words" role="group" aria-label="{name}">{"".join(word_button(w) for w in group)}</div>'
        for name, group in groups
    )
    return f"<details><summary>Words it knows</summary>{rows}</details>"


def word_button(word: str) -> str:
    return f'<button type="button" class="word" data-word="{escape(word)}">{escape(word)}</button>'
