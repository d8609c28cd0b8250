"""What the generator hands out: a text with its prompt and the facts to judge it by; knows no model."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Facts:
    """What a text is about; an empty string where it says nothing of the kind."""

    form: str  # story, poem, code, drill
    name: str = ""  # of the hero
    hero: str = ""  # what the hero is: fox, baker ...
    place: str = ""  # as it stands in sentences: the desert, Paris
    theme: str = ""
    thing: str = ""
    topic: str = ""  # of a poem
    task: str = ""  # name of the function in the catalogue
    names: tuple[str, ...] = ()  # of everybody in the text
    asked: tuple[str, ...] = ()  # which of these facts the prompt asks for


@dataclass(frozen=True)
class Document:
    """A prompt, perhaps empty, and the text that answers it."""

    prompt: str
    body: str
    facts: Facts = field(default_factory=lambda: Facts("story"))

    @property
    def text(self) -> str:
        return f"{self.prompt}\n{self.body}" if self.prompt else self.body
