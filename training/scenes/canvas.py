"""Antialiased shapes on a square picture, and the mask of the area painted in the named colour; knows no scenes."""

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from training.scenes.palette import RGB

Point = tuple[float, float]


class Canvas:
    """A picture in coordinates from 0 to 1 (y downwards), drawn `oversampling` times too large."""

    def __init__(self, size: int, oversampling: int = 2):
        self.oversampling = oversampling
        self.side = size * oversampling
        self.image = Image.new("RGB", (self.side, self.side))
        self.mask = Image.new("L", (self.side, self.side))
        self._draw = ImageDraw.Draw(self.image)
        self._draw_mask = ImageDraw.Draw(self.mask)
        self._has_named = False

    def gradient(self, stops: Sequence[RGB], bottom: float) -> None:
        """Fills the picture from the top to `bottom` with colours spread evenly, the rest with the last one."""
        heights = np.linspace(0, bottom, len(stops))
        rows = np.arange(self.side) / self.side
        channels = [np.interp(rows, heights, [stop[channel] for stop in stops]) for channel in range(3)]
        column = np.stack(channels, axis=1).round().astype(np.uint8)
        image = Image.fromarray(column[:, None, :]).resize((self.side, self.side), Image.Resampling.NEAREST)
        self.image.paste(image)

    def polygon(self, points: Sequence[Point], colour: RGB, named: bool = False, grow: float = 0.0) -> None:
        pixels = [(x * self.side, y * self.side) for x, y in points]
        for draw, fill in self._layers(colour, named):
            draw.polygon(pixels, fill=fill)
            if grow:
                width = round(2 * grow * self.side)
                draw.line([*pixels, pixels[0], pixels[1]], fill=fill, width=width, joint="curve")

    def ellipse(
        self, x: float, y: float, width: float, height: float, colour: RGB, named: bool = False, grow: float = 0.0
    ) -> None:
        """`width` and `height` are the two radii."""
        width, height = width + grow, height + grow
        corners = [(x - width) * self.side, (y - height) * self.side, (x + width) * self.side, (y + height) * self.side]
        for draw, fill in self._layers(colour, named):
            draw.ellipse(corners, fill=fill)

    def box(
        self,
        corners: tuple[float, float, float, float],
        colour: RGB,
        radius: float = 0.0,
        named: bool = False,
        grow: float = 0.0,
    ) -> None:
        """`corners` is left, top, right, bottom."""
        left, top, right, bottom = corners
        edges = [(left - grow), (top - grow), (right + grow), (bottom + grow)]
        for draw, fill in self._layers(colour, named):
            draw.rounded_rectangle([edge * self.side for edge in edges], (radius + grow) * self.side, fill=fill)

    def finish(self) -> tuple[np.ndarray, np.ndarray]:
        """The picture (height, width, 3) as bytes and the mask (height, width) as booleans."""
        picture = self.image.reduce(self.oversampling)
        mask = self.mask.reduce(self.oversampling)
        return np.asarray(picture), np.asarray(mask) > 127

    def _layers(self, colour: RGB, named: bool):
        yield self._draw, colour
        self._has_named = self._has_named or named
        if self._has_named:  # what is drawn before the subject cannot cover it
            yield self._draw_mask, 255 if named else 0


def smooth(points: Sequence[Point], steps: int = 6) -> list[Point]:
    """A closed round outline through the points (Catmull-Rom)."""
    outline = np.asarray(points)
    before, after, beyond = (np.roll(outline, shift, axis=0)[:, None] for shift in (1, -1, -2))
    here = outline[:, None]
    t = (np.arange(steps) / steps)[None, :, None]
    curve = 0.5 * (
        2 * here
        + (after - before) * t
        + (2 * before - 5 * here + 4 * after - beyond) * t**2
        + (3 * here - before - 3 * after + beyond) * t**3
    )
    return [(float(x), float(y)) for x, y in curve.reshape(-1, 2)]


def wave(height: float, swings: Sequence[tuple[float, float, float]], steps: int = 40) -> list[Point]:
    """The area below a wavy line; a swing is (amplitude, waves across the picture, phase)."""
    line = [
        (x, height + sum(size * math.sin(2 * math.pi * (waves * x + phase)) for size, waves, phase in swings))
        for x in (step / steps for step in range(steps + 1))
    ]
    return [*line, (1.0, 1.0), (0.0, 1.0)]
