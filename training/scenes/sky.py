"""Sky, sun, moon, clouds, rain and snow of a poster scene; knows nothing of land or subjects."""

import random

from training.scenes.canvas import Canvas
from training.scenes.palette import RGB, Light, darker, lighter, mix
from training.scenes.specification import Scene

_SUBJECT_SIDE = {"left": 0.74, "centre": 0.2, "right": 0.24}
_GREY: RGB = (120, 130, 150)


def draw_sky(canvas: Canvas, scene: Scene, light: Light, horizon: float, rng: random.Random) -> float | None:
    """Everything above the land; returns where the sun stands, or None where it casts no path of light."""
    stops = light.sky
    if scene.weather == "rain":
        stops = tuple(mix(stop, darker(_GREY, 0.2), 0.35) for stop in stops)
    canvas.gradient(stops, horizon)
    across = _SUBJECT_SIDE[scene.position] + rng.uniform(-0.05, 0.05)
    if scene.position == "centre" and rng.random() < 0.5:
        across = 1 - across
    if scene.time in ("dusk", "night"):
        _draw_stars(canvas, rng, 3 if scene.time == "dusk" else 7, horizon)
    if scene.time != "dusk" and scene.weather in ("clear", "cloudy"):
        _draw_orb(canvas, scene, light, across, horizon)
    if scene.weather == "cloudy":
        _draw_clouds(canvas, light, rng)
    elif scene.weather in ("rain", "snowfall"):
        _draw_cloud_bank(canvas, scene, light, rng)
    return across if scene.weather in ("clear", "cloudy") else None


def draw_precipitation(canvas: Canvas, scene: Scene, light: Light, rng: random.Random) -> None:
    """Few and large drops or flakes in front of everything, evenly scattered so that none is a speck of noise."""
    if scene.weather not in ("rain", "snowfall"):
        return
    for row in range(4):
        for column in range(4):
            x = (column + 0.25 + rng.uniform(-0.12, 0.12) + 0.5 * (row % 2)) / 4
            y = (row + 0.7 + rng.uniform(-0.15, 0.15)) / 4
            if scene.weather == "rain":
                drop = [(x, y), (x + 0.018, y + 0.005), (x - 0.005, y + 0.075), (x - 0.023, y + 0.07)]
                canvas.polygon(drop, mix((160, 200, 236), light.tint, light.ground_tint * 0.5))
            else:
                canvas.ellipse(x, y, 0.018, 0.018, mix((255, 255, 255), light.tint, light.ground_tint * 0.25))


def _draw_orb(canvas: Canvas, scene: Scene, light: Light, across: float, horizon: float) -> None:
    height, radius = {
        "morning": (horizon * 0.62, 0.075),
        "day": (horizon * 0.26, 0.082),
        "sunset": (horizon * 0.84, 0.115),
        "night": (horizon * 0.28, 0.078),
    }[scene.time]
    middle = light.sky[1] if height > horizon / 3 else mix(light.sky[0], light.sky[1], 0.5)
    for scale, share in ((1.9, 0.16), (1.4, 0.34)):
        canvas.ellipse(across, height, radius * scale, radius * scale, mix(middle, light.glow, share))
    canvas.ellipse(across, height, radius, radius, light.glow)
    if scene.time == "night":
        for dx, dy, size in ((-0.3, -0.2, 0.24), (0.3, 0.3, 0.18)):
            canvas.ellipse(
                across + dx * radius, height + dy * radius, size * radius, size * radius, darker(light.glow, 0.14)
            )


def _draw_stars(canvas: Canvas, rng: random.Random, count: int, horizon: float) -> None:
    for index in range(count):
        x = (index + rng.uniform(0.2, 0.8)) / count
        y = rng.uniform(0.04, 0.72) * horizon
        radius = rng.uniform(0.008, 0.010)
        canvas.polygon(
            [(x, y - 1.5 * radius), (x + radius, y), (x, y + 1.5 * radius), (x - radius, y)], (250, 244, 214)
        )


def _draw_clouds(canvas: Canvas, light: Light, rng: random.Random) -> None:
    places = [0.16, 0.5, 0.84]
    rng.shuffle(places)
    for index, x in enumerate(places):
        _draw_cloud(
            canvas,
            x + rng.uniform(-0.05, 0.05),
            0.12 + 0.08 * index + rng.uniform(-0.02, 0.02),
            rng.uniform(0.11, 0.15),
            light.cloud,
        )


def _draw_cloud(canvas: Canvas, x: float, y: float, width: float, colour: RGB) -> None:
    """Round humps on a flat base."""
    base = y + 0.3 * width
    canvas.box((x - width, base - 0.4 * width, x + width, base), colour, radius=0.2 * width)
    for dx, dy, radius in ((-0.42, -0.1, 0.36), (0.06, -0.28, 0.48), (0.5, -0.06, 0.3)):
        canvas.ellipse(x + dx * width, y + dy * width, radius * width, radius * width, colour)


def _draw_cloud_bank(canvas: Canvas, scene: Scene, light: Light, rng: random.Random) -> None:
    """A closed cover of cloud along the upper edge: grey for rain, pale for snow."""
    if scene.weather == "rain":
        colour = mix(darker(_GREY, 0.15), light.tint, light.ground_tint * 0.8)
    else:
        colour = mix(lighter(_GREY, 0.62), light.tint, light.ground_tint * 0.7)
    for depth, shade in ((0.13, 0.16), (0.06, 0.0)):
        shift = rng.uniform(0, 0.2)
        canvas.box((-0.1, -0.1, 1.1, depth), darker(colour, shade))
        for index in range(6):
            x = index * 0.22 - 0.1 + shift
            canvas.ellipse(x, depth, 0.14, rng.uniform(0.045, 0.075), darker(colour, shade))
