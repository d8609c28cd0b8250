"""How the page behaves, with pictures that are pretended."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playground.errors import EngineDied
from playground.events import Loading, Waiting
from tests.browser.conftest import Visitor
from tests.tabs.pictures import file, png


def more(visitor):
    visitor.page.get_by_role("button", name=re.compile("^More")).click()
    visitor.page.get_by_label("Seed", exact=True).wait_for()


def number(visitor, name):
    return visitor.page.get_by_label(f"number input for {name}")


def test_a_prompt_becomes_a_picture_with_a_text_for_those_who_do_not_see_it(visit, fake):
    visitor = visit().draw("a red boat").drawn()
    expect(visitor.pictures).to_have_count(1)
    expect(visitor.pictures).to_have_attribute("alt", "a red boat")
    expect(visitor.pictures).to_have_js_property("naturalWidth", 16)
    expect(visitor.page.get_by_text(f"Seed {fake.asked[0]['seed']}")).to_be_visible()
    assert fake.asked[0]["prompt"] == "a red boat" and fake.asked[0]["steps"] == 10
    visitor.look("done-light-desktop")


def test_while_it_works_the_step_and_a_preview_are_shown(visit, fake):
    fake.pause = True
    visitor = visit().draw("a red boat")
    expect(visitor.status).to_have_text("Step 3 of 10")
    expect(visitor.pictures).to_have_attribute("src", re.compile("^data:image/"))
    expect(visitor.pictures).to_have_attribute("alt", "Unfinished: a red boat")
    expect(visitor.page.get_by_role("progressbar", name="Progress")).to_have_attribute("aria-valuenow", "30")
    expect(visitor.button("Draw")).to_be_hidden()
    expect(visitor.button("Surprise me")).to_be_disabled()
    visitor.look("drawing-light-desktop")
    fake.go.set()
    visitor.drawn()
    expect(visitor.pictures).to_have_attribute("src", re.compile("/gradio_api/file="))


@pytest.mark.parametrize(
    "event, text",
    [(Waiting(2, 8.0), "2 before you, about 8 seconds"), (Loading(0.4, "Loading Poster"), "Loading Poster")],
)
def test_the_line_and_the_load_are_told(visit, fake, event, text):
    fake.first, fake.pause, fake.pause_after = [event], True, 0
    visitor = visit().draw("a boat")
    expect(visitor.status).to_have_text(text)
    visitor.look(f"{type(event).__name__.lower()}-light-desktop")
    fake.go.set()
    visitor.drawn()


@pytest.mark.parametrize("how", ["Stop", "Escape"])
def test_stop_frees_the_turn_and_keeps_the_last_pictures(visit, fake, how):
    visitor = visit().draw("a red boat").drawn()
    first = visitor.pictures.get_attribute("src")
    fake.pause = True
    visitor.draw("a blue boat")
    expect(visitor.status).to_have_text("Step 3 of 10")
    if how == "Stop":
        visitor.button("Stop").click()
    else:
        visitor.page.keyboard.press("Escape")
    expect(visitor.status).to_have_text("Stopped.")
    expect(visitor.pictures).to_have_attribute("src", first)
    assert visitor.until(lambda: len(fake.left) == 1)
    fake.pause = False
    visitor.draw("a green boat").drawn()
    expect(visitor.pictures).to_have_attribute("alt", "a green boat")


def test_control_enter_draws_from_the_prompt_and_from_elsewhere(visit, fake):
    visitor = visit()
    visitor.prompt.fill("a red boat")
    visitor.prompt.press("Control+Enter")
    visitor.drawn()
    visitor.page.locator("h1").click()
    visitor.page.keyboard.press("Meta+Enter")
    expect(visitor.page.get_by_role("listbox", name=re.compile("^Pictures")).get_by_role("option")).to_have_count(2)
    assert [asked["prompt"] for asked in fake.asked] == ["a red boat"] * 2


def test_surprise_me_writes_a_prompt_and_draws_it(visit, fake):
    visitor = visit()
    visitor.button("Surprise me").click()
    visitor.drawn()
    written = visitor.prompt.input_value()
    assert written and fake.asked[0]["prompt"] == written
    expect(visitor.pictures).to_have_attribute("alt", written)


def test_an_example_fills_the_prompt(visit):
    visitor = visit()
    visitor.button("a purple castle in the desert at night").click()
    expect(visitor.prompt).to_have_value("a purple castle in the desert at night")


def test_four_pictures_each_with_its_own_seed(visit, fake):
    visitor = visit()
    more(visitor)
    number(visitor, "Pictures").fill("4")
    visitor.page.get_by_label("Seed", exact=True).fill("7")
    visitor.draw("a red boat").drawn()
    expect(visitor.pictures).to_have_count(4)
    for seed in (7, 8, 9, 10):
        expect(visitor.page.get_by_text(f"Seed {seed}", exact=True)).to_be_visible()
    visitor.look("four-light-desktop")


def test_four_pictures_on_a_phone_keep_their_tools(visit, fake):
    visitor = visit("?prompt=a+boat&pictures=4", width=390, height=844)
    visitor.page.wait_for_function("window.playground.said['image-tab']?.pictures === 4")
    visitor.button("Draw").click()
    visitor.drawn()
    expect(visitor.pictures).to_have_count(4)
    wide = "[...document.querySelectorAll('.pictures figcaption')].map((one) => one.scrollWidth - one.clientWidth)"
    assert visitor.page.evaluate(wide) == [0, 0, 0, 0]


def test_a_low_window_shows_all_of_the_stage(visit):
    visitor = visit(width=1366, height=650)
    expect(visitor.status).to_be_in_viewport(ratio=1)


def test_the_seed_of_a_picture_goes_into_the_form(visit, fake):
    visitor = visit().draw("a red boat").drawn()
    visitor.button("Use this seed").click()
    visitor.draw("a blue boat").drawn()
    assert fake.asked[0]["seed"] == fake.asked[1]["seed"]


OVERLAP = """() => {
  const said = document.createRange();
  said.selectNodeContents(document.querySelector(".stage .status"));
  const one = said.getBoundingClientRect();
  return [...document.querySelectorAll(".stage figcaption > *")].map((node) => node.getBoundingClientRect())
    .some((two) => one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom);
}"""


@pytest.mark.parametrize("width, height", [(1280, 900), (1366, 650), (1000, 700), (390, 844)])
def test_what_is_said_does_not_run_into_the_tools_beside_it(visit, fake, width, height):
    visitor = visit(f"?prompt=a+boat&seed={2**32 - 3}", width=width, height=height)
    visitor.button("Draw").click()
    visitor.drawn().button("Use this seed").click()
    expect(visitor.status).to_have_text(re.compile("is in the form"))
    assert not visitor.page.evaluate(OVERLAP)


def test_a_picture_is_downloaded_with_its_recipe_and_dropping_it_fills_the_form(visit, fake, tmp_path):
    visitor = visit("?prompt=a+red+boat&seed=7&steps=12&guidance_scale=2")
    expect(visitor.prompt).to_have_value("a red boat")
    visitor.button("Draw").click()
    visitor.drawn()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.startswith("poster-7-")
    saved = tmp_path / "a.png"
    download.value.save_as(saved)
    other = visit()
    other.page.locator(".drop input[type=file]").set_input_files(saved)
    expect(other.status).to_have_text("The settings of the picture are in the form.")
    expect(other.prompt).to_have_value("a red boat")
    other.button("Draw").click()
    other.drawn()
    assert {**fake.asked[1], "person": ""} == {**fake.asked[0], "person": ""}


def test_a_picture_dropped_anywhere_on_the_page_fills_the_form(visit):
    visitor = visit()
    data = list(file(9, prompt="a blue whale"))
    visitor.page.evaluate(
        """data => { const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(data)], 'a.png', {type: 'image/png'}));
        document.querySelector('.easel').dispatchEvent(
          new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true})) }""",
        data,
    )
    expect(visitor.prompt).to_have_value("a blue whale")


def test_a_picture_without_a_recipe_is_told(visit, tmp_path):
    plain = tmp_path / "a.png"
    plain.write_bytes(png())
    visitor = visit()
    visitor.page.locator(".drop input[type=file]").set_input_files(plain)
    expect(visitor.status).to_contain_text("no recipe")


def test_an_address_fills_the_form_and_its_bad_values_are_told(visit, fake):
    visitor = visit("?tab=image&prompt=a+boat+%3Cscript%3Ealert(1)%3C/script%3E&seed=7&steps=500&model=poster")
    expect(visitor.page.get_by_text("Steps is 500, but goes from 1 to 50.")).to_be_visible()
    visitor.button("Draw").click()
    visitor.drawn()
    assert (fake.asked[0]["seed"], fake.asked[0]["steps"]) == (7, 10)
    expect(visitor.pictures).to_have_attribute("alt", "a boat <script>alert(1)</script>")


def test_the_link_of_a_picture_draws_it_again(visit, fake):
    visitor = visit().draw("a red & blue boat").drawn()
    link = visitor.page.get_by_role("link", name="Copy link").get_attribute("href")
    other = visit(link)
    expect(other.prompt).to_have_value("a red & blue boat")
    other.button("Draw").click()
    other.drawn()
    assert fake.asked[0]["seed"] == fake.asked[1]["seed"]


def test_copying_the_link_is_told(visit):
    visitor = visit(permissions=["clipboard-read", "clipboard-write"]).draw("a red boat").drawn()
    visitor.page.get_by_role("link", name="Copy link").click()
    expect(visitor.status).to_have_text("The link is copied.")
    assert "prompt=a+red+boat" in visitor.page.evaluate("navigator.clipboard.readText()")


def test_the_negative_prompt_says_why_it_is_off(visit):
    visitor = visit()
    more(visitor)
    negative = visitor.page.get_by_role("textbox", name=re.compile("^Negative prompt"))
    expect(negative).to_be_enabled()
    number(visitor, "Guidance").fill("1")
    number(visitor, "Guidance").blur()
    expect(negative).to_be_disabled()
    expect(visitor.page.get_by_text("does nothing while Guidance is 1 or less")).to_be_visible()


def test_an_error_is_a_sentence_and_the_next_draw_works(visit, fake):
    fake.error = EngineDied("The engine stopped <b>here</b>.")
    visitor = visit().draw("a red boat")
    expect(visitor.status).to_have_text("The engine stopped <b>here</b>.")
    visitor.look("error-light-desktop")
    fake.error = None
    visitor.draw("a red boat").drawn()


def test_an_unexpected_error_shows_a_number_and_nothing_else(visit, fake, caplog):
    fake.error = ValueError("/secret/path")
    visitor = visit().draw("a red boat")
    expect(visitor.status).to_contain_text("The log of this machine has it as")
    assert "secret" not in visitor.page.content() and "secret" in caplog.text


def test_texts_of_people_never_become_html(visit):
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    visitor = visit().draw(evil).drawn()
    expect(visitor.pictures).to_have_attribute("alt", evil)
    assert visitor.page.locator("img[src=x]").count() == 0


def test_a_closed_page_leaves_the_line_and_another_of_the_same_person_stays(visit, fake):
    fake.pause = True
    visitor = visit()
    stays = Visitor(visitor.context, visitor.address).open()
    for one in (visitor, stays):
        one.draw("a red boat")
        expect(one.status).to_have_text("Step 3 of 10")
    visitor.page.close()
    assert stays.until(lambda: len(fake.left) == 1)
    assert len(fake.asked) == 2 and {asked["person"] for asked in fake.asked} == set(fake.left)
    fake.go.set()
    assert stays.drawn().troubles == []


def test_two_people_see_only_their_own_and_stop_only_their_own(visit, fake):
    fake.pause = True
    one, two = visit(), visit()
    one.draw("a red boat")
    two.draw("a blue whale")
    for visitor in (one, two):
        expect(visitor.status).to_have_text("Step 3 of 10")
    one.button("Stop").click()
    expect(one.status).to_have_text("Stopped.")
    expect(two.status).to_have_text("Step 3 of 10")
    fake.go.set()
    two.drawn()
    expect(two.pictures).to_have_attribute("alt", "a blue whale")
    expect(one.pictures).to_have_count(0)
    assert len({asked["person"] for asked in fake.asked}) == 2


def test_light_and_dark_are_chosen_and_remembered(visit):
    visitor = visit(scheme="light")
    visitor.button("Switch between light and dark").click()
    expect(visitor.page.locator("body")).to_have_class(re.compile("dark"))
    visitor.page.reload()
    expect(visitor.page.locator("body")).to_have_class(re.compile("dark"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device, width, height", [("desktop", 1280, 900), ("phone", 390, 844)])
def test_everybody_can_use_it(visit, fake, scheme, device, width, height):
    """No serious violation of WCAG A and AA, empty, with everything open, and done; nothing wider than the screen."""
    visitor = visit(width=width, height=height, scheme=scheme)
    visitor.look(f"empty-{scheme}-{device}")
    check_access(visitor)
    visitor.draw("a red dragon").drawn()
    visitor.look(f"done-{scheme}-{device}")
    more(visitor)
    check_access(visitor)
    visitor.look(f"open-{scheme}-{device}")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width


def check_access(visitor):
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}}
    found = Axe().run(visitor.page, options=rules).response["violations"]
    bad = [
        (violation["id"], node["html"][:160], node.get("failureSummary", "")[:200])
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert bad == []
