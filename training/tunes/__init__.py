"""A composer of lead sheets by rule, with the facts to judge them by; made of Python alone, knows nothing of models."""

from playground.media.tune_wishes import Wish, draw_wish
from training.tunes.composer import compose, draw
from training.tunes.folk import segments
from training.tunes.held_out import is_held_out

__all__ = ["Wish", "compose", "draw", "draw_wish", "is_held_out", "segments"]
