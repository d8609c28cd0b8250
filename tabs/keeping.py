"""A text as a file holds it and people read it, with what it goes on from in front, and back; knows no component."""

from collections.abc import Callable, Mapping
from typing import Any

from playground import hub, recipe, text_files
from playground.catalog import Model
from playground.params import check, sorted_out


def around(params: Mapping[str, Any]) -> tuple[str, str]:
    """What a person wrote before and after the model's own text, if that goes on from it."""
    mode, prompt, suffix = (params.get(name) or "" for name in ("mode", "prompt", "suffix"))
    return prompt if mode in ("write", "fill") else "", suffix if mode == "fill" else ""


def whole(text: str, params: Mapping[str, Any]) -> str:
    """`text` as a person reads it: a continuation is broken without its beginning."""
    before, after = around(params)
    return before + text + after


def own(text: str, params: Mapping[str, Any]) -> str:
    """What of a file's text is the model's own; all of it in a file that holds nothing else."""
    before, after = around(params)
    fits = text.startswith(before) and text.endswith(after) and len(text) >= len(before) + len(after)
    return text[len(before) : len(text) - len(after)] if fits else text


def unfinished(models: Mapping[str, Model]) -> Callable[[Any], str | None]:
    """A function for the browser: what is in a file of a text that was stopped or edited, which no output came of."""

    def file(told: Any) -> str | None:
        told = told if isinstance(told, Mapping) else {}
        text, ending, asked = (told.get(name) for name in ("text", "ending", "asked"))
        model = models.get(str(asked.get("model"))) if isinstance(asked, Mapping) else None
        if model is None or ending not in text_files.ENDINGS or not isinstance(text, str):
            return None
        if len(text) > text_files.LARGEST:
            return None
        values, _ = sorted_out(model.kind, asked, model.limits)
        params = check(model.kind, values, model.defaults, model.limits)
        facts = {"edited": True} if told.get("edited") else {"finished": False}
        made = recipe.make(model, hub.weights_hash(hub.folder(model)), params, facts)
        return text_files.write(whole(text, made["params"]), made, ending).decode()

    return file
