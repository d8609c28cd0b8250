"""Finished pictures, films and melodies of the Latent space tab, with their files and what is told of them."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground import recipe
from playground.catalog import Model
from playground.errors import Refused
from playground.events import Media, Output
from tabs import desk, latent_asked, link, outputs, stage, tunes

GONE = "This film is not on this machine any more: make it again with its seed."
CRAFTS = {
    "walk": stage.Craft("Frame", "The film is put together", "Filmed", "Nothing was filmed."),
    "picture": stage.Craft("Step", "", "There and back", "Nothing came back."),
}
PLAYED = stage.Craft("Track", "It becomes sound", "Played", "Nothing was played.")


@dataclass(frozen=True)
class Work:
    """A frame of an unfinished film, or what was finished."""

    alt: str
    way: str
    model: str
    preview: str = ""  # a data: address
    file: str = ""
    link: str = ""
    link_is_whole: bool = True
    seed: int | None = None
    seconds: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)
    sheet: dict[str, Any] = field(default_factory=dict)  # of a film: its frames in one picture
    roll: dict[str, Any] = field(default_factory=dict)  # of a melody: see media.roll
    files: dict[str, str] = field(default_factory=dict)  # of a melody: to be saved, by ending


class Moving(stage.Making):
    """One generation in a latent space."""

    def __init__(self, model: Model, values: Mapping[str, Any], clock: Callable[[], float] = time.monotonic):
        super().__init__(clock=clock)
        self.model, self.way = model, str(values.get("way", "pad"))
        self.craft = PLAYED if model.is_heard else CRAFTS.get(self.way, self.craft)
        self.alt = latent_asked.in_words(values)

    def draft(self, media: Media) -> Work:
        alt = f"Unfinished: {self.alt}"
        if self.model.is_heard:
            return Work(alt, self.way, self.model.key, roll=json.loads(media.data))
        return Work(alt, self.way, self.model.key, preview=stage.address(media))

    def keep(self, output: Output, seconds: float) -> Work:
        """The finished picture or film as a file, with the link that makes it again."""
        assert isinstance(output.media, Media), "this tab shows files"
        values = output.recipe["params"]
        if self.model.is_heard:
            roll, files = tunes.keep(output.media, output.recipe, self.model.key)
            path, beside = files[".wav"], {"roll": roll, "files": {end: file.as_posix() for end, file in files.items()}}
            self.files += files.values()
        else:
            path = outputs.keep(output.media, self.model.key, values["seed"])
            self.files.append(path)
            beside = {"sheet": self.sheet(path, values["frames_per_second"])} if self.way == "walk" else {}
        address = link.query("latent", self.model.key, values)
        whole = link.is_whole(address, values)
        made = Work(self.alt, self.way, self.model.key, "", path.as_posix(), address, whole, values["seed"], seconds)
        return Work(**{**vars(made), "facts": output.recipe["facts"], **beside})

    def sheet(self, path: Path, frames_per_second: int) -> dict[str, Any]:
        from playground.media import films  # noqa: PLC0415 - not needed for the page to start

        made = films.sheet(path.read_bytes(), round(1000 / frames_per_second))
        beside = path.with_suffix(".jpg")
        beside.write_bytes(made.data)
        self.files.append(beside)
        return {**{name: value for name, value in vars(made).items() if name != "data"}, "file": beside.as_posix()}


def functions(keep: Callable[[Path], None]) -> list[Callable]:
    """What the browser may call."""
    asked = desk.Desk(keep)

    async def latent_film(told: Any) -> desk.ANSWER:
        return await asked.give(lambda: other_kind(told))

    return [latent_film]


def other_kind(told: Any) -> Path:
    """The film `file` with another `ending`, beside it."""
    from playground.media import films  # noqa: PLC0415 - not needed for the page to start

    file, ending = (told.get("file"), told.get("ending")) if isinstance(told, Mapping) else (None, None)
    makers = {".gif": films.gif, **({".mp4": films.mp4} if films.makes_mp4() else {})}
    if ending not in makers:
        raise Refused(f"A film is saved as .webp, {' or '.join(makers)}.")
    source = desk.made_here(file, ".webp", GONE)
    path = source.with_suffix(ending)
    if not path.exists():
        data = source.read_bytes()
        told = recipe.told_in_a_film(data) or ""
        frames_per_second = json.loads(told)["params"]["frames_per_second"]
        desk.whole(path, makers[ending](data, round(1000 / frames_per_second), told))
    return path
