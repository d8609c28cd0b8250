"""What can be done in any latent space of pictures: pad, sum, walk, there and back; knows no family's network."""

import functools
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol, runtime_checkable

import torch
from PIL import Image

from playground import latent_points
from playground.adapters import latent_ways as ways
from playground.adapters.latent_painter import decibels, encoded, film
from playground.adapters.latent_places import blended, moved, norm, norms, norms_along
from playground.adapters.latent_ways import Place
from playground.catalog import ASSETS
from playground.errors import Refused
from playground.events import Media, Output, Preview, Step
from playground.latent_points import Point
from playground.media import pictures
from playground.params import LARGEST_SEED, LatentParams
from playground.stream import Emit

CARDS = ASSETS / "starters" / "scenes" / "cards"
CAPTIONS = CARDS.with_suffix(".json")
FRAMES_AT_ONCE = 4


class Pictures(Protocol):
    """What stands between latents and pictures."""

    side: int  # of a picture, in pixels
    lossless: bool  # whether latents keep all of a picture

    def pictures(self, latents: torch.Tensor, draft: bool = False) -> list[Image.Image]:
        """Of latents (n, channels, s, s); Failed if they are no numbers."""
        ...

    def latents(self, picture: Image.Image) -> torch.Tensor:
        """(1, channels, s, s) of a picture in RGB."""
        ...

    def nearest(self, latents: torch.Tensor) -> int | None:
        """Which known scene is most like latents (1, channels, s, s); None where none is known."""
        ...


@runtime_checkable
class Coded(Protocol):
    """A family that spells pictures."""

    def codes(self, place: Place, params: LatentParams) -> torch.Tensor:
        """The codes (1, h, w) of a place."""
        ...


class Space(Protocol):
    """What a family has to know."""

    normal: tuple[bool, ...]  # which parts of a place are drawn from N(0, 1)
    directions: dict[str, torch.Tensor]  # of attributes, in the first part of a place
    cards: dict[str, Place]  # places of cards that are known already

    @property
    def painter(self) -> Pictures: ...

    def drawn(self, seed: int, params: LatentParams) -> Place:
        """The place of a seed."""
        ...

    def found(self, latents: torch.Tensor, params: LatentParams, emit: Emit) -> Place:
        """The place of a picture's latents (1, channels, s, s); Refused if the family has no way to find one."""
        ...

    def decoded(self, places: Sequence[Place], params: LatentParams, emit: Emit) -> torch.Tensor:
        """Latents (n, channels, s, s) of places."""
        ...

    def told(self, latents: torch.Tensor, place: Place) -> dict[str, Any]:
        """What the family can say about a picture's latents, in numbers."""
        ...


@torch.inference_mode()
def run(space: Space, params: LatentParams, emit: Emit) -> None:
    """Emit what the way asks for: a Preview for a draft, else Steps and an Output."""
    points = latent_points.parsed(params.points, LARGEST_SEED)
    if any(point.tune for point in points):
        raise Refused("A tune has no place in this model; seeds, cards and pictures have.")
    if params.way == "walk":
        return walked(space, points, params, emit)
    if params.way == "picture":
        return there_and_back(space, points[0], params, emit)
    if params.way != "draft":
        emit(Step(0, 1))
    find = functools.partial(place_of, space, params=params, emit=emit)
    place = moved(blended(find, space.normal, points, params, emit), space.directions, params)
    latents = space.decoded([place], params, emit)
    facts = {"norm": norm(place), **known(space, latents), **norms(find, space.normal, points, params, emit)}
    if params.way == "draft":
        if isinstance(space, Coded):
            facts["code_grid"] = space.codes(place, params)[0].tolist()
        picture = space.painter.pictures(latents, draft=True)[0]
        emit(Preview((encoded(picture, "JPEG"), Media(json.dumps(facts).encode(), "application/json"))))
        return None
    emit(Step(1, 1))
    return emit(Output(encoded(space.painter.pictures(latents)[0], "PNG"), facts))


def known(space: Space, latents: torch.Tensor) -> dict[str, int]:
    """The scene that is most like a picture's latents, where scenes are known."""
    nearest = space.painter.nearest(latents)
    return {} if nearest is None else {"nearest": nearest}


def place_of(space: Space, point: Point, params: LatentParams, emit: Emit) -> Place:
    """What is found once for a card or a picture is kept, since a puck asks for its corners many times."""
    if not (point.card or point.picture):
        return space.drawn(point.seed, replace(params, prompt=point.words or params.prompt))
    name = point.card or f"picture {hash(point.picture)}"
    if name not in space.cards:
        if len(space.cards) > 256:
            space.cards.clear()
        space.cards[name] = space.found(space.painter.latents(opened(point, space.painter.side)), params, emit)
    return space.cards[name]


def opened(point: Point, side: int) -> Image.Image:
    """The picture of a point that has one, `side` pixels square."""
    if point.card:
        path = CARDS / f"{point.card}.webp"
        if not path.is_file():
            there = ", ".join(sorted(file.stem for file in CARDS.glob("*.webp")))
            raise Refused(f"There is no card {point.card!r}; there are {there}.")
        return pictures.opened(path.read_bytes(), side)
    return pictures.opened(point.picture, side)


def walked(space: Space, points: Sequence[Point], params: LatentParams, emit: Emit) -> None:
    """Frames along the points, then the film."""
    keys = [moved(place_of(space, point, params, emit), space.directions, params) for point in points]
    places = ways.walk(keys, params.frames, params.path, params.shape == "loop", space.normal)
    frames = []
    emit(Step(0, len(places)))
    for start in range(0, len(places), FRAMES_AT_ONCE):
        latents = space.decoded(places[start : start + FRAMES_AT_ONCE], replace(params, way="walk"), emit)
        frames += space.painter.pictures(latents)
        emit(Step(len(frames), len(places)))
        emit(Preview((encoded(frames[-1], "JPEG"),)))
    facts = {"norms": norms_along(keys, len(places), params, space.normal), "frames_made": len(frames)}
    emit(Output(film(frames, params.frames_per_second), facts))


def there_and_back(space: Space, point: Point, params: LatentParams, emit: Emit) -> None:
    """A picture as the family sees it: its reconstruction, the error, and what can be said of it."""
    emit(Step(0, 1))
    if point.card or point.picture:
        given = opened(point, space.painter.side)
        latents = space.painter.latents(given)
        place = space.found(latents, params, emit)
    else:
        place = space.drawn(point.seed, params)
        latents = space.decoded([place], params, emit)
        given = space.painter.pictures(latents)[0]
    again = space.decoded([place], params, emit)
    picture = space.painter.pictures(again)[0]
    facts = {"decibels": round(decibels(given, picture), 2), "norm": norm(place), **space.told(latents, place)}
    if not space.painter.lossless:
        shared = space.painter.pictures(latents)[0]
        facts["decibels_of_autoencoder"] = round(decibels(given, shared), 2)
    emit(Step(1, 1))
    emit(Output(encoded(picture, "PNG"), facts))
