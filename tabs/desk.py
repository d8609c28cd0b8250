"""Where the browser asks for files that are made only when somebody asks; knows no kind of work.

The browser names a work by the path of its file, which is believed only if such a file was made here.
"""

import asyncio
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playground.errors import PlaygroundError, Refused
from tabs import outputs
from tabs.wire import sentence

ANSWER = dict[str, str]
"""{"file": a path that the page serves} or {"problem": a sentence}."""


class Desk:
    """One file is made at a time, on a thread, so that the page goes on answering however many people ask. `keep` is
    told of each new file, to have it deleted with the others."""

    def __init__(self, keep: Callable[[Path], None]):
        self._keep, self._one = keep, asyncio.Lock()

    async def give(self, make: Callable[[], Path]) -> ANSWER:
        """The file that `make` writes, or what was in the way."""
        try:
            async with self._one:
                path = await asyncio.to_thread(make)
        except PlaygroundError as refused:
            return {"problem": str(refused)}
        except Exception as error:  # the edge of the page: the person gets a sentence, the log the rest
            return {"problem": sentence(error)}
        self._keep(path)
        return {"file": path.as_posix()}


def whole(path: Path, data: bytes) -> None:
    """Write a file that is not seen before it is whole, even if two do so at once."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    part.write_bytes(data)
    os.replace(part, path)


def made_here(file: Any, ending: str, gone: str) -> Path:
    """The work at this path; Refused with the sentence `gone` if none was made there, or if it is gone."""
    start = outputs.root().as_posix() + "/"
    place = re.compile(r"[\w-]{16}/[\w-]{1,160}" + re.escape(ending))
    if isinstance(file, str) and file.startswith(start) and place.fullmatch(file[len(start) :]):
        path = Path(file)
        if path.is_file():
            return path
    raise Refused(gone)
