"""The generator keeps its promises: names agree, wishes are fulfilled, code runs, nothing held out is told."""

import random
import re
from collections import defaultdict
from dataclasses import replace

import pytest

from tests.training.processes import draws
from training import tales
from training.tales import judge, nouns, poems, programs, stories
from training.tales.functions import CATALOGUE
from training.tales.grammar import expand, slots_of
from training.tales.places import PLAIN, draw_place, is_held_out
from training.tales.plots import PLOTS, THEMES
from training.tales.verses import ABOUT, RHYMES
from training.tales.vocabulary import vocabulary


@pytest.fixture(scope="module")
def told() -> list[tales.Document]:
    rng = random.Random(0)
    return [tales.write_story(rng) for _ in range(400)]


def test_the_same_seed_tells_the_same_in_every_process():
    one, other = draws("training.tales", 40)
    assert one == other and len(one) > 5000


def test_stories_keep_their_hero_and_introduce_everybody(told):
    for story in told:
        assert judge.keeps_hero(story.body), story.body
        assert set(judge.names_in(story.body)) == set(story.facts.names), story.body
        assert judge.hero_of(story.body) == story.facts.name


def test_a_story_whose_hero_changes_name_is_noticed(told):
    for story in told[:50]:
        before, _, last = story.body.rpartition(story.facts.name)
        assert not judge.keeps_hero(f"{before}Xavier{last}")


def test_stories_fulfil_every_wish_of_their_prompt(told):
    assert sum(len(story.facts.asked) for story in told) > 600
    for story in told:
        assert all(judge.follows(story.facts, story.body).values()), story


def test_an_outline_fulfils_its_wishes_in_few_words():
    rng = random.Random(5)
    for outline in [tales.write_outline(rng) for _ in range(300)]:
        assert outline.prompt.startswith("In short: ") and "theme" in outline.facts.asked
        assert all(judge.follows(outline.facts, outline.body).values()), outline
        assert judge.keeps_hero(outline.body) and len(outline.body.split()) < 110, outline.body


def test_wishes_are_told_apart(told):
    kept = defaultdict(list)
    for story, other in zip(told, told[1:], strict=False):
        for wish, fulfilled in judge.follows(story.facts, other.body).items():
            kept[wish].append(fulfilled)
    assert set(kept) == {"hero", "name", "place", "theme", "thing"}
    assert all(sum(found) < 0.2 * len(found) for found in kept.values())


def test_pronouns_agree_with_the_hero(told):
    for story in told:
        found = re.search(rf"{story.facts.name}\. (He|She) lived", story.body)
        if found and story.facts.name in (*nouns.SHE_NAMES, *nouns.HE_NAMES):
            assert (found[1] == "She") == (story.facts.name in nouns.SHE_NAMES)


def test_prompts_say_what_they_ask_for(told):
    for story in told:
        for wish in set(story.facts.asked) - {"theme", "place"}:
            assert getattr(story.facts, wish) in story.prompt, story


def test_no_paragraph_begins_with_a_name(told):
    for story in told:
        assert not any(line.startswith(story.facts.names) for line in story.body.splitlines()), story.body


def test_held_out_pairs_are_never_told_and_unknown_heroes_neither(told):
    rng = random.Random(1)
    places = {place.noun: place for place in [*PLAIN, *(draw_place(rng, "Zor") for _ in range(500))]}
    known = [story.facts for story in told if story.facts.place in places]
    assert len(known) > 300 and not any(is_held_out(facts.hero, places[facts.place]) for facts in known)
    held_out = [is_held_out(hero, place) for hero in nouns.HEROES for place in PLAIN]
    assert 0.11 < sum(held_out) / len(held_out) < 0.14
    assert not any(word in story.text for story in told for word in nouns.NEVER_TAUGHT)


@pytest.mark.parametrize("index", range(len(PLOTS)))
def test_whatever_is_chosen_a_beat_names_the_same_character_first(index):
    rng = random.Random(index)
    for beat in PLOTS[index].beats:
        same = {slot: f"{{{slot}}}" for slot in slots_of(beat)}
        assert len({stories.first_named(expand(beat, same, rng)) for _ in range(30)} - {""}) <= 1, beat


def test_every_theme_has_plots_and_every_lesson_its_word():
    assert {plot.theme for plot in PLOTS} == set(THEMES) and len(PLOTS) >= 25
    for theme in THEMES.values():
        assert all(any(key in lesson for key in theme.keys) for lesson in theme.lessons)


def test_no_slot_or_bracket_is_left(told):
    rng = random.Random(2)
    others = [tales.write_poem(rng) for _ in range(200)] + [tales.write_drill(rng) for _ in range(200)]
    assert not any(set("{}[]|") & set(document.text) for document in [*told, *others])


def test_poems_rhyme_as_listed_and_name_their_topic():
    rng = random.Random(4)
    assert len(ABOUT) >= 20 and len(RHYMES) >= 10
    for _ in range(200):
        poem = tales.write_poem(rng)
        assert judge._has(poem.body.lower(), poem.facts.topic.lower())
        lines = [line for line in poem.body.splitlines() if line]
        assert len(lines) in (8, 12) and all(line.endswith((",", ".")) for line in lines)
    assert poems.with_the("autumn") == "autumn" and poems.with_the("cat") == "the cat"


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_function_passes_its_own_checks_under_any_name(name):
    rng = random.Random(name)
    for _ in range(5):
        task = programs.vary(CATALOGUE[name], rng)
        for source in (task.source, programs.without_docstring(task.source)):
            space: dict = {}
            exec(compile(source, name, "exec"), space)
            assert all(eval(check, space) for check in task.checks), source
    assert '"""' not in programs.without_docstring(task.source)


def test_checks_notice_another_function():
    tasks = list(CATALOGUE.values())
    assert len(tasks) >= 80
    for task in tasks:
        space: dict = {"round": lambda value, digits: value}
        exec(f"{programs.signature(task.source)}\n    return 'something else'", space)
        assert not all(eval(check, space) for check in task.checks), task.name


def test_the_vocabulary_tells_what_was_taught():
    words = vocabulary()
    assert len(words["heroes"]) > 200 and len(words["places"]) > 60 and len(words["code_tasks"]) >= 80
    assert set(words["themes"]) == set(THEMES)
    assert not set(words["heroes"]) & set(nouns.NEVER_TAUGHT)
    roles = {"hero", "adjective", "name", "place", "theme", "poem_topic", "code_task", "thing"}
    named = {slot.lower().removeprefix("a_") for prompt in words["prompts"] for slot in slots_of(prompt)}
    assert named <= roles


def test_facts_that_were_not_asked_for_are_not_judged(told):
    story = told[0]
    assert judge.follows(replace(story.facts, asked=()), story.body) == {}
