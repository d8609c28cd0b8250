"""The shapes of the poster subjects, in units around the foot (or the middle of what flies); knows no landscapes."""

import math
from collections.abc import Callable
from dataclasses import replace

from training.scenes.painter import CREAM, DARK, WOOD, Painter

FLYING = ("balloon", "bird")
AFLOAT = ("boat", "whale")
SCALES = {"whale": 0.86, "bird": 0.92, "car": 0.94, "boat": 0.96}
"""The wide ones, made a little smaller to stay inside the picture."""


def draw_subject(name: str, painter: Painter, chance: float) -> None:
    """The subject, in the dark with a bright rim behind it; `chance` varies what may vary."""
    if painter.light.rim:
        _SHAPES[name](replace(painter, rim=True), chance)
    _SHAPES[name](painter, chance)


def _boat(p: Painter, chance: float) -> None:
    p.box(-0.05, 0.3, 0.02, 1.52, WOOD)
    p.polygon([(0.07, 0.46), (0.07, 1.48), (0.8, 0.46)], p.main)
    p.polygon([(-0.1, 0.46), (-0.1, 1.3), (-0.62, 0.46)], p.contrast)
    p.polygon([(-0.9, 0.36), (0.95, 0.36), (0.62, -0.04), (-0.6, -0.04)], p.main)
    p.polygon([(-0.9, 0.36), (0.95, 0.36), (0.87, 0.26), (-0.82, 0.26)], p.contrast)


def _house(p: Painter, chance: float) -> None:
    p.box(0.26, 0.8, 0.44, 1.3, p.roof)
    p.box(-0.62, 0, 0.62, 0.76, p.main)
    p.box(0.3, 0, 0.62, 0.7, p.shade)
    p.polygon([(-0.82, 0.68), (0.0, 1.34), (0.82, 0.68)], p.roof)
    p.box(-0.14, 0, 0.14, 0.46, CREAM)
    for x in (-0.52, 0.32):
        p.box(x, 0.26, x + 0.22, 0.5, p.light.window)


def _balloon(p: Painter, chance: float) -> None:
    p.polygon([(-0.46, -0.3), (-0.14, -0.78), (0.14, -0.78), (0.46, -0.3)], WOOD)
    p.polygon([(-0.62, -0.06), (-0.2, -0.56), (0.2, -0.56), (0.62, -0.06)], p.main)
    p.ellipse(0, 0.2, 0.68, 0.7, p.main)
    p.ellipse(0, 0.2, 0.42, 0.7, p.contrast)
    p.ellipse(0, 0.2, 0.2, 0.7, p.main)
    p.polygon([(-0.37, -0.14), (-0.15, -0.56), (0.15, -0.56), (0.37, -0.14)], p.main)
    p.box(-0.18, -0.98, 0.18, -0.7, WOOD, 0.06)


def _lighthouse(p: Painter, chance: float) -> None:
    p.polygon([(-0.34, 0), (0.34, 0), (0.2, 1.2), (-0.2, 1.2)], p.main)
    p.polygon([(-0.295, 0.36), (0.295, 0.36), (0.263, 0.64), (-0.263, 0.64)], p.contrast)
    p.box(-0.17, 1.2, 0.17, 1.5, (255, 232, 130))
    p.box(-0.3, 1.16, 0.3, 1.26, p.roof)
    p.polygon([(-0.26, 1.48), (0, 1.74), (0.26, 1.48)], p.roof)
    p.box(-0.1, 0, 0.1, 0.22, p.roof)


def _car(p: Painter, chance: float) -> None:
    p.polygon([(-0.62, 0.5), (-0.4, 0.95), (0.3, 0.95), (0.62, 0.5)], p.main)
    p.polygon([(-0.46, 0.53), (-0.3, 0.84), (-0.05, 0.84), (-0.05, 0.53)], p.light.window)
    p.polygon([(0.05, 0.53), (0.05, 0.84), (0.23, 0.84), (0.44, 0.53)], p.light.window)
    p.box(-1.0, 0.14, 1.0, 0.56, p.main, 0.16)
    p.box(-0.9, 0.14, 0.9, 0.24, p.shade)
    p.ellipse(0.9, 0.42, 0.08, 0.08, (255, 236, 150))
    for x in (-0.55, 0.55):
        p.ellipse(x, 0.14, 0.23, 0.23, DARK)
        p.ellipse(x, 0.14, 0.1, 0.1, (214, 214, 222))


def _rocket(p: Painter, chance: float) -> None:
    for side in (-1, 1):
        p.polygon([(0.22 * side, 0.62), (0.62 * side, 0.3), (0.62 * side, 0.0), (0.22 * side, 0.2)], p.roof)
    p.box(-0.18, 0.04, 0.18, 0.3, p.roof)
    p.polygon(
        [(0, 1.78), (0.3, 1.3), (0.36, 0.8), (0.26, 0.16), (-0.26, 0.16), (-0.36, 0.8), (-0.3, 1.3)], p.main, True
    )
    p.polygon([(0, 1.78), (0.15, 1.58), (0.25, 1.38), (-0.25, 1.38), (-0.15, 1.58)], p.contrast)
    p.ellipse(0, 1.0, 0.2, 0.2, p.contrast)
    p.ellipse(0, 1.0, 0.13, 0.13, (112, 190, 232))


def _cat(p: Painter, chance: float) -> None:
    p.polygon(
        [(0.3, 0.02), (0.7, 0.08), (0.86, 0.5), (0.7, 0.78), (0.62, 0.56), (0.56, 0.3), (0.3, 0.2)], p.shade, True
    )
    p.polygon([(-0.44, 0), (-0.46, 0.4), (-0.2, 0.84), (0.2, 0.84), (0.46, 0.4), (0.44, 0)], p.main, True)
    p.ellipse(0, 0.3, 0.2, 0.28, p.contrast)
    for side in (-1, 1):
        p.polygon([(0.44 * side, 1.08), (0.42 * side, 1.52), (0.08 * side, 1.3)], p.main)
    p.ellipse(0, 1.02, 0.48, 0.4, p.main)
    for side in (-1, 1):
        p.eye(0.19 * side, 1.08, 0.1)
    p.polygon([(-0.08, 0.93), (0.08, 0.93), (0, 0.84)], (236, 120, 140))


def _tent(p: Painter, chance: float) -> None:
    p.polygon([(0, 1.2), (1.0, 0), (0.2, 0)], p.shade)
    p.polygon([(-0.85, 0), (0, 1.2), (0.55, 0)], p.main)
    p.polygon([(-0.34, 0), (-0.02, 0.78), (0.18, 0)], DARK)
    p.polygon([(-0.34, 0), (-0.02, 0.78), (-0.14, 0)], p.contrast)


def _windmill(p: Painter, chance: float) -> None:
    p.polygon([(-0.4, 0), (0.4, 0), (0.25, 1.0), (-0.25, 1.0)], p.main)
    p.polygon([(0.12, 0), (0.4, 0), (0.25, 1.0), (0.12, 1.0)], p.shade)
    p.polygon([(-0.32, 0.98), (0, 1.3), (0.32, 0.98)], p.roof)
    p.box(-0.12, 0, 0.12, 0.34, p.roof, 0.05)
    turn = chance * math.pi / 2
    for index in range(4):
        angle = turn + index * math.pi / 2
        along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        corners = ((0.0, 0.0), (0.16, 0.0), (0.78, 0.0), (0.78, 0.2), (0.16, 0.2))
        p.polygon([(a * along[0] + b * across[0], 1.06 + a * along[1] + b * across[1]) for a, b in corners], p.contrast)
    p.ellipse(0, 1.06, 0.09, 0.09, DARK)


def _castle(p: Painter, chance: float) -> None:
    for left in (-0.44, -0.12, 0.2):
        p.box(left, 0.6, left + 0.22, 0.86, p.main)
    p.box(-0.5, 0, 0.5, 0.74, p.main)
    for side in (-1, 1):
        p.box(0.56 * side - 0.2, 0, 0.56 * side + 0.2, 1.06, p.shade)
        p.polygon([(0.56 * side - 0.29, 1.03), (0.56 * side, 1.52), (0.56 * side + 0.29, 1.03)], p.roof)
        p.box(0.56 * side - 0.07, 0.62, 0.56 * side + 0.07, 0.84, p.light.window, 0.06)
    p.box(-0.17, 0, 0.17, 0.44, DARK, 0.15)
    p.box(-0.17, 0, 0.17, 0.2, DARK)


def _flower(p: Painter, chance: float) -> None:
    green = (66, 150, 84)
    p.box(-0.05, 0, 0.05, 0.9, green)
    for side in (-1, 1):
        p.polygon([(0.02 * side, 0.08), (0.3 * side, 0.5), (0.6 * side, 0.46), (0.36 * side, 0.18)], green, True)
    for index in range(6):
        angle = (index + 0.5) * math.pi / 3
        p.ellipse(0.36 * math.cos(angle), 1.08 + 0.36 * math.sin(angle), 0.235, 0.235, p.main)
    p.ellipse(0, 1.08, 0.22, 0.22, (134, 84, 50) if p.colour in ("yellow", "orange", "white") else (255, 216, 84))


def _mushroom(p: Painter, chance: float) -> None:
    p.polygon([(-0.24, 0), (-0.2, 0.6), (0.2, 0.6), (0.24, 0), (0, -0.04)], CREAM, True)
    p.polygon([(-0.78, 0.56), (-0.64, 0.98), (0, 1.32), (0.64, 0.98), (0.78, 0.56), (0, 0.46)], p.main, True)
    for x, y, size in ((-0.36, 0.82, 0.13), (0.05, 1.06, 0.15), (0.42, 0.78, 0.12)):
        p.ellipse(x, y, size, size * 0.85, p.contrast)


def _robot(p: Painter, chance: float) -> None:
    p.box(-0.03, 1.3, 0.03, 1.52, p.roof)
    p.ellipse(0, 1.54, 0.09, 0.09, (255, 120, 96))
    for side in (-1, 1):
        p.box(0.2 * side - 0.11, 0, 0.2 * side + 0.11, 0.3, p.roof, 0.04)
        p.box(0.58 * side - 0.1, 0.26, 0.58 * side + 0.1, 0.76, p.shade, 0.1)
    p.box(-0.45, 0.2, 0.45, 0.82, p.main, 0.12)
    p.box(-0.24, 0.38, 0.24, 0.62, p.contrast, 0.06)
    p.box(-0.42, 0.86, 0.42, 1.38, p.main, 0.14)
    p.box(-0.32, 0.96, 0.32, 1.26, DARK, 0.1)
    for side in (-1, 1):
        p.ellipse(0.15 * side, 1.11, 0.08, 0.08, (140, 240, 236))


def _bird(p: Painter, chance: float) -> None:
    lift = 0.5 + 0.35 * chance
    p.polygon([(-0.4, 0.08), (-1.02, 0.3), (-0.94, -0.02), (-0.5, -0.16)], p.shade)
    p.polygon([(0.66, 0.32), (1.0, 0.18), (0.64, 0.1)], (255, 176, 58))
    p.polygon(
        [(-0.6, 0.0), (-0.1, 0.26), (0.3, 0.46), (0.62, 0.42), (0.72, 0.18), (0.44, -0.2), (-0.1, -0.34)], p.main, True
    )
    p.polygon([(0.22, 0.12), (0.0, lift * 0.9), (-0.42, lift + 0.22), (-0.34, 0.3), (-0.26, -0.02)], p.shade, True)
    p.eye(0.5, 0.26, 0.09)


def _tree(p: Painter, chance: float) -> None:
    p.polygon([(-0.16, 0), (-0.09, 0.8), (0.09, 0.8), (0.16, 0)], WOOD)
    for x, y, size in ((-0.36, 0.86, 0.36), (0.36, 0.86, 0.36), (0, 1.22, 0.44), (0, 0.8, 0.34)):
        p.ellipse(x, y, size, size, p.main)
    p.ellipse(0.2, 0.78, 0.3, 0.22, p.shade)


def _whale(p: Painter, chance: float) -> None:
    p.polygon(
        [(0.62, 0.3), (0.96, 0.62), (0.8, 0.92), (1.06, 0.82), (1.34, 0.9), (1.2, 0.6), (0.98, 0.24)], p.main, True
    )
    p.polygon(
        [(-0.92, 0.34), (-0.74, 0.72), (-0.2, 0.84), (0.4, 0.66), (0.96, 0.36), (0.8, 0.04), (0.2, -0.04),
         (-0.66, -0.04)],
        p.main, True,
    )  # fmt: skip
    p.polygon([(-0.88, 0.22), (-0.4, 0.26), (0.16, 0.1), (0.3, -0.03), (-0.62, -0.03)], p.contrast, True)
    p.eye(-0.52, 0.46, 0.085)
    for side in (-1, 1):
        p.polygon(
            [(-0.2, 0.84), (-0.2 + 0.2 * side, 1.2), (-0.2 + 0.36 * side, 1.1), (-0.2 + 0.22 * side, 1.32)],
            (150, 212, 244),
            True,
        )


_SHAPES: dict[str, Callable[[Painter, float], None]] = {
    "boat": _boat, "house": _house, "balloon": _balloon, "lighthouse": _lighthouse, "car": _car, "rocket": _rocket,
    "cat": _cat, "tent": _tent, "windmill": _windmill, "castle": _castle, "flower": _flower, "mushroom": _mushroom,
    "robot": _robot, "bird": _bird, "tree": _tree, "whale": _whale,
}  # fmt: skip
