"""How the Text tab behaves, with texts that are pretended."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from playground import catalog, recipe
from playground.errors import EngineDied
from playground.events import Notice, Waiting
from tests.browser.conftest import Visitor, serving
from tests.browser.fake_text import FABLE, SENTENCE, Fake
from tests.browser.test_page import check_access

PROMPT = "Once upon a time there was a fox"
WRITTEN = " " + SENTENCE
BARD = replace(FABLE, key="bard", title="Bard", source="starters/bard")


@pytest.fixture(scope="module")
def page_of_fable(folder):
    """(address, fake) of a page with a pretended text model."""
    fake = Fake()
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(catalog.MODELS, "tale")
        patch.setitem(catalog.MODELS, FABLE.key, FABLE)
        patch.setitem(catalog.MODELS, BARD.key, BARD)
        with serving(fake.generate) as address:
            yield address, fake


class Reader(Visitor):
    """One person on the Text tab."""

    def open(self, query="?tab=text"):
        self.page.goto(self.address + "/" + query)
        self.button("Write").wait_for()
        return self

    @property
    def river(self):
        return self.page.locator(".river")

    @property
    def status(self):
        return self.river.get_by_role("status")

    @property
    def tokens(self):
        return self.river.locator(".token")

    @property
    def panel(self):
        return self.page.get_by_role("listbox", name="What else could have come")

    @property
    def paths(self):
        return self.page.get_by_role("navigation", name="Paths").locator(".walk")

    def answer(self, text):
        expect(self.river.locator(".tokens").first).to_have_text(text, use_inner_text=False)
        return self

    def way(self, name):
        self.page.get_by_role("radio", name=name, exact=True).check(force=True)
        return self

    def write(self, text, box="Prompt", button="Write"):
        self.page.get_by_role("textbox", name=box, exact=True).fill(text)
        self.button(button).click()
        return self

    def done(self, what="Wrote"):
        expect(self.status).to_have_text(re.compile(what))
        expect(self.river).not_to_have_attribute("data-phase", "working")
        return self


@pytest.fixture
def fake(page_of_fable):
    fake = page_of_fable[1]
    fake.__init__()
    yield fake
    fake.go.set()


@pytest.fixture
def visit(browser, page_of_fable, fake):
    opened: list[Reader] = []

    def visit(query="?tab=text", width=1280, height=900, scheme="light", **options) -> Reader:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", **options)
        opened.append(Reader(context, page_of_fable[0]))
        return opened[-1].open(query)

    yield visit
    for reader in opened:
        reader.context.close()
    assert [reader.troubles for reader in opened if reader.troubles] == []


def test_a_prompt_goes_on_token_by_token_and_each_shows_what_else_could_have_come(visit, fake):
    fake.pause_after = 5
    reader = visit().write(PROMPT)
    reader.answer(" who lived near the sea")
    expect(reader.button("Stop")).to_be_visible()
    fake.go.set()
    reader.done().answer(WRITTEN)
    assert fake.asked[0]["prompt"] == PROMPT and fake.asked[0]["mode"] == "write"
    reader.tokens.nth(6).hover()
    expect(reader.panel.get_by_role("option")).to_have_count(10)
    expect(reader.panel.get_by_role("option", selected=True)).to_have_text(re.compile("^Every"))
    reader.look("text-alternatives-light-desktop")


def test_a_fork_by_keyboard_and_the_way_back(visit, fake):
    reader = visit().write(PROMPT).done()
    reader.tokens.first.focus()
    for _ in range(2):
        reader.page.keyboard.press("ArrowRight")
    expect(reader.tokens.nth(2)).to_be_focused()
    expect(reader.tokens.nth(2)).to_have_attribute("aria-label", re.compile("^near, 61 %"))
    expect(reader.panel).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(reader.panel).to_be_hidden()
    reader.page.keyboard.press("ArrowLeft")
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Home")
    reader.page.keyboard.press("ArrowDown")
    expect(reader.panel.get_by_role("option").nth(1)).to_be_focused()
    chosen = reader.panel.get_by_role("option").nth(1).locator(".word-cell").inner_text()
    reader.page.keyboard.press("Enter")
    start = f" who lived {chosen}"
    reader.answer(start + WRITTEN).done()
    assert fake.asked[1]["answer_start"] == start and fake.asked[1]["prompt"] == PROMPT
    expect(reader.paths).to_have_count(2)
    expect(reader.river.locator(".chosen")).to_be_focused()
    reader.paths.first.click()
    reader.answer(WRITTEN)
    reader.button("Undo").click()
    reader.answer(start + WRITTEN)
    reader.page.get_by_role("button", name=re.compile("^Star")).nth(1).click()
    expect(reader.page.get_by_role("button", name=re.compile("^Star")).nth(1)).to_have_attribute("aria-pressed", "true")
    reader.look("text-tree-light-desktop")


def test_going_on_trying_again_and_editing(visit, fake):
    reader = visit().write(PROMPT).done()
    reader.button("Go on").click()
    reader.answer(WRITTEN + WRITTEN).done()
    reader.button("Try again").click()
    expect(reader.paths).to_have_count(3)
    reader.done()
    assert [asked["answer_start"] for asked in fake.asked] == ["", WRITTEN, WRITTEN]
    reader.button("Edit").click()
    reader.page.get_by_role("textbox", name="The text").fill(" who lived on the moon")
    reader.button("Go on from here").click()
    reader.answer(" who lived on the moon" + WRITTEN).done()
    reader.button("Edit").click()
    reader.page.get_by_role("textbox", name="The text").fill("Nothing else.")
    reader.button("Keep").click()
    reader.answer("Nothing else.")
    assert len(fake.asked) == 4
    expect(reader.paths).to_have_count(5)


def test_several_answers_side_by_side_and_one_goes_on(visit, fake):
    reader = visit()
    reader.page.get_by_role("button", name=re.compile("^More")).click()
    reader.page.get_by_label("number input for Answers").fill("4")
    reader.write(PROMPT).done()
    expect(reader.river.locator("article")).to_have_count(4)
    reader.look("text-four-light-desktop")
    reader.button("Go on with this one").nth(2).click()
    expect(reader.river.locator("article")).to_have_count(1)
    reader.answer(WRITTEN)
    reader.button("Side by side").click()
    expect(reader.river.locator("article")).to_have_count(4)


def test_how_surprised_the_model_is(visit, fake):
    reader = visit().way("Measure")
    reader.write("Once there was a fox", "Text to measure", "Measure").done("Measured 5 tokens")
    expect(reader.river.locator(".verdict")).to_have_text(re.compile(r"^Perplexity \d+\.\d: .*first guess\.$"))
    reader.answer("Once there was a fox")
    expect(reader.tokens.first).to_have_attribute("data-rank", "0")
    assert fake.asked[0]["mode"] == "measure"
    reader.look("text-measure-light-desktop")


def test_a_chat_keeps_what_was_said(visit, fake):
    reader = visit().way("Chat")
    reader.write("Who are you?", "Message", "Send").done()
    expect(reader.page.get_by_role("textbox", name="Message")).to_have_value("")
    reader.write("Where do you live?", "Message", "Send").done()
    expect(reader.page.get_by_role("log").locator(".turn")).to_have_text(
        ["Who are you?", WRITTEN, "Where do you live?"]
    )
    assert fake.asked[1]["messages"] == (("user", "Who are you?"), ("assistant", WRITTEN))
    assert fake.asked[1]["mode"] == "chat" and fake.asked[1]["prompt"] == "Where do you live?"
    reader.look("text-chat-light-desktop")


def test_a_turn_that_was_stopped_is_said_once(visit, fake):
    fake.pause_after = 2
    reader = visit().way("Chat").write("Who are you?", "Message", "Send")
    reader.answer(" who lived")
    reader.button("Stop").click()
    expect(reader.status).to_have_text("Stopped.")
    expect(reader.page.get_by_role("textbox", name="Message")).to_have_value("")
    fake.pause_after = None
    reader.write("And where?", "Message", "Send").done()
    assert fake.asked[1]["messages"] == (("user", "Who are you?"), ("assistant", " who lived"))
    assert fake.asked[1]["prompt"] == "And where?"


def test_an_empty_answer_ends_no_chat(visit, fake):
    reader = visit().way("Chat").write("Who are you?", "Message", "Send").done()
    fake.words = " "
    reader.write("Are you there?", "Message", "Send")
    expect(reader.page.get_by_role("log").locator(".turn").last).to_have_text("Are you there?")
    expect(reader.page.get_by_role("textbox", name="Message")).to_have_value("")
    reader.write("And where?", "Message", "Send").until(lambda: len(fake.asked) == 3)
    assert fake.asked[2]["messages"] == (("user", "Who are you?"), ("assistant", WRITTEN))


def test_a_new_chat_begins_with_nothing_said(visit, fake):
    reader = visit().way("Chat").write("Who are you?", "Message", "Send").done()
    reader.button("New chat").click()
    expect(reader.page.get_by_role("textbox", name="Message")).to_be_focused()
    reader.write("Where do you live?", "Message", "Send").done()
    expect(reader.page.get_by_role("log").locator(".turn")).to_have_text(["Where do you live?"])
    assert fake.asked[1]["messages"] == ()


def test_what_is_typed_into_a_form_counts_at_once(visit, fake):
    reader = visit().way("Use cases")
    reader.page.locator(".case", has_text="Bedtime story").click()
    reader.button("A brave fox").click()
    expect(reader.page.get_by_role("textbox", name="What the model sees")).to_have_value(re.compile("a fox named Mia"))
    reader.page.evaluate(  # faster than any test can type
        """() => { const box = document.getElementById('case-bedtime_story-name');
        box.value = 'Ida';
        box.dispatchEvent(new Event('input', {bubbles: true}));
        box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, bubbles: true})) }"""
    )
    reader.done()
    assert "a fox named Ida" in fake.asked[0]["prompt"]


def test_surprise_me_fills_in_the_form_in_sight(visit, fake):
    reader = visit().way("Use cases")
    reader.page.locator(".case", has_text="Bedtime story").click()
    reader.button("Surprise me").click()
    reader.done()
    name = reader.page.get_by_label("Name").input_value()
    seen = reader.page.get_by_role("textbox", name="What the model sees")
    expect(seen).to_have_value(re.compile(f"a story about a .* named {name} who"))
    assert name in ("Mia", "Tom") and [asked["prompt"] for asked in fake.asked] == [seen.input_value()]
    assert fake.asked[0]["max_new_tokens"] == 300  # which suits the form


def test_another_model_can_do_other_things_with_the_form_in_sight(visit, fake, monkeypatch):
    skills = {"bard": {"skills": ["instructions"]}}
    monkeypatch.setattr("playground.hub.words", lambda model: skills.get(model.key, {}))
    reader = visit().way("Use cases")
    reader.page.locator(".case", has_text="Summarise").click()
    badge = reader.page.locator(".case-head .badge")
    expect(badge).to_have_text("Fable cannot do this well")
    reader.page.get_by_role("combobox", name="Model").click()
    reader.page.get_by_role("option", name="Bard").click()
    expect(badge).to_have_count(0)
    expect(reader.page.get_by_role("heading", name="Summarise")).to_be_visible()


def test_a_form_makes_the_prompt_and_says_what_is_missing(visit, fake):
    reader = visit().way("Use cases")
    expect(reader.page.locator(".case", has_text="Summarise").locator(".badge")).to_have_text(
        "Fable cannot do this well"
    )
    reader.look("text-cases-light-desktop")
    reader.page.locator(".case", has_text="Bedtime story").click()
    seen = reader.page.get_by_role("textbox", name="What the model sees")
    expect(seen).to_have_value(re.compile("a story about a … named …"))
    reader.button("Write").click()
    expect(reader.status).to_have_text("Fill in Hero, Name and Place first: the prompt has a … in its place.")
    assert fake.asked == []
    reader.button("A brave fox").click()
    expect(seen).to_have_value(re.compile("a fox named Mia"))
    reader.page.get_by_label("Name").fill("Ida")
    expect(seen).to_have_value(re.compile("a fox named Ida"))
    reader.button("Write").click()
    reader.done()
    assert "named Ida" in fake.asked[0]["prompt"]
    reader.look("text-form-light-desktop")


def test_a_text_is_downloaded_with_its_recipe_and_dropping_it_brings_it_back(visit, fake, tmp_path):
    reader = visit().write(PROMPT).done()
    for ending in (".md", ".txt", ".json"):
        with reader.page.expect_download() as download:
            reader.page.get_by_role("link", name=f"Download as {ending}").click()
        download.value.save_as(tmp_path / f"a{ending}")
        other = visit()
        other.page.locator("#text-tab .drop input[type=file]").set_input_files(tmp_path / f"a{ending}")
        other.done("The text is back")
        other.answer(WRITTEN)
        expect(other.page.get_by_role("textbox", name="Prompt", exact=True)).to_have_value(PROMPT)
    other.button("Write").click()
    other.done()
    assert fake.asked[0] == fake.asked[1]


def test_a_text_is_copied_with_what_it_goes_on_from(visit, fake):
    reader = visit(permissions=["clipboard-read", "clipboard-write"]).write(PROMPT).done()
    reader.button("Copy").click()
    expect(reader.status).to_have_text("The text is copied.")
    assert reader.page.evaluate("navigator.clipboard.readText()") == PROMPT + WRITTEN


def test_a_stopped_and_an_edited_text_are_downloaded_with_their_recipe(visit, fake, tmp_path):
    fake.pause_after = 3
    reader = visit().write(PROMPT).answer(" who lived near")
    reader.button("Stop").click()
    expect(reader.status).to_have_text("Stopped.")
    check_file(reader, fake, tmp_path, " who lived near")
    reader.button("Edit").click()
    reader.page.get_by_role("textbox", name="The text").fill(" who lived far")
    reader.button("Keep").click()
    check_file(reader, fake, tmp_path, " who lived far")


def check_file(reader, fake, folder, text):
    with reader.page.expect_download() as download:
        reader.button("Download as .md").click()
    download.value.save_as(folder / "a.md")
    written, restored = recipe.read_text_file((folder / "a.md").read_bytes(), "a.md")
    assert written == PROMPT + text
    assert (restored.values["prompt"], restored.values["seed"]) == (PROMPT, fake.asked[0]["seed"])


def test_what_starts_an_answer_unseen_is_told(visit, fake, tmp_path):
    reader = visit().write(PROMPT).done()
    reader.button("Go on").click()
    reader.done()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Download as .md").click()
    download.value.save_as(tmp_path / "a.md")
    reader.page.locator("#text-tab .drop input[type=file]").set_input_files(tmp_path / "a.md")
    notes = reader.page.get_by_role("list", name="Notes")
    expect(notes).to_contain_text("“Answer starts with” holds, under More")
    reader.write("Another").done()
    expect(notes).to_contain_text("“Answer starts with” holds, under More")


def test_notes_are_read_aloud_once(visit, fake):
    fake.first, fake.pause_after = [Notice("Look")], 4
    reader = visit()
    notes = reader.page.get_by_role("list", name="Notes")
    expect(notes).to_have_attribute("aria-live", "polite")
    notes.evaluate(
        """(list) => { window.changes = 0;
        new MutationObserver((all) => (window.changes += all.length)).observe(list, {childList: true}) }"""
    )
    reader.write(PROMPT).answer(" who lived near the")
    fake.go.set()
    reader.done()
    expect(notes).to_have_text("Look")
    assert reader.page.evaluate("window.changes") == 1


def test_stop_keeps_what_was_written(visit, fake):
    fake.pause_after = 3
    reader = visit().write(PROMPT)
    reader.answer(" who lived near")
    reader.page.keyboard.press("Escape")
    expect(reader.status).to_have_text("Stopped.")
    reader.answer(" who lived near")
    assert reader.until(lambda: len(fake.left) == 1)
    fake.pause_after = None
    reader.button("Go on").click()
    reader.done().answer(" who lived near" + WRITTEN)


def test_an_error_is_a_sentence_and_loses_nothing(visit, fake):
    reader = visit().write(PROMPT).done()
    fake.error, fake.first = EngineDied("The engine stopped <b>here</b>."), [Waiting(0), Notice("<i>Look</i>")]
    reader.button("Go on").click()
    expect(reader.status).to_have_text("The engine stopped <b>here</b>.")
    expect(reader.page.get_by_role("list", name="Notes")).to_have_text("<i>Look</i>")
    reader.answer(WRITTEN + WRITTEN)
    reader.paths.first.click()
    reader.answer(WRITTEN)


def test_what_a_model_says_never_becomes_html(visit, fake):
    evil = "<img/src=x/onerror=alert(1)> <script>alert(2)</script>"
    fake.words = evil
    reader = visit().write(evil).done().answer(" " + evil)
    reader.tokens.first.hover()
    expect(reader.panel.get_by_text("<b>bold</b>")).to_be_visible()
    assert reader.page.locator("img[src=x], .river b b, .river script").count() == 0


def test_what_a_model_cannot_do_is_said(visit, fake, monkeypatch):
    monkeypatch.setattr("playground.hub.words", lambda model: {"modes": ["Write", "Measure"]})
    reader = visit().way("Chat")
    expect(reader.page.get_by_text("Fable has not learned to chat")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device, width, height", [("desktop", 1280, 900), ("phone", 390, 844)])
def test_everybody_can_use_it(visit, scheme, device, width, height):
    """No serious violation of WCAG A and AA, empty and with all that opens; nothing wider than the screen."""
    reader = visit(width=width, height=height, scheme=scheme)
    reader.look(f"text-empty-{scheme}-{device}")
    check_access(reader)
    reader.write(PROMPT).done()
    reader.button("Go on").click()
    expect(reader.paths).to_have_count(2)
    reader.done()
    reader.tokens.nth(9).click()
    expect(reader.panel).to_be_visible()
    reader.look(f"text-done-{scheme}-{device}")
    check_access(reader)
    reader.page.keyboard.press("Escape")
    reader.way("Use cases")
    check_access(reader)
    reader.page.locator(".case", has_text="Blog post").click()
    reader.page.get_by_label("Topic").wait_for()
    check_access(reader)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
