"""Pictures that differ in one or two settings, with pictures that are pretended."""

import re

import pytest
from playwright.sync_api import expect

from playground import recipe
from tests.browser.test_page import check_access


def opened(visitor):
    visitor.prompt.fill("a red boat")
    visitor.page.get_by_text("Change one thing").click()
    expect(visitor.button("Contact sheet")).to_be_hidden()
    return visitor


def choose(visitor, what, name, values=None):
    visitor.page.get_by_role("combobox", name=what).select_option(name)
    box = visitor.page.get_by_role("textbox", name="Its values too" if "else" in what else "Its values", exact=True)
    expect(box).not_to_have_value("")
    if values:
        box.fill(values)


def cost(visitor, text):
    expect(visitor.page.locator(".changing .cost")).to_have_text(re.compile(text))


def ended(visitor, text):
    expect(visitor.page.locator(".changing .told")).to_have_text(re.compile(text))


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_a_grid_is_proposed_drawn_adopted_and_saved(visit, fake, tmp_path, scheme, width):
    visitor = opened(visit(scheme=scheme, width=width))
    choose(visitor, "What to change", "steps")
    expect(visitor.page.get_by_role("textbox", name="Its values", exact=True)).to_have_value("2, 5, 10, 20, 40")
    cost(visitor, "^5 pictures$")
    choose(visitor, "What to change", "steps", "2, 4")
    choose(visitor, "What else to change", "guidance_scale", "1, x")
    cost(visitor, "has to be a number")
    expect(visitor.button("Draw them")).to_be_disabled()
    visitor.page.get_by_role("textbox", name="Its values too").fill("1, 3")
    cost(visitor, "^4 pictures$")
    visitor.button("Draw them").click()
    ended(visitor, "4 of 4 pictures drawn")
    assert [(one["steps"], one["guidance_scale"]) for one in fake.asked] == [(2, 1.0), (4, 1.0), (2, 3.0), (4, 3.0)]
    assert len({one["seed"] for one in fake.asked}) == 1 and {one["pictures"] for one in fake.asked} == {1}
    visitor.look(f"grid-{scheme}-{width}")
    check_access(visitor)
    with visitor.page.expect_download() as download:
        visitor.button("Contact sheet").click()
    download.value.save_as(tmp_path / "sheet.png")
    restored = recipe.read((tmp_path / "sheet.png").read_bytes())
    assert restored.values["prompt"] == "a red boat" and restored.values["steps"] == 2
    other = visit(scheme=scheme, width=width)
    other.page.locator(".drop input[type=file]").first.set_input_files(tmp_path / "sheet.png")
    expect(other.page.get_by_role("textbox", name="Its values", exact=True)).to_have_value("2, 4")
    expect(other.page.get_by_role("combobox", name="What else to change")).to_have_value("guidance_scale")
    expect(other.prompt).to_have_value("a red boat")
    cost(other, "^4 pictures$")
    visitor.page.locator(".cells button").nth(3).click()
    expect(visitor.pictures).to_have_count(1)
    ended(visitor, "^The settings of Steps 4 · Guidance 3 are in the form. The picture is above.$")
    expect(visitor.button("See it think")).to_be_visible()
    visitor.page.wait_for_function("window.playground.said['image-tab'].steps === 4")
    assert visitor.page.evaluate("window.playground.said['image-tab'].guidance_scale") == 3


def test_stop_keeps_what_is_there_and_what_fails_is_told_beside_the_others(visit, fake):
    visitor = opened(visit())
    choose(visitor, "What to change", "guidance_scale", "1, 2, 3")
    cost(visitor, "^3 pictures$")
    fake.error = ValueError("broken")
    visitor.button("Draw them").click()
    ended(visitor, "0 of 3 pictures drawn")
    fake.error = None
    fake.pause, fake.pause_after = True, 5
    fake.go.clear()
    visitor.button("Draw them").click()
    ended(visitor, "Picture 1 of 3: Step 5")
    visitor.button("Stop these").click()
    assert visitor.until(lambda: len(fake.left) == 1)
    ended(visitor, "Stopped: 0 of 3 pictures are there")
    expect(visitor.page.locator(".cells figure")).to_have_count(3)
    expect(visitor.page.locator(".cells img")).to_have_count(0)
