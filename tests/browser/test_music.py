"""How the Music tab behaves, with tunes that are pretended."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from playground import catalog, recipe
from playground.errors import EngineDied
from playground.events import Media, Notice
from playground.media import soundfont
from tests.browser.conftest import Visitor, serving
from tests.browser.fake_generate import Fake
from tests.browser.test_page import check_access, more, number
from tests.media import soundfonts
from tests.tabs.tunes import DITTY, output

ENDINGS = (".wav", ".mid", ".abc", ".json")  # in a zip
PROMPT = "a calm waltz in D minor, 92 bpm"


@pytest.fixture(scope="module")
def page_of_ditty(folder):
    """(address, fake) of a page with a pretended music model."""
    fake = Fake()
    with pytest.MonkeyPatch.context() as patch:
        for model in catalog.of_kind("music"):
            patch.delitem(catalog.MODELS, model.key)
        patch.setitem(catalog.MODELS, DITTY.key, DITTY)
        with serving(fake.generate) as address:
            yield address, fake


class Listener(Visitor):
    """One person on the Music tab."""

    def open(self, query="?tab=music"):
        self.page.goto(self.address + "/" + query)
        self.button("Compose").wait_for()
        return self

    @property
    def tab(self):
        return self.page.locator("#music-tab")

    @property
    def status(self):
        return self.tab.locator(".music").get_by_role("status")

    @property
    def prompt(self):
        return self.tab.get_by_role("textbox", name="Prompt", exact=True)

    @property
    def tunes(self):
        return self.tab.locator(".tune")

    @property
    def seek(self):
        return self.tunes.first.get_by_role("slider", name="Place in the tune")

    @property
    def place(self):
        """Seconds into the first tune, by where its cursor is; it lasts 8."""
        where = "c => new DOMMatrix(getComputedStyle(c).transform).e / c.parentElement.clientWidth"
        return 8 * self.tunes.first.locator(".roll .cursor").evaluate(where)

    @property
    def file(self):
        """The sound of the first tune."""
        return self.tunes.first.locator("a.format").first.get_attribute("href")

    def compose(self, prompt=PROMPT):
        self.prompt.fill(prompt)
        self.button("Compose").click()
        return self

    def done(self):
        expect(self.status).to_have_text(re.compile("Composed in"))
        expect(self.button("Compose")).to_be_visible()
        return self

    def open_menu(self):
        self.tunes.first.locator("summary", has_text="Download").click()

    def two(self):
        more(self)
        number(self, "Tunes").fill("2")
        expect(self.tab.get_by_label("range slider for Tunes")).to_have_value("2")  # the form has taken it
        return self


@pytest.fixture
def fake(page_of_ditty):
    fake = page_of_ditty[1]
    fake.__init__()
    yield fake
    fake.go.set()


@pytest.fixture
def visit(browser, page_of_ditty, fake):
    opened: list[Listener] = []

    def visit(query="?tab=music", width=1280, height=900, scheme="light", **options) -> Listener:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", **options)
        opened.append(Listener(context, page_of_ditty[0]))
        return opened[-1].open(query)

    yield visit
    for listener in opened:
        listener.context.close()
    assert [listener.troubles for listener in opened if listener.troubles] == []


def ink(listener):
    """How many pixels of the first roll are painted."""
    return listener.tunes.first.locator(".roll canvas").evaluate(
        """c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data
        .filter((value, index) => index % 4 === 3 && value > 200).length"""
    )


def test_bars_grow_and_become_a_tune_that_plays(visit, fake):
    fake.pause = True
    listener = visit().compose()
    expect(listener.status).to_have_text("Bar 3 of 8")
    roll = listener.tunes.first.get_by_role("img")
    expect(roll).to_have_attribute("aria-label", "Unfinished. Piano roll: 9 notes, D4 to D5, 8 bars")
    expect(listener.tab.get_by_role("progressbar", name="Progress")).to_have_attribute("aria-valuenow", "38")
    before = ink(listener)
    assert before > 0
    listener.look("music-composing-light-desktop")
    fake.pause = False
    fake.go.set()
    listener.done()
    expect(roll).to_have_attribute("aria-label", re.compile("^Piano roll: 24 notes, D4 to D5, 8 bars in D minor, with"))
    assert ink(listener) > before
    seed = fake.asked[0]["seed"]
    expect(listener.tunes.locator(".caption")).to_have_text(
        re.compile(rf"^Calm waltz in D minor, 180 bpm, 8 bars, seed {seed}, composed in \d+\.\d s$")
    )
    expect(listener.tunes.locator(".time")).to_have_text("0:00 / 0:08")
    assert fake.asked[0]["prompt"] == PROMPT
    listener.button("Play").click()
    assert listener.until(lambda: listener.place > 0.3)
    assert listener.tunes.locator(".roll .cursor").evaluate("c => new DOMMatrix(getComputedStyle(c).transform).e") > 0
    listener.button("Pause").click()
    expect(listener.button("Play")).to_be_visible()
    stopped = listener.place
    listener.page.wait_for_timeout(200)
    assert listener.place == stopped


def test_a_click_and_the_keys_go_to_a_place(visit):
    listener = visit().compose().done()
    box = listener.seek.bounding_box()
    assert box
    listener.seek.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    assert listener.until(lambda: abs(listener.place - 4) < 0.1)
    expect(listener.seek).to_have_attribute("aria-valuetext", "Bar 5, 0:04 of 0:08")
    listener.seek.press("ArrowRight")
    assert listener.until(lambda: abs(listener.place - 5) < 0.1)
    listener.seek.press("ArrowLeft")
    listener.seek.press("ArrowLeft")
    expect(listener.seek).to_have_attribute("aria-valuetext", "Bar 4, 0:03 of 0:08")
    listener.seek.press("Home")
    expect(listener.seek).to_have_attribute("aria-valuetext", "Bar 1, 0:00 of 0:08")
    left = listener.tunes.locator(".roll .cursor").evaluate("c => new DOMMatrix(getComputedStyle(c).transform).e")
    assert left == 0
    listener.seek.press("Space")
    expect(listener.button("Pause")).to_be_visible()


def test_a_loop_begins_again_and_without_it_the_end_is_the_end(visit):
    listener = visit().compose().done()
    listener.button("Play").click()
    expect(listener.button("Pause")).to_be_visible()
    listener.seek.press("End")
    expect(listener.button("Play")).to_be_visible()
    listener.button("Loop").click()
    expect(listener.button("Loop")).to_have_attribute("aria-pressed", "true")
    listener.button("Play").click()
    listener.page.wait_for_timeout(300)
    listener.seek.press("ArrowLeft")
    listener.seek.press("End")
    assert listener.until(lambda: 0.1 < listener.place < 4)
    expect(listener.button("Pause")).to_be_visible()


def test_a_track_is_muted_or_heard_alone(visit, fake, tmp_path, monkeypatch):
    listener = visit().compose().done()
    knobs = {name: listener.button(name) for name in ("Mute Bass", "Solo Bass", "Mute Drums", "Solo Melody")}
    before = ink(listener)
    listener.button("Play").click()
    knobs["Mute Bass"].click()
    expect(knobs["Mute Bass"]).to_have_attribute("aria-pressed", "true")
    expect(listener.status).to_have_text("Not heard now: Bass.")
    assert ink(listener) < before
    knobs["Solo Bass"].press("Enter")
    expect(knobs["Mute Bass"]).to_have_attribute("aria-pressed", "false")
    expect(listener.status).to_have_text("Not heard now: Melody, Chords, Drums.")
    knobs["Solo Melody"].click()
    expect(listener.status).to_have_text("Not heard now: Chords, Drums.")
    listener.look("music-solo-light-desktop")
    knobs["Solo Bass"].click()
    knobs["Solo Melody"].click()
    expect(listener.status).to_have_text("All are heard.")
    assert ink(listener) == before
    listener.compose("another")
    assert listener.until(lambda: len(fake.asked) == 2)
    expect(listener.tunes.locator(".caption")).to_contain_text(f"seed {fake.asked[1]['seed']}")
    (tmp_path / "other.sf2").write_bytes(soundfonts.small())
    monkeypatch.setenv(soundfont.VARIABLE, str(tmp_path / "other.sf2"))  # the server runs in this process
    listener.button("Mute Melody").click()
    expect(listener.status).to_contain_text("This tune was played with another soundfont than is set now")
    expect(listener.button("Mute Melody")).to_have_attribute("aria-pressed", "false")


def test_two_tunes_are_heard_one_at_a_time_and_taken_away_together(visit, fake, tmp_path):
    """First as previews, of which one, or all, are composed whole."""
    listener = visit().two().compose()
    expect(listener.status).to_have_text(re.compile("Previews composed in"))
    expect(listener.tunes).to_have_count(2)
    seed = fake.asked[0]["seed"]
    captions = listener.tunes.locator(".caption")
    for index in (0, 1):
        expect(captions.nth(index)).to_contain_text(f"4 of 8 bars, seed {seed + index}")
    listener.button("Play tune 2").click()
    expect(listener.button("Pause tune 2")).to_be_visible()
    expect(listener.button("Continue")).to_have_count(0)
    check_access(listener)
    listener.look("music-previews-light-desktop")
    listener.button("Compose tune 2 whole").focus()
    listener.page.keyboard.press("Enter")
    expect(listener.tunes).to_have_count(1)
    expect(captions).to_have_text(re.compile(f"180 bpm, 8 bars, seed {seed + 1}, composed in"))
    expect(listener.button("Continue")).to_be_focused()
    assert [fake.asked[1][name] for name in ("seed", "tunes", "preview_bars", "start")] == [seed + 1, 1, 0, ""]
    listener.tab.get_by_role("button", name=f"2 previews, seeds {seed} to {seed + 1}").click()
    listener.button("Compose all 2 whole").click()
    listener.done()
    for index in (0, 1):
        expect(captions.nth(index)).to_contain_text(f"180 bpm, 8 bars, seed {seed + index}")
    listener.button("Play tune 1").click()
    expect(listener.button("Pause tune 1")).to_be_visible()
    listener.button("Play tune 2").click()
    expect(listener.button("Pause tune 2")).to_be_visible()
    expect(listener.button("Play tune 1")).to_be_visible()
    listener.look("music-two-light-desktop")
    with listener.page.expect_download() as download:
        listener.button("Download all as a zip").click()
    assert download.value.suggested_filename == f"calm-waltz-D-minor-{seed}-and-1-more.zip"
    download.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        names = {f"calm-waltz-D-minor-{seed + index}{ending}" for index in (0, 1) for ending in ENDINGS}
        assert set(archive.namelist()) == names


def test_earlier_tunes_can_be_heard_again(visit, fake):
    listener = visit().compose().done().compose("another")
    assert listener.until(lambda: len(fake.asked) == 2)
    expect(listener.tunes.locator(".caption")).to_contain_text(f"seed {fake.asked[1]['seed']}")
    earlier = listener.tab.get_by_role("group", name="Earlier tunes").get_by_role("button")
    expect(earlier).to_have_count(2)
    earlier.nth(1).click()
    expect(listener.tunes.locator(".caption")).to_contain_text(f"seed {fake.asked[0]['seed']}")
    expect(earlier.nth(1)).to_have_attribute("aria-current", "true")
    listener.button("Use this seed").click()
    expect(listener.status).to_contain_text(f"Seed {fake.asked[0]['seed']} is in the form")
    listener.look("music-earlier-light-desktop")


def test_stop_keeps_what_is_there(visit, fake):
    fake.pause = True
    listener = visit().two().compose()
    expect(listener.status).to_have_text("Bar 3 of 4")
    listener.button("Stop").click()
    expect(listener.status).to_have_text("Stopped.")
    expect(listener.tunes).to_have_count(2)
    expect(listener.tunes.first.get_by_role("img")).to_have_attribute("aria-label", re.compile("^Unfinished"))
    assert listener.until(lambda: len(fake.left) == 1)
    fake.pause_after = 8  # and then between the first tune and the second
    listener.compose()
    expect(listener.button("Play tune 1")).to_be_visible()
    listener.page.keyboard.press("Escape")
    expect(listener.status).to_have_text("Stopped.")
    expect(listener.tunes).to_have_count(1)
    first = listener.file
    fake.pause_after = 3
    listener.compose("another")
    expect(listener.status).to_have_text("Bar 3 of 4")
    listener.button("Stop").click()
    assert listener.file == first


def test_an_error_is_a_sentence_and_keeps_what_was_finished(visit, fake):
    fake.error, fake.first = EngineDied("The engine stopped <b>here</b>."), [Notice("<i>Look</i>")]
    listener = visit().two().compose()
    expect(listener.status).to_have_text("The engine stopped <b>here</b>.")
    expect(listener.tab.locator(".music").get_by_role("list", name="Notes")).to_have_text("<i>Look</i>")
    expect(listener.tunes).to_have_count(1)
    expect(listener.button("Play")).to_be_visible()


def test_the_files_hold_what_was_made(visit, fake, tmp_path):
    listener = visit().compose().done()
    seed = fake.asked[0]["seed"]
    made = output(seed, prompt=PROMPT)
    kept = {}
    listener.open_menu()
    for role, name, ending in (
        *(("link", "WAV", ".wav"), ("link", "MIDI", ".mid"), ("link", "ABC", ".abc")),
        *(("button", "FLAC", ".flac"), ("link", "FLAC", ".flac"), ("button", "MP3", ".mp3")),
    ):
        with listener.page.expect_download() as download:
            listener.page.get_by_role(role, name=f"Download {name}").click()
        assert download.value.suggested_filename == f"calm-waltz-D-minor-{seed}{ending}"
        download.value.save_as(tmp_path / f"a{ending}")
        kept[ending] = (tmp_path / f"a{ending}").read_bytes()
    expect(listener.status).to_have_text("The MP3 file is among your downloads.")
    listener.page.keyboard.press("Escape")
    expect(listener.page.get_by_role("link", name="Download WAV")).to_be_hidden()
    assert isinstance(made.media, Media) and kept[".wav"] == made.media.data
    assert kept[".abc"].decode().startswith(made.recipe["facts"]["abc"])
    assert kept[".mid"].startswith(b"MThd") and f'"seed": {seed}'.encode() in kept[".mid"]
    for ending in (".flac", ".mp3"):
        assert recipe.read(kept[ending]).values["seed"] == seed


def test_a_file_that_is_dropped_fills_the_form(visit, fake, tmp_path):
    listener = visit().compose().done()
    listener.open_menu()
    with listener.page.expect_download() as download:
        listener.page.get_by_role("link", name="Download WAV").click()
    download.value.save_as(tmp_path / "a.wav")
    other = visit()
    other.tab.locator(".drop input[type=file]").set_input_files(tmp_path / "a.wav")
    expect(other.status).to_have_text("The settings of the tune are in the form.")
    expect(other.prompt).to_have_value(PROMPT)
    other.button("Compose").click()
    other.done()
    assert fake.asked[0]["seed"] == fake.asked[1]["seed"]


def test_what_is_understood_is_told_while_typing(visit):
    listener = visit()
    listener.prompt.fill(PROMPT + " on the fiddle, with zebras")
    heard = listener.tab.get_by_role("list", name="Understood").get_by_role("combobox")
    aloud = listener.tab.locator(".aloud")
    expect(aloud).to_have_text("Understood: calm, waltz, D minor, 92 bpm, fiddle")
    expect(listener.tab.locator(".left-out")).to_have_text("Not known here: zebras.")
    heard.first.select_option("epic")
    expect(aloud).to_have_text("Understood: epic, waltz, D minor, 92 bpm, fiddle")
    expect(listener.prompt).to_have_value("an epic waltz in D minor, 92 bpm on the fiddle, with zebras")
    heard.nth(2).select_option("take it out")
    expect(listener.prompt).to_have_value("an epic waltz, 92 bpm on the fiddle, with zebras")
    listener.prompt.fill("🎻🎻 a calm waltz 🎻")
    expect(aloud).to_have_text("Understood: calm, waltz")
    heard.first.select_option("epic")
    expect(listener.prompt).to_have_value("🎻🎻 an epic waltz 🎻")
    listener.prompt.fill("")
    expect(heard).to_have_count(0)


def test_a_mood_is_chosen_and_surprise_me_writes_a_prompt(visit, fake):
    listener = visit()
    listener.page.get_by_role("combobox", name="Mood").click()
    listener.page.get_by_role("option", name="epic").click()
    listener.button("Surprise me").click()
    listener.done()
    written = listener.prompt.input_value()
    assert written and (fake.asked[0]["prompt"], fake.asked[0]["mood"]) == (written, "epic")
    assert fake.asked[0]["style"] == "" and fake.asked[0]["key"] == ""


def test_an_address_fills_the_form_and_the_link_of_a_tune_comes_back(visit, fake):
    listener = visit("?tab=music&prompt=a+jig&seed=7&mood=calm&key=D&bars=16")
    expect(listener.prompt).to_have_value("a jig")
    listener.prompt.press("Control+Enter")
    listener.done()
    asked = fake.asked[0]
    assert [asked[name] for name in ("prompt", "seed", "mood", "key", "bars")] == ["a jig", 7, "calm", "D", 16]
    link = listener.page.get_by_role("link", name="Copy link").get_attribute("href")
    other = visit(link)
    expect(other.prompt).to_have_value("a jig")
    other.button("Compose").click()
    other.done()
    assert [fake.asked[1][name] for name in ("seed", "style", "mode", "bpm")] == [7, "waltz", "minor", 180]


def test_the_seed_goes_into_the_form(visit, fake):
    listener = visit().compose().done()
    listener.button("Use this seed").click()
    expect(listener.status).to_contain_text("is in the form")
    listener.compose("another")
    assert listener.until(lambda: len(fake.asked) == 2)
    assert fake.asked[0]["seed"] == fake.asked[1]["seed"]


def test_what_people_write_never_becomes_html(visit):
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    listener = visit().compose(evil).done()
    expect(listener.tab.locator(".left-out")).to_contain_text("Not known here: img")
    assert listener.page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device, width, height", [("desktop", 1280, 900), ("phone", 390, 844)])
def test_everybody_can_use_it(visit, fake, scheme, device, width, height):
    """No serious violation of WCAG A and AA, empty, with everything open, and done; nothing wider than the screen."""
    listener = visit(width=width, height=height, scheme=scheme)
    listener.look(f"music-empty-{scheme}-{device}")
    check_access(listener)
    more(listener)
    listener.tab.get_by_label("number input for Bars").fill("16")
    listener.compose().done()
    listener.open_menu()
    check_access(listener)
    listener.look(f"music-download-{scheme}-{device}")
    listener.page.keyboard.press("Escape")
    listener.tunes.first.get_by_text("See the sound").click()
    expect(listener.tunes.first.get_by_role("img", name="16 s of silence.")).to_be_visible()
    check_access(listener)
    listener.look(f"music-done-{scheme}-{device}")
    assert listener.page.evaluate("document.documentElement.scrollWidth") <= width
