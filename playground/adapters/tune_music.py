"""Tunes with a language model of lead sheets from a local transformers folder: composed, continued, rewritten, played.

Knows no line, no page and no recipe.
"""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from playground.adapters.stopping import heed
from playground.adapters.text_folder import load_model, load_tokenizer
from playground.adapters.tune_sheets import ROUND, Frame, Sheet, anew, begun, going_on, kept, stays
from playground.adapters.tune_sound import heard
from playground.adapters.tune_writer import Writer
from playground.catalog import Model
from playground.errors import Failed
from playground.events import Media, Notice, Output, Preview, Step
from playground.media import roll, sampler, synth, takes, tune_start
from playground.media.arrange import MELODY, arrange
from playground.media.tune import Tune
from playground.media.tune_prompt import playable, understood
from playground.media.tune_tokens import VOCABULARY
from playground.params import LARGEST_SEED, MusicParams
from playground.stream import Emit

CANDIDATES = 4  # of bars that are rewritten: that is kept after which those that follow are likeliest

Made = tuple[Frame, Tune]


class TuneMusic:
    """A language model of lead sheets, ready to write."""

    def __init__(self, model: Model, device: str):
        tokenizer = load_tokenizer(model)
        if tokenizer.convert_ids_to_tokens(range(len(tokenizer))) != list(VOCABULARY):
            raise Failed(f"{model.title} has other words than the tunes that are written here; it cannot be used.")
        self.model = load_model(model, device)
        self.writer = Writer(self.model)

    @torch.inference_mode()
    def run(self, params: MusicParams, emit: Emit) -> None:
        """Emit a Step and a Preview for each bar, then an Output for each tune; tune i has seed + i."""
        asked = understood(params.prompt)
        params = replace(params, density=params.density or asked.values.get("density", ""))
        if params.bpm:
            bpm, sentence = playable(params.bpm)
            params = replace(params, bpm=bpm)
            asked.left_out += [sentence] if sentence else []
        start, told = tune_start.opened(params.start) if params.start else (None, [])
        asked.left_out += told
        if start and (sentence := stays(params, asked.values, start)):
            asked.left_out.append(sentence)
        for sentence in asked.left_out:
            emit(Notice(sentence))
        seeds = [(params.seed + i) % (LARGEST_SEED + 1) for i in range(params.tunes)]
        if start:
            change = {"continue": self.continued, "rewrite": self.rewritten, "play": as_it_is}[params.change]
            made = change([kept(params, asked.values, start, seed) for seed in seeds], params, emit)
        else:
            made = self.composed([begun(params, asked.values, seed) for seed in seeds], params, emit)
        for frame, tune in made:
            heed(emit)
            emit(played(frame, tune, params))

    def composed(self, sheets: Sequence[Sheet], params: MusicParams, emit: Emit) -> list[Made]:
        tell = telling(emit, 0, sum(sheet.count for sheet in sheets))
        self.writer.write(sheets, params.temperature, lambda: heed(emit), tell)
        return [(sheet.frame, sheet.tune()) for sheet in sheets]

    def continued(self, frames: Sequence[Frame], params: MusicParams, emit: Emit) -> list[Made]:
        """Each frame with more bars, ROUND at a time, each time with all the model can read before them."""
        more = params.bars or ROUND
        for done in range(0, more, ROUND):
            bars = min(ROUND, more - done)
            opened = [going_on(frame, bars, dice(frame.seed, done)) for frame in frames]
            notice(emit, "" if done else opened[0][1])
            sheets = [sheet for sheet, _ in opened]
            tell = telling(emit, done * len(frames), more * len(frames))
            self.writer.write(sheets, params.temperature, lambda: heed(emit), tell)
            frames = [replace(sheet.frame, before=sheet.tune().bars) for sheet in sheets]
        return [(frame, frame.tune()) for frame in frames]

    def rewritten(self, frames: Sequence[Frame], params: MusicParams, emit: Emit) -> list[Made]:
        """Each frame with some bars anew: the candidate after which the bars that follow are likeliest."""
        first, last = params.first_bar, params.last_bar
        rows = [(frame, dice(frame.seed, number)) for frame in frames for number in range(CANDIDATES)]
        opened = [anew(frame, first, last, seed) for frame, seed in rows]
        notice(emit, opened[0][2])
        sheets, after = [sheet for sheet, _, _ in opened], opened[0][1]
        tell = telling(emit, 0, sum(sheet.count for sheet in sheets) // CANDIDATES, CANDIDATES)
        self.writer.write(sheets, params.temperature, lambda: heed(emit), tell)
        fits = [self.writer.likelihood(after, sheet.words, lambda: heed(emit)) for sheet in sheets]
        made, old = [], frames[0].before[first - 1 : last]
        for group in range(0, len(sheets), CANDIDATES):
            best = max(range(group, group + CANDIDATES), key=lambda row: (sheets[row].new() != old, fits[row]))
            made.append((sheets[best].frame, sheets[best].tune()))
        return made


def as_it_is(frames: Sequence[Frame], params: MusicParams, emit: Emit) -> list[Made]:
    """One frame is enough: where nothing is written all sound the same."""
    emit(Step(0, 1))
    emit(Step(1, 1))
    return [(frames[0], frames[0].tune())]


def dice(seed: int, number: int) -> int:
    """The seed of draw `number` of a change: not the tune's own, which drew the bars there are."""
    return random.Random(f"{seed} {number}").getrandbits(32)


def telling(emit: Emit, before: int, total: int, candidates: int = 1) -> Callable[[Sequence[Sheet]], None]:
    """Tells of each new bar, `before` of which are written; of several candidates for a tune the first is shown."""
    told = before
    emit(Step(before, total))

    def tell(sheets: Sequence[Sheet]) -> None:
        nonlocal told
        written = before + sum(sheet.bars for sheet in sheets) // candidates
        if written > told:
            told = written
            emit(Step(written, total))
            emit(Preview(tuple(preview(sheet) for sheet in sheets[::candidates])))

    return tell


def notice(emit: Emit, sentence: str) -> None:
    if sentence:
        emit(Notice(sentence))


def preview(sheet: Sheet) -> Media:
    tune = sheet.draft()
    return Media(json.dumps(roll.of_melody(tune, len(tune.bars))).encode(), "application/json")


def played(frame: Frame, tune: Tune, params: MusicParams) -> Output:
    """The finished tune as sound, with what was drawn for it."""
    instruments = {MELODY: frame.instrument} if frame.instrument else None
    score = arrange(tune, instruments, frame.seed, takes.parsed(params.takes), params.density)
    band = sampler.chosen()
    media, told = heard(tune, score, synth.rendered(score, band=band), band)
    facts = {
        **{name: getattr(frame.wish, name) for name in ("mood", "style", "mode", "metre", "bars")},
        **{"seed": frame.seed, "tunes": 1, "key": frame.key, "bpm": frame.bpm, "instrument": frame.instrument},
        **{"density": params.density},
        **told,
    }
    return Output(media, facts)
