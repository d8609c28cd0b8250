r"""Texts with their recipe as .md, .txt and .json files, both ways; knows no setting, no model and no check.

A .md or .txt file begins with front matter, one JSON line in it, then comes the text as it is. Whatever is read is
data: parsed within limits, never evaluated.
"""

import json
from collections.abc import Mapping
from typing import Any

from playground.errors import Refused
from playground.version import VERSION

ENDINGS = (".md", ".txt", ".json")
LARGEST = 2_000_000
"""Bytes of a file that are read; the longest conversation with its answer takes a part of it."""

MARK = "playground: "
AI_MADE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def write(text: str, recipe: Mapping[str, Any], ending: str) -> bytes:
    """The file's bytes. `ending`: one of ENDINGS; Refused for others."""
    ending = checked(ending)
    about = {"playground": dict(recipe), **made_by(recipe)}
    if ending == ".json":
        return json.dumps({**about, "text": text}, ensure_ascii=False, indent=1).encode()
    lines = [MARK + json.dumps(recipe), *(f"{name}: {json.dumps(value)}" for name, value in made_by(recipe).items())]
    return ("\n".join(["---", *lines, "---", "", ""]) + text).encode()


def made_by(recipe: Mapping[str, Any]) -> dict[str, str]:
    """What tells other programs that an AI made this; a text that was only measured is a person's own."""
    if recipe.get("params", {}).get("mode") == "measure":
        return {}
    return {
        "software": f"Playground {VERSION} (made by AI: {recipe['model']['key']})",
        "digital_source_type": AI_MADE,
    }


def read(data: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text and its recipe, unchecked; Refused if the file holds none."""
    ending = checked("." + name.rpartition(".")[2].lower())
    if len(data) > LARGEST:
        raise Refused(f"This file has {len(data)} bytes, but at most {LARGEST} are read.")
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("This file is not text in UTF-8; save it as that.") from None
    text, recipe = from_json(content) if ending == ".json" else from_front_matter(content)
    if not isinstance(text, str) or not isinstance(recipe, dict) or not isinstance(recipe.get("params"), dict):
        raise Refused("This file does not say how its text was made: it holds no recipe.")
    return text.encode("utf-8", "replace").decode(), recipe  # JSON can hold half a character


def checked(ending: str) -> str:
    if ending in ENDINGS:
        return ending
    raise Refused(
        f"A text is kept in a file that ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}, not {ending[:20]}."
    )


def from_json(content: str) -> tuple[Any, Any]:
    value = parsed(content)
    return (value.get("text"), value.get("playground")) if isinstance(value, dict) else (None, None)


def from_front_matter(content: str) -> tuple[Any, Any]:
    """What follows the front matter, and the recipe in it; line ends may have been changed on the way."""
    if content.startswith("---\r\n"):
        content = content.replace("\r\n", "\n")
    head, end, text = content.partition("\n---\n")
    line = next((line for line in head.split("\n") if line.startswith(MARK)), "")
    if not end or not head.startswith("---\n") or not line:
        return None, None
    return text.removeprefix("\n"), parsed(line.removeprefix(MARK))


def parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
