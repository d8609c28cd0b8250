import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.prompts.weights import LARGEST, Piece, are_weighed, foreign, of_characters, pieces, plain


def read(prompt):
    return [(piece.text, round(piece.weight, 4)) for piece in pieces(prompt)]


@pytest.mark.parametrize(
    "prompt, expected",
    [
        ("", []),
        ("a red boat", [("a red boat", 1)]),
        ("a (red) boat", [("a ", 1), ("red", 1.1), (" boat", 1)]),
        ("a ((red)) boat", [("a ", 1), ("red", 1.21), (" boat", 1)]),
        ("a (red:1.3) boat", [("a ", 1), ("red", 1.3), (" boat", 1)]),
        ("a [red] boat", [("a ", 1), ("red", 0.9091), (" boat", 1)]),
        ("([red]) boat", [("red boat", 1)]),
        ("(red : 1.3 )", [("red ", 1.3)]),
        ("(red:.5)(blue:2.)(green:+1)(grey:-1)", [("red", 0.5), ("blue", 2), ("green", 1), ("grey", -1)]),
        ("(one two:1.5 (three:2))", [("one two:1.5 ", 1.1), ("three", 2.2)]),
        ("(at 12:30:1.5)", [("at 12:30", 1.5)]),
        ("at 12:30", [("at 12:30", 1)]),
        ("(red)(boat)", [("redboat", 1.1)]),
        ("(red boat", [("red boat", 1.1)]),
        ("((red boat", [("red boat", 1.21)]),
        ("[red boat", [("red boat", 0.9091)]),
        ("red) boat]", [("red) boat]", 1)]),
        ("red:1.5) boat", [("red:1.5) boat", 1)]),
        ("[red:1.5]", [("red:1.5", 0.9091)]),
        ("(red:)", [("red:", 1.1)]),
        ("(red:1.2.3)", [("red:1.2.3", 1.1)]),
        ("(red:1e3)", [("red:1e3", 1.1)]),
        ("(red:nan)", [("red:nan", 1.1)]),
        ("([red)blue]", [("red", 1), ("blue", 0.9091)]),
        (r"\(red\) \[blue\] \\", [(r"(red) [blue] " + "\\", 1)]),
        (r"(red\):1.5)", [("red)", 1.5)]),
        (r"\{a\|b\}", [("{a|b}", 1)]),
        ("back\\slash", [("backslash", 1)]),
        ("()", []),
        ("(:1.5)", []),
        ("(red:99999)", [("red", LARGEST)]),
        ("a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
         [("a ", 1), ("house", 1.573), (" ", 1.1), ("on", 1), (" a ", 1.1), ("hill", 0.55), (", sun, ", 1.1),
          ("sky", 1.4641), (".", 1.1)]),
    ],
)  # fmt: skip
def test_the_grammar_of_a1111_with_its_odd_cases(prompt, expected):
    assert read(prompt) == expected


def test_each_character_has_its_weight():
    found = pieces("a (é:2)!")
    assert of_characters(found) == [1, 1, 2, 1] and are_weighed(found) and not are_weighed(pieces("([a])"))


@given(st.text(alphabet="ab :.12()[]\\{}|\n", max_size=60))
def test_any_text_is_read_and_nothing_but_marks_is_lost(prompt):
    found = pieces(prompt)
    assert all(math.isfinite(piece.weight) and abs(piece.weight) <= LARGEST and piece.text for piece in found)
    assert len(of_characters(found)) == len(plain(prompt))
    assert [c for c in plain(prompt) if c in "ab"] == [c for c in prompt if c in "ab"]


@given(st.text(max_size=60))
def test_what_is_escaped_is_read_as_it_is(text):
    escaped = "".join("\\" + c if c in "()[]{}|\\" else c for c in text)
    assert pieces(escaped) == ([Piece(text)] if text else [])


def test_deep_nesting_has_an_end():
    assert read("(" * 1000 + "x" + ")" * 1000) == [("x", LARGEST)]


@pytest.mark.parametrize(
    "prompt, named",
    [("a cat AND a dog", "AND"), ("a [cat:dog:0.5]", "[from:to:when]"), ("a [cat|dog]", "[by|turns]"), ("and [a]", "")],
)
def test_what_a1111_reads_in_another_way_is_told(prompt, named):
    assert named in foreign(prompt) and bool(named) == bool(foreign(prompt))
