"""A grid's pictures in one file, which brings its axes back; knows no component."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playground import grids, hub, recipe
from playground.catalog import MODELS, Model
from playground.errors import Refused
from playground.events import Media
from playground.params import check
from tabs import desk, outputs, theme

GONE = "A picture of this grid is not on this machine any more: draw it again."


def saved(told: Any) -> Path:
    """All pictures of a grid with their labels in one PNG, which carries the settings of the first and the axes."""
    from playground.media import contact_sheet  # noqa: PLC0415 - not needed for the page to start

    told = told if isinstance(told, Mapping) else {}
    cells = [cell for cell in told.get("cells", ()) if isinstance(cell, Mapping)][: grids.MOST]
    if not cells:
        raise Refused("There is no picture in this grid yet.")
    endings = tuple(outputs.ENDINGS.values())
    paths = [desk.made_here(cell.get("file"), Path(str(cell.get("file"))).suffix, GONE) for cell in cells]
    if any(path.suffix not in endings for path in paths):
        raise Refused(GONE)
    labels = [" · ".join(str(one)[:60] for one in cell.get("labels", ())) for cell in cells]
    found = recipe.read(paths[0].read_bytes())
    model = MODELS[found.key]
    changed = axes(told.get("axes"), model)
    title = f"{' and '.join(axis['label'] for axis in changed)}: {found.values.get('prompt', '')}"
    columns = told.get("columns") if isinstance(told.get("columns"), int) else 1
    pictures = [(label, path.read_bytes()) for label, path in zip(labels, paths, strict=True)]
    data = contact_sheet.png(pictures, max(1, min(columns or 1, len(cells))), title, [theme.LETTERS])
    params = check(model.kind, found.values, model.defaults, model.limits, model.has)
    facts = {"contact_sheet": labels, "axes": changed, "seed": params.seed}
    made = recipe.make(model, hub.weights_hash(hub.folder(model)), params, facts)
    path = outputs.place(f"{model.key}-sheet", params.seed, ".png")
    desk.whole(
        path, recipe.write(Media(data, "image/png"), {**made, "params": {**made["params"], "format": "png"}}).data
    )
    return path


def axes(told: Any, model: Model) -> list[dict[str, str]]:
    """Of what a browser or a file says of axes, those that this model has."""
    known = grids.varied(model)
    said = [axis for axis in told if isinstance(axis, Mapping)] if isinstance(told, list) else []
    named = [(axis.get("name"), axis.get("values")) for axis in said[: grids.MOST_AXES]]
    return [
        {"name": name, "label": grids.label(known[name]), "values": values[: grids.LONGEST]}
        for name, values in named
        if isinstance(name, str) and isinstance(values, str) and name in known
    ]
