"""What the page carries beside the form, and how a card's tune and the form make up what is asked for."""

import json

import pytest

from playground import catalog
from playground.errors import Refused
from playground.media import abc, abc_read
from playground.media.tune import Bar, Note
from playground.params import check
from tabs import tune_changes
from tabs.music import Composing
from tests.tabs.tunes import DITTY, LINE, output, preview, tune

ABC = abc.write(tune())
FORM = {"prompt": "now sad", "seed": -1, "mood": "", "key": "G", "bars": 16, "instrument": "", "tunes": 3, "bpm": 90}
ONE = {**FORM, "tunes": 1}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setitem(catalog.MODELS, DITTY.key, DITTY)
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))


@pytest.mark.parametrize(
    "values, words",
    [
        ({}, "Goes on from ‘Ditty’, 8 bars in D minor, 3/4"),
        (
            {"change": "rewrite", "first_bar": 2, "last_bar": 4},
            "Rewrites bars 2 to 4 of ‘Ditty’, 8 bars in D minor, 3/4",
        ),
        ({"change": "rewrite", "first_bar": 2, "last_bar": 2}, "Rewrites bar 2 of ‘Ditty’, 8 bars in D minor, 3/4"),
        ({"change": "play", "takes": "Bass 1"}, "Plays ‘Ditty’, 8 bars in D minor, 3/4"),
    ],
)
def test_what_fills_the_form_is_carried_and_told(values, words):
    carried = tune_changes.carried({"prompt": "x", "start": ABC, **values})
    assert carried["told"] == words and carried["settings"] == {"start": ABC, **values}
    assert tune_changes.gathered("x", FORM, carried)[1] == {**FORM, "start": ABC, **values}


def test_takes_are_carried_without_a_start():
    carried = tune_changes.carried({"prompt": "x", "start": "", "takes": "Bass 2"})
    assert carried == {"settings": {"takes": "Bass 2"}, "told": "Plays Bass 2"}


def test_nothing_is_carried_without_a_start_or_takes():
    for values in ({}, {"start": "", "change": "rewrite"}, {"prompt": "x"}):
        assert tune_changes.carried(values) == {} and tune_changes.gathered("x", ONE, {}) == ("x", ONE)
    assert tune_changes.carried({"start": "hello"})["told"] == "Goes on from a tune that cannot be read"


def card(**values):
    """What a card of a finished tune says of it."""
    made = Composing(DITTY)
    made.after(output(7, prompt="a calm waltz", **values))
    (work,) = made.stage.works
    return json.loads(json.dumps(work.change))


def asked(change, **settings):
    own = card(instrument="flute", density="full")
    told = {**own, "settings": {**own["settings"], "change": change, **settings}}
    key, values = tune_changes.gathered("other", FORM, told)
    assert key == "ditty" and check("music", values, {}, {})
    return values


def test_a_tune_goes_on_as_the_form_says_in_its_own_key():
    values = asked("continue")
    own = {"key": "", "mode": "", "metre": "", "instrument": "flute", "takes": "", "change": "continue"}
    own["density"] = "full"
    assert {**values, "start": ""} == {**FORM, **own, "start": ""}
    key, values = tune_changes.gathered(
        "x", {**FORM, "instrument": "organ", "density": "sparse"}, {"own": True, "settings": values}
    )
    assert (key, values["instrument"], values["density"]) == ("x", "organ", "sparse")


def test_a_tune_that_is_rewritten_or_played_keeps_all_that_is_its_own():
    own = {"prompt": "a calm waltz", "mood": "calm", "style": "waltz", "key": "D", "mode": "minor", "bpm": 180}
    anew = asked("rewrite", first_bar=2, last_bar=3)
    assert {name: anew[name] for name in own} == own
    assert (anew["seed"], anew["tunes"], anew["bars"], anew["instrument"]) == (-1, 3, 0, "flute")
    played = asked("play", takes="Bass 1")
    assert {name: played[name] for name in own} == own and (played["seed"], played["tunes"]) == (7, 1)


def test_edited_notes_take_the_place_of_the_melody():
    own = card()
    notes = own["melody"]["notes"]
    assert notes == [[12 * place, 12, pitch] for place, pitch in enumerate(LINE + LINE[:8])]
    assert own["melody"]["bar"] == 36 and own["melody"]["second"] == pytest.approx(1 / 36)
    told = {**own, "notes": [[0, 36, 74], *notes[3:]], "settings": {**own["settings"], "change": "play"}}
    start = abc_read.read_one(tune_changes.gathered("x", FORM, told)[1]["start"])
    assert start.bars[0] == Bar((Note(36, 74),), ("Dm",)) and start.bars[1:] == tune().bars[1:]
    for notes in ([], "x", [[0, 6]], [[10_000, 6, 60]]):
        with pytest.raises(Refused):
            tune_changes.gathered("x", FORM, {**told, "notes": notes})


def test_what_was_played_is_gone_on_from():
    told = {"played": {"notes": [[12, 62], [12, 65], [12, 69]], "metre": "3/4"}, "settings": {"change": "continue"}}
    form = {**FORM, "prompt": "a waltz in D minor", "key": ""}
    key, values = tune_changes.gathered("x", form, told)
    start = abc_read.read_one(values.pop("start"))
    assert (key, values) == ("x", {**form, "change": "continue"})
    assert (start.key, start.metre) == ("D minor", "3/4") and start.bars[0].notes[2] == Note(12, 69)
    with pytest.raises(Refused, match="start"):
        tune_changes.gathered("x", form, {"played": {}})


@pytest.mark.parametrize("told", [None, 7, "x", [], {"settings": 3}, {"settings": {"zebra": 1}}, {"own": True}])
def test_what_makes_no_sense_is_left_out(told):
    key, values = tune_changes.gathered("x", ONE, told)
    assert "zebra" not in values and (key, values["prompt"]) == ("x", "now sad")
    assert tune_changes.craft(values) is None


def test_several_new_tunes_have_previews_and_one_is_composed_whole_with_its_own_settings():
    key, asked = tune_changes.gathered("ditty", {**FORM, "seed": 7, "bars": 8, "temperature": 0.5}, {})
    assert asked == {**FORM, "seed": 7, "bars": 8, "temperature": 0.5, "preview_bars": 4}
    made = Composing(DITTY, asked=asked)
    made.after(preview(2, 4, count=2))
    assert [work.change for work in made.stage.works] == [{"preview": 4}] * 2
    for seed in (7, 8):
        made.after(output(**{**asked, "seed": seed, "bars": 8}))
    assert made.finish()["status"].startswith("Previews composed in")
    assert ", 4 of 8 bars, seed 8, composed in" in made.stage.works[1].caption
    told = json.loads(json.dumps(made.stage.works[1].change))
    assert tune_changes.gathered("other", ONE, told) == (key, {**asked, "seed": 8, "tunes": 1, "preview_bars": 0})
    both = {**told, "settings": {**told["settings"], "seed": 7, "tunes": 2}}
    assert tune_changes.gathered("other", ONE, both) == (key, {**asked, "tunes": 2, "preview_bars": 0})


def test_the_status_and_the_caption_say_what_was_done():
    for change, status, words in (
        ("continue", "Continued in", "16 bars, seed 7, continued in"),
        ("rewrite", "Rewritten in", "8 bars, seed 7, bars 2 to 3 rewritten in"),
        ("play", "Played in", "8 bars, seed 7, played in"),
    ):
        settings = {"start": ABC, "change": change, "first_bar": 2, "last_bar": 3}
        made = Composing(DITTY, asked=settings)
        made.after(output(7, **settings))
        assert made.finish()["status"].startswith(status)
        assert made.stage.works[0].caption.startswith("Ditty: calm waltz in D minor, 180 bpm, ")
        assert words in made.stage.works[0].caption and made.stage.works[0].link_is_whole
