"""What is made of a finished tune only when somebody asks: other files of it, its tracks, all tunes of a run in a zip.

The browser names tunes by the paths of their sounds, which are believed only if such a file was made here.
"""

import hashlib
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from playground.errors import Refused
from tabs import desk
from tabs.desk import ANSWER, Desk

MOST = 8  # tunes in a zip
MOST_TRACKS = 16
GONE = "This tune is not on this machine any more: compose it again with its seed."


def functions(keep: Callable[[Path], None]) -> list[Callable[[Any], Awaitable[ANSWER]]]:
    """What the browser may call."""
    asked = Desk(keep)

    async def tune_file(told: Any) -> ANSWER:
        return await asked.give(lambda: other_kind(told))

    async def tunes_zip(told: Any) -> ANSWER:
        return await asked.give(lambda: together(told))

    async def tune_stem(told: Any) -> ANSWER:
        return await asked.give(lambda: stem(told))

    return [tune_file, tunes_zip, tune_stem]


def other_kind(told: Any) -> Path:
    """The tune `file` with another `ending`, beside its sound."""
    from playground import tune_files  # noqa: PLC0415 - not needed for the page to start

    file, ending = (told.get("file"), told.get("ending")) if isinstance(told, Mapping) else (None, None)
    source, ending = made_here(file), tune_files.checked(str(ending)[:8])
    path = source.with_suffix(ending)
    if not path.exists():
        desk.whole(path, tune_files.converted(source.read_bytes(), ending))
    return path


def stem(told: Any) -> Path:
    """What the `track` of that number is of the sound of the tune `file`."""
    from playground import tune_files  # noqa: PLC0415 - not needed for the page to start

    file, track = (told.get("file"), told.get("track")) if isinstance(told, Mapping) else (None, None)
    source = made_here(file)
    if type(track) is not int or not 0 <= track < MOST_TRACKS:
        raise Refused("There is no such track in this tune.")
    path = source.with_name(f"{source.stem}-track-{track + 1}.flac")
    if not path.exists():
        desk.whole(path, tune_files.stem(source.read_bytes(), track))
    return path


def together(told: Any) -> Path:
    """The tunes of the paths `told`, in a zip that is called after the first."""
    from playground import tune_files  # noqa: PLC0415 - not needed for the page to start

    files = told if isinstance(told, list) else []
    if not 1 <= len(files) <= MOST:
        raise Refused(f"One to {MOST} tunes go into a zip.")
    sources = list(map(made_here, files))
    these = hashlib.sha256("\n".join(map(str, sources)).encode()).hexdigest()[:8]
    path = sources[0].with_name(these) / f"{sources[0].stem}-and-{len(sources) - 1}-more.zip"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        tune_files.zipped(sources, part)
        os.replace(part, path)
    return path


def made_here(file: Any) -> Path:
    return desk.made_here(file, ".wav", GONE)
