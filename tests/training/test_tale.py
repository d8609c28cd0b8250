"""The training of `tale` on a tiny scale: stops and goes on, exports what transformers loads, judges truly."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from training import checkpoint, tales
from training.language import loop
from training.language.network import Size, make_model, parts_of
from training.language.ngram import NGram, share_copied
from training.language.rows import Rows, repeats_at
from training.language.tokenizer import load
from training.optimizer import Optimizer
from training.schedule import Schedule
from training.tale import binding, card, data, exams, export, sandbox, tokens
from training.tale.__main__ import prepare
from training.tale.evaluate import GATES, Report, as_table, verdict
from training.tale.task import ROW, SIZE, TASK
from training.tales import nouns
from training.tales.cast import is_she
from training.tales.places import PLAIN, is_held_out


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A work folder with a small tokenizer and a small stream."""
    folder = tmp_path_factory.mktemp("work")
    tokenizer = tokens.make_tokenizer(folder / "tokenizer", documents=300)
    data.make(folder / "data", tokenizer, 60, [])
    return folder


SMALL = Size(width=64, layers=1, heads=2, inner=172, longest=512)


def test_the_tokenizer_gives_back_every_text(work):
    tokenizer = AutoTokenizer.from_pretrained(work / "tokenizer")
    for text in ('Mia\'s  fox said: "No!"\n\ndef f(n):\n    return n * 12', "żółw 🦊\t", *map(str, range(12))):
        ids = tokenizer(text)["input_ids"]
        assert ids[0] == tokenizer.bos_token_id and tokenizer.decode(ids, skip_special_tokens=True) == text
    assert tokenizer.eos_token_id not in (None, tokenizer.bos_token_id, tokenizer.pad_token_id)
    names = [*nouns.SHE_NAMES, *nouns.HE_NAMES]
    assert all(len(tokenizer(f" {name}", add_special_tokens=False)["input_ids"]) == 1 for name in names)


def test_the_stream_has_documents_with_weights_on_their_facts(work):
    tokenizer = load(work / "tokenizer")
    document = tales.Document(
        "", "A fox named Mia. Mia slept. The fox slept.", tales.Facts("story", "Mia", "fox", names=("Mia",))
    )
    ((ids, weights),) = data.encode([document], tokenizer)
    heavy = str(tokenizer.decode(ids[weights == data.NAMED].tolist())).split()
    assert heavy == ["Mia", "fox"] and tokenizer.decode([ids[-1]]) == tokens.END and len(ids) == len(weights)
    facts = json.loads((work / "data" / "stream.json").read_text())
    rows = Rows(work / "data", ROW, len(tokenizer), seed=0)
    found, heavy_rows = rows.next(3, repeats=0.0)
    assert found.shape == (3, ROW + 1) and heavy_rows.shape == (3, ROW)
    assert found[:, 0].unique().tolist() == [tokenizer.bos_token_id] and facts["tokens"] == len(rows.tokens)


def test_repeated_rows_count_only_what_can_be_known(work):
    rows = Rows(work / "data", ROW, 300, seed=1)
    found, weights = rows.next(8, repeats=1.0)
    for row, known in zip(found, weights, strict=True):
        length = int((known == 0).sum()) + 1
        assert 4 <= length < 80 and torch.equal(row[length:], row[:-length])
    assert repeats_at(0) == pytest.approx(0.3) and repeats_at(1) == pytest.approx(0.02)


def test_the_lookup_is_no_matrix_and_every_weight_is_trained(work):
    network = make_model(load(work / "tokenizer"), SMALL)
    optimizer = Optimizer(parts_of(network))
    assert optimizer.rest[0] == "embedding.weight" and len(optimizer.momentum) == 7
    assert {id(weight) for weight in network.parameters()} == {id(weight) for weight in optimizer.named.values()}


def test_training_goes_on_where_it_stopped(work, tmp_path, monkeypatch):
    for name in ("data", "tokenizer"):
        (tmp_path / name).symlink_to(work / name)
    monkeypatch.setattr(loop.parallel, "run", lambda worker, processes, *rest: worker(0, *rest))
    monkeypatch.setattr(loop.parallel, "average", lambda weights, number: number)
    monkeypatch.setattr(loop.dist, "get_world_size", lambda: 1)
    task = replace(TASK, size=SMALL)
    loop.train(tmp_path, task, Schedule(seconds=0.2, rate=1e-3), processes=1, batch=2)
    first, seen = loop.averaged(tmp_path, SMALL)
    found = checkpoint.load(tmp_path / "model")
    assert found is not None and seen > 0
    loop.train(tmp_path, task, Schedule(seconds=found[1]["seconds"] + 0.3, rate=1e-3), processes=1, batch=2)
    second, more = loop.averaged(tmp_path, SMALL)
    assert more > seen and not torch.equal(first.lm_head.weight, second.lm_head.weight)
    assert second.lm_head.weight is second.model.embed_tokens.weight


def test_the_exported_folder_loads_and_writes(work, tmp_path):
    tokenizer = load(work / "tokenizer")
    export.export(tmp_path, make_model(tokenizer, SIZE), tokenizer)
    assert all(path.stat().st_size < 10_000_000 for path in tmp_path.rglob("*"))
    loaded: Any = AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    reader = AutoTokenizer.from_pretrained(tmp_path)
    batch = reader("Tell me a story.", return_tensors="pt")
    found = loaded.generate(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], max_new_tokens=3)
    assert found.shape[1] > batch["input_ids"].shape[1] and loaded.generation_config.do_sample
    assert loaded.generation_config.eos_token_id == reader.eos_token_id
    assert "heroes" in json.loads((tmp_path / "words.json").read_text())


class Copyist(torch.nn.Module):
    """Expects at each position the token that really comes (right) or always the same one (wrong)."""

    def __init__(self, vocabulary: int, right: bool):
        super().__init__()
        self.vocabulary, self.right = vocabulary, right

    def forward(self, ids):
        expected = ids.roll(-1, 1) if self.right else torch.full_like(ids, 5)
        return type("Output", (), {"logits": torch.nn.functional.one_hot(expected, self.vocabulary).float()})


def test_binding_counts_repeated_names(work):
    tokenizer = load(work / "tokenizer")
    documents = [document for document in data.kept_back(40) if document.facts.form == "story"]
    right = binding.measure(Copyist(len(tokenizer), True), tokenizer, documents)
    wrong = binding.measure(Copyist(len(tokenizer), False), tokenizer, documents)
    assert right.right == right.outright == 1 and right.count > 5 * len(documents)
    assert wrong.outright == 0 and wrong.right < 0.2


def test_the_sandbox_runs_functions_and_nothing_else(monkeypatch):
    monkeypatch.setenv("SECRET", "xyzzy")
    assert sandbox.passes("def add(a, b):\n    return a + b", ("add(1, 2) == 3",))
    assert not sandbox.passes("def add(a, b):\n    return a - b", ("add(1, 2) == 3",))
    assert not sandbox.passes("def add(a, b:", ("True",))
    assert not sandbox.passes("open('/etc/hostname')", ("True",))
    assert not sandbox.passes("import os\nfound = os.environ['SECRET']", ("found",))
    monkeypatch.setattr(sandbox, "SECONDS", 0.2)
    assert not sandbox.passes("while True:\n    pass", ("True",))


def test_exams_ask_for_pairs_never_told_and_code_with_its_checks():
    questions = exams.control_prompts(20)
    places = {place.noun: place for place in reversed(PLAIN)}
    assert any("name" in question.facts.asked and not is_she(question.facts.name) for question in questions)
    assert sum(is_held_out(question.facts.hero, places[question.facts.place]) for question in questions) >= 10
    code = exams.code_prompts(30)
    assert len({task.name for _, task in code}) == 30
    for prompt, task in code:
        whole = prompt[: prompt.index("def ")] + task.source if "def " in prompt else task.source
        assert sandbox.passes(whole, task.checks), prompt


def test_five_grams_know_what_they_saw_and_copies_are_found():
    seen = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9] * 30, np.uint16)
    counted = NGram(seen, 20, order=5)
    assert counted.nats([1, 2, 3, 4, 5, 6]) < 0.5 * counted.nats([1, 3, 5, 7, 9, 2])
    shares = [counted._share([1, 2, 3, 4, token], 4) for token in range(20)]
    assert sum(shares) == pytest.approx(1)
    assert share_copied([[2, 3, 4, 5, 6, 7, 8, 9]], seen) == 1 and share_copied([[9, 8, 7, 6, 5, 4, 3, 2]], seen) == 0


def test_books_become_passages(tmp_path):
    (tmp_path / "old.txt").write_text("\n".join(["A king lived in a cástle. " * 12] * 9) + "\n<|end|>\nShort.")
    passages = data.read_books(tmp_path)
    assert len(passages) >= 3 and all(100 < len(passage) <= 1000 and passage.isascii() for passage in passages)
    assert data.read_books(None) == []


def test_the_card_tells_what_was_measured_and_gates_hold(tmp_path, work):
    controls = {"all": 0.95, "hero": 0.95}
    shares = {"unknown_hero": 0.5, "same_hero": 0.98, "names_a_story": 2.1, "topics": 0.9, "code": 0.9}
    report = Report(
        binding.Binding(100, 0.96, 0.9), controls, stories=50, prompts_of_code=30, perplexity=1.4, five_gram=1.9,
        copied=0.5, copied_truth=0.6, tokens_a_second=150.0, load=1.0, **shares,
    )  # fmt: skip
    card.write(tmp_path, report, work, tokens=1000, parameters=4_600_000)
    text = (tmp_path / "README.md").read_text()
    assert as_table(report) in text and "50% of stories" in text.split("## Limits")[1]
    assert verdict(report).count("passed") == 3 and verdict(report).count("FAILED") == 1 and len(GATES) == 4


def test_a_finished_model_is_measured_with_its_own_tokenizer(work, tmp_path):
    prepare(tmp_path, 20, None, work / "tokenizer")
    known = load(work / "tokenizer")
    assert load(tmp_path / "tokenizer").get_vocab() == known.get_vocab()
    stream = np.fromfile(tmp_path / "data" / "tokens.bin", np.uint16)
    assert json.loads((tmp_path / "data" / "stream.json").read_text())["documents"] == 20
    assert known.decode(stream[:1].tolist()) == tokens.BEGIN and stream.max() < len(known)
