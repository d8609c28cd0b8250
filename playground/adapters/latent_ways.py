"""The ways through a latent space: between corners, along key points, sums; knows no family and no picture.

A place is a tuple of tensors, one row each. A part that is drawn from N(0, 1) keeps its distance from the centre under
slerp (Shoemake 1985); any other is taken straight.
"""

import math
from collections.abc import Sequence

import torch

Place = tuple[torch.Tensor, ...]
PARALLEL = 0.9995  # of the cosine: beyond it the formula of slerp divides by next to nothing


def slerp(a: torch.Tensor, b: torch.Tensor, t: float) -> torch.Tensor:
    """From a to b (1, ...) along the great circle, with the norm going evenly from one to the other."""
    x, y = a.flatten().double(), b.flatten().double()
    norms = x.norm(), y.norm()
    if min(norms) == 0:
        return torch.lerp(a, b, t)
    x, y = x / norms[0], y / norms[1]
    cosine = (x @ y).clamp(-1, 1)
    if abs(cosine) > PARALLEL:
        direction = (1 - t) * x + t * y
        direction = direction / direction.norm().clamp_min(1e-12)
    else:
        angle = cosine.acos()
        direction = (((1 - t) * angle).sin() * x + (t * angle).sin() * y) / angle.sin()
    return (direction * ((1 - t) * norms[0] + t * norms[1])).view_as(a).to(a.dtype)


def between(a: Place, b: Place, t: float, round_: Sequence[bool]) -> Place:
    """The place t of the way from a to b. `round_`: the parts that go along the circle."""
    return tuple(slerp(x, y, t) if on else torch.lerp(x, y, t) for x, y, on in zip(a, b, round_, strict=True))


def on_pad(corners: Sequence[Place], x: float, y: float, round_: Sequence[bool]) -> Place:
    """Between four corners: the first two above, the others below, from left to right."""
    above, below = between(corners[0], corners[1], x, round_), between(corners[2], corners[3], x, round_)
    return between(above, below, y, round_)


def summed(places: Sequence[Place], weights: Sequence[float], round_: Sequence[bool] = ()) -> Place:
    """`round_`: the parts that keep their distance from the centre, as slerp does, at the sum of the distances; a plain
    A - B + C of draws lies where no draw lies, 1.7 times as far out."""
    return tuple(
        weighted(part, weights, index < len(round_) and round_[index])
        for index, part in enumerate(zip(*places, strict=True))
    )


def weighted(rows: Sequence[torch.Tensor], weights: Sequence[float], keeps_distance: bool) -> torch.Tensor:
    total = torch.stack([weight * row for weight, row in zip(weights, rows, strict=True)]).sum(0)
    wanted = sum(weight * float(row.norm()) for weight, row in zip(weights, rows, strict=True))
    found = float(total.norm())
    return total * (wanted / found) if keeps_distance and wanted > 0 and found > 0 else total


def walk(keys: Sequence[Place], count: int, path: str, loop: bool, normal: Sequence[bool]) -> list[Place]:
    """`count` places along the key points. `normal`: the parts drawn from N(0, 1). Closed, the last leads to the
    first again, so that the film can be played in a loop."""
    spans = len(keys) if loop else len(keys) - 1
    times = [index * spans / (count if loop else max(1, count - 1)) for index in range(count)]
    if path == "circular":
        return [circular(keys, 2 * math.pi * index / count, normal) for index in range(count)]
    if path == "cubic":
        return [cubic(keys, time, loop) for time in times]
    round_ = [on and path == "slerp" for on in normal]
    found = []
    for time in times:
        start = min(int(time), spans - 1)
        found.append(between(keys[start], keys[(start + 1) % len(keys)], time - start, round_))
    return found


def cubic(keys: Sequence[Place], time: float, loop: bool) -> Place:
    """Catmull and Rom 1974: smooth through all key points."""
    spans, count = (len(keys) if loop else len(keys) - 1), len(keys)
    start = min(int(time), spans - 1)
    t = time - start
    around = [start - 1, start, start + 1, start + 2]
    chosen = [keys[i % count] if loop else keys[min(max(i, 0), count - 1)] for i in around]
    weights = (
        -0.5 * t + t * t - 0.5 * t**3,
        1 - 2.5 * t * t + 1.5 * t**3,
        0.5 * t + 2 * t * t - 1.5 * t**3,
        -0.5 * t * t + 0.5 * t**3,
    )
    return summed(chosen, weights)


def circular(keys: Sequence[Place], angle: float, normal: Sequence[bool]) -> Place:
    """A circle through the first two key points: about the origin where it is the centre, else about their middle."""
    found = []
    for a, b, about_origin in zip(keys[0], keys[1], normal, strict=True):
        if about_origin:
            across = b - (a * b).sum() / a.square().sum().clamp_min(1e-12) * a
            across = across * (a.norm() / across.norm().clamp_min(1e-12))
            found.append(math.cos(angle) * a + math.sin(angle) * across)
        else:
            found.append(torch.lerp(a, b, 0.5 - 0.5 * math.cos(angle)))
    return tuple(found)
