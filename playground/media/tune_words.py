"""The words in which a model is told what tune to write, and the home keys it writes in; knows no model and no token.

Tunes are written in their home key, on white keys as far as the mode allows: on C in major and mixolydian, on A in
minor and dorian. Another key is a transposition at the time of playing.
"""

from playground.media.tune import chord

MOODS = ("happy", "sad", "calm", "dreamy", "epic", "playful", "mysterious", "jazzy", "lively", "wistful")
STYLES = (
    "pop", "chiptune", "march", "ballad", "waltz", "lullaby", "ambient", "cinematic", "jazz", "jig", "reel",
    "hornpipe", "air",
)  # fmt: skip
DENSITIES = ("sparse", "full")  # how many play along, where it is not as the style has it
HOME = {"major": 0, "minor": 9, "dorian": 9, "mixolydian": 0}  # pitch class of the tonic
BPM = (60, 80, 100, 124, 156)  # quarter notes a minute of the five tempo classes, slow to fast
LOWEST, HIGHEST = 52, 91  # MIDI pitches a melody may use
_COMMON = "C Dm Em F G Am"
_CHORDS = {
    "major": f"{_COMMON} C7 Cmaj7 D D7 Dm7 Em7 E7 Fmaj7 Fm G7 Gsus4 Am7 A7 Bb Ab",
    "minor": f"{_COMMON} Cmaj7 Dm7 Em7 E E7 Esus4 Fmaj7 G7 Am7 A A7 Bdim Bb",
    "dorian": "C Cmaj7 D D7 Em Em7 G Am Am7 Bm Bm7",
    "mixolydian": "C C7 Dm Dm7 F Fmaj7 Gm Gm7 Am Bb Bbmaj7",
}
CHORDS = {mode: tuple(names.split()) for mode, names in _CHORDS.items()}
"""All that a bar may stand over, by mode."""
TONICS = {  # chords of CHORDS a tune may end on, the plain one first
    "major": ("C", "Cmaj7"),
    "minor": ("Am", "Am7", "A"),
    "dorian": ("Am", "Am7"),
    "mixolydian": ("C", "C7"),
}


def is_tonic(name: str, mode: str) -> bool:
    """Whether a chord stands on the tonic, whatever its quality."""
    return chord(name)[0] == HOME[mode]


def tempo_of(bpm: int) -> int:
    """The tempo class that is nearest to so many quarter notes a minute."""
    return min(range(len(BPM)), key=lambda index: abs(BPM[index] - bpm))
