"""Change one thing: a strip or a grid of pictures that differ in one or two settings; knows no model's code.

Each picture is a generation of its own, so that others get their turns in between; all have one seed.
"""

import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from playground import grids, hub
from playground.catalog import MODELS, Model
from playground.errors import PlaygroundError, Refused
from playground.params import RANDOM, Params, check, sorted_out
from tabs import desk, filling, form, grid_sheet, owners, page, people, stage
from tabs.fastgradio import gr
from tabs.making import Parts
from tabs.wire import Generate, play

Begin = Callable[[Model, Mapping[str, Any]], stage.Making]


@dataclass
class Grid:
    """What is to be seen: `cells` are told as the stage's pictures are, with labels; `columns` of them in a row."""

    phase: str = "idle"  # idle, working, done or failed; or brought, of which the axes alone count
    status: str = ""
    columns: int = 1
    axes: list[dict[str, str]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        return asdict(self)


def asked(told: Any, key: str, controls: Mapping[str, Any]) -> tuple[Model, list[grids.Axis], dict[str, Any]]:
    """The model, the axes and what all pictures have; Refused if that cannot be."""
    told = told if isinstance(told, Mapping) else {}
    model = MODELS[key]
    base = {name: value for name, value in controls.items() if model.has(name)}
    named = [one for one in told.get("axes", ()) if isinstance(one, Mapping) and one.get("name")]
    if not named:
        raise Refused("Choose what to change first.")
    said = [(str(one["name"]), str(one.get("values", ""))[: grids.LONGEST]) for one in named[: grids.MOST_AXES]]
    axes = [grids.axis(model, name, values, base) for name, values in said]
    if len(axes) == 2 and axes[0].name == axes[1].name:
        raise Refused(f"{axes[0].label} is chosen twice: choose another setting for one of them.")
    if base.get("seed", RANDOM) == RANDOM and "seed" not in (axis.name for axis in axes):
        base["seed"] = Params().with_seed_drawn().seed
    if model.has("variation_seed") and base.get("variation_seed", RANDOM) == RANDOM:
        base["variation_seed"] = Params().with_seed_drawn().seed  # else each picture would mix in another noise
    return model, axes, base


async def drawn(
    generate: Generate, begin: Begin, who: Mapping[str, str], told: Any, key: str, controls: Mapping[str, Any]
) -> AsyncGenerator[tuple[dict[str, Any], list[Path]], None]:
    """One state of the grid after the other, and the files there are."""
    try:
        model, axes, base = asked(told, key, controls)
        cells = grids.cells(base, axes)
    except Refused as refused:
        yield Grid("failed", str(refused)).shown(), []
        return

    def labels(cell: grids.Cell) -> list[str]:
        """With the names of the settings; the words of a prompt speak for themselves."""
        pairs = zip(axes, cell.labels, strict=True)
        return [value if axis.name == "prompt" else f"{axis.label} {value}" for axis, value in pairs]

    named = [{"name": axis.name, "label": axis.label, "values": axis.asked} for axis in axes]
    grid = Grid("working", "Starting", len(axes[0].values), named, [{"labels": labels(cell)} for cell in cells])
    files: list[Path] = []
    began = time.monotonic()
    for index, cell in enumerate(cells):
        making = begin(model, cell.settings)
        making.person = who.get("person", "")
        async with aclosing(play(partial(generate, model.key, **who, **cell.settings), making)) as states:
            async for state in states:
                grid.status = f"Picture {index + 1} of {len(cells)}: {state['status']}"
                work = state["works"][0] if state["works"] else {}
                failed = {"problem": state["status"]} if state["phase"] == "failed" else {}
                grid.cells[index] = {"labels": labels(cell), **work, **failed}
                owners.claim(who, making.files)
                yield grid.shown(), files + making.files
        files += making.files
    there = sum(bool(cell.get("file")) for cell in grid.cells)
    grid.phase = "done" if there else "failed"
    grid.status = f"{there} of {len(cells)} pictures drawn in {time.monotonic() - began:.1f} s"
    yield grid.shown(), files


def functions(models: Mapping[str, Model], keep: Callable[[Path], None]) -> list[Callable]:
    """What the browser may call."""
    at = desk.Desk(keep)

    def grid_look(told: Any) -> dict[str, Any]:
        """What can be changed, what is proposed for it, and how much that would be; or a problem."""
        told = told if isinstance(told, Mapping) else {}
        model, controls = models.get(str(told.get("model"))), told.get("form")
        if model is None or not isinstance(controls, Mapping):
            return {}
        known = {name: grids.label(found) for name, found in grids.varied(model).items()}
        new = str(told.get("new", ""))
        values = {"proposed": grids.proposed(model, new, controls, hub.words(model))} if new else {}
        try:
            _, axes, base = asked(told, model.key, controls)
            cells = grids.cells(base, axes)
            works = [check(model.kind, one.settings, model.defaults, model.limits, model.has).work for one in cells]
            return {"settings": known, **values, "count": len(cells), "work": sum(works)}
        except PlaygroundError as problem:
            return {"settings": known, **values, "problem": str(problem)}

    async def grid_save(told: Any) -> desk.ANSWER:
        return await at.give(lambda: grid_sheet.saved(told))

    return [grid_look, grid_save]


def place(models: Sequence[Model]) -> gr.HTML:
    """The component, below the stage."""
    known = {model.key: model for model in models}
    asked = functions(known, lambda path: grid.temp_files.add(str(path)))
    grid = gr.HTML(
        Grid().shown(),
        html_template=page.read("grid.html"),
        js_on_load=page.code("pieces.js", "paused.js", "grid.js"),
        server_functions=asked,
        apply_default_css=False,
        elem_classes="grid-place",
    )
    return grid


def tie(tab: str, grid: gr.HTML, parts: Parts, generate: Generate, begin: Begin) -> None:
    """Tie it to `generate` and to the form, whose values it begins from and which a click on a picture fills."""

    async def draw(request: gr.Request, model, told=None, **controls):
        async with aclosing(drawn(generate, begin, people.who(request), told, model, controls)) as states:
            async for state, files in states:
                grid.temp_files.update(map(str, files))
                yield state

    inputs = {"model": parts.model, "told": grid, **parts.controls}
    asking = page.ask(tab, "askGrid", place=1, count=len(inputs))
    how: dict[str, Any] = dict(concurrency_limit=None, show_progress="hidden", api_visibility="private")
    begun = grid.alter(draw, inputs_kwargs=inputs, outputs=grid, js=asking, **how)
    begun.then(None, js=page.tell(tab, "gridsettled"))
    grid.halt(None, cancels=[begun], api_visibility="private")
    told = {"model": parts.model, **parts.controls}
    gr.on(None, None, list(told.values()), js=page.says(tab, list(told)), api_visibility="private")
    adopting = page.ask(tab, "askAdopted", place=0, count=1)
    grid.adopt(adopted(list(parts.controls)), grid, list(told.values()), js=adopting, **page.QUIET)


def brought(found: filling.Filling) -> Any:
    """The axes, if it was a contact sheet that fills the form."""
    axes = grid_sheet.axes(found.facts.get("axes"), found.model)
    return Grid("brought", axes=axes).shown() if axes else gr.skip()


def adopted(names: Sequence[str]) -> Callable:
    """What fills the form with the settings of a picture, which the browser tells."""

    def adopt(told):
        told = told if isinstance(told, Mapping) else {}
        model = MODELS.get(str(told.get("model")))
        settings = told.get("settings")
        if model is None or model.kind != "image" or not isinstance(settings, Mapping):
            return [gr.skip()] * (1 + len(names))
        values, _ = sorted_out(model.kind, settings, model.limits, model.has)
        found = filling.Filling(model, values, whole=True)
        return [model.key, *form.filling_updates(found, model, names)]

    return adopt
