"""Measures the shipped model: exact bars, cadences, repetition, wishes, novelty, speed; and says what to ship."""

import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import torch
from transformers import AutoModelForCausalLM

from playground.media import arrange, synth
from playground.media.tune import Tune
from playground.media.tune_tokens import VOCABULARY, decode
from playground.media.tune_wishes import draw_wish
from training import tunes
from training.language.ngram import NGram
from training.tune import data, task
from training.tune.listener import Listener
from training.tune.tokens import IDS
from training.tune.writing import prefix, write
from training.tunes import judge

GATES = {"bars exact": 0.98, "wishes": 0.90}
MOST_COPIED, MOST_SECONDS = 0.20, 4.0
HEARD = 3000  # composed tunes that the listener learns from
STREAM_COUNTED = 700_000  # tokens that the 6-gram counts


@dataclass(frozen=True)
class Report:
    """All that the card prints; shares from 0 to 1."""

    tunes: int
    whole: float  # tunes that can be read at all, without the grammar
    bars_exact: float  # without the grammar
    free: judge.Figures | None  # None where nothing could be read
    composed: judge.Figures
    masked_whole: float
    wishes: dict[str, float]
    ceilings: dict[str, float]  # of the same listener on composed tunes
    copied: float
    copied_composed: float
    nats: dict[str, tuple[float, float]]  # of the model and of the 6-gram, by kind of tune
    seconds_to_write: float
    seconds_to_play: float
    load: float

    def gates(self) -> dict[str, tuple[float, float]]:
        """What was reached and what is needed, as shares; seconds and copies are told apart."""
        values = (self.bars_exact, sum(self.wishes.values()) / len(self.wishes))
        return {name: (value, GATES[name]) for value, name in zip(values, GATES, strict=True)}


def evaluate(folder: Path, work: Path, books: list[Tune], count: int = 100) -> Report:
    """Measure the model in `folder` on `count` wishes drawn by lot."""
    load = psutil.getloadavg()[0]  # of others: before this program loads the machine itself
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    torch.manual_seed(5)
    rng = random.Random(11)
    wishes = [draw_wish(rng) for _ in range(count)]
    free = [_read(words) for words in write(model, [prefix(wish) for wish in wishes], masked=False)]
    masked = [_read(words) for words in write(model, [prefix(wish) for wish in wishes], masked=True)]
    readable = [tune for tune in free if tune]
    fresh = list(data.composed(count, 4040, held_out=True))
    kept, ceilings = _wishes(wishes, masked, fresh)
    stream = np.memmap(work / "data" / "tokens.bin", np.uint16, "r")
    known = _phrases_of(stream)
    writing, playing = _seconds(model)
    return Report(
        tunes=count,
        whole=len(readable) / count,
        bars_exact=sum(judge.exact_bars(tune) if tune else 0.0 for tune in free) / count,
        free=_mean_figures(readable) if readable else None,
        composed=_mean_figures(fresh),
        masked_whole=sum(tune is not None and judge.exact_bars(tune) == 1 for tune in masked) / count,
        wishes=kept,
        ceilings=ceilings,
        copied=_copied([tune for tune in masked if tune], known),
        copied_composed=_copied(fresh, known),
        nats=_nats(model, stream, fresh, books),
        seconds_to_write=writing,
        seconds_to_play=playing,
        load=load,
    )


def _read(words: list[str]) -> Tune | None:
    try:
        tune = decode(words)
    except ValueError:
        return None
    return tune if tune.bars and all(bar.notes for bar in tune.bars) else None


def _wishes(
    wishes: Sequence[tunes.Wish], written: Sequence[Tune | None], fresh: list[Tune]
) -> tuple[dict[str, float], dict[str, float]]:
    """Shares of wishes that can be heard in the tunes, and the same of composed tunes; tempo is set when playing."""
    heard = list(data.composed(HEARD, 3030))
    pairs = [(wish, tune) for wish, tune in zip(wishes, written, strict=True) if tune]
    kept = {
        "metre": sum(judge.exact_bars(tune) == 1 for _, tune in pairs) / len(wishes),
        "bars": sum(len(tune.bars) == wish.bars for wish, tune in pairs) / len(wishes),
    }
    ceilings = {"metre": 1.0, "bars": 1.0}
    for name in ("mode", "style"):
        listener = Listener(heard, [getattr(tune, name) for tune in heard])
        found = listener.hears([tune for _, tune in pairs])
        matches = [one == getattr(wish, name) for one, (wish, _) in zip(found, pairs, strict=True)]
        kept[name] = sum(matches) / len(wishes)
        truth = listener.hears(fresh)
        ceilings[name] = sum(one == getattr(tune, name) for one, tune in zip(truth, fresh, strict=True)) / len(fresh)
    return kept, ceilings


def _mean_figures(found: list[Tune]) -> judge.Figures:
    """The mean of every figure; where a tune has none, it does not count."""
    figures = [judge.measure(tune) for tune in found]

    def mean(values) -> float:
        known = [float(value) for value in values if value is not None]
        return sum(known) / max(1, len(known))

    def again(name: str) -> dict[int, float | None]:
        return {at: mean(getattr(one, name)[at] for one in figures) for at in judge.DISTANCES}

    return judge.Figures(
        exact_bars=mean(one.exact_bars for one in figures),
        strong_chord_tones=mean(one.strong_chord_tones for one in figures),
        ends_on_tonic=mean(one.ends_on_tonic for one in figures),
        rhythm_again=again("rhythm_again"),
        contour_again=again("contour_again"),
        mean_leap=mean(one.mean_leap for one in figures),
        span=mean(one.span for one in figures),
        density=mean(one.density for one in figures),
    )


def _phrases_of(stream: np.ndarray) -> set:
    """Every two bars of the training stream."""
    known: set = set()
    ends = np.flatnonzero(stream == IDS["end"])
    for start, end in zip([0, *(ends[:-1] + 1)], ends, strict=True):
        known.update(judge.phrases(decode([VOCABULARY[id] for id in stream[start : end + 1]])))
    return known


def _copied(found: list[Tune], known: set) -> float:
    phrases = [phrase for tune in found for phrase in judge.phrases(tune)]
    return sum(phrase in known for phrase in phrases) / max(1, len(phrases))


def _nats(model, stream: np.ndarray, fresh: list[Tune], books: list[Tune]) -> dict[str, tuple[float, float]]:
    counted = NGram(stream[:STREAM_COUNTED], len(VOCABULARY), order=6)
    found = {}
    for name, kind in (("composed", fresh), ("from books", [tune for tune in books if tunes.is_held_out(tune)])):
        texts = [data.ids(tune) for tune in kind[:100]]
        if texts:
            theirs = sum(counted.nats(text.tolist()) for text in texts) / sum(len(text) - 1 for text in texts)
            found[name] = (task.nats(model, texts), theirs)
    return found


def _seconds(model) -> tuple[float, float]:
    """Seconds to write 16 bars by the grammar and to play them, on one thread; the best of three each."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    wish = tunes.Wish("happy", "pop", "major", "4/4", 2, 16)
    writing, playing = [], []
    for _ in range(3):
        start = time.perf_counter()
        (words,) = write(model, [prefix(wish)], masked=True)
        written = time.perf_counter()
        synth.rendered(arrange.arrange(decode(words)))
        writing.append(written - start)
        playing.append(time.perf_counter() - written)
    torch.set_num_threads(before)
    return min(writing), min(playing)


def as_table(report: Report) -> str:
    """The report as Markdown."""
    free, true = report.free or report.composed, report.composed
    again = ", ".join(f"{at}: {free.rhythm_again[at]:.2f} ({true.rhythm_again[at]:.2f})" for at in judge.DISTANCES)
    wishes = ", ".join(f"{name} {share:.0%} ({report.ceilings[name]:.0%})" for name, share in report.wishes.items())
    rows = [
        (f"tunes of {report.tunes} that can be read, without the grammar", f"{report.whole:.1%}"),
        ("bars exactly full, without the grammar", f"{report.bars_exact:.1%}"),
        ("the same with the grammar, whole tunes", f"{report.masked_whole:.1%}"),
        ("strong beats on chord tones (composed)", f"{free.strong_chord_tones:.2f} ({true.strong_chord_tones:.2f})"),
        ("last notes on the tonic, without the grammar", f"{free.ends_on_tonic:.1%}"),
        ("bars whose rhythm returns after so many bars (composed)", again),
        ("mean leap, semitones (composed)", f"{free.mean_leap:.2f} ({true.mean_leap:.2f})"),
        ("wishes that can be heard (in composed tunes)", wishes),
        ("two-bar phrases that stand in the training tunes (fresh composed)",
         f"{report.copied:.1%} ({report.copied_composed:.1%})"),
        *((f"nats a token, tunes {name} kept back (6-gram)", f"{ours:.3f} ({theirs:.3f})")
          for name, (ours, theirs) in report.nats.items()),
        ("seconds to write 16 bars, one thread", f"{report.seconds_to_write:.2f}"),
        ("seconds to play them into a stereo sound, one thread", f"{report.seconds_to_play:.2f}"),
    ]  # fmt: skip
    lines = ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows), ""]
    lines.append(f"Timed on {os.cpu_count()} cores at load average {report.load:.1f}.")
    return "\n".join(lines)


def verdict(report: Report) -> str:
    """Whether each gate is passed, for the person who decides to ship."""
    said = {True: "passed", False: "FAILED"}
    lines = [f"{name}: {got:.1%} of {need:.0%} {said[got >= need]}" for name, (got, need) in report.gates().items()]
    seconds = report.seconds_to_write + report.seconds_to_play
    lines.append(f"copied: {report.copied:.1%}, at most {MOST_COPIED:.0%} {said[report.copied <= MOST_COPIED]}")
    lines.append(f"seconds: {seconds:.1f}, at most {MOST_SECONDS:.0f} {said[seconds <= MOST_SECONDS]}")
    return "\n".join(lines)
