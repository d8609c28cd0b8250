"""Sentences that describe a scene, from full descriptions to a single word; knows nothing of pixels."""

import random

from training.scenes.specification import COLOURS, Scene

SUBJECT_WORDS = {
    "boat": ("boat", "boat", "ship", "sailboat"),
    "house": ("house", "house", "cottage"),
    "balloon": ("balloon", "hot air balloon"),
    "lighthouse": ("lighthouse",),
    "car": ("car",),
    "rocket": ("rocket", "rocket", "spaceship"),
    "cat": ("cat", "cat", "kitten"),
    "tent": ("tent",),
    "windmill": ("windmill",),
    "castle": ("castle",),
    "flower": ("flower",),
    "mushroom": ("mushroom",),
    "robot": ("robot",),
    "bird": ("bird",),
    "tree": ("tree",),
    "whale": ("whale",),
}
PLACE_WORDS = {
    "sea": ("on the sea", "on the sea", "on the ocean", "on the water"),
    "beach": ("on the beach", "on the beach", "at the beach"),
    "mountains": ("in the mountains",),
    "desert": ("in the desert",),
    "meadow": ("in a meadow", "in a meadow", "on green hills"),
    "city": ("in the city", "in the city", "in a city"),
    "snow": ("in the snow", "in the snow", "in winter"),
}
TIME_WORDS = {
    "morning": ("in the morning", "in the morning", "at sunrise"),
    "day": ("by day", "by day", "on a sunny day", "at noon"),
    "sunset": ("at sunset",),
    "dusk": ("at dusk", "at dusk", "in the evening"),
    "night": ("at night",),
}
WEATHER_WORDS = {
    "clear": ("under a clear sky",),
    "cloudy": ("with clouds", "with clouds", "cloudy"),
    "rain": ("in the rain", "in the rain", "rainy"),
    "snowfall": ("in falling snow", "in falling snow", "snowing"),
}
SIZE_WORDS = {"small": ("small", "small", "tiny", "little"), "big": ("big", "big", "large", "huge")}
POSITION_WORDS = {"left": ("on the left",), "centre": ("in the centre", "in the center"), "right": ("on the right",)}

# Words that change nothing, so that the model learns to look past what it does not know.
FILLERS = (
    "beautiful", "pretty", "lovely", "old", "happy", "shiny", "quiet", "funny", "magic", "modern", "wooden",
    "peaceful", "cute", "cosy", "detailed", "minimal", "colourful", "dreamy", "ancient",
)  # fmt: skip
OPENINGS = ("a poster of", "a picture of", "an illustration of", "a painting of", "flat design of")
_SYLLABLES = ("ka", "lo", "mi", "ru", "ten", "dra", "gon", "sel", "vi", "por", "ans", "qui", "zeb", "ish", "el", "uth")


def caption(scene: Scene, rng: random.Random) -> str:
    """Mostly a nearly complete description; one in five says little; one in six holds words that mean nothing."""
    terse = rng.random() < 0.2
    keep = 0.35 if terse else 0.94

    def said(chance: float) -> bool:
        return rng.random() < chance

    noun = [rng.choice(SUBJECT_WORDS[scene.subject])]
    if said(0.6 if terse else 0.97):
        noun.insert(0, scene.colour)
    if said(0.1 if terse else 0.6):
        noun.insert(0, rng.choice(SIZE_WORDS[scene.size]))
    if said(0.16):
        noun.insert(0, _meaningless(rng))
    where = [rng.choice(PLACE_WORDS[scene.place])] if said(keep) else []
    when = [rng.choice(TIME_WORDS[scene.time])] if said(keep) else []
    start = " ".join([_with_article(" ".join(noun)), *(where + when if said(0.75) else when + where)])
    if said(0.08):
        start = f"{rng.choice(OPENINGS)} {start}"
    details = []
    if said(0.15 if terse else 0.45 if scene.weather == "clear" else 0.9):
        details.append(rng.choice(WEATHER_WORDS[scene.weather]))
    if said(0.15 if terse else 0.75):
        details.append(rng.choice(POSITION_WORDS[scene.position]))
    if said(0.04):
        details.append(_meaningless(rng))
    rng.shuffle(details)
    return ", ".join([start, *details])


def full_caption(scene: Scene) -> str:
    """Every attribute, in the plainest words: what the evaluation asks for."""
    words = (SIZE_WORDS[scene.size][0], scene.colour, SUBJECT_WORDS[scene.subject][0])
    start = " ".join([_with_article(" ".join(words)), PLACE_WORDS[scene.place][0], TIME_WORDS[scene.time][0]])
    return f"{start}, {WEATHER_WORDS[scene.weather][0]}, {POSITION_WORDS[scene.position][0]}"


def vocabulary() -> dict[str, list[str] | dict[str, list[str]]]:
    """The words the model is taught, for a page that tells them to people and composes prompts from them."""
    tables = {
        "subjects": SUBJECT_WORDS,
        "sizes": SIZE_WORDS,
        "places": PLACE_WORDS,
        "times": TIME_WORDS,
        "weather": WEATHER_WORDS,
        "positions": POSITION_WORDS,
    }
    words: dict[str, list[str] | dict[str, list[str]]] = {"colours": list(COLOURS)}
    words |= {name: [forms[0] for forms in table.values()] for name, table in tables.items()}
    synonyms = {forms[0]: sorted(set(forms) - {forms[0]}) for table in tables.values() for forms in table.values()}
    words["synonyms"] = {word: others for word, others in synonyms.items() if others}
    return words


def _with_article(words: str) -> str:
    return ("an " if words[0] in "aeiou" else "a ") + words


def _meaningless(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return rng.choice(FILLERS)
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(1, 3)))
