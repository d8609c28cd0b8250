"""A generator of stories, poems, small Python functions and copying drills, with the facts to judge them by."""

import random

from training.tales.document import Document, Facts
from training.tales.drills import write_drill
from training.tales.poems import write_poem
from training.tales.programs import write_program
from training.tales.stories import write_outline, write_story

__all__ = ["Document", "Facts", "draw", "write_drill", "write_outline", "write_poem", "write_program", "write_story"]

_WRITERS = (write_story, write_outline, write_program, write_poem, write_drill)
_SHARES = (45, 14, 25, 10, 6)  # of documents; stories are the longest by far


def draw(rng: random.Random) -> Document:
    """Any document, as often as it is trained on."""
    return rng.choices(_WRITERS, _SHARES)[0](rng)
