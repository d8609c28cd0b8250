from dataclasses import replace

import pytest

from playground.errors import Refused
from tabs import use_cases
from tests.browser.fake_text import FABLE

CASES = list(use_cases.all_of_them().values())
GOOD = """
title: A
summary: B
skill: stories
prompt: Tell $$5 of $hero and ${place}.
fields: {hero: {label: Hero}, place: {label: Place, optional: true}}
examples: [{title: Fox, seed: 1, values: {hero: fox}}]
defaults: {temperature: 0.5}
"""


def test_there_is_one_for_what_people_write_most():
    wanted = "blog_post product_description social_post video_script game_character study_questions summarise translate"
    assert {*wanted.split(), "explain_code", "test_code"} <= set(use_cases.all_of_them())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_each_has_two_seeded_examples_that_fill_it(case):
    assert len(case.examples) == 2 and len({example.seed for example in case.examples}) == 2
    for example in case.examples:
        prompt = use_cases.filled(case, example.values)
        assert "$" not in prompt and use_cases.BLANK not in prompt and prompt.endswith("\n")
        chosen = {one.name: one.choices for one in case.fields if one.choices}
        assert all(example.values[name] in choices for name, choices in chosen.items())


def test_the_prompt_is_filled_and_what_people_write_is_never_a_name():
    case = use_cases.parsed("a", GOOD)
    assert use_cases.filled(case, {"hero": "$place {x}", "place": "home"}) == "Tell $5 of $place {x} and home.\n"


def test_gaps_are_shown_and_named():
    case = use_cases.parsed("a", GOOD)
    assert use_cases.filled(case, {"hero": " "}) == "Tell $5 of … and .\n"
    assert use_cases.missing(case, {}) == ["Hero"]
    assert use_cases.missing_sentence(["Hero", "Place", "Name"]).startswith("Fill in Hero, Place and Name first")
    assert use_cases.missing_sentence([]) == ""


@pytest.mark.parametrize("told", [None, 3, {}, {"case": []}, {"case": "dragon"}, {"case": "poem", "fields": 3}])
def test_the_browser_gets_the_prompt_of_a_form_and_nothing_for_nonsense(told):
    expected = (
        use_cases.filled(use_cases.all_of_them()["poem"], {})
        if isinstance(told, dict) and told.get("case") == "poem"
        else None
    )
    assert use_cases.compose(told) == expected


@pytest.mark.parametrize("given", [None, 3, {"hero": None}, {"hero": ["a"]}, {"hero": "a" * 100_000}])
def test_whatever_comes_from_outside_is_text_of_a_limited_length(given):
    case = use_cases.parsed("a", GOOD)
    values = use_cases.clean(case, given)
    assert all(isinstance(value, str) and len(value) <= use_cases.LONGEST_FIELD for value in values.values())


@pytest.mark.parametrize(
    "old, new",
    [
        ("${place}", "$planet"),
        ("skill: stories", "skill: magic"),
        ("label: Hero", "label: Hero, type: picture"),
        ("label: Hero", "label: Hero, type: choice"),
        ("temperature: 0.5", "temperature: 50"),
        ("temperature: 0.5", "warmth: 5"),
        ("hero: fox", "heroine: fox"),
        ("title: A", "title: A\nfunctions: import os"),
        ("title: A", "title: !!python/object/apply:os.getcwd []"),
        ("fields: {", "fields: [{"),
    ],
)
def test_a_file_that_is_wrong_is_refused_and_nothing_in_it_runs(old, new):
    assert old in GOOD
    with pytest.raises(Refused, match="The use case a "):
        use_cases.parsed("a", GOOD.replace(old, new))


def test_a_starter_says_what_it_cannot_do(monkeypatch):
    can = {one["key"]: one["can"] for one in use_cases.shown(FABLE)["cases"]}
    assert can["bedtime_story"] and not can["translate"]
    assert all(one["can"] for one in use_cases.shown(replace(FABLE, source="someone/large"))["cases"])
    monkeypatch.setattr("playground.hub.words", lambda model: {"skills": ["instructions"]})
    assert use_cases.can(FABLE, use_cases.all_of_them()["translate"])
