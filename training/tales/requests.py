"""How people ask for a story, in many phrasings, from whole sentences to key words; knows no plot."""

import random

from training.tales.cast import World, slots
from training.tales.document import Facts
from training.tales.grammar import capitalized, expand
from training.tales.plots import THEMES

ASKING = (
    "tell me a story about", "tell me a story about", "write a story about", "write a short story about",
    "please tell me a story about", "make up a story about", "a story about", "can you tell me a story about",
    "I want to hear a story about", "story about", "write a fairy tale about", "tell me a tale about",
    "tell a bedtime story about", "could you write a story about", "I would like a story about",
    "give me a short story about", "create a story about", "write me a children's story about", "",
)  # fmt: skip
WHO = {
    ("hero", "name"): (
        "{a_kind} named {hero}", "{who} named {hero}", "{who} called {hero}", "{a_kind} called {hero}",
        "{hero} the {kind}", "{hero}, {a_kind}", "{a_kind} whose name is {hero}", "{hero}, {who}",
    ),
    ("hero",): ("{a_kind}", "{who}", "{a_kind}", "a {kind}", "the {kind}"),
    ("name",): ("{hero}", "somebody named {hero}", "{hero} and {his} adventures"),
}  # fmt: skip
WHERE = ("{where}", "{where}", "{where}", "who lives {where}", "living {where}", "set {where}")
WHAT = ("and {a_thing}", "with {a_thing}", "who has {a_thing}", "and {his} {thing}")
LESSON = (
    " that teaches {asked}", " with a lesson about {asked}", ", about {asked}", " who learns about {asked}",
    ". The theme is {asked}", ". It should be about {asked}", ", with the theme {asked}",
)  # fmt: skip
KEYS = {"hero": "kind", "name": "hero", "place": "place", "theme": "theme", "thing": "thing"}


def draw_request(world: World, values: Facts, rng: random.Random) -> tuple[str, tuple[str, ...]]:
    """A prompt for a story of these facts, and the names of the facts that it asks for."""
    chances = {"hero": 0.85, "name": 0.65, "place": 0.5, "theme": 0.6, "thing": 0.2}
    wanted = {key for key, chance in chances.items() if getattr(values, key) and rng.random() < chance}
    if not wanted & {"hero", "name"} and wanted - {"theme"}:
        wanted.add("hero")
    if not wanted:
        return rng.choice(("Tell me a story.", "Write a story.", "Story.", "tell me a story")), ()
    filled = slots(world) | {"theme": values.theme, "asked": rng.choice(THEMES[values.theme].asked)}
    phrased = _as_keywords if rng.random() < 0.12 else compose
    return phrased(wanted, filled, rng), tuple(sorted(wanted))


def draw_request_for_theme(world: World, values: Facts, rng: random.Random) -> tuple[str, tuple[str, ...]]:
    """A prompt that asks for the theme, half of the time with who it is about, and the facts that it asks for."""
    wanted = {"theme"} | set(rng.choice(((), (), ("hero",), ("hero", "name"))))
    filled = slots(world) | {"theme": values.theme, "asked": rng.choice(THEMES[values.theme].asked)}
    return compose(wanted, filled, rng), tuple(sorted(wanted))


def compose(wanted: set[str], filled: dict[str, str], rng: random.Random) -> str:
    """One sentence or two that ask for `wanted`; `filled` has the words."""
    asking = rng.choice(ASKING)
    if wanted == {"theme"}:
        text = f"{asking or 'a story about'} {filled['asked']}"
    else:
        parts = [rng.choice(WHO[tuple(key for key in ("hero", "name") if key in wanted)])]
        if "thing" in wanted:
            parts.append(rng.choice(WHAT))
        if "place" in wanted:
            parts.append(rng.choice(WHERE))
        text = " ".join([asking, *parts]).strip()
        if "place" in wanted and asking.endswith(" about") and rng.random() < 0.12:
            text = " ".join(
                [asking.removesuffix(" about"), rng.choice(("set {where}", "{where}")), "about", *parts[:-1]]
            )
        if "theme" in wanted:
            text += rng.choice(LESSON)
    text = expand(text, filled, rng)
    end = rng.choice("..") if rng.random() < 0.6 else "?" if asking.startswith(("can", "could")) else ""
    return (text if rng.random() < 0.2 else capitalized(text)) + end


def _as_keywords(wanted: set[str], filled: dict[str, str], rng: random.Random) -> str:
    values = [f"{key}: {filled[KEYS[key]]}" for key in sorted(wanted)]
    rng.shuffle(values)
    return rng.choice(("Story. ", "", "Story: ")) + ", ".join(values) + rng.choice((".", ""))
