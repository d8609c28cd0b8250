"""The shipped model goes on from tunes, rewrites their bars and plays them: what is kept is kept note for note."""

import json
from dataclasses import replace

import pytest

from playground import catalog, hub
from playground.errors import Refused
from playground.events import Notice, Output, Preview, Step
from playground.media import abc, abc_read
from playground.media.tune import BAR, Bar, Note, transposed
from playground.params import MusicParams, check
from playground.stream import Cancelled, Emit
from tests.media.tunes import plain

TUNE = replace(plain("reel"), mood="lively", title="A scale")
START = abc.write(TUNE)


@pytest.fixture(scope="module")
def adapter():
    model = catalog.find("tune")
    return catalog.load(replace(model, source=str(hub.folder(model))), "cpu")


def change(adapter, emit=None, **values):
    events = []
    adapter.run(check("music", {"seed": 5, "start": START, **values}, {}, {}), Emit(emit or events.append))
    return events


def recipes(events):
    return [event.recipe for event in events if isinstance(event, Output)]


def tunes(events):
    return [abc_read.read_one(recipe["abc"]) for recipe in recipes(events)]


def said(events):
    return " ".join(event.text for event in events if isinstance(event, Notice))


def whole(bars, metre):
    return all(sum(note.ticks for note in bar.notes) == BAR[metre] for bar in bars)


def test_a_tune_goes_on_and_keeps_its_bars_key_and_band(adapter):
    events = change(adapter, tunes=2)
    assert [event for event in events if isinstance(event, Step)] == [Step(i, 16) for i in range(17)]
    first, second = tunes(events)
    assert first.bars[:8] == second.bars[:8] == TUNE.bars and first.bars[8:] != second.bars[8:]
    for tune, recipe in zip((first, second), recipes(events), strict=True):
        assert len(tune.bars) == 16 and whole(tune.bars, "4/4")
        assert (tune.key, tune.bpm, tune.style, tune.mood, tune.title) == ("C major", 120, "reel", "lively", "A scale")
        assert (recipe["bars"], recipe["key"], recipe["style"], recipe["mood"]) == (8, "C", "reel", "lively")
    assert said(events) == ""
    rolls = [json.loads(media.data) for event in events if isinstance(event, Preview) for media in event.media]
    assert all(roll["seconds"] == 32 for roll in rolls) and len(rolls[0]["tracks"][0]["notes"]) > 60


def test_sixteen_bars_more_come_in_two_rounds_and_a_recipe_repeats_them(adapter):
    first = change(adapter, bars=16, prompt="sad")
    (tune,) = tunes(first)
    assert len(tune.bars) == 24 and tune.bars[:8] == TUNE.bars and tune.bars[8:16] != tune.bars[16:]
    recipe = recipes(first)[0]
    assert (recipe["bars"], recipe["mood"]) == (16, "sad")
    again = {name: recipe[name] for name in ("mood", "style", "mode", "metre", "key", "bpm", "bars", "instrument")}
    repeated = change(adapter, prompt="sad", **again)
    assert recipes(repeated) == recipes(first) and said(repeated) == ""


@pytest.mark.parametrize("first, last", [(5, 6), (1, 2), (7, 8), (1, 8)])
def test_some_bars_are_written_anew_and_the_others_stay(adapter, first, last):
    events = change(adapter, change="rewrite", first_bar=first, last_bar=last)
    (tune,) = tunes(events)
    assert tune.bars[: first - 1] == TUNE.bars[: first - 1] and tune.bars[last:] == TUNE.bars[last:]
    assert tune.bars[first - 1 : last] != TUNE.bars[first - 1 : last] and whole(tune.bars, "4/4")
    assert len(tune.bars) == 8 and recipes(events)[0]["bars"] == 0
    count = last - first + 1
    assert [event for event in events if isinstance(event, Step)] == [Step(i, count) for i in range(count + 1)]
    assert recipes(change(adapter, change="rewrite", first_bar=first, last_bar=last)) == recipes(events)


def test_of_a_long_tune_too_and_several_at_once(adapter):
    long = replace(TUNE, bars=TUNE.bars * 2 + TUNE.bars[:2])
    asked = {"change": "rewrite", "start": abc.write(long), "first_bar": 10, "last_bar": 12}
    made = tunes(change(adapter, tunes=2, **asked))
    for tune in made:
        assert tune.bars[:9] == long.bars[:9] and tune.bars[12:] == long.bars[12:]
    assert made[0] != made[1] == tunes(change(adapter, seed=6, **asked))[0]


def test_the_bars_that_follow_are_likelier_after_what_was_kept(adapter):
    """The candidate that is kept is the best of four: on average better than a single draw."""
    from playground.adapters import tune_music  # noqa: PLC0415 - to see what was drawn

    weighed, likelihood = [], adapter.writer.likelihood
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adapter.writer, "likelihood", lambda *rest: weighed.append(likelihood(*rest)) or weighed[-1])
        change(adapter, change="rewrite", first_bar=3, last_bar=4)
    assert len(weighed) == tune_music.CANDIDATES == len(set(weighed)) and all(fit < 0 for fit in weighed)


@pytest.mark.parametrize("metre, mode, tonic", [("3/4", "minor", 3), ("6/8", "mixolydian", 6), ("4/4", "dorian", 1)])
def test_a_tune_in_any_key_goes_on_in_it(adapter, metre, mode, tonic):
    scale = replace(transposed(plain("", metre, 3), tonic), mode=mode)
    for values in ({}, {"change": "rewrite", "first_bar": 3, "last_bar": 3}):
        (tune,) = tunes(change(adapter, start=abc.write(scale), **values))
        assert (tune.metre, tune.mode, tune.tonic) == (metre, mode, tonic) and whole(tune.bars, metre)
        assert [bar.notes for bar in tune.bars[:2]] == [bar.notes for bar in scale.bars[:2]]
        assert tune.bars[-1].notes and any(note.pitch and note.pitch % 12 == tonic for note in tune.bars[-1].notes)


def test_what_the_model_cannot_read_is_told_and_kept(adapter):
    odd = Bar((Note(30, 36), Note(5, None), Note(1, 98), Note(12, 97)), ("F#m7", "C", "Eb", "G"))
    start = abc.write(replace(TUNE, bars=(odd, *TUNE.bars[1:3])))
    events = change(adapter, start=start, key="D", prompt="in 3/4")
    (tune,) = tunes(events)
    assert tune.bars[0] == odd and len(tune.bars) == 11
    assert (
        "The model reads" in said(events)
        and "counted anew" not in said(events)
        and "stays in C major and in 4/4" in said(events)
    )


def test_nothing_is_written_to_be_played(adapter):
    plays = change(adapter, change="play", tunes=3, bpm=90, instrument="flute")
    (recipe,) = recipes(plays)
    assert (recipe["bpm"], recipe["instrument"], recipe["bars"], recipe["style"]) == (90, "flute", 0, "reel")
    assert tunes(plays) == [replace(TUNE, bpm=90)]


def test_another_take_changes_the_sound_and_not_the_notes_of_the_tune(adapter):
    own, other = (
        [event for event in change(adapter, change="play", takes=takes) if isinstance(event, Output)]
        for takes in ("", "Bass 1")
    )
    assert own[0].recipe["abc"] == other[0].recipe["abc"] and own[0].media != other[0].media


def test_a_tune_without_a_word_of_its_own_gets_a_band_that_is_kept(adapter):
    bare = abc.write(replace(TUNE, style="", mood="", title=""))
    first = recipes(change(adapter, start=bare, change="play"))[0]
    again = recipes(change(adapter, start=bare, change="play", mood=first["mood"], style=first["style"]))[0]
    assert first["style"] and first["mood"] and again == first


def test_a_stop_comes_through(adapter):
    def emit(event):
        if event == Step(1, 2):
            raise Cancelled

    with pytest.raises(Cancelled):
        change(adapter, emit, change="rewrite", first_bar=3, last_bar=4)


@pytest.mark.parametrize(
    "values, match",
    [
        ({"start": "hello"}, "This is no ABC"),
        ({"start": "X:1\nK:C\nz8|"}, "holds no notes"),
        ({"start": "x" * 20_001}, "at most 20000"),
        ({"change": "rewrite"}, "the start has bars 1 to 8"),
        ({"change": "rewrite", "first_bar": 7, "last_bar": 9}, "the start has bars 1 to 8"),
        ({"start": abc.write(replace(TUNE, bars=TUNE.bars * 8))}, "with 8 more"),
        ({"change": "juggle"}, "there are continue, rewrite, play"),
        ({"takes": "Kazoo 1"}, "is no take"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_loaded(values, match):
    with pytest.raises(Refused, match=match):
        check("music", {"start": START, **values}, {}, {})


def test_a_tune_that_would_last_too_long_is_refused(adapter):
    with pytest.raises(Refused, match="may last 180"):
        change(adapter, bpm=40, start=abc.write(replace(TUNE, bars=TUNE.bars * 4)), bars=16)
    assert MusicParams().start == "" and MusicParams().change == "continue"
