"""What a plot is: a theme, a sentence or two for each beat, and how the theme is said; knows no story."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plot:
    """Beats in order, in the notation of `grammar`; whatever is chosen, a beat names the same character first."""

    theme: str
    beats: tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """How prompts ask for a theme, and the lessons that end its stories; each lesson has one of the key words."""

    asked: tuple[str, ...]
    lessons: tuple[str, ...]
    keys: tuple[str, ...]


def plot(theme: str, beats: str) -> Plot:
    """One beat a paragraph; its lines are joined with spaces."""
    paragraphs = beats.strip().split("\n\n")
    return Plot(theme, tuple(" ".join(line.strip() for line in part.splitlines()) for part in paragraphs))
