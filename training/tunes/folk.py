"""Lead sheets from tunes of old books: home key, 8 or 16 bars, chords, control words; knows no file format."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from playground.media import tune_grammar, tune_tokens
from playground.media.tune import BAR, MODES, Bar, Note, Tune, transposed
from playground.media.tune_wishes import LENGTHS, STYLES
from playground.media.tune_words import BPM, HIGHEST, HOME, LOWEST
from training.tunes import harmoniser, judge

_MIDDLE = 72  # MIDI pitch about which a melody is laid
_STYLES = {  # what books call a dance -> style
    "jig": "jig", "double jig": "jig", "slip jig": "jig", "reel": "reel", "polka": "reel", "hornpipe": "hornpipe",
    "strathspey": "hornpipe", "waltz": "waltz", "march": "march", "quick step": "march", "quickstep": "march",
    "air": "air", "slow air": "air",
}  # fmt: skip
_BY_METRE = {"6/8": "jig", "3/4": "waltz", "4/4": "air"}
_BUSY = 1.7  # notes in a quarter note that make a dance of a tune without a name


def segments(tunes: Iterable[Tune]) -> Iterator[Tune]:
    """Of each tune the parts of 16 or 8 bars that come home, in the home key, with chords, mood, style and tempo."""
    for tune in tunes:
        if tune.metre not in BAR or tune.mode not in MODES:
            continue
        start = 1 if _is_pickup(tune.bars[:1]) else 0
        while start + min(LENGTHS) <= len(tune.bars):
            found = next(filter(None, (_segment(tune, start, count) for count in sorted(LENGTHS, reverse=True))), None)
            if found:
                yield found
            start += len(found.bars) if found else min(LENGTHS)


def in_home_key(tune: Tune) -> Tune:
    """The tune on the tonic of its mode's home key, in the octave nearest to the middle of the range."""
    moved = transposed(tune, (HOME[tune.mode] - tune.tonic) % 12)
    pitches = [note.pitch for bar in moved.bars for note in bar.notes if note.pitch is not None]
    mean = sum(pitches) / max(1, len(pitches))
    return transposed(moved, 12 * round((_MIDDLE - mean) / 12))


def _segment(tune: Tune, start: int, count: int) -> Tune | None:
    """So many bars from a start as a lead sheet; None if they are not there, do not come home or cannot be told."""
    bars = tune.bars[start : start + count]
    if len(bars) < count:
        return None
    part = in_home_key(replace(tune, bars=(*bars[:-1], _without_pickup(bars[-1], tune.tonic)), title=""))
    pitches = [note.pitch for bar in part.bars for note in bar.notes if note.pitch is not None]
    if not judge.ends_on_tonic(part) or judge.exact_bars(part) < 1 or not _sings(part.bars[-1]):
        return None
    if not all(LOWEST <= pitch <= HIGHEST for pitch in pitches):
        return None
    part = _with_words(replace(part, bars=_with_chords(part)))
    try:
        return part if tune_grammar.accepts(tune_tokens.encode(part)) else None
    except ValueError:
        return None


def _is_pickup(bars: tuple[Bar, ...]) -> bool:
    """Whether the first bar is silent for more than its half."""
    return any(bar.notes[0].pitch is None and bar.notes[0].ticks * 2 > _length(bar) for bar in bars if bar.notes)


def _length(bar: Bar) -> int:
    return sum(note.ticks for note in bar.notes)


def _without_pickup(bar: Bar, tonic: int) -> Bar:
    """The last bar of a part without notes after its last tonic, if they are only the way into what follows."""
    homes = [index for index, note in enumerate(bar.notes) if note.pitch is not None and note.pitch % 12 == tonic]
    if not homes:
        return bar
    after = bar.notes[homes[-1] + 1 :]
    ticks = sum(note.ticks for note in after)
    if not after or ticks > _length(bar) // 3:
        return bar
    return replace(bar, notes=(*bar.notes[: homes[-1] + 1], Note(ticks, None)))


def _sings(bar: Bar) -> bool:
    return any(note.pitch is not None for note in bar.notes)


def _with_chords(tune: Tune) -> tuple[Bar, ...]:
    """The bars under their own chords if the grammar takes them all, and else under chords found for the melody."""
    if all(bar.chords for bar in tune.bars):
        try:
            if tune_grammar.accepts(tune_tokens.encode(_with_words(tune))):
                return tune.bars
        except ValueError:
            pass
    return harmoniser.harmonised(tune)


def _with_words(tune: Tune) -> Tune:
    """With style, tempo and mood: the style from what the book says or the metre, the mood from mode and pace."""
    style = _STYLES.get(tune.style.lower(), _BY_METRE[tune.metre])
    if not tune.style and tune.metre == "4/4" and judge.density(tune) >= _BUSY:
        style = "reel"
    tempo = STYLES[style].tempo
    bright = tune.mode in ("major", "mixolydian")
    if tempo >= 3:
        mood = "lively" if bright or judge.density(tune) >= _BUSY else "wistful"
    else:
        mood = "calm" if bright else "sad" if tune.mode == "minor" else "wistful"
    return replace(tune, style=style, mood=mood, bpm=BPM[tempo])
