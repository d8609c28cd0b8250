import asyncio
import json
import random
from dataclasses import replace
from typing import Any

import pytest

import app
from playground import catalog, recipe, text_files, token_count
from playground.params import check
from playground.settings import Settings
from tabs import asking, filling, modes, page, text, text_places, use_cases
from tests.browser.fake_text import FABLE

LARGE = replace(FABLE, key="large", source="someone/large")
WRITES_NOTHING: Any = lambda key, **values: None  # noqa: E731 - to say of what type it is
FORM = {"prompt": "Once", "answer_start": "", "suffix": "", "answers": 2}


@pytest.fixture(scope="module")
def demo():
    async def build():  # Gradio makes event loops that it never closes, unless one is running already
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(catalog.MODELS, FABLE.key, FABLE)
            return app.build(WRITES_NOTHING, Settings())

    return asyncio.run(build())


def test_a_tab_is_there_only_with_a_model(monkeypatch):
    async def titles():
        demo = app.build(WRITES_NOTHING, Settings())
        return [one["props"].get("label") for one in demo.get_config_file()["components"] if one["type"] == "tabitem"]

    assert asyncio.run(titles()) == ["Image", "Text", "Music", "Latent space"]
    left = {key: model for key, model in catalog.MODELS.items() if model.kind not in ("music", "latent")}
    monkeypatch.setattr(catalog, "MODELS", left)  # taken out and put back, they would stand in another order
    assert asyncio.run(titles()) == ["Image", "Text"]


def test_the_tab_stays_small_and_only_writing_is_public(demo):
    tab = next(block for block in demo.blocks.values() if getattr(block, "elem_id", "") == text_places.ID)

    def inside(block) -> list[Any]:
        return [block, *(one for child in getattr(block, "children", ()) for one in inside(child))]

    assert len(inside(tab)) <= 36  # every session costs memory for each
    public = {fn.api_name: fn for fn in demo.fns.values() if fn.api_visibility == "public"}
    assert set(public) == {"image", "text", "music", "latent"} and public["text"].concurrency_limit is None


def test_the_address_may_only_choose_a_tab_there_is():
    assert '["image", "text"].includes(asked)' in page.choose(["image", "text"])


def test_the_form_and_the_way_make_the_settings():
    asked = asking.gather(FABLE, "Write", {"ask": {"run": 4}}, FORM)
    assert asked == asking.Asked(4, {**FORM, "mode": "write", "messages": ()})
    assert asking.gather(FABLE, "Measure", None, FORM).values["mode"] == "measure"
    assert asking.gather(FABLE, "Code", {}, {**FORM, "suffix": "end"}).values["mode"] == "fill"
    assert asking.gather(FABLE, "nonsense", {}, FORM).values["mode"] == "write"


def test_a_fork_brings_its_own_context_and_takes_the_settings_of_the_form():
    node = {"prompt": "Before", "mode": "write", "answer_start": " the fox", "seed": 3, "answers": 9}
    values = asking.gather(FABLE, "Measure", {"ask": {"node": node}}, FORM).values
    assert (values["prompt"], values["mode"], values["answer_start"]) == ("Before", "write", " the fox")
    assert values["answers"] == 2 and "seed" not in values


def test_what_was_said_goes_along_only_in_a_chat():
    said = [["user", "Hi"], ["assistant", "Hello"]]
    ask = {"ask": {"messages": said}}
    assert asking.gather(FABLE, "Chat", ask, FORM).values["messages"] == said
    assert asking.gather(FABLE, "Write", ask, FORM).values["messages"] == ()


@pytest.mark.parametrize("river", [None, [], {"ask": 3}, {"ask": {"run": "x", "node": 5, "messages": {}, "case": []}}])
def test_nonsense_from_a_browser_is_no_error(river):
    assert asking.gather(FABLE, "Use cases", river, FORM).run == 0


def test_a_form_with_gaps_is_refused_unless_the_prompt_was_changed():
    case = use_cases.all_of_them()["poem"]
    gaps = {"ask": {"case": "poem", "fields": {}}}
    asked = asking.gather(FABLE, "Use cases", gaps, {**FORM, "prompt": use_cases.filled(case, {})})
    with pytest.raises(Exception, match="Fill in About first"):
        asking.checked(asked)
    assert asking.checked(asking.gather(FABLE, "Use cases", gaps, {**FORM, "prompt": "My own"}))["prompt"] == "My own"


def test_a_field_that_was_changed_a_moment_ago_counts_and_so_do_its_gaps():
    told = {"case": "poem", "fields": {"topic": "the moon"}, "stale": True}
    composed = asking.gather(FABLE, "Use cases", {"ask": told}, FORM).values["prompt"]
    assert composed == use_cases.compose(told) and "the moon" in composed
    assert asking.gather(FABLE, "Use cases", {"ask": {**told, "stale": False}}, FORM).values["prompt"] == "Once"
    assert asking.gather(FABLE, "Write", {"ask": told}, FORM).values["prompt"] == "Once"
    with pytest.raises(Exception, match="Fill in About first"):
        asking.checked(asking.gather(FABLE, "Use cases", {"ask": {**told, "fields": {}}}, FORM))


@pytest.mark.parametrize("told", [{}, {"again": True}])
def test_a_new_seed_is_drawn_before_the_model_is_asked_so_that_a_stopped_text_has_it(told):
    assert asking.gather(FABLE, "Write", {"ask": told}, {**FORM, "seed": -1}).values["seed"] >= 0
    seed = asking.gather(FABLE, "Write", {"ask": told}, {**FORM, "seed": 7}).values["seed"]
    assert (seed == 7) is (told == {})


def test_it_is_said_when_a_folded_setting_begins_the_answer():
    form = {**FORM, "answer_start": "Well,"}
    asked = asking.gather(FABLE, "Write", {}, form)
    assert asked.notes == (asking.START_IS_SET,)
    assert text.Writing(FABLE, asked).river.notes == (asking.START_IS_SET,)
    assert asking.gather(FABLE, "Measure", {}, form).notes == ()
    assert asking.gather(FABLE, "Write", {"ask": {"node": {"answer_start": "He"}}}, form).notes == ()


def test_a_form_is_a_question_to_a_model_that_chats():
    assert modes.asks("Use cases", FABLE) == "write" and modes.asks("Use cases", LARGE) == "chat"


@pytest.mark.parametrize("way", [way for way in modes.MODES if way != "Use cases"])
def test_there_is_always_something_to_surprise_with(way):
    rng = random.Random(1)
    assert text.surprising(way, FABLE, rng).strip()


def test_a_model_says_what_it_cannot_do(monkeypatch):
    assert modes.warning("Chat", FABLE) == ""
    monkeypatch.setattr("playground.hub.words", lambda model: {"modes": ["Write"]})
    assert modes.warning("Chat", FABLE).startswith("Fable has not learned to chat")


def written(tmp_path, ending=".md", **values):
    params = check("text", {"prompt": "Once", "seed": 7, **values}, {}, {})
    path = tmp_path / f"a{ending}"
    path.write_bytes(text_files.write("Once more", recipe.make(FABLE, "01", params, {}), ending))
    return str(path)


@pytest.mark.parametrize("ending", text_files.ENDINGS)
def test_a_file_brings_back_the_text_and_its_settings(tmp_path, ending):
    said = (("user", "Hi"), ("assistant", "Hello"))
    found = filling.from_text(written(tmp_path, ending, messages=said, mode="chat"), FABLE, {"fable": FABLE})
    assert found.text == "Once more" and found.values["messages"] == said
    assert (found.values["prompt"], found.values["seed"], found.values["mode"]) == ("Once", 7, "chat")


def test_a_file_without_a_recipe_is_a_sentence(tmp_path):
    plain = tmp_path / "a.txt"
    plain.write_text("only words")
    found = filling.from_text(str(plain), FABLE, {})
    assert found.text is None and "no recipe" in found.status


def test_tokens_are_counted_without_the_model(tmp_path):
    from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: PLC0415 - as light as the module that uses it

    tokenizer: Any = Tokenizer(models.WordLevel({"a": 0, "b": 1, "?": 2}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "config.json").write_text(json.dumps({"n_positions": 512}))
    model = replace(FABLE, source=str(tmp_path))
    assert token_count.count(model, "a b c a") == token_count.Count(4, 512)
    count = text_places.counting({"fable": model})
    assert count({"model": "fable", "text": "a b"}) == {"tokens": 2, "context": 512}
    for nonsense in (
        None,
        {},
        {"model": [], "text": "a"},
        {"model": "other", "text": "a"},
        {"model": "fable", "text": 3},
    ):
        assert count(nonsense) is None


def test_a_model_that_is_not_here_has_no_count(tmp_path):
    assert token_count.count(replace(FABLE, source=str(tmp_path / "nowhere")), "a") is None
