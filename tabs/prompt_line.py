"""The line under a prompt for pictures: its tokens, what they weigh, what is chosen; knows no other component."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from playground import token_count
from playground.catalog import Model
from playground.params import LONGEST_TEXT
from playground.prompts import alternatives, loras, weights
from tabs import page
from tabs.fastgradio import gr

Shown = dict[str, Any]
"""{"count": words on the number of tokens, "tokens": [{"text", "weight", "read"}], "notes": sentences}. The tokens are
only there if they differ, in weight or in being read."""


def place(models: Sequence[Model]) -> gr.HTML:
    """The component; its value names the model."""
    return gr.HTML(
        {"model": models[0].key},
        html_template=page.read("prompt_line.html"),
        js_on_load=page.code("pieces.js", "paused.js", "prompt_line.js"),
        server_functions=[reading({model.key: model for model in models})],
        apply_default_css=False,
        elem_classes="prompt-line",
    )


def reading(models: Mapping[str, Model]) -> Callable[[Any], Shown | None]:
    """A function for the browser: how a model reads a prompt."""

    def read(told: Any) -> Shown | None:
        model, text = (told.get("model"), told.get("text")) if isinstance(told, Mapping) else (None, None)
        if not (isinstance(model, str) and model in models and isinstance(text, str)) or len(text) > LONGEST_TEXT:
            return None
        return shown(models[model], text)

    return read


def shown(model: Model, prompt: str) -> Shown:
    """What to tell of `prompt`; where there are choices, tokens are those of one of its pictures."""
    ways = alternatives.ways(prompt)
    found = weights.pieces(loras.without(alternatives.chosen(prompt, 0)))
    plain = "".join(piece.text for piece in found)
    tokens = token_count.of_prompt(model, plain)
    notes = [weights.foreign(prompt), f"{ways:,} prompts in one: the seed chooses." if ways > 1 else ""]
    told = [{"text": piece.text, "weight": round(piece.weight, 2), "read": True} for piece in found]
    if tokens:
        each = weights.of_characters(found)
        told = [
            {"text": plain[start:end], "weight": round(each[start], 2), "read": index < tokens.room}
            for index, (start, end) in enumerate(tokens.places)
        ]
    differ = weights.are_weighed(found) or not all(token["read"] for token in told)
    count = f"{len(told)} of {tokens.room} tokens" if tokens and told else ""
    return {"count": count, "tokens": told if differ else [], "notes": list(filter(None, notes))}
