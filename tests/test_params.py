import math
from dataclasses import fields, replace

import pytest

from playground.catalog import find
from playground.errors import Refused
from playground.params import KINDS, LARGEST_SEED, ImageParams, TextParams, check, sorted_out


def test_a_models_defaults_lie_under_what_is_asked():
    params = check("image", {"steps": 7}, {"steps": 3, "width": 256}, {})
    assert (params.steps, params.width, params.height) == (7, 256, 512)


@pytest.mark.parametrize(
    "values, said",
    [
        ({"stepz": 3}, "there are"),
        ({"steps": 0}, "1 to 100"),
        ({"steps": 10**9}, "1 to 100"),
        ({"steps": 2.5}, "whole number"),
        ({"steps": "many"}, "a number"),
        ({"steps": True}, "a number"),
        ({"steps": None}, "a number"),
        ({"guidance_scale": math.nan}, "a number"),
        ({"guidance_scale": math.inf}, "a number"),
        ({"seed": -2}, "-1 to"),
        ({"seed": LARGEST_SEED + 1}, "-1 to"),
        ({"width": 100}, "96 would work"),
        ({"width": 20000}, "64 to 2048"),
        ({"prompt": 5}, "text"),
        ({"prompt": "x" * 5000}, "at most 2000"),
        ({"prompt": "a\0b"}, "null"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_that_says_what_would_work(values, said):
    with pytest.raises(Refused, match=said) as refused:
        check("image", values, {}, {})
    assert str(refused.value).endswith(".")


def test_a_models_limits_are_narrower():
    with pytest.raises(Refused, match="128 to 256"):
        check("image", {"width": 512}, {}, {"width": (128, 256)})


def test_values_from_outside_are_sorted_into_good_ones_and_sentences():
    values = {"prompt": "a boat", "steps": 5000, "seed": "x", "width": 200, "unknown": 1}
    good, problems = sorted_out("image", values, {"steps": (1, 50)})
    assert good == {"prompt": "a boat"}
    assert len(problems) == 4 and any("Steps is 5000" in p for p in problems) and "'unknown'" in problems[-1]
    assert sorted_out("image", {"steps": 7}) == ({"steps": 7}, [])


def test_whole_numbers_may_come_as_floats_since_sliders_send_them():
    assert check("image", {"steps": 5.0}, {}, {}).steps == 5


def test_a_random_seed_is_drawn_once_and_kept():
    drawn = ImageParams().with_seed_drawn()
    assert 0 <= drawn.seed <= LARGEST_SEED and drawn.with_seed_drawn() is drawn
    assert ImageParams(seed=5).with_seed_drawn().seed == 5


def test_work_grows_with_everything_that_takes_time():
    one = ImageParams(steps=10, pictures=1, width=256, height=256)
    assert ImageParams(steps=20, pictures=2, width=512, height=256).work == 8 * one.work


def test_a_long_chat_is_as_much_work_as_a_long_prompt():
    said = "x" * 8000
    chat = TextParams(mode="chat", prompt="and?", messages=(("user", said), ("assistant", said)))
    assert chat.work == TextParams(mode="chat", prompt="and?" + 2 * said).work
    assert replace(chat, mode="write").work == TextParams(prompt="and?").work  # where the chat is not read


def test_many_unknown_settings_are_one_short_sentence():
    values = {f"unknown{i}" * 9: i for i in range(150_000)} | {"steps": 7}
    good, (problem,) = sorted_out("image", values)
    assert good == {"steps": 7} and "'unknown0" in problem and "and 149995 more" in problem and len(problem) < 300
    with pytest.raises(Refused, match="and 149995 more") as refused:
        check("image", values, {}, {})
    assert len(str(refused.value)) < 500


ODD = (None, True, 0, -1, 1, 1e9, 10**400, -(10**5000), 2.5, math.nan, -math.inf, "", "512", "nan", "1e3", b"x", [], {},
       [512], {"a": 1}, object(), 1j, "\ud800", "x" * 10**6, "\0", 2**63, 20000, 513, set())  # fmt: skip


@pytest.mark.parametrize("name", [f.name for f in fields(KINDS["image"])])
def test_whatever_is_sent_for_a_setting_of_a_picture_is_taken_or_refused_in_a_short_sentence(name):
    for value in ODD:
        try:
            check("image", {name: value}, {}, {})
        except Refused as refused:
            assert str(refused).endswith(".") and len(str(refused)) < 300 and "are ," not in str(refused)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_says_what_a_form_needs(kind):
    for f in fields(KINDS[kind]):
        assert f.metadata["help"] and f.metadata["label"], f.name
        if not isinstance(f.default, str | tuple | bytes):
            assert f.metadata["low"] <= f.default <= f.metadata["high"], f.name


@pytest.mark.parametrize(
    "values, said",
    [
        ({"mode": "sing"}, "write, chat, fill, measure"),
        ({"messages": "hello"}, "by turns"),
        ({"messages": [["assistant", "hello"]]}, "by turns"),
        ({"messages": [["user", "hello"]]}, "by turns"),
        ({"messages": [["user", "hello"], ["assistant", 7]]}, "has to be text"),
        ({"messages": [["user", "x" * 30_000], ["assistant", "y" * 30_000]]}, "new chat"),
        ({"messages": [["user", ""], ["assistant", ""]] * 501}, "at most 1000 are read; begin a new chat"),
        ({"messages": 5}, "by turns"),
        ({"messages": ""}, "by turns"),
        ({"prompt": "x" * 50_000}, "at most 40000"),
        ({"temperature": -0.1}, "0.0 to 2.0"),
    ],
)
def test_a_text_that_cannot_be_is_refused(values, said):
    with pytest.raises(Refused, match=said):
        check("text", values, {}, {})


def test_a_conversation_may_come_as_lists_and_half_characters_are_replaced():
    params = check("text", {"messages": [["user", "hi"], ["assistant", "ho"]], "prompt": "a\ud800b"}, {}, {})
    assert params.messages == (("user", "hi"), ("assistant", "ho")) and params.prompt == "a?b"


def test_what_a_model_does_not_take_is_refused_with_what_it_takes():
    tune = find("tune")
    assert check("music", {"mood": "calm"}, {}, {}, tune.has).mood == "calm"
    with pytest.raises(Refused, match="no setting 'steps'.* there are .*prompt.*mood") as refused:
        check("music", {"steps": 5}, {}, {}, tune.has)
    assert "guidance" not in str(refused.value)
    good, (problem,) = sorted_out("music", {"mood": "calm", "steps": 5}, {}, tune.has)
    assert good == {"mood": "calm"} and "'steps'" in problem


@pytest.mark.parametrize("value", [None, b""])
def test_no_clip_is_none(value):
    assert check("music", {"clip": value}, {}, {}).clip == b""


@pytest.mark.parametrize(
    "value, said",
    [("clip.wav", "bytes of a sound file"), (5, "bytes of a sound file"), (b"RIFF", "cannot be read")],
)
def test_a_clip_that_cannot_be_is_refused(value, said):
    with pytest.raises(Refused, match=said):
        check("music", {"clip": value}, {}, {})
