"""Paints a scene as a square picture with the mask of the area in the named colour; knows no captions."""

import random

import numpy as np

from training.scenes.canvas import Canvas
from training.scenes.painter import Painter
from training.scenes.palette import LIGHTS, RGB, Light, darker, lighter, on_ground
from training.scenes.places import HORIZONS, Stage, draw_place
from training.scenes.sky import draw_precipitation, draw_sky
from training.scenes.specification import Scene, mirrored
from training.scenes.subjects import AFLOAT, FLYING, SCALES, draw_subject

PICTURE_SIZE = 256

_SUBJECT_X = {"left": 0.28, "centre": 0.5, "right": 0.72}
_UNIT = {"small": 0.185, "big": 0.29}
_HEIGHT = {"flying": {"small": 0.34, "big": 0.40}, "standing": {"small": 0.80, "big": 0.83}}


def render(scene: Scene, size: int = PICTURE_SIZE) -> tuple[np.ndarray, np.ndarray]:
    """The picture (size, size, 3) as bytes and the mask (size, size) as booleans; the same scene, the same pixels."""
    if scene.flipped:
        picture, mask = render(mirrored(scene), size)
        return picture[:, ::-1], mask[:, ::-1]
    rng = random.Random(scene.seed)
    light = LIGHTS[scene.time]
    canvas = Canvas(size)
    x = _SUBJECT_X[scene.position] + rng.uniform(-0.02, 0.02)
    horizon = HORIZONS[scene.place] + rng.uniform(-0.02, 0.02)
    sun_x = draw_sky(canvas, scene, light, horizon, rng)
    ground = draw_place(scene.place, Stage(canvas, light, rng, horizon, x, sun_x))
    _draw_standing(canvas, scene, light, ground, x, rng)
    draw_precipitation(canvas, scene, light, rng)
    return canvas.finish()


def _draw_standing(canvas: Canvas, scene: Scene, light: Light, ground: RGB, x: float, rng: random.Random) -> None:
    """The subject with what carries it: its shadow, the water round a hull, or an island in the sea."""
    unit = _UNIT[scene.size] * SCALES.get(scene.subject, 1.0) * rng.uniform(0.96, 1.04)
    flies, floats = scene.subject in FLYING, scene.subject in AFLOAT and scene.place == "sea"
    base = _HEIGHT["flying" if flies else "standing"][scene.size]
    if not flies and scene.place != "sea":
        canvas.ellipse(x + 0.1 * unit, base, 0.95 * unit, 0.12 * unit, darker(ground, 0.22))
    elif not flies and not floats:
        canvas.ellipse(x, base + 0.05 * unit, 1.35 * unit, 0.22 * unit, lighter(ground, 0.35))
        canvas.ellipse(x, base, 1.2 * unit, 0.18 * unit, on_ground((240, 208, 146), light))
    painter = Painter(canvas, light, scene.colour, x, base, unit)
    draw_subject(scene.subject, painter, rng.random())
    if floats:
        canvas.ellipse(x, base + 0.03 * unit, 1.1 * unit, 0.1 * unit, lighter(ground, 0.3))
