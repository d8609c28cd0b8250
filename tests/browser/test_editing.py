"""A picture that begins from a picture, and what can be made of a finished one, with pictures that are pretended."""

import base64
import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_page import check_access
from tests.tabs.pictures import png


def photo(width, height):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#9cc9e8").save(buffer, "PNG")
    return {"name": "photo.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


def begin(visitor, picture):
    with visitor.page.expect_file_chooser() as chooser:
        visitor.button("Begin with a picture").click()
    chooser.value.set_files(picture)
    visitor.page.get_by_label("The picture to begin from").wait_for()
    visitor.page.wait_for_function("document.querySelector('#image-tab').askStart().settings?.start")


def opened(data):
    return Image.open(io.BytesIO(data))


def colour(data, place):
    found = opened(data).convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_a_picture_is_opened_marked_and_painted_on_beyond_its_side(visit, fake, scheme, width):
    visitor = visit(scheme=scheme, width=width)
    begin(visitor, photo(400, 300))
    sheet = visitor.page.locator(".sheets")
    box = sheet.bounding_box()
    assert box
    visitor.page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"])
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"], steps=4)
    visitor.page.mouse.up()
    visitor.page.get_by_role("button", name="Paint on: right, 0 %").click()
    visitor.page.wait_for_function("document.querySelector('#image-tab').askStart().extend?.right")
    visitor.look(f"editing-{scheme}-{width}")
    check_access(visitor)
    visitor.draw("a boat").drawn()
    expect(visitor.page.locator(".easel")).to_be_in_viewport(ratio=0.3)  # below a form that is longer than a phone
    asked = fake.asked[-1]
    assert (asked["width"], asked["height"], asked["extend"], asked["strength"]) == (352, 224, "right 64", 1.0)
    assert opened(asked["start"]).size == (400, 300)
    mask = opened(asked["mask"]).convert("L")
    assert mask.getpixel((200, 150)) == 255 and mask.getpixel((200, 20)) == 0
    visitor.button("Take it away ×").click()
    visitor.draw("a boat")
    assert visitor.until(lambda: len(fake.asked) == 2)
    assert fake.asked[-1]["start"] == b"" and fake.asked[-1]["width"] == 256
    visitor.drawn()


def test_a_picture_is_drawn_by_hand_and_a_part_is_chosen_by_keyboard(visit, fake):
    visitor = visit()
    visitor.button("Draw one").click()
    visitor.page.get_by_role("button", name="Colour yellow").click()
    sheet = visitor.page.locator(".sheets")
    sheet.click()
    visitor.page.get_by_role("combobox", name="Changes").select_option("above")
    visitor.page.wait_for_function("document.querySelector('#image-tab').askStart().settings?.mask")
    visitor.draw("the sun").drawn()
    assert colour(fake.asked[-1]["start"], (256, 256)) == (247, 211, 84)
    mask = fake.asked[-1]["mask"]
    assert colour(mask, (5, 5)) == (255, 255, 255) and colour(mask, (5, 500)) == (0, 0, 0)
    visitor.button("Undo").click()
    visitor.page.wait_for_function("!document.querySelector('#image-tab').askStart().settings?.mask")


def test_a_finished_picture_is_varied_enlarged_edited_and_seen_to_think(visit, fake):
    visitor = visit().draw("a red boat").drawn()
    seed = fake.asked[-1]["seed"]
    for name, asked in {
        "Vary a little": {"strength": 0.5, "pictures": 1},
        "Vary a lot": {"strength": 0.85, "pictures": 1},
        "Twice as large": {"strength": 0.1, "steps": 20, "width": 512},
    }.items():
        visitor.button(name).click()
        assert visitor.until(lambda: len(fake.asked[-1]["start"]) > 0)
        visitor.drawn()
        assert {key: fake.asked[-1][key] for key in asked} == asked and fake.asked[-1]["prompt"] == "a red boat"
        assert colour(fake.asked[-1]["start"], (5, 5)) == (192, 0, 38)
        fake.asked.append({"start": b""})
    gallery = visitor.page.get_by_role("listbox", name="Pictures, the newest first")
    expect(gallery.get_by_role("option")).to_have_count(4)
    gallery.get_by_role("option").last.click()
    visitor.button("Four near it").click()
    expect(visitor.pictures).to_have_count(4)
    visitor.drawn()
    near = fake.asked[-1]
    assert (near["seed"], near["pictures"], near["variation_strength"], near["start"]) == (seed, 4, 0.3, b"")
    visitor.page.get_by_role("button", name="Change this one").nth(2).click()
    expect(visitor.page.get_by_text("Picture 3", exact=True)).to_be_visible()
    visitor.button("See it think").click()
    slider = visitor.page.get_by_role("slider", name="Step of the picture")
    slider.fill("1")
    expect(visitor.pictures.nth(2)).to_have_attribute(
        "src", f"data:image/png;base64,{base64.b64encode(png((60, 90, 90))).decode()}"
    )
    visitor.look("thinking-light-desktop")
    check_access(visitor)
    visitor.button("See it think").click()
    visitor.button("Edit").click()
    visitor.page.get_by_label("The picture to begin from").wait_for()
    box = visitor.page.locator(".sheets").bounding_box()
    assert box and box["width"] > 300  # small as it is, it fills its place
