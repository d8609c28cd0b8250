import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import recipe, text_files
from playground.catalog import Model
from playground.errors import Refused
from playground.params import TextParams

TINY = Model("tiny", "text", "language", "Tiny", "transformers_text:TransformersText", "nowhere")
PARAMS = TextParams(prompt='Once "upon"\n---\n', seed=7, answers=3, messages=(("user", "a: b"), ("assistant", "é")))
TEXT = "---\nplayground: {}\n---\n\n# A fox\r\n🙂 it's\n"


def made(**facts):
    return recipe.make(TINY, "0123456789", PARAMS, {"seed": 8, "answers": 1, **facts})


def test_what_the_adapter_found_out_is_kept_beside_the_settings():
    full = made(perplexity=3.5, tokens=12, sampler="x")
    assert full["facts"] == {"perplexity": 3.5, "tokens": 12} and full["sampler"] == "x"
    assert full["params"]["seed"] == 8 and full["params"]["answers"] == 1 and full["params"]["top_p"] == 0.95


@pytest.mark.parametrize("ending", text_files.ENDINGS)
def test_a_text_and_its_settings_come_back_exactly(ending):
    text, restored = recipe.read_text_file(text_files.write(TEXT, made(), ending), "a story" + ending.upper())
    assert text == TEXT
    assert restored.kind == "text" and len(restored.problems) == 1 and "'tiny'" in restored.problems[0]
    assert TextParams(**{**restored.values, "seed": 7, "answers": 3}) == PARAMS and restored.values["seed"] == 8


@pytest.mark.parametrize("ending", text_files.ENDINGS)
def test_it_is_marked_as_made_by_ai_unless_it_was_only_measured(ending):
    assert b"trainedAlgorithmicMedia" in text_files.write(TEXT, made(), ending)
    measured = {**made(), "params": {"mode": "measure"}}
    assert b"trainedAlgorithmicMedia" not in text_files.write(TEXT, measured, ending)


def test_the_front_matter_is_one_json_line_that_any_reader_of_front_matter_takes():
    lines = text_files.write("text", made(), ".md").decode().split("\n")
    assert lines[0] == "---" and lines[1].isascii() and json.loads(lines[1].removeprefix("playground: "))["facts"] == {}
    assert lines[-3:] == ["---", "", "text"]


def test_other_line_ends_and_a_byte_order_mark_do_no_harm():
    data = b"\xef\xbb\xbf" + text_files.write("one\ntwo", made(), ".txt").replace(b"\n", b"\r\n")
    assert text_files.read(data, "a.txt")[0] == "one\ntwo"


@pytest.mark.parametrize(
    "data, name, said",
    [
        (b"just text", "a.md", "no recipe"),
        (b"---\nplayground: {}\n---\n", "a.txt", "no recipe"),
        (b"---\nplayground: {]\n---\n", "a.txt", "no recipe"),
        (b"---\nplayground: __import__('os')\n---\n", "a.txt", "no recipe"),
        (b'---\nplayground: {"params": {}}\n', "a.txt", "no recipe"),
        (b"[" * 100_000, "a.json", "no recipe"),
        (b'{"text": 5, "playground": {"params": {}}}', "a.json", "no recipe"),
        (b"\xff\xfe", "a.txt", "UTF-8"),
        (b"a", "a.docx", "ends in .md, .txt or .json"),
        (b"a", "a", "ends in"),
        (b"a" * (text_files.LARGEST + 1), "a.txt", "at most"),
    ],
)
def test_what_holds_no_recipe_is_refused_in_a_sentence(data, name, said):
    with pytest.raises(Refused, match=said) as refused:
        text_files.read(data, name)
    assert str(refused.value).endswith(".")


def test_no_other_ending_is_written():
    with pytest.raises(Refused, match=r"not \.exe"):
        text_files.write("a", made(), ".exe")


def test_settings_that_cannot_be_used_are_named():
    own = {**made(), "params": {"prompt": "kept", "mode": "dance", "answers": 99, "messages": [["user", 5]]}}
    _, restored = recipe.read_text_file(text_files.write("a", own, ".md"), "a.md")
    assert restored.values == {"prompt": "kept"} and len(restored.problems) == 4


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200), st.sampled_from(["a.md", "a.json"]))
def test_no_bytes_break_the_reader(data, name):
    for content in (data, b"---\nplayground: " + data + b"\n---\n", b'{"playground": ' + data + b"}"):
        with contextlib.suppress(Refused):
            recipe.read_text_file(content, name)
