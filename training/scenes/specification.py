"""What a poster scene consists of and how scenes are drawn by lot; knows nothing of pixels or sentences."""

import random
from dataclasses import dataclass, replace

SUBJECTS = (
    "boat", "house", "balloon", "lighthouse", "car", "rocket", "cat", "tent",
    "windmill", "castle", "flower", "mushroom", "robot", "bird", "tree", "whale",
)  # fmt: skip
COLOURS = ("red", "orange", "yellow", "green", "turquoise", "blue", "purple", "pink", "white", "black")
PLACES = ("sea", "beach", "mountains", "desert", "meadow", "city", "snow")
TIMES = ("morning", "day", "sunset", "dusk", "night")
WEATHERS = ("clear", "cloudy", "rain", "snowfall")
SIZES = ("small", "big")
POSITIONS = ("left", "centre", "right")

ATTRIBUTES = {
    "subject": SUBJECTS,
    "colour": COLOURS,
    "place": PLACES,
    "time": TIMES,
    "weather": WEATHERS,
    "size": SIZES,
    "position": POSITIONS,
}

_MIRRORED = {"left": "right", "centre": "centre", "right": "left"}
# Rare weather still needs enough pictures to be learned; big subjects show their shape best.
_WEATHER_WEIGHTS = (5, 3, 2, 2)
_SIZE_WEIGHTS = (3, 7)


@dataclass(frozen=True)
class Scene:
    """Everything that decides a picture: the attributes a caption may name, and a seed for the rest."""

    subject: str
    colour: str
    place: str
    time: str
    weather: str
    size: str
    position: str
    seed: int
    flipped: bool = False


def is_held_out(scene: Scene) -> bool:
    """Whether this subject-colour pair is kept from training, to measure composition (one pair in eight)."""
    return (3 * SUBJECTS.index(scene.subject) + 5 * COLOURS.index(scene.colour)) % 8 == 0


def draw_scene(rng: random.Random) -> Scene:
    """Any scene, held-out pairs included."""
    return Scene(
        subject=rng.choice(SUBJECTS),
        colour=rng.choice(COLOURS),
        place=rng.choice(PLACES),
        time=rng.choice(TIMES),
        weather=rng.choices(WEATHERS, _WEATHER_WEIGHTS)[0],
        size=rng.choices(SIZES, _SIZE_WEIGHTS)[0],
        position=rng.choice(POSITIONS),
        seed=rng.randrange(1 << 30),
    )


def draw_training_scene(rng: random.Random) -> Scene:
    """A scene whose subject-colour pair may be trained on."""
    while is_held_out(scene := draw_scene(rng)):
        pass
    return scene


def mirrored(scene: Scene) -> Scene:
    """The scene that the left-right flipped picture shows."""
    return replace(scene, position=_MIRRORED[scene.position], flipped=not scene.flipped)
