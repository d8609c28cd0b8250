"""A brush in the subject's own coordinates and colours; knows no single subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.scenes.canvas import Canvas, Point, smooth
from training.scenes.palette import NAMED_COLOURS, RGB, Light, darker, lighter, on_subject

_RIM = 0.0055
DARK: RGB = (58, 52, 78)
CREAM: RGB = (252, 242, 222)
WOOD: RGB = (140, 96, 66)
_SLATE: RGB = (98, 90, 128)


@dataclass(frozen=True)
class Painter:
    """Draws in the subject's own coordinates: x to the right, y upwards, one unit long."""

    canvas: Canvas
    light: Light
    colour: str
    x: float
    y: float
    unit: float
    rim: bool = False

    @property
    def main(self) -> RGB:
        return NAMED_COLOURS[self.colour]

    @property
    def shade(self) -> RGB:
        """The named colour on the side away from the light."""
        return lighter(self.main, 0.14) if self.colour == "black" else darker(self.main, 0.13)

    @property
    def contrast(self) -> RGB:
        """For spots and stripes that must show on any named colour."""
        return (206, 200, 204) if self.colour == "white" else CREAM

    @property
    def roof(self) -> RGB:
        """For roofs and caps beside the named colour."""
        return (150, 142, 176) if self.colour == "black" else _SLATE

    def polygon(self, points: Sequence[Point], colour: RGB, round_: bool = False) -> None:
        outline = [(self.x + x * self.unit, self.y - y * self.unit) for x, y in points]
        self.canvas.polygon(smooth(outline) if round_ else outline, *self._look(colour))

    def ellipse(self, x: float, y: float, width: float, height: float, colour: RGB) -> None:
        unit = self.unit
        self.canvas.ellipse(self.x + x * unit, self.y - y * unit, width * unit, height * unit, *self._look(colour))

    def box(self, left: float, bottom: float, right: float, top: float, colour: RGB, radius: float = 0.0) -> None:
        corners = tuple(
            origin + sign * value * self.unit
            for origin, sign, value in ((self.x, 1, left), (self.y, -1, top), (self.x, 1, right), (self.y, -1, bottom))
        )
        colour, named, grow = self._look(colour)
        self.canvas.box((corners[0], corners[1], corners[2], corners[3]), colour, radius * self.unit, named, grow)

    def eye(self, x: float, y: float, size: float) -> None:
        self.ellipse(x, y, size, size, (255, 255, 255))
        self.ellipse(x, y, 0.55 * size, 0.55 * size, (30, 26, 44))

    def _look(self, colour: RGB) -> tuple[RGB, bool, float]:
        """Colour in this light, whether it is the named colour, and how much to grow; the rim is drawn first."""
        if self.rim and self.light.rim:
            return self.light.rim, False, _RIM
        return on_subject(colour, self.light), colour in (self.main, self.shade), 0.0
