"""Pictures in a zip, with their recipes and a page to look at them; knows no gallery and no browser.

The page is plain HTML without a script, and all that it tells is escaped.
"""

import json
import os
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from tabs.outputs import plain

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Pictures of Playground</title>
<style>
body {{ margin: 2rem; font: 15px/1.45 system-ui, sans-serif; color: #23223a; background: #f5efe3; }}
main {{ display: grid; gap: 2rem; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); }}
figure {{ margin: 0; }}
img {{ width: 100%; height: auto; border-radius: 10px; }}
figcaption {{ overflow-wrap: anywhere; }}
small {{ color: #5d586e; }}
</style>
<h1>Pictures of Playground</h1>
<p>Made by AI. Each file carries its recipe: drop it on the Image tab, and the form is filled again.</p>
<main>
{figures}
</main>
</html>
"""
FIGURE = """<figure><a href="{file}"><img src="{file}" alt="{alt}" loading="lazy"></a>
<figcaption><p>{alt}</p><small>{settings}</small></figcaption></figure>"""
LEFT_OUT = ("prompt", "start", "mask")  # which is told above, or no text


def write(works: Iterable[tuple[bytes, Mapping[str, Any]]], place: Path) -> None:
    """A zip archive of works, each with what is told of it: {"name": of its file, "alt": ..., "recipe": ...}. Nothing
    is compressed, which would take long and win little."""
    part = place.with_suffix(".part")
    recipes, figures = [], []
    with zipfile.ZipFile(part, "w") as archive:
        for data, told in works:
            file = free(str(told["name"]), {recipe["file"] for recipe in recipes})
            archive.writestr(file, data)
            recipes.append({"file": file, "recipe": told["recipe"]})
            figures.append(figure(file, told))
        archive.writestr("recipes.json", json.dumps(recipes, indent=2, ensure_ascii=False))
        archive.writestr("index.html", PAGE.format(figures="\n".join(figures)))
    os.replace(part, place)


def figure(file: str, told: Mapping[str, Any]) -> str:
    recipe = told["recipe"]
    values = {"model": recipe.get("model", {}).get("key"), **recipe.get("params", {})}
    said = [f"{name.replace('_', ' ')} {value}" for name, value in values.items() if is_told(name, value)]
    return FIGURE.format(file=escape(file), alt=escape(str(told["alt"])), settings=escape(", ".join(said)))


def is_told(name: str, value: Any) -> bool:
    return name not in LEFT_OUT and isinstance(value, str | int | float) and value != ""


def free(name: str, taken: set[str]) -> str:
    """A name for a file of that name which can be a file's anywhere, and is not taken."""
    stem, ending = plain(Path(name).stem) or "picture", "." + plain(Path(name).suffix)
    number = 1
    while (file := f"{stem}{f'-{number}' if number > 1 else ''}{ending}") in taken:
        number += 1
    return file
