"""Measures the shipped model: names, wishes, code that runs, perplexity, novelty, speed; and says what to ship."""

import os
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from training import tales
from training.language.ngram import NGram, share_copied
from training.tale import binding, exams, sandbox
from training.tale.data import KEPT_BACK, encode, kept_back
from training.tale.writing import write
from training.tales import judge

GATES = {"names": 0.95, "controls": 0.90, "code": 0.90, "same hero": 1.0}
"""The least that a model must reach to be shipped."""


@dataclass(frozen=True)
class Report:
    """All that the card prints; shares from 0 to 1."""

    names: binding.Binding
    controls: dict[str, float]  # by fact, and "all"
    unknown_hero: float
    stories: int
    same_hero: float
    names_a_story: float
    topics: float
    prompts_of_code: int
    code: float
    perplexity: float
    five_gram: float
    copied: float
    copied_truth: float
    tokens_a_second: float
    load: float

    def gates(self) -> dict[str, tuple[float, float]]:
        """What was reached and what is needed, by gate."""
        reached = (self.names.right, self.controls["all"], self.code, self.same_hero)
        return {name: (value, GATES[name]) for value, name in zip(reached, GATES, strict=True)}


def evaluate(folder: Path, work: Path, count: int = 100) -> Report:
    """Measure the model in `folder`; `count` prompts for stories, and as many other things as come from that."""
    load = psutil.getloadavg()[0]  # of others: before this program loads the machine itself
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    torch.manual_seed(5)
    documents = kept_back(count * 3)
    controls = _controls(model, tokenizer, exams.control_prompts(count))
    unknown = _controls(model, tokenizer, exams.unknown_hero_prompts(max(8, count // 4)))
    samples = write(model, tokenizer, exams.story_prompts(max(4, count // 2)))
    stream = np.memmap(work / "data" / "tokens.bin", np.uint16, "r")
    fresh = [document.body for document in documents if document.facts.form == "story"][: len(samples)]
    questions = exams.code_prompts(30 if count >= 30 else 4)
    ours, theirs = _perplexities(model, tokenizer, documents[: count * 2], stream)
    return Report(
        names=binding.measure(model, tokenizer, [d for d in documents if d.facts.form == "story"]),
        controls=controls,
        unknown_hero=unknown.get("hero", 0.0),
        stories=len(samples),
        same_hero=_mean([judge.keeps_hero(sample) for sample in samples]),
        names_a_story=_mean([len(judge.names_in(sample)) for sample in samples]),
        topics=_topics(model, tokenizer, max(4, count // 4)),
        prompts_of_code=len(questions),
        code=_code(model, tokenizer, questions),
        perplexity=ours,
        five_gram=theirs,
        copied=share_copied(_bare(tokenizer, samples), stream),
        copied_truth=share_copied(_bare(tokenizer, fresh), stream),
        tokens_a_second=tokens_a_second(model, tokenizer),
        load=load,
    )


def _mean(values: list) -> float:
    return sum(values) / max(1, len(values))


def _bare(tokenizer, texts: list[str]) -> list[list[int]]:
    return [tokenizer(text, add_special_tokens=False)["input_ids"] for text in texts]


def _controls(model, tokenizer, questions: list[tales.Document]) -> dict[str, float]:
    """The share of wishes that the stories fulfil, by kind of wish and in all."""
    kept: dict[str, list[bool]] = {"all": []}
    answers = write(model, tokenizer, [question.prompt for question in questions])
    for question, answer in zip(questions, answers, strict=True):
        for wish, fulfilled in judge.follows(question.facts, answer).items():
            kept.setdefault(wish, []).append(fulfilled)
            kept["all"].append(fulfilled)
    return {wish: _mean(found) for wish, found in kept.items()}


def _topics(model, tokenizer, count: int) -> float:
    """The share of poems that name their topic."""
    rng = random.Random(KEPT_BACK + 1)
    poems = [tales.write_poem(rng) for _ in range(count)]
    poems = [poem for poem in poems if poem.prompt]
    answers = write(model, tokenizer, [poem.prompt for poem in poems])
    pairs = zip(poems, answers, strict=True)
    return _mean([judge.follows(poem.facts, answer)["topic"] for poem, answer in pairs])


def _code(model, tokenizer, questions: list) -> float:
    """The share of functions, written greedily, that parse and pass their checks."""
    prompts = [prompt for prompt, _ in questions]
    answers = write(model, tokenizer, prompts, do_sample=False, temperature=None, top_p=None)
    passed = []
    for (prompt, task), answer in zip(questions, answers, strict=True):
        source = prompt + answer if "def " in prompt else answer
        found = re.search(r"^def ", source, re.MULTILINE)  # comments may come before it
        source = source[found.start() :] if found else source
        passed.append(sandbox.passes(source, task.checks))
    return _mean(passed)


@torch.inference_mode()
def _perplexities(model, tokenizer, documents: list[tales.Document], stream: np.ndarray) -> tuple[float, float]:
    """Of the model, and of a 5-gram counted over two million tokens of the stream, on documents kept back."""
    five_gram = NGram(stream[:2_000_000], len(tokenizer), order=5)
    ours = theirs = 0.0
    count = 0
    for ids, _ in encode(documents, tokenizer):
        tokens = torch.from_numpy(ids.astype(np.int64))[None]
        logits = model(tokens[:, :-1]).logits[0].float()
        ours += torch.nn.functional.cross_entropy(logits, tokens[0, 1:], reduction="sum").item()
        theirs += five_gram.nats(ids.tolist())
        count += len(ids) - 1
    return float(np.exp(ours / count)), float(np.exp(theirs / count))


@torch.inference_mode()
def tokens_a_second(model, tokenizer) -> float:
    """One text at a time on one thread, the best of three."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    batch = tokenizer("Tell me a story about a fox.", return_tensors="pt")
    spans = []
    for _ in range(3):
        start = time.monotonic()
        model.generate(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], min_new_tokens=64, max_new_tokens=64
        )
        spans.append(time.monotonic() - start)
    torch.set_num_threads(before)
    return 64 / min(spans)


def as_table(report: Report) -> str:
    """The report as Markdown."""
    wishes = ", ".join(f"{wish} {share:.1%}" for wish, share in report.controls.items() if wish != "all")
    rows = [
        ("repeated names predicted right, among names", f"{report.names.right:.1%} of {report.names.count}"),
        ("the same, among all tokens (a pronoun counts as wrong)", f"{report.names.outright:.1%}"),
        (f"wishes fulfilled: {wishes}", f"{report.controls['all']:.1%}"),
        ("heroes from outside the training texts taken up", f"{report.unknown_hero:.1%}"),
        (f"stories of {report.stories} whose hero and cast keep their names", f"{report.same_hero:.1%}"),
        ("names a story (training texts: 2 to 3)", f"{report.names_a_story:.2f}"),
        ("poems that name their topic", f"{report.topics:.1%}"),
        (f"functions of {report.prompts_of_code} that run and pass their tests, greedy", f"{report.code:.1%}"),
        ("perplexity a token on texts kept back", f"{report.perplexity:.3f}"),
        ("the same for a 5-gram of two million tokens", f"{report.five_gram:.3f}"),
        ("8-grams of tokens in stories that stand in training text", f"{report.copied:.1%}"),
        ("the same for fresh stories of the generator", f"{report.copied_truth:.1%}"),
        ("tokens a second, one text, one thread", f"{report.tokens_a_second:.0f}"),
    ]
    lines = ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows), ""]
    lines.append(f"Timed on {os.cpu_count()} cores at load average {report.load:.1f}.")
    return "\n".join(lines)


def verdict(report: Report) -> str:
    """Whether each gate is passed, for the person who decides to ship."""
    gates = report.gates().items()
    lines = [f"{name}: {got:.1%} of {need:.0%} {'passed' if got >= need else 'FAILED'}" for name, (got, need) in gates]
    return "\n".join(lines)
