"""Finished works as files that the page may serve; knows no component.

Each is written as it came, since it carries its recipe, into a folder whose name nobody can guess.
"""

import re
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playground import text_files
from playground.events import Media
from tabs import keeping
from tabs.fastgradio import get_upload_folder

ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/avif": ".avif"}


def keep(media: Media, key: str, seed: int) -> Path:
    """Write `media` under a name a person can tell apart in their downloads."""
    path = place(key, seed, ENDINGS[media.type])
    path.write_bytes(media.data)
    return path


def place(key: str, seed: int, ending: str) -> Path:
    """Where to write a file: its name says what it is, its folder is new."""
    return folder() / f"{plain(key)}-{seed}-{time.strftime('%H%M%S')}{ending}"


def root() -> Path:
    """Where the folders of all works are."""
    return Path(get_upload_folder()) / "made"


def folder() -> Path:
    """A new one."""
    made = root() / secrets.token_urlsafe(12)
    made.mkdir(parents=True)
    return made


def plain(text: str) -> str:
    """What can be a part of a file's name anywhere."""
    return re.sub(r"[^\w-]+", "-", text)[:40].strip("-")


def keep_text(text: str, recipe: Mapping[str, Any], key: str) -> dict[str, Path]:
    """Write `text` with its recipe, once for each kind of file; the paths by their ending."""
    params = recipe.get("params", {})
    text, kept = keeping.whole(text, params), {}
    for ending in text_files.ENDINGS:
        kept[ending] = place(key, params.get("seed", 0), ending)
        kept[ending].write_bytes(text_files.write(text, recipe, ending))
    return kept
