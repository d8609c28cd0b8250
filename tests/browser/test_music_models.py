"""The Music tab with a model that writes notes beside one that makes sound; what they make is pretended."""

import re

import pytest
from playwright.sync_api import expect

from playground import catalog
from tests.browser.conftest import serving
from tests.browser.fake_generate import Fake
from tests.browser.test_music import Listener
from tests.browser.test_page import check_access, more
from tests.tabs.tunes import DITTY, SINGER, hum


@pytest.fixture(scope="module")
def page_of_two(folder):
    """(address, fake) of a page with two pretended music models."""
    fake = Fake()
    with pytest.MonkeyPatch.context() as patch:
        for model in catalog.of_kind("music"):
            patch.delitem(catalog.MODELS, model.key)
        for model in (DITTY, SINGER):
            patch.setitem(catalog.MODELS, model.key, model)
        with serving(fake.generate) as address:
            yield address, fake


def choose(listener, title):
    listener.tab.get_by_label("Model", exact=True).click()
    listener.page.get_by_role("option", name=title, exact=True).click()


@pytest.mark.parametrize("width, scheme", [(1280, "light"), (390, "dark")])
def test_a_model_that_makes_sound_has_its_own_settings_and_a_waveform(browser, page_of_two, tmp_path, width, scheme):
    address, fake = page_of_two
    fake.__init__()
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    listener = Listener(context, address).open()
    tab = listener.tab
    listener.prompt.fill("a calm waltz")
    expect(tab.locator(".said li")).to_have_count(2)
    expect(tab.get_by_label("Length (s)").first).to_be_hidden()
    choose(listener, "Singer")
    expect(tab.get_by_label("Length (s)").first).to_be_visible()
    expect(tab.locator(".mood")).to_have_count(0)
    expect(tab.locator(".said li")).to_have_count(0)
    more(listener)
    data = listener.page.evaluate_handle(
        """(bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "clip.wav", { type: "audio/wav" }));
            return data;
        }""",
        list(hum(1.0)),
    )
    tab.locator(".clip > button").dispatch_event("drop", {"dataTransfer": data})
    expect(tab.locator(".clip")).to_contain_text(re.compile(r"clip\s*\.wav"))  # Gradio sets a space there or not
    fake.pause = True
    listener.button("Compose").click()
    expect(listener.status).to_have_text("Step 3 of 10")
    fake.go.set()
    listener.done()
    assert (fake.asked[0]["clip"], fake.asked[0]["seconds"]) == (hum(1.0), 10)
    card = listener.tunes.first
    expect(card.locator(".caption")).to_have_text(re.compile(r"^‘a calm waltz’, 10 s, seed \d+, composed in"))
    expect(card.locator(".roll").get_by_role("img")).to_have_attribute("aria-label", "Waveform of 10 s of sound")
    expect(listener.button("Continue")).to_be_hidden()
    listener.button("Play").click()
    expect(listener.button("Pause")).to_be_visible()
    listener.seek.press("End")
    expect(listener.seek).to_have_attribute("aria-valuetext", "0:10 of 0:10")
    listener.open_menu()
    expect(card.locator(".format b")).to_have_text(["WAV", "FLAC", "MP3", "OGG"])
    listener.page.keyboard.press("Escape")
    check_access(listener)
    listener.look(f"music-sound-{scheme}-{width}")
    choose(listener, "Ditty")
    expect(tab.get_by_label("Length (s)").first).to_be_hidden()
    listener.compose()
    assert listener.until(lambda: len(fake.asked) == 2)  # its status may still be the last one's
    listener.done()
    assert "seconds" in fake.asked[1] and fake.asked[1]["clip"] == b""
    assert listener.troubles == []
    context.close()
