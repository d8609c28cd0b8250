"""Where a model's files are on this machine; knows nothing of what is in them.

Starters lie under assets/; every other source is a folder that a person names.
"""

import functools
import hashlib
import json
from pathlib import Path

from playground import diffusion_folders
from playground.catalog import ASSETS, Model
from playground.errors import Unavailable


def folder(model: Model) -> Path:
    """The folder that holds the model, whether or not it is there."""
    return ASSETS / model.source if model.starter else Path(model.source)


def here(model: Model) -> bool:
    return bool(weights(folder(model)))


def weights(path: Path) -> list[Path]:
    """The safetensors files in a folder that are loaded, sorted. Those of pipelines may hold more: the same weights in
    one file, or in half numbers beside whole ones."""
    files = sorted(path.rglob("*.safetensors"))
    if not (parts := diffusion_folders.config(path, diffusion_folders.INDEX)):
        return files
    inside = [file for file in files if file.parent.parent == path and file.parent.name in parts]
    whole = {file.parent for file in inside if ".fp16." not in file.name}
    return [file for file in inside if ".fp16." not in file.name or file.parent not in whole]


def fetch(model: Model) -> Path:
    """The folder with the model's files, else Unavailable."""
    if here(model):
        return folder(model)
    where = "a complete download of Playground has them" if model.starter else "its folder holds no safetensors"
    raise Unavailable(f"The files of {model.title} are not on this machine; {where}.")


def size(model: Model) -> int:
    """Bytes of its weights on disk."""
    return sum(path.stat().st_size for path in weights(folder(model)))


PART = 2**20  # bytes of a file that are in memory at once


@functools.cache
def weights_hash(path: Path) -> str:
    """Ten hexadecimal digits that change when any weight of the folder does."""
    digest = hashlib.sha256()
    for file in weights(path):
        digest.update(file.relative_to(path).as_posix().encode())
        with file.open("rb") as opened:
            while part := opened.read(PART):
                digest.update(part)
    return digest.hexdigest()[:10]


def words(model: Model) -> dict[str, list[str]]:
    """The words a starter was trained on, by role (subjects, colours, places ...); empty for a model without a list."""
    path = folder(model) / "words.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}
