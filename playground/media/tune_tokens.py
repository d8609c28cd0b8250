"""A tune as a list of tokens, words that say what they are, and back; knows no model and no sound.

Ten or so control words first, then each bar: how many bars are left, one or two chords, and pairs of a note (or a rest)
and its length. Keys are not told: every tune is written in its home key.
"""

from collections.abc import Iterator, Sequence

from playground.media.tune import BAR, MODES, Bar, Note, Tune
from playground.media.tune_words import BPM, CHORDS, HIGHEST, HOME, LOWEST, MOODS, STYLES, tempo_of

LENGTHS = (2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 30, 36, 48)  # ticks that have a token
MOST_BARS = 16
PAD, BEGIN, END, REST = "pad", "begin", "end", "rest"
CONTROLS = {  # in the order in which they stand
    "mood": MOODS,
    "style": STYLES,
    "mode": tuple(MODES),
    "metre": tuple(BAR),
    "tempo": tuple(map(str, range(len(BPM)))),
}
PITCHES = tuple(range(LOWEST, HIGHEST + 1))
VOCABULARY = (
    PAD,
    BEGIN,
    END,
    *(f"{control}_{word}" for control, words in CONTROLS.items() for word in words),
    *(f"bar_{left}" for left in range(MOST_BARS, 0, -1)),
    *(f"chord_{name}" for name in sorted({name for names in CHORDS.values() for name in names})),
    REST,
    *(f"note_{pitch}" for pitch in PITCHES),
    *(f"length_{ticks}" for ticks in LENGTHS),
)


def encode(tune: Tune) -> list[str]:
    """The tokens of a tune in its home key; ValueError if there are none for something in it.

    A note whose length has no token is struck again: it becomes two or more.
    """
    if tune.tonic != HOME.get(tune.mode):
        raise ValueError(f"A tune in {tune.key} is not in its home key.")
    values = {**vars(tune), "tempo": tempo_of(tune.bpm)}
    tokens = [BEGIN, *(f"{control}_{values[control]}" for control in CONTROLS)]
    for index, bar in enumerate(tune.bars):
        tokens += bar_tokens(bar, len(tune.bars) - index)
    unknown = [token for token in tokens if token not in _KNOWN]
    if unknown:
        raise ValueError(f"There is no token {unknown[0]}.")
    return [*tokens, END]


def bar_tokens(bar: Bar, left: int) -> list[str]:
    """The tokens of one bar; `left`: how many are left with it."""
    tokens = [f"bar_{left}", *(f"chord_{name}" for name in bar.chords)]
    for note in bar.notes:
        name = REST if note.pitch is None else f"note_{note.pitch}"
        for ticks in split(note.ticks):
            tokens += [name, f"length_{ticks}"]
    return tokens


def decode(tokens: Sequence[str]) -> Tune:
    """The tune that tokens tell, well-formed or not; ValueError if even their order makes no sense."""
    controls: dict[str, str] = {}
    bars: list[Bar] = []
    words = iter(tokens)
    for token in words:
        kind, _, value = token.partition("_")
        if kind in CONTROLS:
            controls[kind] = value
        elif kind == "bar":
            bars.append(Bar(()))
        elif token not in (PAD, BEGIN, END):
            bars[-1:] = [_extended(bars, token, words)]
    missing = [control for control in CONTROLS if control not in controls]
    if missing:
        raise ValueError(f"The tokens do not say the {missing[0]}.")
    return Tune(
        bars=tuple(bars),
        metre=controls["metre"],
        tonic=HOME[controls["mode"]],
        mode=controls["mode"],
        bpm=BPM[int(controls["tempo"])],
        mood=controls["mood"],
        style=controls["style"],
    )


def split(ticks: int) -> list[int]:
    """Lengths with a token that add up to so many ticks, long ones first; ValueError if there are none."""
    parts = []
    while ticks:
        fitting = [length for length in LENGTHS if length <= ticks and ticks - length != 1]
        if not fitting:
            raise ValueError(f"{ticks} ticks cannot be told.")
        parts.append(fitting[-1])
        ticks -= fitting[-1]
    return parts


def _extended(bars: list[Bar], token: str, words: Iterator[str]) -> Bar:
    """The last bar with the chord, or the note and the length after it, that the token begins."""
    if not bars:
        raise ValueError(f"{token} stands before the first bar.")
    kind, _, value = token.partition("_")
    if kind == "chord":
        return Bar(bars[-1].notes, (*bars[-1].chords, value))
    length, _, ticks = next(words, "").partition("_")
    if kind not in ("note", REST) or length != "length":
        raise ValueError(f"{token} is no note with a length.")
    return Bar((*bars[-1].notes, Note(int(ticks), None if kind == REST else int(value))), bars[-1].chords)


_KNOWN = frozenset(VOCABULARY)
