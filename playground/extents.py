"""How far a picture is to be painted on beyond its sides, as text; knows no picture.

`left 64, top 32` says it: of a picture that is to be so wide and high in the end, the old one fills the rest.
"""

import re

from playground.errors import Refused

SIDES = ("left", "top", "right", "bottom")
FEWEST = 32  # pixels of the old picture that must be left, each way
ONE = re.compile(r"(left|top|right|bottom)\s+(\d{1,5})")
WORKS = "sides and pixels would work: left 64, top 32"


def parsed(text: str) -> dict[str, int]:
    """Pixels by side, for all SIDES; or Refused."""
    found: dict[str, int] = {side: 0 for side in SIDES}
    for part in filter(None, (part.strip().lower() for part in text.split(","))):
        if (one := ONE.fullmatch(part)) is None:
            raise Refused(f"Extend holds {part[:40]!r}, but {WORKS}.")
        found[one[1]] = int(one[2])
    return found


def inner(text: str, width: int, height: int) -> tuple[int, int, int, int]:
    """Where the old picture lies in the new one of width x height: left, top, right, bottom; or Refused."""
    sides = parsed(text)
    box = (sides["left"], sides["top"], width - sides["right"], height - sides["bottom"])
    if box[2] - box[0] < FEWEST or box[3] - box[1] < FEWEST:
        raise Refused(
            f"Nothing of the old picture would be left: {width} x {height} is the size of the new one, and at least "
            f"{FEWEST} pixels each way have to be the old one's."
        )
    return box
