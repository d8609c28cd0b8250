"""The colours of the poster scenes and how the time of day tints them; knows nothing of shapes."""

from dataclasses import dataclass

RGB = tuple[int, int, int]

WHITE: RGB = (255, 255, 255)

# Told apart by hue, or by lightness where there is no hue, in every light below.
NAMED_COLOURS: dict[str, RGB] = {
    "red": (222, 50, 54),
    "orange": (246, 138, 36),
    "yellow": (253, 214, 62),
    "green": (48, 164, 80),
    "turquoise": (58, 200, 196),
    "blue": (44, 98, 214),
    "purple": (130, 66, 184),
    "pink": (248, 134, 184),
    "white": (248, 248, 244),
    "black": (46, 46, 58),
}


@dataclass(frozen=True)
class Light:
    """One time of day: its sky from top to horizon, its tint, what shines, and the rim that the dark needs."""

    sky: tuple[RGB, RGB, RGB]
    tint: RGB
    ground_tint: float
    subject_tint: float
    cloud: RGB
    rim: RGB | None
    window: RGB
    glow: RGB


LIGHTS: dict[str, Light] = {
    "morning": Light(
        sky=((148, 196, 226), (238, 222, 214), (255, 206, 178)),
        tint=(255, 208, 180), ground_tint=0.20, subject_tint=0.05,
        cloud=(255, 244, 238), rim=None, window=(190, 226, 240), glow=(255, 240, 196),
    ),
    "day": Light(
        sky=((52, 150, 232), (122, 198, 246), (204, 238, 252)),
        tint=WHITE, ground_tint=0.0, subject_tint=0.0,
        cloud=WHITE, rim=None, window=(196, 232, 248), glow=(255, 220, 84),
    ),
    "sunset": Light(
        sky=((122, 52, 122), (232, 88, 84), (255, 188, 84)),
        tint=(236, 92, 60), ground_tint=0.30, subject_tint=0.07,
        cloud=(250, 160, 132), rim=None, window=(255, 224, 130), glow=(255, 222, 120),
    ),
    "dusk": Light(
        sky=((44, 40, 112), (116, 76, 164), (236, 146, 180)),
        tint=(78, 48, 128), ground_tint=0.46, subject_tint=0.10,
        cloud=(170, 112, 178), rim=(214, 166, 214), window=(255, 218, 130), glow=(255, 226, 214),
    ),
    "night": Light(
        sky=((9, 14, 48), (20, 36, 88), (40, 72, 132)),
        tint=(14, 26, 76), ground_tint=0.62, subject_tint=0.14,
        cloud=(70, 92, 150), rim=(120, 150, 204), window=(255, 222, 130), glow=(246, 242, 214),
    ),
}  # fmt: skip


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """`first` with `share` of `second` in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def darker(colour: RGB, share: float = 0.2) -> RGB:
    return mix(colour, (16, 14, 40), share)


def lighter(colour: RGB, share: float = 0.25) -> RGB:
    return mix(colour, WHITE, share)


def on_ground(colour: RGB, light: Light) -> RGB:
    """A landscape colour in this light."""
    return mix(colour, light.tint, light.ground_tint)


def on_subject(colour: RGB, light: Light) -> RGB:
    """A subject colour in this light: tinted so little that its name stays right."""
    return mix(colour, light.tint, light.subject_tint)
