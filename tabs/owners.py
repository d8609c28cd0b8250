"""Files that only the browser may fetch in which they were made; pure ASGI, knows no Gradio and nothing of a file.

Where a browser keeps no cookie nobody can be told from another; what is made there is protected by an address that
nobody can guess, alone.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

from tabs.guard import Receive, Scope, Send, refuse
from tabs.people import name_in

MOST = 200_000  # folders that are remembered: more than a room full of people fills in the days that files are kept
_owners: dict[str, str] = {}  # the name of a folder that cannot be guessed -> the person it belongs to


def claim(who: Mapping[str, str], files: Iterable[Path]) -> None:
    """Let nobody but this person (see people.who) fetch what is beside these files."""
    if who["person"] == who["visit"]:
        return
    for file in files:
        _owners[file.parent.name.lower()] = who["person"]
    while len(_owners) > MOST:
        del _owners[next(iter(_owners))]


def may(person: str, path: str) -> bool:
    """Whether `person`, empty if unknown, may fetch this address."""
    owners = (_owners.get(part.lower()) for part in unquote(path).replace("\\", "/").split("/"))
    return all(owner in (None, person) for owner in owners)


class Owners:
    """Wraps an ASGI app."""

    def __init__(self, app: Callable):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "/file" in scope["path"] and not may(name_in(scope), scope["path"]):
            return await refuse(send, 403, "This file belongs to somebody else.")
        await self._app(scope, receive, send)
