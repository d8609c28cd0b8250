"""The whole way: a typed prompt, the engine process, the starter's weights, a picture on the screen."""

import os
import re
import signal

from playwright.sync_api import expect

FIRST = 300_000  # milliseconds until an engine on a very busy machine has read torch and the weights


def test_a_prompt_becomes_a_picture(visit_real, real):
    visitor = visit_real()
    visitor.draw("a big red boat on the sea at sunset").drawn(FIRST)
    expect(visitor.pictures).to_have_attribute("alt", "a big red boat on the sea at sunset")
    expect(visitor.pictures).to_have_js_property("naturalWidth", 256)
    visitor.look("real-light-desktop")


def test_the_same_seed_draws_the_same_picture_and_its_file_makes_it_again(visit_real, tmp_path):
    first, files = visit_real("?prompt=a+blue+whale+on+the+sea&seed=7"), []
    first.button("Draw").click()
    first.drawn(FIRST)
    files.append(saved(first, tmp_path / "a.png"))
    second = visit_real()
    second.page.locator(".drop input[type=file]").set_input_files(tmp_path / "a.png")
    expect(second.prompt).to_have_value("a blue whale on the sea")
    second.button("Draw").click()
    second.drawn()
    files.append(saved(second, tmp_path / "b.png"))
    assert files[0] == files[1]


def test_a_prompt_becomes_a_story_about_what_it_asks_for(visit_real):
    visitor = visit_real()
    visitor.page.get_by_role("tab", name="Text").click()
    visitor.page.get_by_role("textbox", name="Prompt", exact=True).fill("Tell me a story about a fox named Mia.")
    visitor.button("Write").click()
    river = visitor.page.locator(".river")
    expect(river.get_by_role("status")).to_have_text(re.compile("^Wrote"), timeout=FIRST)
    expect(river.locator(".tokens").first).to_contain_text("Mia")
    assert visitor.page.locator(".river .token").count() > 40
    visitor.look("real-text-light-desktop")


def test_a_prompt_becomes_a_tune_that_plays(visit_real):
    visitor = visit_real()
    visitor.page.get_by_role("tab", name="Music").click()
    tab = visitor.page.locator("#music-tab")
    tab.get_by_role("textbox", name="Prompt", exact=True).fill("a calm waltz in D minor, 92 bpm, 8 bars")
    visitor.button("Compose").click()
    tune = tab.locator(".tune")
    expect(tune).to_contain_text(re.compile("Calm waltz in D minor, 92 bpm, 8 bars, seed"), timeout=FIRST)
    tune.get_by_role("button", name="Play").click()
    expect(tune.locator(".time")).to_have_text(re.compile("0:0[1-9] / 0:1[56]"))
    visitor.look("real-music-light-desktop")


def saved(visitor, path):
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Download").click()
    download.value.save_as(path)
    return path.read_bytes()


def working(visitor):
    """The visitor, once a long drawing is under way."""
    visitor.draw("a green rocket in the city at night")
    expect(visitor.status).to_have_text(re.compile("^Step"), timeout=FIRST)
    return visitor


LONG = "?steps=50&width=512&height=512&pictures=4"


def test_an_engine_that_is_killed_is_told_and_the_next_draw_works(visit_real, real):
    visitor = working(visit_real(LONG))
    os.kill(real[1].engine_pid(), signal.SIGKILL)
    expect(visitor.status).to_have_text(re.compile("engine stopped"))
    visit_real().draw("a yellow balloon").drawn(FIRST)


def test_stop_and_a_closed_page_free_the_turn(visit_real, real):
    manager = real[1]
    stays, goes = working(visit_real(LONG)), visit_real(LONG)
    goes.draw("a red car")
    expect(goes.status).to_have_text(re.compile("next|before you"))
    stays.button("Stop").click()
    expect(stays.status).to_have_text("Stopped.")
    expect(goes.status).to_have_text(re.compile("^Step"))
    goes.page.close()
    assert stays.until(lambda: manager.status().running == 0)
