import pytest

from playground.catalog import find
from tabs import prompt_line

READ = prompt_line.reading({"poster": find("poster")})


def read(prompt):
    found = READ({"model": "poster", "text": prompt})
    assert found is not None
    return found


def test_tokens_are_counted_and_only_listed_when_they_differ():
    assert read("a red boat") == {"count": "3 of 38 tokens", "tokens": [], "notes": []}
    assert read("") == {"count": "", "tokens": [], "notes": []}
    found = read("a (red:1.5) [boat]")
    assert [(token["text"], token["weight"]) for token in found["tokens"]] == [("a", 1), ("red", 1.5), ("boat", 0.91)]


def test_what_is_beyond_the_models_reach_is_marked():
    found = read("red " * 40)
    assert [token["read"] for token in found["tokens"]] == [True] * 38 + [False] * 2


def test_choices_and_the_grammar_of_others_are_told():
    found = read("a {red|blue} {boat|house} AND a cat")
    assert "4 prompts in one: the seed chooses." in found["notes"] and any("AND" in note for note in found["notes"])


@pytest.mark.parametrize("told", [None, 5, {}, {"model": "x", "text": "a"}, {"model": "poster", "text": "a" * 9999}])
def test_what_the_page_would_not_send_is_passed_over(told):
    assert READ(told) is None
