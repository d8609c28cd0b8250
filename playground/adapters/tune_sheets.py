"""Tunes while they are written: what is wished, what is kept, and the words so far; knows no model and no sound."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from playground.media import tune_context, tune_grammar, tune_start
from playground.media.tune import BAR, NAMES, Bar, Note, Tune, transposed
from playground.media.tune_prompt import playable
from playground.media.tune_tokens import BEGIN, CONTROLS, MOST_BARS, bar_tokens, decode
from playground.media.tune_wishes import Wish, draw_wish
from playground.media.tune_words import BPM, HOME, tempo_of
from playground.params import MusicParams

KEYS = {  # of which one is drawn if none is asked for: those that are easily sung and played
    "major": ("C", "D", "F", "G", "A", "Bb"),
    "minor": ("A", "B", "C", "D", "E", "G"),
    "dorian": ("A", "B", "D", "E", "G"),
    "mixolydian": ("A", "C", "D", "G"),
}
ROUND = 8  # bars that are written at once when a tune goes on


@dataclass(frozen=True)
class Frame:
    """How a tune will be played. `up`: semitones from the home key to its own; `before` and `after` are bars that are
    kept around the new ones, as they are played."""

    seed: int
    wish: Wish
    key: str
    bpm: int
    instrument: str
    title: str
    up: int
    before: tuple[Bar, ...] = ()
    after: tuple[Bar, ...] = ()

    def tune(self, new: tuple[Bar, ...] = ()) -> Tune:
        wish = self.wish
        bars = (*self.before, *new, *self.after)
        tonic = NAMES.index(self.key)
        return Tune(bars, wish.metre, tonic, wish.mode, self.bpm, wish.mood, wish.style, self.title)


@dataclass
class Sheet:
    """A tune that is being written. Its `words` begin with `told` bars to go on from; it ends when only the last `stop`
    bars are left; `dice` is the seed of the draw."""

    frame: Frame
    words: list[str]
    state: tune_grammar.State
    dice: int
    told: int = 0
    stop: int = 0

    def __post_init__(self) -> None:
        # Bars to write: from the one that is begun, or comes next, to the one before the last `stop`.
        self.count = self.state.bars_left - self.stop - (1 if self.state.expects == "bar" else 0)

    def add(self, word: str) -> None:
        self.words.append(word)
        self.state = tune_grammar.advanced(self.state, word)

    @property
    def done(self) -> bool:
        return self.state.expects == "nothing" or (self.stop > 0 and self.bars == self.count)

    @property
    def bars(self) -> int:
        """Whole new ones so far."""
        whole = self.state.expects in ("bar", "end", "nothing")
        return self.count + self.stop - self.state.bars_left + (1 if whole else 0)

    def new(self) -> tuple[Bar, ...]:
        """The new bars as far as they are written, in the key they will be played in."""
        whole = self.words[:-1] if self.state.expects == "length" else self.words  # a note without its length is none
        return transposed(decode(whole), self.frame.up).bars[self.told :]

    def tune(self) -> Tune:
        return self.frame.tune(self.new())

    def draft(self) -> Tune:
        """The whole tune with silence in place of what is still to be written."""
        length, bars = BAR[self.frame.wish.metre], list(self.new())
        bars += [Bar(())] * (self.count - len(bars))
        return self.frame.tune(tuple(filled(bar, length) for bar in bars))


def filled(bar: Bar, length: int) -> Bar:
    left = length - sum(note.ticks for note in bar.notes)
    return replace(bar, notes=(*bar.notes, Note(left, None))) if left else bar


def begun(params: MusicParams, asked: Mapping[str, Any], seed: int) -> Sheet:
    """A tune before its first bar. What the settings leave open the prompt says, and what it leaves open is drawn; of a
    preview only the first bars will be written, as they are for the whole."""
    rng = random.Random(seed)
    said = {name: getattr(params, name) or asked.get(name) for name in ("mood", "style", "mode", "metre", "bars")}
    bpm = params.bpm or asked.get("bpm")
    wish = draw_wish(
        rng, **{name: value for name, value in said.items() if value}, tempo=tempo_of(bpm) if bpm else None
    )
    key = params.key or asked.get("key") or rng.choice(KEYS[wish.mode])
    instrument = params.instrument or asked.get("instrument", "")
    title = f"{wish.mood.capitalize()} {wish.style} in {key} {wish.mode}"
    up = (NAMES.index(key) - HOME[wish.mode] + 5) % 12 - 5  # the nearest way
    frame = Frame(seed, wish, key, bpm or BPM[wish.tempo], instrument, title, up)
    stop = wish.bars - params.preview_bars if params.preview_bars else 0
    return opened(frame, controls(wish), wish.bars, seed, stop=stop)


def opened(frame: Frame, words: list[str], left: int, dice: int, told: int = 0, stop: int = 0) -> Sheet:
    """A sheet after `words`, at the beginning of its first new bar, with so many left with that one."""
    sheet = Sheet(frame, words, tune_grammar.resumed(frame.wish.metre, frame.wish.mode, left), dice, told, stop)
    sheet.add(f"bar_{left}")
    return sheet


def controls(wish: Wish) -> list[str]:
    return [BEGIN, *(f"{name}_{getattr(wish, name)}" for name in CONTROLS)]


def kept(params: MusicParams, asked: Mapping[str, Any], start: Tune, seed: int) -> Frame:
    """The start as it will be played. It stays in its key, mode and metre; of the rest the settings come first, then
    the prompt, then what the start says itself."""
    said = {name: getattr(params, name) or asked.get(name) or getattr(start, name) for name in ("mood", "style")}
    bpm = playable(params.bpm or asked.get("bpm") or start.bpm)[0]
    wish = draw_wish(
        random.Random(seed),
        **{name: value for name, value in said.items() if value},
        **{"mode": start.mode, "metre": start.metre, "tempo": tempo_of(bpm)},
    )
    wish = replace(wish, bars=params.bars or (ROUND if params.change == "continue" else 0))
    key, instrument = NAMES[start.tonic], params.instrument or asked.get("instrument", "")
    frame = Frame(seed, wish, key, bpm, instrument, start.title, 0, start.bars)
    tune_start.check_long(frame.tune())
    return frame


def stays(params: MusicParams, asked: Mapping[str, Any], start: Tune) -> str:
    """A sentence if the key, mode or metre that is asked for is not the start's; else empty."""
    own = {"key": NAMES[start.tonic], "mode": start.mode, "metre": start.metre}
    others = (getattr(params, name) or asked.get(name, "") for name in own)
    if all(other in ("", one) for other, one in zip(others, own.values(), strict=True)):
        return ""
    return f"The tune stays in {start.key} and in {start.metre}, as it began."


def going_on(frame: Frame, bars: int, dice: int) -> tuple[Sheet, str]:
    """The tune of a frame before so many more bars, at most ROUND, and a sentence about how it is read."""
    tune_start.check_long(frame.tune(frame.before[:1] * bars))
    context = tune_context.readable(replace(frame.tune(), bars=frame.before[-(MOST_BARS - bars) :]))
    told = context.tune.bars
    words = controls(frame.wish) + numbered(told, bars + len(told))
    return opened(replace(frame, up=-context.semitones), words, bars, dice, len(told)), context.told


def anew(frame: Frame, first: int, last: int, dice: int) -> tuple[Sheet, list[str], str]:
    """The tune of a frame before its bars from `first` to `last`, counted from 1, are written anew; the words of the
    bars that follow, as far as the model sees them; and a sentence about how it is read.

    A section of a long tune ends after each eighth bar; what is rewritten is counted down to the end of its section.
    """
    count = len(frame.before)
    end = count if count <= MOST_BARS else min(count, -(-last // ROUND) * ROUND)
    begin = max(0, end - MOST_BARS)
    context = tune_context.readable(replace(frame.tune(), bars=frame.before[begin:end]))
    told, after = context.tune.bars[: first - 1 - begin], context.tune.bars[last - begin :]
    words = controls(frame.wish) + numbered(told, end - begin)
    around = replace(frame, up=-context.semitones, before=frame.before[: first - 1], after=frame.before[last:])
    sheet = opened(around, words, end - first + 1, dice, len(told), end - last)
    return sheet, numbered(after, end - last), context.told


def numbered(bars: tuple[Bar, ...], left: int) -> list[str]:
    """The tokens of bars, counted down from `left`."""
    return [token for index, bar in enumerate(bars) for token in bar_tokens(bar, left - index)]
