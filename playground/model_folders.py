"""Offers the diffusers folders of a person as models of the Image tab; opens no weights and knows no page."""

import os
import re
from pathlib import Path

from playground import diffusion_folders
from playground.catalog import MODELS, Model
from playground.errors import Refused

VARIABLE = "PLAYGROUND_MODELS"
"""The variable that names the folder in which they lie."""

OTHER_KINDS = re.compile("Audio|Music|Video|Upscale|ControlNet")
"""In the names of pipelines that draw no picture from words."""

LICENSE = re.compile(r"^license:\s*([\w.+-]{1,60})\s*$", re.MULTILINE)


def use(folder: Path) -> list[str]:
    """Add each pipeline in `folder`, or `folder` itself if it is one, to the catalog. Sentences on those that cannot
    be used; Refused if there is no such folder or nothing in it."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder} with models.")
    places = [folder] if is_pipeline(folder) else sorted(filter(is_pipeline, folder.iterdir()))
    if not places:
        raise Refused(f"There is no diffusers folder in {folder}: one has a {diffusion_folders.INDEX}.")
    left_out = []
    for place in places:
        try:
            model = entry(place.resolve())
        except Refused as refused:
            left_out.append(str(refused))
        else:
            MODELS[model.key] = model
    return left_out


def use_named() -> list[str]:
    """As `use`, with the folder that the variable names; nothing if there is none."""
    folder = os.environ.get(VARIABLE)
    return use(Path(folder)) if folder else []


def is_pipeline(folder: Path) -> bool:
    return (folder / diffusion_folders.INDEX).is_file()


def entry(folder: Path) -> Model:
    """The folder as an entry; Refused if it says that it draws no pictures from words."""
    name = diffusion_folders.class_name(folder)
    if OTHER_KINDS.search(name):
        raise Refused(f"{folder.name} is a {name} and draws no picture from words; it is left out.")
    told = diffusion_folders.told(folder)
    return Model(
        free_key(folder.name),
        kind="image",
        family=told.family,
        title=folder.name[:60],
        adapter="diffusers_image:DiffusersImage",
        source=str(folder),
        license=license_of(folder),
        summary=f"A {told.family} model from this machine's own folder of models.",
        defaults=told.defaults,
        lacks=told.lacks,
    )


def free_key(name: str) -> str:
    """The name as people type it, with a number if another model has it."""
    plain = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")[:60] or "model"
    keys = (plain, *(f"{plain}-{number}" for number in range(2, len(MODELS) + 3)))
    return next(key for key in keys if key not in MODELS)


def license_of(folder: Path) -> str:
    """What the model's card says; that it does not, if so."""
    card = folder / "README.md"
    text = card.read_text("utf-8", "replace")[:10_000] if card.is_file() else ""
    return found[1] if (found := LICENSE.search(text)) else "not said"
