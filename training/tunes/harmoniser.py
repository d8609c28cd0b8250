"""Finds the best chords for a melody that has none, by dynamic programming; knows no style and no mood."""

from playground.media.tune import BAR, Bar, Tune, pitch_classes

_CHORDS = {  # the tonic first
    "major": ("C", "F", "G", "Am", "Dm", "Em"),
    "minor": ("Am", "Dm", "E", "G", "C", "F", "Em"),
    "dorian": ("Am", "G", "D", "C", "Em"),
    "mixolydian": ("C", "Bb", "F", "Gm", "Dm"),
}
_LIKED = {  # successions that ears expect
    "C F", "C G", "C Am", "F G", "F C", "G C", "Dm G", "Am F", "Am Dm", "Em Am", "Am G", "G Am", "E Am", "Dm E",
    "Dm Am", "D Am", "D G", "Em G", "Bb C", "Bb F", "F Bb", "Gm C", "Gm F", "C Bb", "C Gm",
}  # fmt: skip
_FOREIGN = -0.6  # worth of a tick outside the chord, against 1 inside
_ON_THE_BEAT = 1.5  # how much more the tone on the first tick is worth
_NEVER = -1e9


def harmonised(tune: Tune) -> tuple[Bar, ...]:
    """The bars of a tune in its home key under new chords, one or two a bar (one in 3/4); the last is the tonic."""
    slots = 1 if tune.metre == "3/4" else 2
    names = _CHORDS[tune.mode]
    worths = [
        {name: _worth(notes, pitch_classes(name)) for name in names}
        for bar in tune.bars
        for notes in _halves(bar, slots, BAR[tune.metre] // slots)
    ]
    endings = (1, 2) if slots == 2 else (1,)  # how long the last tonic lasts
    best = max((_path(worths, names, slots, ending) for ending in endings), key=lambda found: found[0])[1]
    return tuple(
        Bar(bar.notes, tuple(dict.fromkeys(best[slots * index : slots * (index + 1)])))
        for index, bar in enumerate(tune.bars)
    )


def _halves(bar: Bar, slots: int, length: int) -> list[list[tuple[int, float]]]:
    """For each slot the pitches that sound in it, with the ticks they do so."""
    found: list[list[tuple[int, float]]] = [[] for _ in range(slots)]
    tick = 0
    for note in bar.notes:
        for index in range(slots):
            overlap = min(tick + note.ticks, (index + 1) * length) - max(tick, index * length)
            if note.pitch is not None and overlap > 0:
                found[index].append((note.pitch, overlap * (_ON_THE_BEAT if tick == index * length else 1)))
        tick += note.ticks
    return found


def _worth(notes: list[tuple[int, float]], tones: frozenset[int]) -> float:
    """How well a chord fits the notes: about 3 if perfectly."""
    total = sum(ticks for _, ticks in notes)
    inside = sum(ticks * (1 if pitch % 12 in tones else _FOREIGN) for pitch, ticks in notes)
    return 3 * inside / total if total else 0.0


def _path(worths: list[dict[str, float]], names: tuple[str, ...], slots: int, ending: int) -> tuple[float, list[str]]:
    """The best chords, one for each slot, that end with exactly so many slots of the tonic; and what they are worth."""
    tonic, count = names[0], len(worths)
    scores = {name: worths[0][name] + (0.8 if name == tonic else 0) for name in names}
    steps: list[dict[str, str]] = []
    for index in range(1, count):
        home = index >= count - ending
        new, step = {}, {}
        for name in names:
            before = max(names, key=lambda other: scores[other] + _succession(other, name, index % slots == 0))
            barred = (name == tonic) != home if index >= count - ending - 1 else False
            worth = _NEVER if barred else worths[index][name]
            new[name] = scores[before] + _succession(before, name, index % slots == 0) + worth
            step[name] = before
        steps.append(step)
        scores = new
    path = [tonic]
    for step in reversed(steps):
        path.append(step[path[-1]])
    return scores[tonic], path[::-1]


def _succession(before: str, name: str, new_bar: bool) -> float:
    if before == name:
        return 0.25 if new_bar else 0.6
    return 0.3 if f"{before} {name}" in _LIKED else 0.0
