"""Paints a scene as a square picture with the mask of the area in the named colour; knows no captions."""

import random

import numpy as np

from training.scenes.canvas import Canvas
from training.scenes.palette import LIGHTS, RGB, Light, darker, lighter, on_ground
from training.scenes.places import HORIZONS, Stage, draw_place
from training.scenes.sky import draw_precipitation, draw_sky
from training.scenes.specification import Scene
from training.scenes.subjects import AFLOAT, FLYING, SCALES, Painter, draw_subject

PICTURE_SIZE = 256

_SUBJECT_X = {"left": 0.28, "centre": 0.5, "right": 0.72}
_UNIT = {"small": 0.185, "big": 0.29}


def render(scene: Scene, size: int = PICTURE_SIZE) -> tuple[np.ndarray, np.ndarray]:
    """The picture (size, size, 3) as bytes and the mask (size, size) as booleans; the same scene, the same pixels."""
    rng = random.Random(scene.seed)
    light = LIGHTS[scene.time]
    canvas = Canvas(size)
    painted = scene.position if not scene.flipped else {"left": "right", "right": "left"}.get(scene.position, "centre")
    scene_as_painted = Scene(**{**scene.__dict__, "position": painted, "flipped": False})
    x = _SUBJECT_X[painted] + rng.uniform(-0.02, 0.02)
    horizon = HORIZONS[scene.place] + rng.uniform(-0.02, 0.02)
    sun_x = draw_sky(canvas, scene_as_painted, light, horizon, rng)
    ground = draw_place(scene.place, Stage(canvas, light, rng, horizon, x, sun_x))
    _draw_standing(canvas, scene, light, ground, x, rng)
    draw_precipitation(canvas, scene, light, rng)
    picture, mask = canvas.finish()
    return (picture[:, ::-1], mask[:, ::-1]) if scene.flipped else (picture, mask)


def _draw_standing(canvas: Canvas, scene: Scene, light: Light, ground: RGB, x: float, rng: random.Random) -> None:
    """The subject with what carries it: its shadow, the water round a hull, or an island in the sea."""
    unit = _UNIT[scene.size] * SCALES.get(scene.subject, 1.0) * rng.uniform(0.96, 1.04)
    if scene.subject in FLYING:
        base = 0.40 if scene.size == "big" else 0.34
    else:
        base = 0.83 if scene.size == "big" else 0.80
    if scene.subject not in FLYING:
        if scene.place != "sea":
            canvas.ellipse(x + 0.1 * unit, base, 0.95 * unit, 0.12 * unit, darker(ground, 0.22))
        elif scene.subject not in AFLOAT:
            canvas.ellipse(x, base + 0.05 * unit, 1.35 * unit, 0.22 * unit, lighter(ground, 0.35))
            canvas.ellipse(x, base, 1.2 * unit, 0.18 * unit, on_ground((240, 208, 146), light))
    painter = Painter(canvas, light, scene.colour, x, base, unit)
    draw_subject(scene.subject, painter, rng.random())
    if scene.place == "sea" and scene.subject in AFLOAT:
        canvas.ellipse(x, base + 0.03 * unit, 1.1 * unit, 0.1 * unit, lighter(ground, 0.3))
