"""A tune that somebody brings along to have it continued, changed or played: how long it may be; knows no model."""

from dataclasses import replace

from playground.errors import Refused
from playground.media import abc_read
from playground.media.harmony import harmonised
from playground.media.tune import Tune
from playground.media.tune_prompt import playable

MOST_BARS = 64  # of a tune after it was continued
MOST_ANEW = 8  # bars that are rewritten at once, except where the whole tune has no more than WHOLE
WHOLE = 16
LONGEST = 180  # seconds


def read(text: str) -> Tune:
    """The first tune of an ABC text, as `opened`; Refused if it has more than MOST_BARS bars."""
    tune = opened(text)[0]
    if len(tune.bars) > MOST_BARS:
        raise Refused(f"The start has {len(tune.bars)} bars, but at most {MOST_BARS} are read.")
    return tune


def opened(text: str) -> tuple[Tune, list[str]]:
    """The first tune of an ABC text, with a chord in every bar and a tempo that can be played, and sentences about
    what was changed for that; Refused if there is none."""
    tune, as_written = abc_read.first(text)
    told = [] if as_written else [f"Its bars were counted anew, in {tune.metre}: as they stand they cannot be played."]
    return ready(tune, told)


def ready(tune: Tune, told: list[str]) -> tuple[Tune, list[str]]:
    """The tune with chords and a tempo that can be played, and what is told of it with what was changed."""
    if not any(bar.chords for bar in tune.bars):
        told = [*told, "It has no chords, so some that fit were added."]
    bpm, sentence = playable(tune.bpm)
    return replace(harmonised(tune), bpm=bpm), [*told, *([sentence] if sentence else [])]


def check_more(tune: Tune, bars: int) -> None:
    """Refused if so many bars more would be too many."""
    if len(tune.bars) + bars > MOST_BARS:
        raise Refused(
            f"The start has {len(tune.bars)} bars, and with {bars} more it would have over {MOST_BARS}, which are the "
            "most. Rewrite some of its bars, or begin with fewer."
        )


def check_anew(tune: Tune, first: int, last: int) -> None:
    """Refused if the bars from `first` to `last`, counted from 1, are not there, or too many at once."""
    count = len(tune.bars)
    if not 1 <= first <= last <= count:
        raise Refused(f"Bars {first} to {last} cannot be rewritten: the start has bars 1 to {count}.")
    if last - first >= MOST_ANEW and count > WHOLE:
        raise Refused(
            f"{last - first + 1} bars are too many to rewrite at once in a tune of more than {WHOLE}: take up to "
            f"{MOST_ANEW}."
        )


def check_long(tune: Tune) -> None:
    """Refused if it would last too long."""
    if tune.seconds > LONGEST:
        raise Refused(
            f"{len(tune.bars)} bars at {tune.bpm} bpm last {round(tune.seconds)} seconds, but a tune may last "
            f"{LONGEST}: ask for a faster tempo or fewer bars."
        )
