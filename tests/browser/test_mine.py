"""The gallery of what somebody made, in their browser."""

import json
import re
import zipfile

from playwright.sync_api import expect

from playground import recipe
from tests.browser.test_page import check_access


def tiles(visitor):
    return visitor.page.get_by_role("listbox", name="Pictures, the newest first").get_by_role("option")


def made(visitor, *prompts):
    for number, prompt in enumerate(prompts, 1):
        visitor.draw(prompt).drawn()
        expect(tiles(visitor)).to_have_count(number)
    return visitor


def test_pictures_stay_are_compared_taken_along_and_deleted(visit, fake, tmp_path):
    visitor = made(visit(), "a red boat", "a blue <b>boat</b>", "a green boat")
    expect(tiles(visitor).first).to_have_attribute("aria-label", re.compile("^a green boat [(]"))
    visitor.page.reload()
    visitor.button("Draw").wait_for()
    expect(tiles(visitor)).to_have_count(3)
    expect(visitor.page.get_by_text("3 pictures, 0.1 MB. Nobody else sees them.")).to_be_visible()
    visitor.look("mine-light-desktop")

    tiles(visitor).nth(2).click()  # shown on the stage, like a new one
    expect(visitor.pictures).to_have_attribute("alt", "a red boat")
    expect(visitor.status).to_have_text(re.compile("^Drawn in"))
    visitor.button("Use its settings").click()
    expect(visitor.prompt).to_have_value("a red boat")
    expect(visitor.status).to_have_text("The settings of the picture are in the form.")

    tiles(visitor).nth(2).focus()
    visitor.page.keyboard.press("Home")
    expect(tiles(visitor).first).to_be_focused()
    visitor.page.keyboard.press("Space")
    expect(visitor.page.get_by_text("2 chosen")).to_be_visible()
    check_access(visitor)
    visitor.button("Compare").click()
    seam = visitor.page.get_by_role("slider", name="How much of the first picture is seen")
    expect(seam).to_be_focused()
    visitor.page.keyboard.press("ArrowRight")
    expect(seam).to_have_attribute("aria-valuetext", "51 % of the first, 49 % of the second")
    expect(visitor.page.get_by_role("row", name=re.compile("a green boat prompt a red boat"))).to_be_visible()
    check_access(visitor)
    visitor.look("mine-compare-light-desktop")
    visitor.page.keyboard.press("Escape")

    with visitor.page.expect_download() as download:
        visitor.button("Zip").click()
    download.value.save_as(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        told = json.loads(archive.read("recipes.json"))
        assert [one["recipe"]["params"]["prompt"] for one in told] == ["a green boat", "a red boat"]
        assert recipe.read(archive.read(told[0]["file"])).values["prompt"] == "a green boat"

    tiles(visitor).nth(1).click()
    visitor.page.keyboard.press("Delete")
    expect(visitor.page.get_by_text("Delete this picture for good?")).to_be_visible()
    visitor.button("Delete").click()
    expect(tiles(visitor)).to_have_count(2)
    expect(visitor.pictures).to_have_count(0)
    visitor.button("Clear all").click()
    visitor.button("Keep").click()
    visitor.button("Clear all").click()
    visitor.button("Delete").click()
    expect(tiles(visitor)).to_have_count(0)
    visitor.page.reload()
    visitor.button("Draw").wait_for()
    made(visitor, "a new boat")


def test_space_chooses_the_picture_that_has_the_keyboard_however_it_got_there(visit, fake):
    visitor = made(visit(), "a red boat", "a blue boat")
    tiles(visitor).last.focus()
    visitor.page.keyboard.press("Space")
    expect(tiles(visitor).last).to_have_attribute("aria-selected", "true")


def test_how_much_was_to_change_is_told_only_of_what_began_from_a_picture(visit, fake):
    visitor = made(visit(), "a red boat")
    visitor.button("Vary a little").click()
    expect(tiles(visitor)).to_have_count(2)
    visitor.drawn()
    tiles(visitor).first.click()
    tiles(visitor).nth(1).click(modifiers=["Control"])
    visitor.button("Compare").click()
    rows = visitor.page.get_by_role("dialog").get_by_role("row")
    expect(rows.filter(has_text="strength")).to_have_text("0.5strength")


def test_nobody_else_sees_them(visit, fake):
    one, two = made(visit(), "a red boat"), visit()
    address = one.pictures.get_attribute("src")
    get = "async (address) => (await fetch(address)).status"
    assert one.page.evaluate(get, address) == 200
    assert two.page.evaluate(get, address) == 403
    made(two, "a blue boat")  # and that alone
    assert two.page.evaluate("(name) => document.cookie.includes(name)", "playground_person") is False
    two.troubles[:] = [trouble for trouble in two.troubles if "403" not in trouble]  # which was asked for


def test_a_phone_in_the_dark(visit, fake):
    visitor = made(visit(width=390, height=844, scheme="dark", has_touch=True), "a red boat", "a blue boat")
    tiles(visitor).first.tap()
    tiles(visitor).nth(1).locator(".tick").tap()
    expect(visitor.page.get_by_text("2 chosen")).to_be_visible()
    visitor.look("mine-dark-phone")
    check_access(visitor)
    visitor.button("Compare").tap()
    seam = visitor.page.get_by_role("slider", name="How much of the first picture is seen")
    expect(seam).to_have_attribute("aria-valuetext", re.compile("^50 %"))
    box = seam.bounding_box()
    assert box
    visitor.page.touchscreen.tap(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2)
    expect(seam).to_have_attribute("aria-valuetext", re.compile("^(19|20|21) %"))
    check_access(visitor)
    visitor.look("mine-compare-dark-phone")
    visitor.button("Close").tap()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
