"""Where the LoRAs are that people may name; knows no model and nothing of what is in them."""

import os
from pathlib import Path

from playground.errors import Refused
from playground.prompts import loras

VARIABLE = "PLAYGROUND_LORAS"
"""The variable that names the folder with them: the engine's process inherits it from the page's."""


def use(folder: Path) -> None:
    """Have this process, and those that it starts, find LoRAs there; Refused in a sentence if it is no folder."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder} with LoRAs.")
    os.environ[VARIABLE] = str(folder.resolve())


def here() -> dict[str, Path]:
    """The safetensors files in the folder, by name without ending; none if no folder is named."""
    folder = os.environ.get(VARIABLE)
    return {path.stem: path for path in sorted(Path(folder).glob("*.safetensors"))} if folder else {}


def found(prompt: str) -> list[tuple[Path, float]]:
    """The file of each LoRA that `prompt` names, with its weight; Refused if one is not here."""
    if not (wanted := loras.named(prompt)):
        return []
    files = here()
    if missing := [one.name for one in wanted if one.name not in files]:
        names = f"there are {', '.join(list(files)[:20])}" if files else "this playground has none (--loras FOLDER)"
        raise Refused(f"There is no LoRA {missing[0][:60]!r} here; {names}.")
    return [(files[one.name], one.weight) for one in wanted]
