"""Puts poems together: rhymed couplets about a topic, some written for it, some for anything; knows no story."""

import random

from training.tales import nouns
from training.tales.document import Document, Facts
from training.tales.grammar import capitalized, expand
from training.tales.verses import ABOUT, RHYMES

ASKING = (
    "Write a poem about {the}", "Write a poem about {topic}", "Tell me a poem about {the}", "A poem about {topic}",
    "Poem. topic: {topic}", "Write a short poem about {the}", "poem about {topic}", "Please write a poem about {the}",
    "Can you write a poem about {the}", "I would like a poem about {topic}", "Write some verses about {the}",
    "Write a rhyme about {the}", "write me a poem on {topic}", "Compose a poem about {topic}",
)  # fmt: skip
BARE = frozenset(["autumn", "spring", "summer", "winter", "friendship", "love", "home"])
TOPICS = tuple(ABOUT)


def with_the(topic: str) -> str:
    return topic if topic in BARE or topic.endswith("s") or topic[0].isupper() else f"the {topic}"


def write_poem(rng: random.Random, topic: str | None = None) -> Document:
    """Two or three stanzas of two couplets; two in five are about a noun that no verse was written for."""
    if topic is None:
        other = (*nouns.HEROES, *nouns.THINGS)
        topic = rng.choice(TOPICS) if rng.random() < 0.6 else rng.choice(other)
    filled = {"the": with_the(topic), "topic": topic}
    own = [tuple(couplet.split(" / ")) for couplet in ABOUT.get(topic, ())]
    rng.shuffle(own)
    classes = rng.sample(sorted(RHYMES), 6)
    stanzas = []
    for _ in range(rng.choice((2, 2, 3))):
        couplets = [_generic(classes.pop(), rng), own.pop() if own else _generic(classes.pop(), rng)]
        if stanzas or rng.random() < 0.5:
            rng.shuffle(couplets)
        lines = [capitalized(expand(line, filled, rng)) for couplet in couplets for line in couplet]
        stanzas.append("\n".join([lines[0] + ",", lines[1] + ".", lines[2] + ",", lines[3] + "."]))
    prompt = ""
    if rng.random() < 0.92:
        prompt = expand(rng.choice(ASKING), filled, rng) + rng.choice((".", ".", ""))
    facts = Facts("poem", topic=topic, asked=("topic",) if prompt else ())
    return Document(prompt, "\n\n".join(stanzas), facts)


def _generic(rhyme: str, rng: random.Random) -> tuple[str, str]:
    """A line that names the topic and one that rhymes with it."""
    first, second = RHYMES[rhyme]
    return rng.choice(first), rng.choice(second)
