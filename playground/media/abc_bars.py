"""Measures of ABC become the bars that are played: repeats expanded, pickups joined; knows no text."""

from fractions import Fraction

from playground.errors import Refused
from playground.media.abc_notes import Measure, Sounding
from playground.media.tune import Bar, Note

MOST_BARS = 400
SHARES = (1, 2, 3, 4, 6, 8, 12)  # into how many equal parts chords may divide a bar


def expanded(measures: list[Measure], length: int) -> list[Measure]:
    """The measures in the order they are played, repeats twice with their endings. A pickup for which the end of a
    repeat leaves no room in a bar of `length` ticks is played the first time only."""
    played: list[Measure] = []
    start, after_ending = 0, False
    for index, measure in enumerate(measures):
        second = bool(measure.endings) and 1 not in measure.endings
        if measure.opens or (after_ending and not second):
            start = index
        after_ending = second
        played.append(measure)
        if measure.repeats and not second:
            again = [one for one in measures[start : index + 1] if 1 not in one.endings or 2 in one.endings]
            pickup = again and again[0].ticks < length < again[0].ticks + measure.ticks
            played += again[1:] if pickup else again
        if measure.repeats or measure.closes:
            start = index + 1
        if len(played) > 2 * MOST_BARS:
            raise Refused(f"This ABC has more than {MOST_BARS} bars.")
    return [measure for measure in played if measure.notes]


def whole_bars(measures: list[Measure], length: int) -> list[Bar]:
    """Bars of so many ticks. A measure that stops short is joined with the next, as where a repeat parts a bar. What
    then is still short must be a pickup, which a rest leads, or end a section, which a rest follows; else Refused."""
    bars: list[Bar] = []
    waiting: Measure | None = None
    for measure in measures:
        if waiting and waiting.ticks + measure.ticks <= length:
            waiting = joined(waiting, measure)
        else:
            if waiting:
                bars.append(filled(waiting, length, len(bars)))
            waiting = measure
        for part in parted(waiting, length, len(bars)) if waiting.ticks >= length else ():
            bars.append(bar(part, length))
            waiting = None
        if len(bars) > MOST_BARS:
            raise Refused(f"This ABC has more than {MOST_BARS} bars.")
    if waiting:
        waiting.closes = True
        bars.append(filled(waiting, length, len(bars)))
    return carried(bars)


def recounted(measures: list[Measure], length: int) -> list[Bar]:
    """Bars of so many ticks, wherever the measures ended; a note over a bar line is struck again."""
    bars, chords, begin = [Measure()], [], Fraction(0)
    for measure in measures:
        chords += [(begin + tick, name) for tick, name in measure.chords]
        begin += measure.ticks
        for note in measure.notes:
            left = note.ticks
            while left:
                if bars[-1].ticks == length:
                    bars.append(Measure())
                if len(bars) > MOST_BARS:
                    raise Refused(f"This ABC has more than {MOST_BARS} bars.")
                ticks = min(left, length - bars[-1].ticks)
                bars[-1].notes.append(Sounding(ticks, note.pitch))
                left -= ticks
    for tick, name in chords:
        if tick < length * len(bars):
            bars[int(tick // length)].chords.append((tick % length, name))
    bars[-1].closes = True
    return carried([filled(one, length, 0) if one.ticks < length else bar(one, length) for one in bars])


def joined(first: Measure, second: Measure) -> Measure:
    chords = [*first.chords, *((tick + first.ticks, name) for tick, name in second.chords)]
    return Measure([*first.notes, *second.notes], chords, first.opens, second.repeats, second.closes)


def filled(measure: Measure, length: int, before: int) -> Bar:
    """A short measure as a bar, after so many bars."""
    rest = Sounding(length - measure.ticks, None)
    if measure.closes or measure.repeats:
        return bar(joined(measure, Measure([rest])), length)
    if before == 0 or measure.opens:
        return bar(joined(Measure([rest]), measure), length)
    raise Refused(f"Bar {before + 1} is too short for its metre.")


def parted(measure: Measure, length: int, before: int) -> list[Measure]:
    """A measure of one or more whole bars, bar by bar."""
    parts = [Measure()]
    for note in measure.notes:
        if parts[-1].ticks == length:
            parts.append(Measure())
        parts[-1].notes.append(note)
        if parts[-1].ticks > length:
            raise Refused(f"Bar {before + len(parts)} is too long for its metre.")
    if parts[-1].ticks != length:
        raise Refused(f"Bar {before + len(parts)} does not fit its metre.")
    for tick, name in measure.chords:
        if tick < length * len(parts):
            parts[int(tick // length)].chords.append((tick % length, name))
    return parts


def bar(measure: Measure, length: int) -> Bar:
    """A whole measure with its notes on whole ticks; rests that meet are one."""
    notes: list[Note] = []
    end, before = Fraction(0), 0
    for one in measure.notes:
        end += one.ticks
        ticks = int(end + Fraction(1, 2)) - before
        before += ticks
        if ticks and notes and one.pitch is None and notes[-1].pitch is None:
            notes[-1] = Note(notes[-1].ticks + ticks, None)
        elif ticks:
            notes.append(Note(ticks, one.pitch))
    return Bar(tuple(notes), shared(measure.chords, length))


def shared(chords: list[tuple[Fraction, str]], length: int) -> tuple[str, ...]:
    """Chords of equal length, as few as hold every one where it begins; "" goes on from the bar before."""
    if not chords:
        return ()
    fits = (count for count in SHARES if all(tick * count % length == 0 for tick, _ in chords))
    count = next(fits, 1)
    names = [""] * count
    for tick, name in chords:
        names[min(count - 1, int(tick * count // length))] = name
    for place in range(1, count):
        names[place] = names[place] or names[place - 1]
    return tuple(names)


def carried(bars: list[Bar]) -> list[Bar]:
    """What begins without a chord takes the last one, or the first of its bar where there is none before."""
    last, result = "", []
    for one in bars:
        names = one.chords or ((last,) if last else ())
        first = last or next((name for name in names if name), "")
        names = tuple(name or first for name in names)
        result.append(Bar(one.notes, names))
        last = names[-1] if names else last
    return result
