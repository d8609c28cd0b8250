import json
import re

from playground.events import Alternative, Loading, Notice, Output, Step, Token, Waiting
from tabs import asking, page, river

EVIL = "<script>alert(1)</script>"


def token(text, answer=0, probability=0.5, rank=0):
    return Token(
        text, answer, probability, rank, (Alternative(text, probability, 0.6, 0.7), Alternative(EVIL, 0.1, 0, 0))
    )


def told(events, mode="write", prompt="Once", start=""):
    """The river after `events`, a second apart."""
    state = river.begin(3, {"mode": mode, "prompt": prompt, "answer_start": start}, (), 0.0)
    for second, event in enumerate(events, 1):
        state = river.after(state, event, float(second), lambda output: {".txt": "/made/a.txt"})
    return state


def read(answer):
    return [json.loads(line) for line in answer.lines.splitlines()]


def test_the_line_the_load_and_the_reading_are_told():
    assert told([Waiting(2, 8.2)]).status == "2 before you, about 8 seconds"
    assert told([Loading(0.4, "Loading Tale")]).fraction == 0.4
    assert told([Step(100, 400)]).fraction == 0.25


def test_tokens_of_several_answers_become_lines_that_only_grow():
    first = told([token("a"), token(" b", 1)])
    more = told([token("a"), token(" b", 1), token("\n“c”", 0, 0.25, 1)])
    assert [len(read(answer)) for answer in more.answers] == [2, 1]
    assert more.answers[0].lines.startswith(first.answers[0].lines)
    assert read(more.answers[0])[1][:3] == ["\n“c”", 0.25, 1]
    assert more.status == "Writing: 3 tokens" and more.run == 3


def test_alternatives_travel_as_data_with_few_digits():
    line = read(told([Token("a", 0, 0.123456, 0, (Alternative(EVIL, 0.123456, 1e-9, 0),))]).answers[0])[0]
    assert line == ["a", 0.123, 0, [[EVIL, 0.123, 1e-9, 0.0]]]


def test_outputs_finish_the_answers_in_order():
    outputs = [Output(text, {"params": {"seed": seed}}) for text, seed in (("a", 7), ("b", 8))]
    done = river.finish(told([token("a"), token("b", 1), *outputs]), 9.0)
    assert [(answer.text, answer.seed, answer.files) for answer in done.answers] == [
        ("a", 7, {".txt": "/made/a.txt"}),
        ("b", 8, {".txt": "/made/a.txt"}),
    ]
    assert done.phase == "done" and done.status == "Wrote 2 tokens, 0 a second"


def test_the_pace_counts_neither_the_line_nor_the_load():
    state = told([Waiting(3), Loading(), *[token("a")] * 10, Output("a" * 10, {})])
    assert state.since == 3.0


def test_what_a_measured_text_means_is_said():
    done = told([Token("A"), *[token("b", 0, 0.25, 1)] * 2, token("c", 0, 0.25), Output("Abbc", {})], mode="measure")
    assert done.verdict.startswith("Perplexity 4.0: before each of the 3 tokens")
    assert "33 % of them were its first guess" in done.verdict
    assert river.finish(done, 9.0).status == "Measured 4 tokens"


def test_the_models_own_perplexity_counts():
    done = told([token("a"), Output("a", {"facts": {"perplexity": 1234.5}})], mode="measure")
    assert "Perplexity 1,234:" in done.verdict


def test_a_text_of_one_token_surprises_nobody():
    assert "too little text" in told([Token("A"), Output("A", {})], mode="measure").verdict


def test_an_error_keeps_what_was_written():
    failed = river.fail(told([token("a"), Notice(EVIL)]), "It broke.")
    assert (failed.phase, failed.status, failed.notes) == ("failed", "It broke.", (EVIL,))
    assert read(failed.answers[0])[0][0] == "a"
    assert river.finish(told([]), 1.0).status == "Nothing was written."


def test_what_a_measured_text_does_not_begin_with_is_not_shown():
    assert told([], start="Once").start == "Once" and told([], mode="measure", start="Once").start == ""


def test_the_browser_gets_all_that_a_fork_brings_along():
    asked = {"prompt": "a", "mode": "fill", "system": "b", "suffix": "c", "answer_start": "d"}
    assert set(asked) == set(asking.OF_A_NODE)
    assert river.begin(1, asked, (), 0.0).shown()["asked"] == asked
    sent = re.search(r"const asked = \{(.*?)\};", page.read("river.js"))
    assert sent and set(re.findall(r"(\w+)(?=[,:]| *$)", sent[1])) - {"joined"} == set(asking.OF_A_NODE)


def test_the_browser_gets_plain_data():
    shown = river.finish(told([token("a"), Output("a", {})]), 2.0).shown()
    assert json.loads(json.dumps(shown))["answers"][0]["text"] == "a" and "surprise" not in shown
