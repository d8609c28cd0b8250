"""The prompt of the Image tab in the browser: how it is read, and what was asked before."""

import json
import re

from playwright.sync_api import expect

from tests.other_tools import files


def test_tokens_weights_and_choices_are_shown_and_earlier_prompts_come_back(visit, fake):
    visitor = visit()
    line = visitor.page.locator("#image-tab .reading")
    visitor.prompt.fill("a (red:1.5) [boat] on the {sea|beach} <b>")
    expect(line.locator(".weighed li")).to_have_text(["a", "red×1.5", "boat×0.91", "on", "the", "beach", "<", "b", ">"])
    expect(line.locator(".count")).to_have_text("9 of 38 tokens")
    expect(line.locator(".told")).to_have_text("2 prompts in one: the seed chooses.")
    visitor.look("prompt-light-desktop")
    visitor.button("Draw").click()
    visitor.drawn().draw("a blue boat").drawn()
    visitor.prompt.fill("a gre")
    visitor.prompt.press("Alt+ArrowUp")
    expect(visitor.prompt).to_have_value("a blue boat")
    visitor.prompt.press("Alt+ArrowUp")
    visitor.prompt.press("Alt+ArrowUp")
    expect(visitor.prompt).to_have_value("a (red:1.5) [boat] on the {sea|beach} <b>")
    visitor.prompt.press("Alt+ArrowDown")
    visitor.prompt.press("Alt+ArrowDown")
    expect(visitor.prompt).to_have_value("a gre")
    expect(line.locator(".count")).to_have_text("3 of 38 tokens")
    expect(line.locator(".weighed li")).to_have_count(0)
    phone = visit(width=390, height=844, scheme="dark")
    phone.prompt.fill("a ((red)) boat")
    expect(phone.page.locator("#image-tab .weighed li")).to_have_count(3)
    phone.look("prompt-dark-phone")


def test_a_picture_of_another_tool_fills_the_form_and_says_what_cannot_be_done_again(visit, fake, tmp_path):
    dropped = tmp_path / "a.webp"
    dropped.write_bytes(files.with_tags({0x0110: "prompt:" + json.dumps(files.COMFYUI)}))
    visitor = visit()
    visitor.page.locator(".drop input[type=file]").first.set_input_files(dropped)
    made = "This picture was made with ComfyUI: what can be done again here is in the form."
    expect(visitor.status).to_have_text(made)
    expect(visitor.prompt).to_have_value("a red fox")
    expect(visitor.page.locator("#image-tab .notes")).to_contain_text("'sd15.safetensors', is not in this playground")
    visitor.page.get_by_role("button", name=re.compile("^More")).click()
    expect(visitor.page.get_by_label("Sampler")).to_have_value("DPM++ 2M")
    visitor.look("dropped-light-desktop")
    visitor.button("Draw").click()
    visitor.drawn()
    assert (fake.asked[0]["seed"], fake.asked[0]["schedule"], fake.asked[0]["format"]) == (5, "Karras", "png")
