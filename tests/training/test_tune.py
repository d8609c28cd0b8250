"""The training of `tune` on a tiny scale: data, writing with and without the grammar, judgement, export."""

import json
import random
from dataclasses import replace

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground.media import tune_grammar
from playground.media.tune_tokens import VOCABULARY, decode
from training import tunes
from training.language.export import save
from training.language.network import Size, make_model
from training.language.tokenizer import load
from training.tune import card, data, evaluate, task, tokens
from training.tune.listener import Listener
from training.tune.writing import prefix, write

SMALL = Size(width=32, layers=1, heads=2, inner=64, longest=tokens.LONGEST)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A work folder with a tokenizer and a small stream, one of its tunes from a book."""
    folder = tmp_path_factory.mktemp("work")
    tokens.make_tokenizer(folder / "tokenizer")
    book = next(data.composed(1, 9))
    data.make(folder / "data", 12, [book])
    return folder


@pytest.fixture(scope="module")
def untrained(work):
    torch.manual_seed(0)
    return make_model(load(work / "tokenizer"), SMALL).eval()


def test_the_tokenizer_has_a_token_for_every_word(work):
    tokenizer = AutoTokenizer.from_pretrained(work / "tokenizer")
    assert len(tokenizer) == len(VOCABULARY)
    assert tokenizer(" ".join(VOCABULARY))["input_ids"] == list(range(len(VOCABULARY)))


def test_the_stream_holds_whole_tunes_and_none_that_is_kept_back(work):
    stream = np.fromfile(work / "data" / "tokens.bin", np.uint16)
    ends = np.flatnonzero(stream == tokens.IDS["end"])
    told = [decode([VOCABULARY[id] for id in part]) for part in np.split(stream, ends + 1) if len(part)]
    assert len(told) == 12 + data.FOLK_TIMES and not any(tunes.is_held_out(tune) for tune in told)
    kept_back = list(data.composed(3, 1, held_out=True))
    assert all(tunes.is_held_out(tune) for tune in kept_back)


def test_books_are_read_and_what_cannot_be_is_passed_over(tmp_path):
    assert data.read_books(None) == []
    bars = "|".join(["GABc dedB"] * 7 + ["G4 G4"])
    (tmp_path / "a.abc").write_text(f"X:1\nT:One\nM:4/4\nL:1/8\nR:reel\nK:G\n{bars}|\n\nX:2\nT:Broken\nK:??\n!!\n")
    (found,) = data.read_books(tmp_path)
    assert found.style == "reel" and len(found.bars) == 8 and found.key == "C major"


def test_the_grammar_makes_a_tune_of_anything(untrained):
    rng = random.Random(1)
    wishes = [tunes.draw_wish(rng) for _ in range(3)]
    torch.manual_seed(1)
    written = write(untrained, [prefix(wish) for wish in wishes], masked=True)
    for words, wish in zip(written, wishes, strict=True):
        whole = tune_grammar.accepts(words)
        assert whole or len(words) == tokens.LONGEST  # an untrained one may fill its bars with the shortest notes
        assert words[: len(prefix(wish))] == prefix(wish)
    free = write(untrained, [prefix(wishes[0])], masked=False)
    assert not tune_grammar.accepts(free[0])


def test_a_listener_hears_the_mode():
    heard = list(data.composed(300, 5))
    listener = Listener(heard, [tune.mode for tune in heard])
    fresh = list(data.composed(60, 6, held_out=True))
    right = sum(one == tune.mode for one, tune in zip(listener.hears(fresh), fresh, strict=True))
    assert right > 0.7 * len(fresh)


def test_the_model_is_exported_measured_and_described(work, untrained, tmp_path, monkeypatch):
    save(tmp_path, untrained, load(work / "tokenizer"))
    assert AutoModelForCausalLM.from_pretrained(tmp_path).config.vocab_size == len(VOCABULARY)
    monkeypatch.setattr(evaluate, "HEARD", 40)
    monkeypatch.setattr(evaluate, "_seconds", lambda model: (1.0, 2.0))  # an untrained model writes endless bars
    report = evaluate.evaluate(tmp_path, work, list(data.composed(40, 3)), count=4)
    assert report.bars_exact < 0.5 and 0 <= report.copied <= 1 and report.nats["composed"][0] > 3
    assert "bars exact" in evaluate.verdict(report) and "FAILED" in evaluate.verdict(report)
    assert "passed" in evaluate.verdict(replace(report, bars_exact=1.0))
    card.write(tmp_path, report, work, tokens=1000, parameters=2_000_000)
    text = (tmp_path / "README.md").read_text()
    assert "waltz" in json.loads((tmp_path / "words.json").read_text())["styles"]
    assert "{" not in text and "hornpipe" in text and "2.0 million" in text


def test_what_is_looked_at_in_training_is_a_number(untrained, work):
    assert float(task.look(untrained, load(work / "tokenizer")).split()[1]) > 3
