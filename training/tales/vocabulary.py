"""What the model was taught, for a page that tells it to people and composes prompts from it; knows no model."""

from training.tales import nouns, places, poems
from training.tales.functions import CATALOGUE
from training.tales.plots import THEMES

TEMPLATES = (
    "Tell me a story about {a_adjective} {hero} named {name} {place}.",
    "Write a story about {a_hero} named {name} who learns about {theme}.",
    "Tell me a story about {name} the {hero} {place}.",
    "Write a short story about {a_hero} {place}.",
    "Tell me a story about {theme}.",
    "Write a poem about {poem_topic}.",
    "# {Code_task}",
)


def vocabulary() -> dict[str, list[str]]:
    """Roles and their words; in `prompts`, {role} stands for one of them, {a_role} for it with its article."""
    return {
        "heroes": list(nouns.HEROES),
        "names": [*nouns.SHE_NAMES, *nouns.HE_NAMES],
        "adjectives": list(nouns.ADJECTIVES),
        "places": [place.where for place in places.PLAIN],
        "themes": list(THEMES),
        "things": list(nouns.THINGS),
        "poem_topics": list(poems.TOPICS),
        "code_tasks": [task.phrases[0] for task in CATALOGUE.values()],
        "prompts": list(TEMPLATES),
    }
