"""What prompts ask for, what of it contradicts itself, and what a roll shows."""

import pytest

from playground.media import roll
from playground.media.arrange import arrange
from playground.media.score import INSTRUMENTS
from playground.media.tune import Bar, Note, Tune
from playground.media.tune_prompt import understood
from playground.media.tune_words import MOODS, STYLES


@pytest.mark.parametrize(
    "prompt, values",
    [
        ("a calm waltz in D minor, 92 bpm", dict(mood="calm", style="waltz", key="D", mode="minor", bpm=92)),
        ("a playful chiptune in F# major, 16 bars",
         dict(mood="playful", style="chiptune", key="F#", mode="major", bars=16)),
        ("a minor waltz", dict(style="waltz", mode="minor")),
        ("in A minor", dict(key="A", mode="minor")),
        ("in Bb major", dict(key="Bb", mode="major")),
        ("e flat dorian", dict(key="Eb", mode="dorian")),
        ("A FAST REEL", dict(style="reel", bpm=156)),
        ("something very slow", dict(bpm=60)),
        ("sad violin ballad", dict(mood="sad", style="ballad", instrument="fiddle")),
        ("jazz on the double bass", dict(style="jazz", instrument="double bass")),
        ("a music box lullaby", dict(style="lullaby", instrument="music box")),
        ("an 8-bit game theme", dict(style="chiptune")),
        ("6/8", dict(metre="6/8")),
        ("", {}),
        ("   \n", {}),
    ],
)  # fmt: skip
def test_words_become_settings(prompt, values):
    assert understood(prompt).values == values and understood(prompt).left_out == []


@pytest.mark.parametrize(
    "prompt, values, told",
    [
        ("calm heavy metal waltz in 5/4", dict(mood="calm", style="waltz"), ("5/4 cannot", "heavy, metal")),
        ("a waltz in 4/4", dict(style="waltz"), ("A waltz is in 3/4",)),
        ("a happy sad song", dict(mood="happy", style="pop"), ("happy was taken, sad left out",)),
        ("a reel, no, a march", dict(style="reel"), ("reel was taken, march left out", "no")),
        ("10000 bars at 900 bpm", dict(bars=16, bpm=220), ("10000 bars became 16", "900 bpm became 220")),
        ("0 bars at 1 bpm", dict(bars=8, bpm=40), ("0 bars became 8", "1 bpm became 40")),
        ("abc def ghi jkl mno pqr stu vwx", {}, ("abc, def, ghi, jkl, mno, pqr and 2 more",)),
    ],
)
def test_what_is_left_out_is_told(prompt, values, told):
    found = understood(prompt)
    assert found.values == values
    assert all(any(part in sentence for sentence in found.left_out) for part in told)


def test_where_it_stands_is_known_whatever_the_letters():
    prompt = "  İ A FAST Reel, in e flat Dorian"
    found = understood(prompt)
    assert {name: prompt[slice(*place)] for name, place in found.places.items()} == {
        "style": "Reel", "key": "e flat Dorian", "bpm": "FAST",
    }  # fmt: skip


def test_every_word_of_a_setting_is_understood_by_itself():
    for name, words in (("mood", MOODS), ("style", STYLES), ("instrument", INSTRUMENTS)):
        for word in words:
            assert understood(f"a {word} thing").values[name] == word


def test_a_roll_shows_melody_chords_and_tracks_in_seconds():
    bars = (Bar((Note(24, 60), Note(24, None)), ("C", "G")), Bar((Note(48, 72),), ("C",)))
    tune = Tune(bars, bpm=60, style="pop")
    melody = roll.of_melody(tune, 8)
    assert melody["seconds"] == 32 and melody["bar"] == 4
    assert melody["chords"] == [[0, "C"], [2, "G"], [4, "C"]]
    assert melody["tracks"][0]["notes"] == [[0, 2, 60], [4, 4, 72]]
    whole = roll.of_score(arrange(tune), tune)
    assert whole["seconds"] == 8 and whole["tracks"][0]["name"] == "Melody" and whole["tracks"][-1]["drums"]
    assert all(start + length <= 8.01 for track in whole["tracks"] for start, length, _ in track["notes"])
