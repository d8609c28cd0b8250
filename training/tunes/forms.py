"""The plan of a tune: which phrases return, how each ends, how a phrase develops its motif; knows no notes."""

import random
from dataclasses import dataclass

# A letter is a phrase of four bars that may return: small ones grow from the same motif, capitals bring another.
# A question mark ends it away from home, a tilde at home but in the air, a full stop at home.
_SONGS = {
    8: "a? a.|a? a.|a~ a.|a? b.|a~ b.",
    16: "a? a. B? a.|a~ a. B? a.|a? b. a? c.|a~ b? a~ c.|a? a. B? c.|a? b? a? b.|a? a. B~ a.|a? b. B? a.|a~ b? B? a.",
}
_DANCES = {
    8: "a? a.|a? b.|a~ b.",
    16: "a? a. B? B.|a? a. B? B.|a? a. B? a.|a? b. B? b.|a? a. B? c.|a~ a. B~ B.|a? b. B~ b.",
}
_ENDINGS = {"?": "half", "~": "open", ".": "full"}

# What the first three bars of a phrase do; the fourth is its ending.
_DEVELOPMENTS = (
    ("motif", "sequence", "sequence"),
    ("motif", "answer", "motif"),
    ("motif", "answer", "sequence"),
    ("motif", "sequence", "fragment"),
    ("motif", "answer", "inversion"),
    ("motif", "answer", "variation"),
    ("motif", "variation", "fragment"),
    ("motif", "motif", "answer"),
    ("motif", "rest", "motif"),
)


@dataclass(frozen=True)
class Phrase:
    """Four bars of a form: which material, and how they end ("half", "open" or "full")."""

    letter: str
    ending: str

    @property
    def contrasts(self) -> bool:
        return self.letter.isupper()


def draw_form(bars: int, dance: bool, rng: random.Random) -> tuple[Phrase, ...]:
    form = rng.choice((_DANCES if dance else _SONGS)[bars].split("|"))
    return tuple(Phrase(part[0], _ENDINGS[part[1]]) for part in form.split())


def draw_development(rng: random.Random) -> tuple[str, str, str]:
    return rng.choice(_DEVELOPMENTS)
