"""Phrases of four bars: material that is developed over chords up to a cadence; knows no whole form."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from playground.media import tune_words
from playground.media.tune import BAR, Bar, Note
from playground.media.tune_wishes import Wish
from training.tunes import cadences, forms, harmony, melody, motifs, rhythm
from training.tunes.cadences import Cadence
from training.tunes.characters import Character
from training.tunes.motifs import Motif

Chords = tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """What phrases of the same letter are made of; `anchor` is the position of the first note on the ladder."""

    motif: Motif
    answer: Motif
    development: tuple[str, str, str]
    step: int  # of its sequences
    progression: tuple[Chords, ...]
    anchor: int
    feel: str


@dataclass(frozen=True)
class Sketch:
    """A bar before its pitches are settled."""

    motif: Motif
    anchor: int
    chords: Chords


@dataclass(frozen=True)
class Writer:
    """What holds for the whole tune."""

    wish: Wish
    character: Character
    shunned: frozenset[int]
    rng: random.Random


def draw_material(writer: Writer, contrast_to: Material | None = None) -> Material:
    """New material; a contrasting one has another register, other rhythms and chords of its own."""
    rng, sound, metre = writer.rng, writer.character.sound, writer.wish.metre
    feel = sound.contrast if contrast_to else sound.feel
    first = rhythm.draw_contrast(feel, metre, contrast_to.motif.rhythm, rng) if contrast_to else None
    first = first or rhythm.draw_motif_bar(feel, metre, rng)
    motif = motifs.draw_motif(first, sound.gestures, writer.character.slope, rng)
    second = first if rng.random() < 0.3 else rhythm.draw_bar(feel, metre, rng)
    answer = motifs.draw_motif(second, sound.gestures, -writer.character.slope, rng)
    if contrast_to and rng.random() < 0.25:
        motif = motifs.inverted(contrast_to.motif)
    lift = rng.choice((2, 3, 3, 4, -2)) if contrast_to else rng.choice((-1, 0, 0, 1))
    colour = "bridge" if contrast_to and rng.random() < 0.8 else writer.character.colour
    bars = harmony.draw_progression(writer.wish.mode, colour, rng)
    return Material(
        motif=motif,
        answer=answer,
        development=forms.draw_development(rng),
        step=rng.choice((1, 2, -1) if writer.character.slope > 0 else (-1, -2, -1, 1)),
        progression=tuple(_as_metre_allows(bars, writer)),
        anchor=writer.character.centre + lift,
        feel=feel,
    )


def answering(material: Material, writer: Writer) -> Material:
    """Material for an answer: the same motif over other chords, developed otherwise."""
    bars = harmony.draw_progression(writer.wish.mode, writer.character.colour, writer.rng)
    return replace(
        material,
        development=forms.draw_development(writer.rng),
        progression=tuple(_as_metre_allows(bars, writer)),
        anchor=material.anchor + writer.rng.choice((-1, 0, 1)),
    )


def write_phrase(
    material: Material, ending: str, before: Sequence[Bar], kept: Sequence[Bar], writer: Writer
) -> list[Bar]:
    """Four bars that follow `before`; the first ones are taken over from `kept`, the last ones lead to the ending."""
    rng, wish = writer.rng, writer.wish
    closing = rhythm.draw_ending(material.feel, wish.metre, ending == "full", rng)
    if ending == "half" and writer.character.runs_on and rng.random() < 0.5:
        closing = rhythm.draw_bar(material.feel, wish.metre, rng)
    cadence = _cadence(material, ending, closing, writer)
    chords = [*material.progression[:2], *cadence.chords]
    gestures, slope = writer.character.sound.gestures, -0.6 if ending == "full" else 0.2
    if kept:
        material = replace(material, development=forms.draw_development(rng))
    sketches = [*_developed(material, chords, writer)]
    target = sketches[-1].anchor + (-2 if ending == "full" else 0)
    sketches.append(Sketch(motifs.draw_motif(closing, gestures, slope, rng), target, chords[3]))
    sketches = sketches[len(kept) :]
    return [*kept, *_settled(sketches, [*before, *kept], cadence.last, writer)]


def _cadence(material: Material, ending: str, closing: rhythm.Rhythm, writer: Writer) -> Cadence:
    rng, wish = writer.rng, writer.wish
    two_a_bar = wish.metre != "3/4"
    if ending == "full":
        onset = sum(map(abs, closing[:-1])) if closing[-1] > 0 else sum(map(abs, closing[:-2]))
        late = two_a_bar and onset >= BAR[wish.metre] // 2 and rng.random() < 0.75
        cadence = cadences.full(wish.mode, writer.character.colour, two_a_bar, late, rng)
    elif ending == "open":
        cadence = cadences.open_end(wish.mode, material.progression[2], rng)
    elif not tune_words.is_tonic(material.progression[3][-1], wish.mode) and rng.random() < 0.5:
        goal = material.progression[3]
        cadence = Cadence((material.progression[2], goal), harmony.letters(goal[-1]))
    else:
        cadence = cadences.half(wish.mode, rng)
    third, fourth = _as_metre_allows(cadence.chords, writer, passing=False)
    return replace(cadence, chords=(third, fourth))


def _as_metre_allows(bars: Sequence[Chords], writer: Writer, passing: bool = True) -> list[Chords]:
    """Three beats bear one chord, which is the goal of two; two and four beats bear two."""
    if writer.wish.metre == "3/4":
        return [bar[-1:] for bar in bars]
    chance = writer.character.sound.passing if passing else 0.0
    return harmony.with_passing_chords(list(bars), writer.wish.mode, chance, writer.rng)


def _developed(material: Material, chords: Sequence[Chords], writer: Writer) -> Iterator[Sketch]:
    """The first three bars."""
    metre, rng, anchor = writer.wish.metre, writer.rng, material.anchor
    for kind, names in zip(material.development, chords, strict=False):
        motif = material.motif
        if kind == "sequence":
            anchor += material.step
        elif kind == "answer":
            motif = material.answer
        elif kind == "inversion":
            motif = motifs.inverted(motif)
        elif kind == "variation":
            motif = motifs.in_other_rhythm(motif, material.feel, metre, rng)
        elif kind == "fragment":
            motif = motifs.fragmented(motif, material.step, metre)
        elif kind == "rest":
            motif = motifs.broadened(material.answer)
        yield Sketch(motif, anchor, names)


def _settled(sketches: Sequence[Sketch], before: Sequence[Bar], last: frozenset[int], writer: Writer) -> list[Bar]:
    """The bars with pitches, chosen for all of them at once."""
    centre = writer.character.centre
    frame = melody.Frame(writer.wish.mode, centre - 6, centre + 8, writer.shunned, last)
    sounding = [note.pitch for bar in before for note in bar.notes if note.pitch is not None]
    asks = [ask for sketch in sketches for ask in _asks(sketch, _fitting(sketch, frame), writer)]
    start = melody.position_of(sounding[-1]) if sounding else None
    pitches = iter(melody.line(asks, start, frame))
    return [
        Bar(
            tuple(Note(abs(ticks), next(pitches) if ticks > 0 else None) for ticks in sketch.motif.rhythm),
            sketch.chords,
        )
        for sketch in sketches
    ]


def _fitting(sketch: Sketch, frame: melody.Frame) -> int:
    """The anchor, moved as far as needed for the whole contour to lie within the frame."""
    lowest, highest = min(sketch.motif.contour), max(sketch.motif.contour)
    return max(frame.low - lowest, min(frame.high - highest, sketch.anchor))


def _asks(sketch: Sketch, anchor: int, writer: Writer) -> Iterator[melody.Ask]:
    metre, tick, heights, previous = writer.wish.metre, 0, iter(sketch.motif.contour), None
    for ticks in sketch.motif.rhythm:
        if ticks > 0:
            height = next(heights)
            weight = rhythm.weight(tick, metre)
            yield melody.Ask(
                ticks=ticks,
                chord=sketch.chords[tick * len(sketch.chords) // BAR[metre]],
                weight=weight,
                height=anchor + height,
                move=None if previous is None else height - previous,
                lean=weight == 2 and writer.rng.random() < writer.character.lean,
            )
            previous = height
        tick += abs(ticks)
