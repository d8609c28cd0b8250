"""The gallery of what somebody made here, for them alone: looked at, compared, taken along in a zip, deleted.

Knows no tab. What the browser tells is believed as far as it names works of the person who asks.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playground.errors import Refused
from playground.events import Media
from playground.media import pictures
from tabs import desk, mine_zip, outputs, owners, page, people, stage
from tabs.fastgradio import gr
from tabs.mine_files import Galleries
from tabs.wire import sentence

AT_ONCE = 24  # thumbnails in one answer
SIDE = 192  # pixels of a thumbnail
NONE = "Choose at least one picture first."
Who = dict[str, str]  # see people.who


def place(galleries: Galleries) -> None:
    """Place the gallery; what becomes of it is between the browser and the functions it may call."""
    shown = gr.HTML(
        html_template=page.read("mine.html"),
        js_on_load=page.code("pieces.js", "mine_compare.js", "mine_tiles.js", "mine.js"),
        apply_default_css=False,
        server_functions=functions(galleries, lambda path: shown.temp_files.add(str(path))),
    )


def functions(galleries: Galleries, keep: Callable[[Path], None]) -> list[Callable]:
    """What the browser may call; `keep` is told of each file that the page serves, and is to delete once it is old."""
    zips = Zips(keep)

    async def mine_list(told: Any, request: gr.Request) -> dict[str, Any]:
        return await answered(lambda who: listed(galleries, who, told), request)

    async def mine_open(told: Any, request: gr.Request) -> dict[str, Any]:
        return await answered(lambda who: opened(galleries, who, of(told, "id"), keep), request)

    async def mine_delete(told: Any, request: gr.Request) -> dict[str, Any]:
        def deleted(who: Who) -> dict[str, Any]:
            zips.forget(who["person"])
            galleries.remove(who["person"], ids(told))
            return listed(galleries, who, {"ids": []})

        return await answered(deleted, request)

    async def mine_zip_up(told: Any, request: gr.Request) -> dict[str, Any]:
        return await zips.give(galleries, await people.who_calls(request), ids(told))

    return [mine_list, mine_open, mine_delete, mine_zip_up]


async def answered(work: Callable[[Who], dict[str, Any]], request: gr.Request) -> dict[str, Any]:
    """What `work` gives for the one who asks, on a thread since it reads the disk; {"problem": a sentence} if not."""
    try:
        return await asyncio.to_thread(work, await people.who_calls(request))
    except Exception as error:  # the edge of the page: the person gets a sentence, the log the rest
        return {"problem": sentence(error)}


def listed(galleries: Galleries, who: Who, told: Any) -> dict[str, Any]:
    """The ids of all works, the newest first, what is to be said of keeping them, and the first thumbnails: of those
    that are newer than `after`, or of these `ids`."""
    person = who["person"]
    there = galleries.ids(person)
    after, wanted = str(of(told, "after") or ""), of(told, "ids")
    asked = [id for id in there if id in wanted] if isinstance(wanted, list) else [id for id in there if id > after]
    shown = [tile(galleries, person, id) for id in asked[:AT_ONCE]]
    kept = kept_sentence(len(there), galleries, who) if there else ""
    return {"ids": there, "kept": kept, "pictures": list(filter(None, shown))}


def tile(galleries: Galleries, person: str, id: str) -> dict[str, Any] | None:
    """What a thumbnail shows; None if it went meanwhile."""
    try:
        told = galleries.told(person, id)
        small = galleries.small(person, id, lambda data: pictures.small(data, SIDE))
    except Refused:
        return None
    address, copy = stage.address(Media(small, "image/webp")), galleries.copy(person, id)
    file = copy.as_posix() if copy else ""
    return {"id": id, "alt": told["alt"], "seed": told["work"].get("seed"), "small": address, "file": file}


def kept_sentence(count: int, galleries: Galleries, who: Who) -> str:
    limits, megabytes = galleries.limits, max(0.1, galleries.size(who["person"]) / 1e6)
    works = f"{count} {'picture' if count == 1 else 'pictures'}, {megabytes:.1f} MB."
    until = "leave this page, since it may keep no cookie" if who["person"] == who["visit"] else "close your browser"
    bounds = f"{limits.seconds / 3600:g} hours, {limits.most} pictures and {limits.each / 1e6:g} MB"
    return f"{works} Nobody else sees them. They are here until you {until}, up to {bounds}; the oldest go first."


def opened(galleries: Galleries, who: Who, id: Any, keep: Callable[[Path], None]) -> dict[str, Any]:
    """The work as it was on the stage when it was new, with a file that the page serves to this person."""
    work = galleries.told(who["person"], id)["work"]
    file = galleries.served(who["person"], id)
    owners.claim(who, [file])
    keep(file)
    return {**work, "file": file.as_posix()}


class Zips:
    """One zip of each person at a time, so that what they delete is not left in an old one."""

    def __init__(self, keep: Callable[[Path], None]):
        self._desk, self._last = desk.Desk(keep), dict[str, Path]()

    async def give(self, galleries: Galleries, who: Who, ids: list[str]) -> desk.ANSWER:
        return await self._desk.give(lambda: self._make(galleries, who, ids))

    def _make(self, galleries: Galleries, who: Who, ids: list[str]) -> Path:
        person = who["person"]
        there = [id for id in galleries.ids(person) if id in set(ids)]
        if not there:
            raise Refused(NONE)
        self.forget(person)
        path = outputs.folder() / f"pictures-{len(there)}.zip"
        owners.claim(who, [path])
        self._last[person] = path
        mine_zip.write(((galleries.work(person, id), galleries.told(person, id)) for id in there), path)
        return path

    def forget(self, person: str) -> None:
        """Delete the zip that this person was given last."""
        if path := self._last.pop(person, None):
            path.unlink(missing_ok=True)


def of(told: Any, name: str) -> Any:
    return told.get(name) if isinstance(told, Mapping) else None


def ids(told: Any) -> list[str]:
    """The ids that the browser names; they are looked up among those of the person, and become no path before."""
    given = of(told, "ids")
    return [id for id in given if isinstance(id, str)] if isinstance(given, list) else []
