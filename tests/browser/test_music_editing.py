"""How tunes are changed on the Music tab: continued and rewritten, with tunes that are pretended."""

import re

from playwright.sync_api import expect

from playground.media import abc_read
from playground.media.tune import Note
from tests.browser.test_music import PROMPT, fake, page_of_ditty, visit
from tests.browser.test_page import check_access, more, number
from tests.tabs.tunes import tune

__all__ = ["fake", "page_of_ditty", "visit"]


def test_a_tune_goes_on_and_bars_of_it_are_rewritten(visit, fake):
    """By keyboard and by mouse; what is asked for is the tune in sight, and the focus stays with what was pressed."""
    listener = visit().compose().done()
    first = fake.asked[0]
    listener.button("Continue").focus()
    listener.page.keyboard.press("Enter")
    expect(listener.status).to_have_text(re.compile("Continued in"))
    caption = listener.tunes.locator(".caption")
    expect(caption).to_have_text(re.compile(r"^Ditty: calm waltz in D minor, 180 bpm, 16 bars, .*continued in \d"))
    expect(listener.button("Continue")).to_be_focused()
    asked = fake.asked[1]
    assert (asked["change"], asked["prompt"], asked["seed"]) == ("continue", PROMPT, asked["seed"])
    assert abc_read.read_one(asked["start"]).bars == tune().bars and asked["seed"] != first["seed"]

    listener.button("Rewrite bars").click()
    bars = [listener.tab.get_by_role("spinbutton", name=name) for name in ("First bar", "Last bar")]
    expect(bars[0]).to_be_focused()
    expect(bars[0]).to_have_value("9")
    bars[1].fill("99")
    bars[1].press("Enter")
    expect(listener.status).to_have_text("The tune has bars 1 to 16.")
    box = listener.tunes.locator(".roll").bounding_box()
    assert box
    listener.page.mouse.move(box["x"] + box["width"] * 2.5 / 16, box["y"] + 10)
    listener.page.mouse.down()
    listener.page.mouse.move(box["x"] + box["width"] * 5.5 / 16, box["y"] + 14, steps=4)
    listener.page.mouse.up()
    expect(bars[0]).to_have_value("3")
    expect(bars[1]).to_have_value("6")
    expect(listener.tunes.locator(".range")).to_have_count(1)
    assert listener.place == 0  # a drag along the chords is no click on a place
    check_access(listener)
    listener.look("music-rewrite-light-desktop")
    listener.button("Rewrite them").click()
    expect(caption).to_contain_text("bars 3 to 6 rewritten")
    asked = fake.asked[2]
    assert (asked["change"], asked["first_bar"], asked["last_bar"]) == ("rewrite", 3, 6)
    assert len(abc_read.read_one(asked["start"]).bars) == 16
    assert [asked[name] for name in ("style", "key", "mode", "bpm")] == ["waltz", "D", "minor", 180]
    listener.button("Rewrite bars").click()
    expect(bars[1]).to_have_value("6")
    bars[1].press("Escape")
    expect(bars[1]).to_be_hidden()
    expect(listener.tab.locator(".earlier-tunes .chip")).to_have_count(3)


def test_a_link_brings_back_what_was_gone_on_from(visit, fake):
    listener = visit().compose().done()
    more(listener)
    number(listener, "Bars").fill("16")
    listener.button("Continue").click()
    expect(listener.status).to_have_text(re.compile("Continued in"))
    link = listener.page.get_by_role("link", name="Copy link").get_attribute("href")
    other = visit(link)
    chosen = other.tab.locator(".chosen")
    expect(chosen).to_contain_text("Goes on from ‘Ditty’, 8 bars in D minor, 3/4")
    other.look("music-start-light-desktop")
    check_access(other)
    other.button("Compose").click()
    expect(other.status).to_have_text(re.compile("Continued in"))
    assert [{**fake.asked[2], "person": ""}] == [{**fake.asked[1], "person": "", **told(fake.asked[2])}]
    other.button("Compose something new instead").click()
    expect(chosen).to_have_count(0)
    other.button("Compose").click()
    other.done()
    assert fake.asked[3]["start"] == ""


def test_a_tune_from_elsewhere_is_gone_on_from(visit, fake):
    listener = visit(width=390, height=844, scheme="dark")
    speed = b"X:1\nT:Speed the <b>Plough\nM:4/4\nL:1/8\nK:G\n|:GABc dedB|dedB dedB|c2ec B2dB|c2A2 A2BA:|\n"
    file = listener.tab.locator(".drop input[type=file]")
    file.set_input_files({"name": "a.abc", "mimeType": "text/vnd.abc", "buffer": speed})
    told = "‘Speed the <b>Plough’, 8 bars in G major, 4/4"
    expect(listener.status).to_have_text(f"{told}; Compose goes on from it.")
    chosen = listener.tab.locator(".chosen")
    expect(chosen).to_contain_text(f"Goes on from {told}")
    expect(listener.tab.get_by_role("list", name="Notes")).to_have_text(
        "It has no chords, so some that fit were added."
    )
    check_access(listener)
    listener.look("music-start-dark-phone")
    file.set_input_files({"name": "b.mid", "mimeType": "audio/midi", "buffer": b"MThd\0\0\0\6"})
    expect(listener.status).to_have_text("This MIDI file is cut short or broken.")
    listener.compose("")
    expect(listener.tunes.locator(".caption")).to_contain_text("Speed the <b>Plough: calm waltz in G major")
    expect(listener.tunes.locator(".caption")).to_contain_text("16 bars")
    assert listener.page.evaluate("document.documentElement.scrollWidth") <= 390


def told(asked):
    """What a recipe says and a first wish leaves open."""
    return {name: asked[name] for name in ("mood", "style", "key", "mode", "metre", "bpm")}


def test_notes_are_edited_by_keys_and_by_pointer(visit, fake):
    """What is drawn is what is asked for, can be taken back, is told, and stays when another tune comes."""
    listener = visit().compose().done()
    listener.button("Edit notes").click()
    desk = listener.tab.get_by_role("application", name="Notes of the melody")
    told = listener.tab.locator(".told")
    expect(desk).to_be_focused()
    expect(told).to_have_text("Editing. D 4, bar 1, beat 1, a quarter, note 1 of 24.")
    for keys, words in (
        ("ArrowRight ArrowRight", "A 4, bar 1, beat 3, a quarter, note 3 of 24."),
        ("ArrowUp", "B flat 4, bar 1, beat 3, a quarter, note 3 of 24."),
        ("Shift+ArrowUp", "B flat 5, bar 1, beat 3, a quarter, note 3 of 24."),
        ("Shift+ArrowLeft", "B flat 5, bar 1, beat 2.75, a quarter, note 3 of 24."),
        ("- -", "B flat 5, bar 1, beat 2.75, an eighth, note 3 of 24."),
        ("+ + + + +", "It ends at its bar line. B flat 5, bar 1, beat 2.75, 5 sixteenths, note 3 of 24."),
        ("- - -", "B flat 5, bar 1, beat 2.75, an eighth, note 3 of 24."),
        ("Enter", "Added. B flat 5, bar 1, beat 3.25, an eighth, note 4 of 25."),
        ("Control+z", "Undone. B flat 5, bar 1, beat 2.75, an eighth, note 3 of 24."),
        ("Control+y", "Redone. B flat 5, bar 1, beat 3.25, an eighth, note 4 of 25."),
        ("Delete Home Delete", "Removed. F 4, bar 1, beat 2, a dotted eighth, note 1 of 23."),
    ):
        for key in keys.split():
            desk.press(key)
        expect(told).to_have_text(words)
    box = desk.bounding_box()
    assert box
    x, y, quarter = box["x"] + 1, box["y"], box["width"] / 12
    listener.page.mouse.move(x, y + 60)
    listener.page.mouse.down()
    listener.page.mouse.move(x + quarter * 0.7, y + 60, steps=3)
    listener.page.mouse.up()
    expect(told).to_have_text(re.compile(r"bar 1, beat 1, a dotted eighth, note 1 of 24\.$"))
    listener.page.mouse.move(x + quarter * 0.3, y + 60)
    listener.page.mouse.down()
    listener.page.mouse.move(x + quarter * 0.55, y + 60 + 8, steps=3)
    listener.page.mouse.up()
    expect(told).to_have_text(re.compile(r"bar 1, beat 1.25, a dotted eighth, note 1 of 24\.$"))
    listener.page.mouse.dblclick(x + quarter * 0.5, y + 60 + 8)
    expect(told).to_have_text("Removed. F 4, bar 1, beat 2, a dotted eighth, note 1 of 23.")
    listener.button("Lower").click()
    expect(told).to_have_text("E 4, bar 1, beat 2, a dotted eighth, note 1 of 23.")
    check_access(listener)
    listener.look("music-edit-light-desktop")
    desk.press("Escape")
    expect(listener.button("Edit notes")).to_be_focused()
    expect(listener.tab.get_by_text("The melody was edited.")).to_be_visible()
    listener.button("Hear it").click()
    expect(listener.status).to_have_text(re.compile("Played in"))
    expect(listener.button("Pause")).to_be_visible()
    asked = fake.asked[1]
    bars = abc_read.read_one(asked["start"]).bars
    assert bars[0].notes == (Note(12, None), Note(9, 64), Note(6, 82), Note(9, None)) and bars[1:] == tune().bars[1:]
    assert (asked["change"], asked["seed"], asked["tunes"]) == ("play", fake.asked[0]["seed"], 1)
    listener.tab.locator(".earlier-tunes .chip").nth(1).click()
    expect(listener.tab.get_by_text("The melody was edited.")).to_be_visible()
    listener.button("Edit notes").click()
    listener.button("Undo").click()
    expect(told).to_have_text("Undone. F 4, bar 1, beat 2, a dotted eighth, note 1 of 23.")
    desk.press("Control+Enter")
    expect(listener.status).to_have_text(re.compile("Played in"))
    assert listener.until(lambda: len(fake.asked) == 3)
    assert abc_read.read_one(fake.asked[2]["start"]).bars[0].notes[1] == Note(9, 65)


def test_a_track_plays_another_take(visit, fake):
    listener = visit().compose().done()
    expect(listener.button("Another take of Melody")).to_have_count(0)
    for count, track, takes in ((1, "Bass", "Bass 1"), (2, "Bass", "Bass 2"), (3, "Chords", "Bass 2, Chords 1")):
        listener.button(f"Another take of {track}").click()
        assert listener.until(lambda count=count: len(fake.asked) == count + 1)
        expect(listener.tunes.locator(".caption")).to_contain_text(f"takes: {takes}, seed {fake.asked[0]['seed']}")
        assert (fake.asked[-1]["change"], fake.asked[-1]["takes"]) == ("play", takes)
        expect(listener.button("Pause")).to_be_visible()


def test_a_start_is_played_on_the_keyboard(visit, fake):
    """By mouse, by the letters and by piano keys in focus; who types in a text field plays nothing."""
    listener = visit()
    listener.tab.get_by_text("Play a start").click()
    draft = listener.tab.get_by_role("img", name="What was played")
    expect(draft).to_have_attribute("aria-label", "What was played: 0 notes")
    expect(listener.button("Continue this")).to_be_disabled()
    for key in "asd":
        listener.page.keyboard.press(key)
    expect(listener.status).to_have_text("E 4, bar 1, beat 3, a quarter.")
    listener.button("half").click()
    listener.button("C sharp 5").click()
    expect(listener.status).to_have_text("C sharp 5, bar 1, beat 4, a half.")
    listener.page.keyboard.press("ArrowLeft")
    expect(listener.button("C 5")).to_be_focused()
    listener.page.keyboard.press("Enter")
    listener.page.keyboard.press("r")
    listener.page.keyboard.press("Backspace")
    expect(draft).to_have_attribute("aria-label", "What was played: 5 notes")
    listener.prompt.fill("sad")
    listener.prompt.press("a")
    expect(draft).to_have_attribute("aria-label", "What was played: 5 notes")
    listener.tab.get_by_text("3/4", exact=True).click()
    check_access(listener)
    listener.look("music-keys-light-desktop")
    listener.button("Continue this").click()
    expect(listener.status).to_have_text(re.compile("Continued in"))
    expect(listener.tunes.locator(".caption")).to_contain_text("My start: ")
    asked = fake.asked[0]
    assert (asked["prompt"], asked["change"]) == ("sada", "continue")
    bars = abc_read.read_one(asked["start"]).bars
    assert [[(note.ticks, note.pitch) for note in bar.notes] for bar in bars] == [
        [(12, 60), (12, 62), (12, 64)],
        [(24, 73), (12, 72)],
        [(36, 72)],
    ]
    listener.button("Clear").click()
    expect(draft).to_have_attribute("aria-label", "What was played: 0 notes")
