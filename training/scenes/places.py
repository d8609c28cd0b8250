"""The landscapes of the poster scenes, layered from far to near; knows nothing of subjects but where they stand."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from training.scenes.canvas import Canvas, Point, smooth, wave
from training.scenes.palette import RGB, Light, darker, lighter, mix, on_ground

HORIZONS = {
    "sea": 0.58, "beach": 0.54, "mountains": 0.66, "desert": 0.62, "meadow": 0.62, "city": 0.74, "snow": 0.64,
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """What a landscape painter is given."""

    canvas: Canvas
    light: Light
    rng: random.Random
    horizon: float
    subject_x: float
    sun_x: float | None

    def tone(self, colour: RGB) -> RGB:
        return on_ground(colour, self.light)

    def hill(self, height: float, amplitude: float, colour: RGB, waves: float = 1.0) -> None:
        swings = [(amplitude, waves, self.rng.random()), (amplitude * 0.35, waves * 2.3, self.rng.random())]
        self.canvas.polygon(wave(height, swings), colour)

    def aside(self, count: int) -> list[float]:
        """Places for scenery that keep away from the subject."""
        free = [x for x in (0.07, 0.22, 0.36, 0.64, 0.78, 0.93) if abs(x - self.subject_x) > 0.26]
        self.rng.shuffle(free)
        return [x + self.rng.uniform(-0.03, 0.03) for x in free[:count]]


def draw_place(name: str, stage: Stage) -> RGB:
    """Paints the land and returns the colour of the ground under the subject."""
    return _PAINTERS[name](stage)


def _sea(stage: Stage) -> RGB:
    canvas, horizon = stage.canvas, stage.horizon
    water = stage.tone((32, 120, 186))
    far = mix(water, stage.light.sky[2], 0.25)
    canvas.box((-0.1, horizon, 1.1, 1.1), far)
    if stage.sun_x is not None:
        _draw_path_of_light(stage, far)
    for index, height in enumerate((0.70, 0.80, 0.91)):
        stage.hill(height, 0.012, darker(water, 0.02 + 0.11 * index), waves=2.6 - 0.5 * index)
    return darker(water, 0.13)


def _draw_path_of_light(stage: Stage, water: RGB) -> None:
    """Bars of reflected light that widen towards the viewer."""
    assert stage.sun_x is not None
    colour = mix(water, stage.light.glow, 0.5)
    for index in range(3):
        width, y = 0.06 + 0.025 * index, stage.horizon + 0.022 + 0.032 * index
        stage.canvas.box((stage.sun_x - width, y, stage.sun_x + width, y + 0.014), colour, radius=0.007)


def _beach(stage: Stage) -> RGB:
    canvas, horizon = stage.canvas, stage.horizon
    water, sand = stage.tone((44, 156, 196)), stage.tone((242, 214, 158))
    canvas.box((-0.1, horizon, 1.1, 1.1), darker(water, 0.12))
    canvas.box((-0.1, horizon + 0.055, 1.1, 1.1), water)
    swings = [(0.016, 1.2, stage.rng.random())]
    canvas.polygon(wave(horizon + 0.118, swings), mix(water, (255, 255, 255), 0.7))
    canvas.polygon(wave(horizon + 0.14, swings), darker(sand, 0.08))
    canvas.polygon(wave(horizon + 0.175, swings), sand)
    for x in stage.aside(1):
        _draw_palm(stage, x)
    return sand


def _draw_palm(stage: Stage, x: float) -> None:
    base, height = 0.84, stage.rng.uniform(0.42, 0.5)
    lean = 0.07 if x < 0.5 else -0.07
    top_x, top = x + lean, base - height
    trunk = stage.tone((150, 104, 70))
    stage.canvas.polygon(
        [(x - 0.022, base), (x + lean * 0.55 - 0.014, base - height * 0.5), (top_x - 0.012, top),
         (top_x + 0.012, top), (x + lean * 0.55 + 0.014, base - height * 0.5), (x + 0.022, base)], trunk,
    )  # fmt: skip
    leaf = stage.tone((46, 142, 84))
    for dx, dy, share in ((-0.17, 0.03, 0.14), (0.17, 0.03, 0.14), (-0.12, -0.08, 0.0), (0.12, -0.08, 0.0)):
        tip = (top_x + dx, top + dy + 0.04)
        bow = (top_x + dx * 0.55, top + dy - 0.045)
        under = (top_x + dx * 0.55, top + dy + 0.005)
        stage.canvas.polygon(smooth([(top_x, top - 0.01), bow, tip, under, (top_x, top + 0.02)]), darker(leaf, share))


def _mountains(stage: Stage) -> RGB:
    horizon, rock = stage.horizon, stage.tone((108, 122, 168))
    haze = mix(lighter(rock, 0.2), stage.light.sky[1], 0.45)
    stage.hill(horizon - 0.13, 0.06, haze, waves=1.6)
    count = stage.rng.choice((2, 3))
    for index in range(count):
        x = (index + 0.5) / count + stage.rng.uniform(-0.06, 0.06)
        _draw_peak(stage, x, stage.rng.uniform(0.32, 0.42), rock)
    grass = stage.tone((92, 164, 104))
    stage.hill(horizon + 0.02, 0.02, darker(grass, 0.16))
    stage.hill(horizon + 0.12, 0.02, grass)
    for x in stage.aside(2):
        _draw_pine(stage, x, 0.83, stage.rng.uniform(0.15, 0.2), stage.tone((44, 108, 88)))
    return grass


def _draw_peak(stage: Stage, x: float, height: float, rock: RGB) -> None:
    base, width = stage.horizon + 0.06, height * 0.95
    top = base - height
    snow = mix((250, 250, 255), stage.light.tint, stage.light.ground_tint * 0.5)
    stage.canvas.polygon([(x - width, base), (x, top), (x + width, base)], rock)
    stage.canvas.polygon([(x, top), (x + width, base), (x + 0.12 * width, base)], darker(rock, 0.2))
    cap, slope = 0.3, width / height
    left, right, low = x - cap * height * slope, x + cap * height * slope, top + cap * height
    middle: Point = (x + 0.02, low - 0.035)
    stage.canvas.polygon([(x, top), (left, low), (x - 0.035, low - 0.02), middle], snow)
    stage.canvas.polygon([(x, top), middle, (x + 0.05, low + 0.005), (right, low)], darker(snow, 0.12))


def _draw_pine(stage: Stage, x: float, base: float, height: float, colour: RGB, snow: RGB | None = None) -> None:
    stage.canvas.box((x - 0.012, base - 0.2 * height, x + 0.012, base), stage.tone((104, 76, 62)))
    for index in range(3):
        width, bottom = height * (0.36 - 0.08 * index), base - height * (0.14 + 0.26 * index)
        top = bottom - height * 0.4
        stage.canvas.polygon([(x - width, bottom), (x, top), (x + width, bottom)], colour)
        if snow:
            stage.canvas.polygon(
                [(x - width * 0.45, bottom - height * 0.22), (x, top), (x + 0.1 * width, top + 0.22 * height)], snow
            )


def _desert(stage: Stage) -> RGB:
    horizon, sand = stage.horizon, stage.tone((238, 186, 108))
    mesa = mix(stage.tone((204, 110, 76)), stage.light.sky[2], 0.25)
    for x in stage.aside(1):
        stage.canvas.polygon(
            [
                (x - 0.2, horizon + 0.1),
                (x - 0.13, horizon - 0.12),
                (x + 0.11, horizon - 0.12),
                (x + 0.18, horizon + 0.1),
            ],
            mesa,
        )
    stage.hill(horizon + 0.02, 0.035, darker(sand, 0.2))
    stage.hill(horizon + 0.1, 0.035, darker(sand, 0.07))
    stage.hill(horizon + 0.2, 0.025, lighter(sand, 0.1))
    for x in stage.aside(2):
        _draw_cactus(stage, x, horizon + stage.rng.uniform(0.14, 0.2))
    return lighter(sand, 0.1)


def _draw_cactus(stage: Stage, x: float, base: float) -> None:
    height, green = stage.rng.uniform(0.16, 0.21), stage.tone((58, 138, 92))
    width = height * 0.11
    box = stage.canvas.box
    box((x - width, base - height, x + width, base), green, radius=width)
    for side, low, high in ((-1, 0.35, 0.75), (1, 0.45, 0.85)):
        middle = x + side * 3.1 * width
        left, right = sorted((x, middle))
        box(
            (left - 0.5 * width, base - (low + 0.11) * height, right + 0.5 * width, base - low * height),
            green,
            width * 0.7,
        )
        box(
            (middle - 0.75 * width, base - high * height, middle + 0.75 * width, base - low * height),
            green,
            width * 0.7,
        )


def _meadow(stage: Stage) -> RGB:
    horizon, grass = stage.horizon, stage.tone((122, 196, 92))
    stage.hill(horizon - 0.03, 0.04, mix(lighter(grass, 0.2), stage.light.sky[2], 0.25))
    stage.hill(horizon + 0.06, 0.035, darker(grass, 0.12))
    for x in stage.aside(2):
        _draw_bush(stage, x, horizon + 0.1)
    stage.hill(horizon + 0.14, 0.025, grass)
    for x in stage.aside(3):
        y = stage.rng.uniform(0.86, 0.94)
        petals = stage.rng.choice(((255, 255, 255), (255, 226, 110)))
        stage.canvas.ellipse(x, y, 0.016, 0.016, stage.tone(petals))
    return grass


def _draw_bush(stage: Stage, x: float, base: float) -> None:
    green = stage.tone((72, 150, 80))
    stage.canvas.box((x - 0.011, base - 0.1, x + 0.011, base + 0.05), stage.tone((120, 86, 64)))
    stage.canvas.ellipse(x, base - 0.11, 0.062, 0.075, green)


def _city(stage: Stage) -> RGB:
    horizon, wall = stage.horizon, stage.tone((112, 128, 172))
    for far in (True, False):
        x = -stage.rng.uniform(0.0, 0.1)
        while x < 1:
            width = stage.rng.uniform(0.13, 0.18)
            height = stage.rng.uniform(0.36, 0.56) if far else stage.rng.uniform(0.16, 0.34)
            shade = (
                mix(lighter(wall, 0.12), stage.light.sky[1], 0.4)
                if far
                else darker(wall, stage.rng.choice((0.1, 0.24)))
            )
            stage.canvas.box((x, horizon - height, x + width, horizon + 0.02), shade)
            if not far:
                _draw_windows(stage, x, width, height, shade)
            x += width + (0.0 if far else stage.rng.uniform(0.01, 0.06))
    road = stage.tone((92, 94, 112))
    stage.canvas.box((-0.1, horizon, 1.1, 1.1), stage.tone((186, 184, 190)))
    stage.canvas.box((-0.1, horizon + 0.045, 1.1, 1.1), road)
    shift = stage.rng.uniform(0, 0.2)
    for index in range(-1, 5):
        stage.canvas.box((index * 0.25 + shift, 0.915, index * 0.25 + shift + 0.12, 0.935), stage.tone((238, 232, 206)))
    return road


def _draw_windows(stage: Stage, x: float, width: float, height: float, wall: RGB) -> None:
    """Large panes in even rows: small ones at random would be noise to a small model."""
    for row in range(int((height - 0.03) / 0.11)):
        for column in (0.18, 0.58):
            left, top = x + column * width, stage.horizon - height + 0.035 + 0.11 * row
            stage.canvas.box((left, top, left + 0.24 * width, top + 0.055), mix(wall, stage.light.window, 0.7))


def _snow(stage: Stage) -> RGB:
    horizon = stage.horizon
    snow = mix((226, 236, 250), stage.light.tint, stage.light.ground_tint * 0.75)
    stage.hill(horizon, 0.045, mix(darker(snow, 0.14), stage.light.sky[1], 0.2))
    for x in stage.aside(3):
        _draw_pine(stage, x, horizon + 0.1, stage.rng.uniform(0.2, 0.28), stage.tone((46, 112, 100)), snow)
    stage.hill(horizon + 0.09, 0.03, darker(snow, 0.07))
    stage.hill(horizon + 0.2, 0.02, snow)
    return snow


_PAINTERS: dict[str, Callable[[Stage], RGB]] = {
    "sea": _sea, "beach": _beach, "mountains": _mountains, "desert": _desert, "meadow": _meadow, "city": _city,
    "snow": _snow,
}  # fmt: skip
