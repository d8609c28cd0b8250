"""Settings become controls: one for each field of a kind's params, within a model's limits; knows no single setting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, fields
from typing import Any

from playground.catalog import Model
from playground.media import clips
from playground.params import KINDS, Params
from tabs.fastgradio import gr
from tabs.filling import Filling


def settings(models: Sequence[Model], more: bool) -> list[Field]:
    """The fields of these models of one kind that everybody sees, or those for the curious; what all kinds have comes
    last, and what none of the models takes is left out.

    What is no single value, such as the messages of a chat, has a place of its own on its tab, and so has what is
    carried.
    """
    common = {f.name for f in fields(Params)}
    asked = [f for f in fields(KINDS[models[0].kind]) if not (isinstance(f.default, tuple) or f.metadata["carried"])]
    chosen = [f for f in asked if f.metadata["more"] is more and any(model.has(f.name) for model in models)]
    return sorted(chosen, key=lambda f: f.name in common)


def bounds(field: Field, model: Model) -> tuple:
    return model.limits.get(field.name, (field.metadata["low"], field.metadata["high"]))


def start(field: Field, model: Model) -> Any:
    return model.defaults.get(field.name, field.default)


def label(field: Field) -> str:
    name, unit = field.metadata["label"] or field.name, field.metadata["unit"]
    return f"{name} ({unit})" if unit else name


def control(field: Field, model: Model) -> gr.components.Component:
    """The component that asks for `field`."""
    facts, value, info = field.metadata, start(field, model), field.metadata["help"] or None
    name = label(field)
    look: dict[str, Any] = {"elem_classes": field.name.replace("_", "-"), "visible": model.has(field.name)}
    if holds_a_file(field):
        return gr.File(label=f"{name}: {info}", type="binary", file_types=list(clips.ENDINGS), **look)
    if choices := facts["choices"]:
        named = [(choice or facts["unset"], choice) for choice in choices]
        kind = gr.Dropdown if "" in choices or len(choices) > 6 else gr.Radio
        return kind(named, value=value, label=name, info=info, **look)
    if isinstance(field.default, str):
        lines = facts["lines"]
        hint, info = ("", info) if facts["more"] else (info, None)  # what everybody sees is kept free of small print
        most = facts["longest"]
        return gr.Textbox(
            value, placeholder=hint, label=name, info=info, lines=lines, max_lines=6, max_length=most, **look
        )
    low, high = bounds(field, model)
    if facts["step"]:
        return gr.Slider(low, high, value, step=facts["step"], label=name, info=info, **look)
    precision = 0 if isinstance(field.default, int) else None
    return gr.Number(value, minimum=low, maximum=high, precision=precision, label=name, info=info, **look)


def holds_a_file(field: Field) -> bool:
    return isinstance(field.default, bytes)


def follows_the_model(field: Field) -> bool:
    """Whether choosing a model sets this field: what a person wrote and the seed they chose stay."""
    return bool(field.metadata["step"])


def fitted(field: Field, model: Model, **value: Any) -> Any:
    """The update that gives the control of `field` the limits of `model`, and a value if there is one; what the model
    does not take is out of sight."""
    look = dict(value, visible=model.has(field.name))
    if not follows_the_model(field):
        return gr.update(**look)
    low, high = bounds(field, model)
    return gr.update(minimum=low, maximum=high, **look)


def updates(model: Model, values: Mapping[str, Any], names: Sequence[str]) -> list[Any]:
    """An update for each control of `names`: the limits of `model`, and the value where there is one."""
    known = {f.name: f for f in fields(KINDS[model.kind])}
    return [fitted(known[n], model, **({"value": values[n]} if n in values else {})) for n in names]


def model_updates(model: Model, names: Sequence[str]) -> list[Any]:
    """An update for each control of `names` after `model` was chosen."""
    return updates(model, starts(model, names, follows_the_model), names)


def filling_updates(found: Filling, current: Model, names: Sequence[str]) -> list[Any]:
    """An update for each control of `names` after a file or an address was read while `current` was chosen. What was
    made elsewhere was not made with the file that a control may hold."""
    if found.whole:
        before = starts(found.model, names, lambda field: True)
    elif found.model.key != current.key:
        before = starts(found.model, names, follows_the_model)
    else:
        before = {}
    emptied = starts(found.model, names, holds_a_file) if found.values else {}
    return updates(found.model, {**before, **emptied, **found.values}, names)


def starts(model: Model, names: Sequence[str], chosen: Callable[[Field], bool]) -> dict[str, Any]:
    """The values that the `chosen` controls of `names` begin with; one for a file is empty."""
    known = {f.name: f for f in fields(KINDS[model.kind])}
    asked = [known[name] for name in names if chosen(known[name])]
    return {f.name: None if holds_a_file(f) else start(f, model) for f in asked}
