"""Tunes with a language model of lead sheets from a local transformers folder; knows no line, no page and no recipe.

The grammar rules out every token that makes no whole bar, so each tune is complete whatever the model expects.
"""

import io
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import soundfile
import torch

from playground.adapters.text_batch import Batch, Reader
from playground.adapters.text_folder import load_model, load_tokenizer
from playground.adapters.text_sampling import Sampler
from playground.catalog import Model
from playground.errors import Failed
from playground.events import Media, Notice, Output, Preview, Step
from playground.media import abc, loudness, roll, synth, tune_grammar
from playground.media.arrange import MELODY, arrange
from playground.media.tune import NAMES, Tune, transposed
from playground.media.tune_prompt import playable, understood
from playground.media.tune_tokens import BEGIN, CONTROLS, VOCABULARY, decode
from playground.media.tune_wishes import Wish, draw_wish
from playground.media.tune_words import BPM, HOME, tempo_of
from playground.params import LARGEST_SEED, MusicParams, TextParams
from playground.stream import Cancelled, Emit

TOP_P = 0.95
KEYS = {  # of which one is drawn if none is asked for: those that are easily sung and played
    "major": ("C", "D", "F", "G", "A", "Bb"),
    "minor": ("A", "B", "C", "D", "E", "G"),
    "dorian": ("A", "B", "D", "E", "G"),
    "mixolydian": ("A", "C", "D", "G"),
}


@dataclass
class Sheet:
    """A tune that is being written: what is wished, how it will be played, and its words so far."""

    seed: int
    wish: Wish
    key: str
    bpm: int
    instrument: str
    words: list[str]
    state: tune_grammar.State

    def add(self, word: str) -> None:
        self.words.append(word)
        self.state = tune_grammar.advanced(self.state, word)

    @property
    def done(self) -> bool:
        return self.state.expects == "nothing"

    @property
    def bars(self) -> int:
        """Whole ones so far."""
        begun = self.wish.bars - self.state.bars_left + (1 if self.state.bars_left else 0)
        return begun if self.done or self.state.expects in ("bar", "end") else max(0, begun - 1)

    def tune(self) -> Tune:
        """As far as it is written, in the key and tempo it will be played in."""
        whole = self.words[:-1] if self.state.expects == "length" else self.words  # a note without its length is none
        tune = decode(whole)
        up = (NAMES.index(self.key) - HOME[self.wish.mode] + 5) % 12 - 5  # the nearest way
        title = f"{self.wish.mood.capitalize()} {self.wish.style} in {self.key} {self.wish.mode}"
        return replace(transposed(tune, up), bpm=self.bpm, title=title)


class TuneMusic:
    """A language model of lead sheets, ready to write."""

    def __init__(self, model: Model, device: str):
        tokenizer = load_tokenizer(model)
        if tokenizer.convert_ids_to_tokens(range(len(tokenizer))) != list(VOCABULARY):
            raise Failed(f"{model.title} has other words than the tunes that are written here; it cannot be used.")
        self.model = load_model(model, device)
        self.reader = Reader(self.model)
        self.ids = {word: number for number, word in enumerate(VOCABULARY)}

    @torch.inference_mode()
    def run(self, params: MusicParams, emit: Emit) -> None:
        """Emit a Step and a Preview for each bar, then an Output for each tune; tune i has seed + i."""
        asked = understood(params.prompt)
        if params.bpm:
            bpm, sentence = playable(params.bpm)
            params = replace(params, bpm=bpm)
            asked.left_out += [sentence] if sentence else []
        for sentence in asked.left_out:
            emit(Notice(sentence))
        sheets = [begun(params, asked.values, (params.seed + i) % (LARGEST_SEED + 1)) for i in range(params.tunes)]
        self.write(sheets, params.temperature, emit)
        for sheet in sheets:
            heed(emit)
            emit(played(sheet))

    def write(self, sheets: Sequence[Sheet], temperature: float, emit: Emit) -> None:
        """Write all tunes together, word by word."""
        bars, told = sum(sheet.wish.bars for sheet in sheets), 0
        emit(Step(0, bars))
        batch = Batch(
            self.model, [self.reader.read([self.ids[w] for w in sheet.words], lambda done: None) for sheet in sheets]
        )
        settings = TextParams(temperature=temperature, top_k=0, top_p=TOP_P)
        sampler = Sampler([settings] * len(sheets), [one.seed for one in sheets], [()] * len(sheets), self.sampled_on)
        going = list(sheets)
        while True:
            heed(emit)
            drawn = sampler.draw(self.masked(batch.logits, going))
            for sheet, one in zip(going, drawn, strict=True):
                sheet.add(VOCABULARY[one.id])
            written = sum(sheet.bars for sheet in sheets)
            if written > told:
                told = written
                emit(Step(written, bars))
                emit(Preview(tuple(preview(sheet) for sheet in sheets)))
            rows = [row for row, sheet in enumerate(going) if not sheet.done]
            if not rows:
                return
            if len(rows) < len(going):
                going = [going[row] for row in rows]
                batch.leave(rows)
                sampler.leave(rows)
            batch.write([drawn[row].id for row in rows])

    @property
    def sampled_on(self) -> str:
        return "cpu" if self.model.device.type == "mps" else str(self.model.device)  # MPS has no 64-bit numbers

    def masked(self, logits: torch.Tensor, sheets: Sequence[Sheet]) -> torch.Tensor:
        """The logits (rows, tokens) where the grammar allows the token, minus infinity elsewhere."""
        if not torch.isfinite(logits).all():
            raise Failed("The model gave numbers that are no probabilities; its weights may be broken.")
        result = torch.full_like(logits, -torch.inf)
        for row, sheet in enumerate(sheets):
            allowed = [self.ids[word] for word in tune_grammar.allowed(sheet.state)]
            result[row, allowed] = logits[row, allowed]
        return result


def begun(params: MusicParams, asked: dict, seed: int) -> Sheet:
    """A tune before its first bar. What the settings leave open the prompt says, and what it leaves open is drawn."""
    rng = random.Random(seed)
    said = {name: getattr(params, name) or asked.get(name) for name in ("mood", "style", "mode", "metre", "bars")}
    bpm = params.bpm or asked.get("bpm")
    wish = draw_wish(
        rng, **{name: value for name, value in said.items() if value}, tempo=tempo_of(bpm) if bpm else None
    )
    key = params.key or asked.get("key") or rng.choice(KEYS[wish.mode])
    instrument = params.instrument or asked.get("instrument", "")
    sheet = Sheet(seed, wish, key, bpm or BPM[wish.tempo], instrument, [], tune_grammar.State())
    for word in (BEGIN, *(f"{name}_{getattr(wish, name)}" for name in CONTROLS), f"bar_{wish.bars}"):
        sheet.add(word)
    return sheet


def heed(emit: Emit) -> None:
    """End if nobody waits any more; a bar, or the sound of a tune, takes its time before there is something to tell."""
    if emit.closed:
        raise Cancelled


def preview(sheet: Sheet) -> Media:
    return Media(json.dumps(roll.of_melody(sheet.tune(), sheet.wish.bars)).encode(), "application/json")


def played(sheet: Sheet) -> Output:
    """The finished tune as sound, with what was drawn for it."""
    tune = sheet.tune()
    score = arrange(tune, {MELODY: sheet.instrument} if sheet.instrument else None, sheet.seed)
    sound = synth.rendered(score)
    facts = {
        **{name: getattr(sheet.wish, name) for name in ("mood", "style", "mode", "metre", "bars")},
        **{"seed": sheet.seed, "tunes": 1, "key": sheet.key, "bpm": sheet.bpm, "instrument": sheet.instrument},
        **{"abc": abc.write(tune), "seconds": round(score.seconds, 2)},
        **{"lufs": round(loudness.integrated(sound, synth.RATE), 1), "dbtp": round(loudness.true_peak(sound), 1)},
    }
    return Output(Media(wav(sound), "audio/wav"), facts)


def wav(sound: np.ndarray) -> bytes:
    """16 bits a sample, which every player takes and no page makes louder by itself."""
    buffer = io.BytesIO()
    soundfile.write(buffer, sound, synth.RATE, "PCM_16", format="WAV")
    return buffer.getvalue()
