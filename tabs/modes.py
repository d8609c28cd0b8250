"""The ways to use a text model: what each is called, asks for and offers to begin with; knows no component."""

from dataclasses import dataclass

from playground import hub
from playground.catalog import Model

SNIPPET = "# Count the vowels in a text\ndef count_vowels(text):"


@dataclass(frozen=True)
class Mode:
    """One way. `asks` is the mode of the generation (see params.MODES)."""

    title: str
    asks: str
    label: str  # of the box
    hint: str
    verb: str  # on the button
    examples: tuple[str, ...] = ()
    cannot: str = ""  # what to say of a model that cannot do it; {title} is the model's


MODES = {
    mode.title: mode
    for mode in (
        Mode(
            "Write",
            "write",
            "Prompt",
            "how the text begins; the model goes on from there",
            "Write",
            (
                "Tell me a story about a brave fox named Mia in the desert.",
                "Once upon a time, in a small village, there lived a shy dragon named",
                "Write a poem about autumn.",
                "Tell me a story about a baker named Tom in the forest.",
            ),
        ),
        Mode(
            "Chat",
            "chat",
            "Message",
            "what you want to say",
            "Send",
            ("What can you do?", "Tell me something about the sea.", "How do I learn to cook?"),
            "{title} has not learned to chat: it goes on from what you write instead of answering it.",
        ),
        Mode(
            "Code",
            "write",
            "Code",
            "how the code begins; the model goes on from there",
            "Write",
            (
                "# Check if a number is prime",
                SNIPPET,
                "def is_even(number):",
                "# Find the largest number in a list",
            ),
            "{title} has not seen code: expect nonsense.",
        ),
        Mode("Use cases", "write", "What the model sees", "fill in the form, or change it here", "Write"),
        Mode(
            "Measure",
            "measure",
            "Text to measure",
            "paste a text: how surprised is the model by each of its tokens?",
            "Measure",
            (
                "Once upon a time there was a little fox.",
                "Time once fox a there upon little was a.",
                "for i in range(10):\n    print(i)",
            ),
        ),
    )
}
FIRST = "Write"


def modes(model: Model) -> list[str]:
    """The titles of what `model` can do; all of them unless its words.json says."""
    return list(hub.words(model).get("modes", MODES))


def asks(mode: str, model: Model, suffix: str = "") -> str:
    """The mode of the generation: a form is a question to a model that chats, and code around a gap is filled in."""
    if mode == "Use cases" and not model.starter and "Chat" in modes(model):
        return "chat"
    if mode == "Code" and suffix:
        return "fill"
    return MODES[mode].asks


def of_params(asked: str) -> str:
    """The mode that shows a generation asked for as `asked` (see params.MODES)."""
    return {"chat": "Chat", "measure": "Measure", "fill": "Code"}.get(asked, FIRST)


def warning(mode: str, model: Model) -> str:
    """What a person should know before they use `mode` with `model`; empty if it can do it."""
    return "" if mode in modes(model) else MODES[mode].cannot.format(title=model.title)
