"""The Latent space tab with the real engine: what follows the hand, and what is made of it."""

import io
import json
import re

import pytest
from PIL import Image, ImageSequence
from playwright.sync_api import expect

from playground import recipe
from tests.browser.conftest import PATIENCE, Visitor, visits
from tests.browser.test_page import check_access
from tests.tabs.pictures import png

FIRST = 300_000  # milliseconds until an engine on a very busy machine has read torch and the weights
VAE, CODES = "Poster VAE", "Poster VQ-VAE"


class Walker(Visitor):
    """One person on the Latent space tab."""

    def open(self, query=""):
        self.page.goto(self.address + "/" + (query or "?tab=latent"))
        self.tab.get_by_role("radio", name="Pad").wait_for(state="attached")
        return self

    @property
    def tab(self):
        return self.page.locator("#latent-tab")

    @property
    def status(self):
        return self.tab.locator(".latent").get_by_role("status")

    @property
    def puck(self):
        return self.tab.get_by_role("slider", name="Puck")

    def way(self, name):
        self.tab.get_by_role("radio", name=name).check()

    def press(self, name):
        self.tab.get_by_role("button", name=name, exact=True).click()

    def figure(self, title):
        return self.tab.locator(".family").filter(has=self.page.locator(f"b:text-is('{title}')"))

    def picture(self, title):
        return self.figure(title).locator("img").get_attribute("src") or ""

    def begun(self):
        """The visitor, once the first picture is there."""
        expect(self.figure(VAE).locator("img[src]")).to_be_visible(timeout=FIRST)
        return self

    def follows(self, title, act, patience=PATIENCE):
        """`act`, then wait until the family draws something else."""
        before = self.picture(title)
        act()
        for _ in range(patience // 50):
            if self.picture(title) not in ("", before):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{title} did not follow")

    def fetched(self, locator):
        with self.page.expect_download() as download:
            locator.click()
        return download.value.path().read_bytes()


@pytest.fixture
def walk(browser, real):
    yield from visits(browser, real[0], Walker)


def test_every_way_through_the_space(walk):
    visitor = walk()
    pad(visitor)
    a_film(visitor)
    algebra(visitor)
    own_picture(visitor)
    check_access(visitor)


def pad(visitor):
    visitor.begun()
    visitor.follows(VAE, lambda: visitor.puck.press("ArrowRight"))
    expect(visitor.puck).to_have_attribute("aria-valuetext", "22 % to the right, 24 % down")
    visitor.press("All families")
    expect(visitor.tab.locator(".family img[src]")).to_have_count(visitor.tab.locator(".family").count(), timeout=FIRST)
    visitor.follows(CODES, lambda: visitor.puck.click(position={"x": 20, "y": 30}))
    expect(visitor.figure(CODES).locator(".nearest")).to_be_visible()
    edit_codes(visitor)
    corners(visitor)
    visitor.look("latent-pad-light-desktop")
    visitor.press("Keep the picture of Poster VQ-VAE")
    file = visitor.fetched(visitor.tab.get_by_role("link", name="Download"))
    found = recipe.read(file)
    assert found.key == "poster-vqvae" and found.values["codes"].startswith("0 1 ") and found.values["x"] < 0.2


def corners(visitor):
    slot = visitor.tab.locator(".slot").first
    slot.click()
    visitor.tab.get_by_label("Seed", exact=True).fill("5")
    visitor.tab.get_by_label("and words, for families that read them").fill("a red boat at night")
    visitor.follows(VAE, lambda: visitor.press("Use this seed"))
    expect(slot).to_have_accessible_name("Above on the left: a red boat at night, seed 5. Choose another")
    slot.click()
    with visitor.page.expect_file_chooser() as chosen:
        visitor.tab.get_by_label("Your own picture").click()
    file = {"name": "blue.png", "mimeType": "image/png", "buffer": png((60, 120, 200))}
    visitor.follows(VAE, lambda: chosen.value.set_files(file))
    slot.click()
    visitor.page.mouse.click(2, 2)
    expect(visitor.tab.get_by_role("dialog")).to_be_hidden()
    expect(slot).to_have_accessible_name("Above on the left: blue.png. Choose another")


def edit_codes(visitor):
    visitor.press("Codes")
    cells = visitor.tab.locator(".code")
    code = cells.first.inner_text()
    cells.first.press("Enter")
    expect(visitor.status).to_contain_text(f"Code {code}")
    visitor.page.keyboard.press("ArrowRight")
    visitor.follows(CODES, lambda: visitor.page.keyboard.press("Enter"))
    expect(cells.nth(1)).to_have_text(code)
    visitor.press("Codes")


def a_film(visitor):
    visitor.way("Walk")
    expect(visitor.tab.locator(".cost")).to_contain_text("48 frames: a film of 3.0 s")
    visitor.follows(VAE, lambda: visitor.tab.get_by_role("slider", name="Place on the way").fill("0.4"))
    frames = visitor.tab.locator(".frames input[type=number]")
    frames.fill("6")
    frames.press("Tab")
    expect(visitor.tab.locator(".cost")).to_contain_text("6 frames: a film of 0.4 s")
    visitor.press("Film this walk")
    film = visitor.tab.locator(".film")
    expect(film.locator(".count")).to_have_text("1 of 6", timeout=FIRST)
    film.get_by_role("slider", name="Frame").press("End")
    expect(film.locator(".count")).to_have_text("6 of 6")
    expect(film.get_by_role("img", name=re.compile("slerp: from .* lerp: from"))).to_be_visible()
    visitor.look("latent-walk-light-desktop")
    webp = visitor.fetched(film.get_by_role("link", name="Download as .webp"))
    with Image.open(io.BytesIO(webp)) as made:
        assert len(list(ImageSequence.Iterator(made))) == 6 and recipe.read(webp).values["way"] == "walk"
    gif = visitor.fetched(film.get_by_role("button", name="Make and download as .gif"))
    with Image.open(io.BytesIO(gif)) as made:
        assert len(list(ImageSequence.Iterator(made))) == 6
        assert json.loads(made.info["comment"])["params"]["frames"] == 6


def algebra(visitor):
    visitor.way("Algebra")
    expect(visitor.figure(VAE)).to_be_visible()
    visitor.follows(VAE, lambda: visitor.tab.get_by_role("slider", name="More night").fill("1.5"))
    visitor.press("B: red mushroom. Choose another")
    visitor.follows(VAE, lambda: visitor.press("Leave this place empty"))
    visitor.look("latent-algebra-light-desktop")
    visitor.press("Keep this picture")
    expect(visitor.tab.locator(".made")).to_contain_text("Sum of yellow house and orange rocket")


def own_picture(visitor):
    visitor.way("My picture")
    choose = visitor.tab.get_by_label("A picture of your own").last
    choose.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(visitor.status).to_contain_text("would work")
    brought = {"name": "a.png", "mimeType": "image/png", "buffer": png((60, 120, 200))}
    visitor.follows(VAE, lambda: choose.set_input_files(brought))
    paper = visitor.tab.locator(".paper canvas")
    paper.hover(position={"x": 60, "y": 80})
    visitor.page.mouse.down()
    paper.hover(position={"x": 160, "y": 120})
    visitor.follows(VAE, visitor.page.mouse.up)
    visitor.press("There and back")
    expect(visitor.figure(VAE).locator(".sayings")).to_contain_text(re.compile(r"dB.*ELBO"), timeout=FIRST)
    expect(visitor.figure(CODES).locator(".sayings")).to_contain_text("64 codes", timeout=FIRST)
    settled = "() => !document.querySelector('#latent-tab[data-working]')"
    visitor.page.wait_for_function(settled)
    visitor.look("latent-picture-light-desktop")


def test_melodies_are_mixed_heard_and_kept(walk):
    visitor = walk()
    visitor.tab.get_by_label("Model", exact=True).click()
    visitor.page.get_by_role("option", name="Melody VAE").click()
    expect(visitor.tab.get_by_role("radio", name="My melody")).to_be_attached()
    roll = visitor.figure("Melody VAE").get_by_role("img")
    expect(roll).to_have_attribute("aria-label", re.compile("Busy reel"), timeout=FIRST)
    visitor.press("Listen")
    expect(visitor.tab.get_by_role("button", name="Listening")).to_have_attribute("aria-pressed", "true")
    visitor.puck.press("ArrowRight")
    visitor.press("Keep and play")
    expect(visitor.tab.locator(".kept-one audio")).to_have_count(1, timeout=FIRST)
    expect(visitor.tab.get_by_role("button", name="Listen", exact=True)).to_be_visible()
    assert visitor.fetched(visitor.tab.get_by_role("link", name="WAV")).startswith(b"RIFF")
    visitor.way("My melody")
    visitor.press("There and back")
    expect(visitor.tab.locator(".sayings")).to_contain_text("of its notes", timeout=FIRST)
    visitor.look("latent-melody-light-desktop")
    check_access(visitor)


@pytest.mark.parametrize("scheme, width", [("dark", 1280), ("light", 390)])
def test_it_looks_well_and_is_open_to_all_in_the_dark_and_on_a_phone(walk, scheme, width):
    visitor = walk(scheme=scheme, width=width).begun()
    for way in ("Pad", "Walk", "Algebra", "My picture"):
        visitor.way(way)
        wide = "document.documentElement.scrollWidth - innerWidth"
        assert visitor.page.evaluate(wide) <= 0
        check_access(visitor)
        visitor.look(f"latent-{way.lower().replace(' ', '-')}-{scheme}-{width}")
