"""Finished works by person, in one directory with limits of age and size; knows no page and nothing of a work.

Each person has a folder named by a hash, and each work in it up to three files: itself, what is told of it (JSON, which
is written last: without it there is no work), and a thumbnail, once somebody asks for one. Nothing here is served; who
looks at a work gets a copy where the page serves files, which goes when the work goes.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from playground.errors import Refused
from tabs import outputs
from tabs.desk import whole
from tabs.mine_limits import Kept, Limits, surplus

FOLDER, ID = re.compile("[0-9a-f]{32}"), re.compile("[0-9a-f]{24}")
WORK, TOLD, SMALL = ".work", ".json", ".small"  # the endings of the three files
GONE = "This picture is not here any more."


def folder_of(person: str) -> str:
    """The name of a person's folder, from which nobody can tell their name."""
    return hashlib.sha256(person.encode()).hexdigest()[:32]


class Galleries:
    """Everybody's works. All methods may be called from any thread, and all but `ids` and `size` use the disk."""

    def __init__(self, root: Path, limits: Limits, clock: Callable[[], float] = time.time):
        self.root, self.limits, self._clock = root, limits, clock
        self._lock, self._last = threading.Lock(), 0
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._kept = {one.id: one for one in found(root)}
        self.tidy()

    def add(self, person: str, copy: Path, told: Mapping[str, Any]) -> None:
        """Keep the work that the page serves at `copy`; one that is larger than the limits is not kept."""
        size = copy.stat().st_size
        if not person or size > min(self.limits.each, self.limits.all):
            return
        with self._lock:
            self._last = max(self._last + 1, int(self._clock() * 1000))
            one = Kept(folder_of(person), f"{self._last:012x}{secrets.token_hex(6)}", size, copy)
            self._path(one, TOLD).parent.mkdir(mode=0o700, exist_ok=True)
            linked(copy, self._path(one, WORK))
            whole(self._path(one, TOLD), json.dumps({**told, "name": copy.name}).encode())
            self._kept[one.id] = one
        self.tidy()

    def ids(self, person: str) -> list[str]:
        """The newest first."""
        return sorted((one.id for one in self._of(person)), reverse=True)

    def size(self, person: str) -> int:
        """Bytes."""
        return sum(one.bytes for one in self._of(person))

    def told(self, person: str, id: Any) -> dict[str, Any]:
        """What was told when the work was added; Refused if this person has no such work."""
        return json.loads(self._read(self._one(person, id), TOLD))

    def work(self, person: str, id: Any) -> bytes:
        """The file itself; Refused as above."""
        return self._read(self._one(person, id), WORK)

    def small(self, person: str, id: Any, make: Callable[[bytes], bytes]) -> bytes:
        """The thumbnail, which `make` makes of the file, once; Refused as above."""
        one = self._one(person, id)
        if not self._path(one, SMALL).is_file():
            whole(self._path(one, SMALL), make(self._read(one, WORK)))
        return self._read(one, SMALL)

    def copy(self, person: str, id: Any) -> Path | None:
        """Where the page serves the work, if it does; Refused as above."""
        return self._one(person, id).copy

    def served(self, person: str, id: Any) -> Path:
        """Where the page serves the work from now on, if it did not; Refused as above."""
        one = self._one(person, id)
        if one.copy is None or not one.copy.is_file():
            copy = outputs.folder() / self.told(person, id)["name"]
            whole(copy, self._read(one, WORK))
            with self._lock:
                self._kept[one.id] = replace(one, copy=copy)
            return copy
        return one.copy

    def remove(self, person: str, ids: Iterable[Any]) -> None:
        """Delete for good; what is no work of this person is left alone."""
        wanted = {id for id in ids if isinstance(id, str)}
        self._delete([one for one in self._of(person) if one.id in wanted])

    def leave(self, person: str) -> None:
        """Somebody has gone who has no way back. What the page serves it serves on, as to programs."""
        self._delete(self._of(person), copies=False)

    def tidy(self) -> None:
        """Delete what is over the limits."""
        with self._lock:
            kept = list(self._kept.values())
        self._delete(surplus(kept, self.limits, self._clock()))

    def _of(self, person: str) -> list[Kept]:
        folder = folder_of(person)
        with self._lock:
            return [one for one in self._kept.values() if one.folder == folder]

    def _one(self, person: str, id: Any) -> Kept:
        with self._lock:
            one = self._kept.get(id) if isinstance(id, str) else None
        if one is None or one.folder != folder_of(person):
            raise Refused(GONE)
        return one

    def _path(self, one: Kept, ending: str) -> Path:
        return self.root / one.folder / (one.id + ending)

    def _read(self, one: Kept, ending: str) -> bytes:
        try:
            with open(self._path(one, ending), "rb", opener=not_followed) as file:
                return file.read()
        except OSError:  # somebody tidied up by hand
            self._delete([one])
            raise Refused(GONE) from None

    def _delete(self, gone: Iterable[Kept], copies: bool = True) -> None:
        for one in gone:
            with self._lock:
                self._kept.pop(one.id, None)
            served = (one.copy,) if copies and one.copy else ()
            for path in (*(self._path(one, ending) for ending in (TOLD, WORK, SMALL)), *served):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            with suppress(OSError), self._lock:
                (self.root / one.folder).rmdir()  # once it is empty


def not_followed(path: str, flags: int) -> int:
    """How to open a file that may not be a link."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def linked(source: Path, place: Path) -> None:
    """The same file at another place, without its bytes twice where the disk can do that."""
    try:
        os.link(source, place)
    except OSError:
        part = place.with_name(place.name + ".part")
        shutil.copyfile(source, part)
        os.replace(part, place)


def found(root: Path) -> list[Kept]:
    """The works under `root`; what was left half written is deleted, what is not ours is left alone."""
    kept = []
    for folder in root.iterdir():
        if not FOLDER.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
            continue
        there = {entry.name: entry for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)}
        for name, entry in there.items():
            id = name.split(".")[0]
            if not ID.fullmatch(id):
                continue
            if name.endswith(".part") or {id + WORK, id + TOLD} - there.keys():
                Path(entry.path).unlink(missing_ok=True)
            elif name == id + WORK:
                kept.append(Kept(folder.name, id, entry.stat(follow_symlinks=False).st_size))
    return kept


_galleries: list[Galleries] = []


def use(galleries: Galleries) -> None:
    """Have the tabs that are built from now on keep works there."""
    _galleries[:] = [galleries]


def here() -> Galleries:
    """Those that are used."""
    return _galleries[0]
