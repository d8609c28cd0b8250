"""From points to the place a person asks for: puck and corners, sums, attributes; knows no model and no picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch

from playground import latent_points
from playground.adapters import latent_ways as ways
from playground.adapters.latent_ways import Place
from playground.errors import Refused
from playground.events import Notice
from playground.latent_points import Point
from playground.params import LARGEST_SEED, LatentParams
from playground.stream import Emit

Find = Callable[[Point], Place]


def blended(find: Find, normal: Sequence[bool], points: Sequence[Point], params: LatentParams, emit: Emit) -> Place:
    """The place that the corners and the puck, or the points and their weights, stand for. `find`: the place of a
    point; `normal`: which parts of a place are drawn from N(0, 1)."""
    if params.sums:
        places, weights = [find(point) for point in points], latent_points.weights(params.weights, len(points))
        return ways.summed(places, weights, [on and params.path == "slerp" for on in normal])
    missing = [Point(seed=(params.seed + index) % (LARGEST_SEED + 1)) for index in range(4 - len(points))]
    if missing and params.way != "draft":
        emit(Notice(f"{len(missing)} of the four corners were empty: they got seeds."))
    corners = [find(point) for point in [*points[:4], *missing]]
    return ways.on_pad(corners, params.x, params.y, [on and params.path == "slerp" for on in normal])


def moved(place: Place, directions: Mapping[str, torch.Tensor], params: LatentParams) -> Place:
    """The place with more or less of some attributes, or Refused. `directions`: of attributes, in its first part."""
    first, *others = place
    for name, amount in latent_points.attributes(params.attributes).items():
        if name not in directions:
            there = f"there are {', '.join(directions)}" if directions else "this model knows none"
            raise Refused(f"There is no attribute {name!r} here; {there}.")
        first = first + amount * directions[name].view_as(first)
    return (first, *others)


def norm(place: Place) -> float:
    """Of the first part, over the root of its size: 1 is where draws from N(0, 1) lie."""
    return round(float(place[0].norm() / place[0].numel() ** 0.5), 4)


def norms(
    find: Find, normal: Sequence[bool], points: Sequence[Point], params: LatentParams, emit: Emit
) -> dict[str, Any]:
    """How far from the centre the place is on a straight and on a round way; nothing where every way is straight, and
    the distance says nothing."""
    if not normal[0]:
        return {}
    asked = {path: replace(params, way="draft", path=path) for path in ("lerp", "slerp")}
    return {"norms": {path: norm(blended(find, normal, points, one, emit)) for path, one in asked.items()}}


def norms_along(
    keys: Sequence[Place], count: int, params: LatentParams, normal: Sequence[bool]
) -> dict[str, list[float]]:
    """How far from the centre each of `count` places on a walk is, by its path; beside the one that is asked for, the
    round and the straight one, where they differ."""
    paths = dict.fromkeys((params.path, *(("slerp", "lerp") if normal[0] else ())))
    loop = params.shape == "loop"
    return {path: [norm(place) for place in ways.walk(keys, count, path, loop, normal)] for path in paths}
