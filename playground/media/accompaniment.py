"""What the hands, the bass and the drums of a style play under a tune, bar by bar; knows no seconds and no sound."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playground.media.harmony import bars_chords, voicings
from playground.media.patterns import CELL, FILL
from playground.media.score import DRUMS
from playground.media.styles import Part, Style
from playground.media.tune import BAR, QUALITIES, Tune, chord

LINE = 4  # bars after which the drums break
STROKES = {"X": 1.0, "x": 0.75, "o": 0.45}
LOWEST_BASS, MIDDLE_BASS = 28, 36  # the low E of a bass, and the C it plays around


@dataclass(frozen=True)
class Placed:
    """A note in ticks from the start of the tune, before swing and tempo."""

    tick: int
    ticks: int
    pitch: int
    velocity: float


def steps(pattern: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(sign, first tick, ticks) of everything that begins between two ticks of a pattern."""
    for cell in range(-(-start // CELL), -(-end // CELL)):
        if pattern[cell] in "-.":
            continue
        last = cell + 1
        while last * CELL < end and pattern[last] == "-":
            last += 1
        yield pattern[cell], cell * CELL, min(last * CELL, end) - cell * CELL


def hands(tune: Tune, part: Part) -> list[Placed]:
    """Chords and broken chords. The last bar is one chord held; a chord that comes while another is held is struck."""
    spans = bars_chords(tune)
    led = iter(voicings(name for bar in spans for _, _, name in bar))
    placed = []
    for index, bar in enumerate(spans):
        patterns = part.patterns[tune.metre]
        pattern = patterns[index % len(patterns)]
        origin = index * BAR[tune.metre]
        for first, ticks, _ in bar:
            hand = [pitch + 12 * part.octave for pitch in next(led)]
            if index == len(spans) - 1:
                placed += struck(hand, origin + first, ticks, part.velocity)
                continue
            found = list(steps(pattern, first, first + ticks))
            if pattern[first // CELL] == "-":
                found.insert(0, ("x", first, (found[0][1] if found else first + ticks) - first))
            for sign, tick, length in found:
                length = first + ticks - tick if part.ringing else length
                placed += struck(tones(hand, sign), origin + tick, length, part.velocity)
    return placed


def tones(hand: Sequence[int], sign: str) -> list[int]:
    """The pitches of a sign of a chord pattern."""
    if sign == "x":
        return list(hand)
    octave, place = divmod(int(sign), len(hand))
    return [hand[place] + 12 * octave]


def struck(pitches: Sequence[int], tick: int, ticks: int, velocity: float) -> list[Placed]:
    return [Placed(tick, ticks, pitch, velocity) for pitch in pitches]


def bass(tune: Tune, part: Part) -> list[Placed]:
    """The bass line. Every chord begins on its root, and the last bar holds it."""
    spans = bars_chords(tune)
    roots = [chord(name)[0] for bar in spans for _, _, name in bar]
    following = iter([*roots[1:], tune.tonic])
    placed = []
    for index, bar in enumerate(spans):
        patterns = part.patterns[tune.metre]
        pattern = patterns[index % len(patterns)]
        origin = index * BAR[tune.metre]
        for first, ticks, name in bar:
            root = near(MIDDLE_BASS, chord(name)[0])
            target = near(root, next(following))
            found = list(steps(pattern, first, first + ticks))
            if index == len(spans) - 1:
                found = [("r", first, ticks)]
            elif not found or found[0][1] > first:
                found.insert(0, ("r", first, (found[0][1] if found else first + ticks) - first))
            for place, (sign, tick, length) in enumerate(found):
                pitch = root if place == 0 else bass_tone(sign, root, name, target)
                placed.append(Placed(origin + tick, length, pitch, part.velocity * (1 if place == 0 else 0.85)))
    return placed


def near(pitch: int, pitch_class: int) -> int:
    """The pitch of that class next to `pitch`, not below LOWEST_BASS."""
    found = pitch - 6 + (pitch_class - pitch + 6) % 12
    return found if found >= LOWEST_BASS else found + 12


def bass_tone(sign: str, root: int, name: str, target: int) -> int:
    """The pitch of a sign of a bass pattern; `target` is the root that comes next."""
    intervals = QUALITIES[chord(name)[1]]
    if sign == "a":
        return target + (1 if root > target else -1)
    pitch = root + {"r": 0, "3": intervals[1], "5": intervals[2], "8": 12}[sign]
    return pitch - 12 if sign in "35" and pitch > MIDDLE_BASS + 10 else pitch


def drums(tune: Tune, style: Style) -> list[Placed]:
    """The beat, a break at the end of every second line, a crash after it; the last bar is one stroke."""
    if style.beat is None:
        return []
    placed, count = [], len(tune.bars)
    for index in range(count):
        origin = index * BAR[tune.metre]
        if index == count - 1:
            placed += [Placed(origin, 12, DRUMS[name], 0.6) for name in ("kick", "crash")[: 2 if style.fills else 1]]
            continue
        fill = style.fills and index % (2 * LINE) == 2 * LINE - 1
        for name, pattern in (FILL if fill else style.beat)[tune.metre].items():
            for sign, tick, _ in steps(pattern, 0, BAR[tune.metre]):
                placed.append(Placed(origin + tick, CELL, DRUMS[name], STROKES[sign]))
        if style.fills and index and index % (2 * LINE) == 0:
            placed.append(Placed(origin, 12, DRUMS["crash"], 0.6))
    return placed
