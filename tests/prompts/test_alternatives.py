import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.prompts.alternatives import chosen, ways


def every(prompt):
    return {chosen(prompt, seed) for seed in range(200)}


@pytest.mark.parametrize(
    "prompt, expected",
    [
        ("a boat", {"a boat"}),
        ("a {red|blue} boat", {"a red boat", "a blue boat"}),
        ("a {|big }boat", {"a boat", "a big boat"}),
        ("{a|{b|c} d}", {"a", "b d", "c d"}),
        ("{a|b}{1|2}", {"a1", "a2", "b1", "b2"}),
        ("{a}", {"{a}"}),
        ("{{a|b}}", {"{a}", "{b}"}),
        ("{a|b", {"{a|b"}),
        ("a|b}", {"a|b}"}),
        ("{ {a|b} | c", {"{ a | c", "{ b | c"}),
        (r"\{a|b\}", {r"\{a|b\}"}),
        (r"{a\|b|c}", {r"a\|b", "c"}),
        ("(red:{0.5|1.5})", {"(red:0.5)", "(red:1.5)"}),
    ],
)
def test_a_seed_makes_one_prompt_and_all_are_made_by_some_seed(prompt, expected):
    assert every(prompt) == expected and ways(prompt) == len(expected)


def test_the_choice_of_a_seed_is_the_same_everywhere():
    assert [chosen("{a|b|c|d}{e|f}", seed) for seed in range(8)] == ["bf", "af", "af", "be", "ae", "af", "de", "de"]


@given(st.text(alphabet="ab{}|\\ ", max_size=40), st.integers(0, 2**32))
def test_what_is_chosen_is_read_again_as_it_is(prompt, seed):
    once = chosen(prompt, seed)
    assert chosen(once, seed + 1) == once and ways(once) == 1


def test_deep_nesting_has_an_end():
    assert chosen("{a|" * 700 + "b" + "}" * 700, 1).strip("a") in ("", "b")
