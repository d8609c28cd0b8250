"""A composer by rule: from a wish to a whole tune; knows no tokens and no model."""

import random
from collections.abc import Sequence

from playground.media.tune import Bar, Tune
from playground.media.tune_wishes import Wish, draw_wish
from playground.media.tune_words import BPM, HOME
from training.tunes import forms, ornament, phrases
from training.tunes.characters import character_of
from training.tunes.phrases import Material, Writer

_SHUNNED = {"major": (3, 6), "minor": (6, 3), "dorian": (3, 6), "mixolydian": (3, 6)}  # letters of the half steps


def draw(rng: random.Random) -> Tune:
    """Any tune, as often as it is trained on."""
    return compose(draw_wish(rng), rng)


def compose(wish: Wish, rng: random.Random) -> Tune:
    """A tune in its home key that does as wished."""
    character = character_of(wish)
    shuns = rng.random() < character.sound.pentatonic
    writer = Writer(wish, character, frozenset(_SHUNNED[wish.mode] if shuns else ()), rng)
    materials: dict[str, Material] = {}
    written: dict[str, tuple[str, list[Bar]]] = {}  # letter -> how it ended, and its bars
    bars: list[Bar] = []
    for phrase in forms.draw_form(wish.bars, character.dance, rng):
        if phrase.letter not in materials:
            materials[phrase.letter] = _material(phrase, materials, writer)
        ending, earlier = written.get(phrase.letter, ("", []))
        again = ending == phrase.ending and rng.random() < 0.8
        kept = _kept(earlier, 4 if again else 2, writer)
        new = kept
        if len(kept) < 4:
            new = phrases.write_phrase(materials[phrase.letter], phrase.ending, bars, kept, writer)
            new[len(kept) :] = ornament.coloured(new[len(kept) :], wish.metre, character.chromatic, rng)
        written.setdefault(phrase.letter, (phrase.ending, new))
        bars.extend(new)
    return Tune(
        bars=tuple(bars),
        metre=wish.metre,
        tonic=HOME[wish.mode],
        mode=wish.mode,
        bpm=BPM[wish.tempo],
        mood=wish.mood,
        style=wish.style,
    )


def _material(phrase: forms.Phrase, materials: dict[str, Material], writer: Writer) -> Material:
    first = materials.get("a")
    if first is None or phrase.contrasts:
        return phrases.draw_material(writer, first)
    return phrases.answering(first, writer)


def _kept(earlier: Sequence[Bar], count: int, writer: Writer) -> list[Bar]:
    """The first bars of an earlier phrase, as they were or with an ornament in one of them."""
    kept = list(earlier[:count])
    if kept and writer.rng.random() < 0.5:
        index = writer.rng.randrange(min(3, len(kept)))
        kept[index] = ornament.ornamented(
            kept[index], writer.wish.mode, writer.character.sound.feel == "dotted", writer.rng
        )
    return kept
