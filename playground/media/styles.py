"""The styles a tune can be played in: instruments, patterns, swing; knows no tune and no sound."""

from dataclasses import dataclass, replace

from playground.media import patterns as p


@dataclass(frozen=True)
class Part:
    """A track of the accompaniment. `ringing` tones go on under those that follow until the chord changes."""

    name: str
    instrument: str
    patterns: p.Patterns
    velocity: float
    octave: int = 0
    ringing: bool = False


@dataclass(frozen=True)
class Style:
    """How a tune is played. `swing`: ticks by which the second eighth of a quarter comes late, 2 for triplets;
    `legato`: what share of its length a melody note sounds; `fills`: whether the drums break before a new line."""

    lead: str
    parts: tuple[Part, ...]
    bass: Part
    beat: p.Beat | None = None
    swing: float = 0
    legato: float = 0.94
    octave: int = 0
    fills: bool = False


PAD = Part("Pad", "strings", p.HELD, 0.28)

STYLES = {
    "pop": Style(
        "piano",
        (Part("Chords", "steel guitar", p.PUSH, 0.5), Part("Pad", "strings", p.HELD, 0.3)),
        Part("Bass", "bass", p.ROCK, 0.75),
        p.ROCK_BEAT,
        fills=True,
    ),
    "chiptune": Style(
        "square",
        (Part("Chords", "square", p.QUICK, 0.4, octave=1),),
        Part("Bass", "synth bass", p.OCTAVES, 0.65),
        p.CHIP_BEAT,
        legato=0.85,
        fills=True,
    ),
    "march": Style(
        "flute",
        (Part("Chords", "brass", p.AFTER, 0.45), Part("Pad", "clarinet", p.HELD, 0.25)),
        Part("Bass", "bass", p.STEPS, 0.75),
        p.MARCH_BEAT,
        legato=0.85,
        octave=1,
    ),
    "ballad": Style(
        "piano",
        (Part("Chords", "guitar", p.WAVES, 0.42, ringing=True), Part("Pad", "strings", p.HELD, 0.35)),
        Part("Bass", "bass", p.HALVES, 0.6),
        p.SOFT_BEAT,
        legato=0.98,
    ),
    "waltz": Style(
        "fiddle",
        (Part("Chords", "accordion", p.AFTER, 0.46),),
        Part("Bass", "double bass", p.TURNS, 0.75),
        p.WALTZ_BEAT,
    ),
    "lullaby": Style(
        "music box",
        (Part("Chords", "harp", p.ROCKING, 0.4, ringing=True), Part("Pad", "pad", p.HELD, 0.3)),
        Part("Bass", "double bass", p.DRONE, 0.5),
        legato=1.0,
    ),
    "ambient": Style(
        "electric piano",
        (Part("Chords", "vibraphone", p.SLOW, 0.35, octave=1, ringing=True), Part("Pad", "pad", p.HELD, 0.45)),
        Part("Bass", "synth bass", p.DRONE, 0.4),
        legato=1.0,
    ),
    "cinematic": Style(
        "strings",
        (
            Part("Chords", "brass", p.HELD, 0.35),
            Part("Figure", "marimba", p.DRIVE, 0.45),
            Part("Pad", "choir", p.HELD, 0.3),
        ),
        Part("Bass", "double bass", p.HALVES, 0.75),
        p.EPIC_BEAT,
        legato=1.0,
        fills=True,
    ),
    "jazz": Style(
        "vibraphone",
        (Part("Chords", "electric piano", p.COMP, 0.45),),
        Part("Bass", "double bass", p.WALK, 0.75),
        p.SWING_BEAT,
        swing=2,
    ),
    "jig": Style(
        "fiddle",
        (Part("Chords", "guitar", p.STRUM, 0.4),),
        Part("Bass", "double bass", p.STEPS, 0.6),
        p.FOLK_BEAT,
        legato=0.9,
    ),
    "reel": Style(
        "fiddle",
        (Part("Chords", "piano", p.VAMP, 0.4),),
        Part("Bass", "double bass", p.STEPS, 0.65),
        p.FOLK_BEAT,
        swing=0.4,
        legato=0.9,
    ),
    "hornpipe": Style(
        "accordion",
        (Part("Chords", "guitar", p.AFTER, 0.5),),
        Part("Bass", "double bass", p.STEPS, 0.65),
        p.FOLK_BEAT,
        swing=1.6,
        legato=0.9,
    ),
    "air": Style(
        "whistle",
        (Part("Chords", "harp", p.WAVES, 0.38, ringing=True), Part("Pad", "strings", p.HELD, 0.25)),
        Part("Bass", "double bass", p.DRONE, 0.5),
        legato=1.0,
    ),
}
OTHERWISE = {"4/4": "pop", "3/4": "waltz", "6/8": "jig"}  # for a style that is not known, by metre


def style_of(name: str, metre: str) -> Style:
    return STYLES.get(name) or STYLES[OTHERWISE[metre]]


def dense(style: Style, density: str) -> Style:
    """The style with fewer who play along, or one more: "sparse" has no drums and one track beside melody and bass,
    "full" has strings that hold the chords; "" is the style as it is."""
    if density == "sparse":
        return replace(style, parts=style.parts[:1], beat=None)
    if density == "full" and not any(part.name == PAD.name for part in style.parts):
        return replace(style, parts=(*style.parts, PAD))
    return style
