"""Pictures of other tools: what is filled in and what is said."""

import json

import pytest

from playground import recipe
from playground.errors import Refused
from tests.other_tools import files
from tests.other_tools.files import COMFYUI, FLUX, FOOOCUS, INFOTEXT, INVOKEAI, NOVELAI, png


def read(data):
    found = recipe.read(data)
    assert all(sentence.endswith(".") and len(sentence) < 500 for sentence in found.problems)
    return found


CARRIERS = {
    "png": png({"parameters": INFOTEXT}),
    "jpeg": files.with_comment("JPEG", INFOTEXT),
    "webp": files.with_comment("WEBP", INFOTEXT),
    "avif": files.with_comment("AVIF", INFOTEXT),
    "hidden in alpha": files.stealth(INFOTEXT),
    "hidden in colours": files.stealth(INFOTEXT, "RGB"),
    "hidden as it is": files.stealth(INFOTEXT, packed=False, size=(60, 80)),
}


@pytest.mark.parametrize("name", CARRIERS)
def test_a1111_is_read_from_every_carrier(name):
    found = read(CARRIERS[name])
    assert found.tool == "A1111" and "dreamshaper_8" in found.problems[0]
    assert found.values == {
        "prompt": "a red fox, (snow:1.2)", "negative_prompt": "blurry", "steps": 20, "guidance_scale": 7.0,
        "seed": 965400086, "width": 512, "height": 512, "scheduler": "DPM++ 2M", "schedule": "Karras",
    }  # fmt: skip


def infotext(more, prompt="a cat", sampler="Euler"):
    return read(png({"parameters": f"{prompt}\nSteps: 9, Sampler: {sampler}, Seed: 4, {more}"}))


@pytest.mark.parametrize(
    "more, tool, said",
    [
        ("Version: f2.0.1v1.10.1-previous-659", "Forge", ""),
        ("Version: Fooocus v2.5.5", "Fooocus", ""),
        ("App: SD.Next, Version: abc", "SD.Next", ""),
        ("Version: v1.6.0, Denoising strength: 0.5", "A1111", "another picture (denoising strength 0.5)"),
        ("Version: v1.6.0, Denoising strength: 0.5, Hires upscale: 2", "A1111", "larger in a second pass"),
        ('Lora hashes: "ink: 1234, line: 5678", Model: x', "A1111 or a tool like it", "<lora:name:1>: ink, line."),
        ('ControlNet 0: "Module: canny, Weight: 1", Model: x', "A1111 or a tool like it", "(ControlNet)"),
        ("Clip skip: 2, Model: x", "A1111 or a tool like it", "Clip skip"),
        ("Tiling: True, Eta: 0.3, Model: x", "A1111 or a tool like it", "no setting here for: Tiling, Eta."),
    ],
)
def test_the_heirs_of_a1111_are_told_apart_and_what_cannot_be_done_is_said(more, tool, said):
    found = infotext(more)
    assert found.tool == tool and said in " ".join(found.problems) and found.values["steps"] == 9


def test_a_variation_of_a1111_is_one_here():
    found = infotext("Variation seed: 3, Variation seed strength: 0.2")
    assert (found.values["variation_seed"], found.values["variation_strength"]) == (3, 0.2)
    assert not any("ariation" in sentence for sentence in found.problems)


def test_samplers_are_known_under_old_and_strange_names():
    old = infotext("Size: 64x64", sampler="DPM++ 2M Karras")
    assert (old.values["scheduler"], old.values["schedule"]) == ("DPM++ 2M", "Karras")
    strange = infotext("Size: 64x64", sampler="Restart")
    assert "scheduler" not in strange.values and any("'Restart'" in sentence for sentence in strange.problems)


def test_what_is_a_choice_here_was_none_there_and_their_grammar_is_told():
    found = infotext("Size: 64x64", prompt="a {cat|dog} [by|turns] AND more")
    assert found.values["prompt"] == r"a \{cat\|dog\} [by\|turns] AND more"
    assert any("AND" in sentence for sentence in found.problems)


@pytest.mark.parametrize(
    "data",
    [
        png({"prompt": json.dumps(COMFYUI), "workflow": "{}"}),
        files.with_tags({0x0110: "prompt:" + json.dumps(COMFYUI), 0x010F: "workflow:{}"}),
    ],
)
def test_the_graph_of_comfyui_is_followed(data):
    found = read(data)
    assert found.tool == "ComfyUI" and "sd15.safetensors" in found.problems[0]
    assert found.values == {
        "prompt": "a red fox", "negative_prompt": "blurry", "seed": 5, "steps": 20, "guidance_scale": 8.0, "width": 512,
        "height": 768, "scheduler": "DPM++ 2M", "schedule": "Karras",
    }  # fmt: skip
    assert any("ControlNetApplyAdvanced" in s for s in found.problems)
    assert any("ink.safetensors" in s for s in found.problems)


def test_a_graph_put_together_from_parts_is_followed_too():
    found = read(png({"prompt": json.dumps(FLUX)}))
    assert found.values["prompt"] == "a red fox" and found.values["guidance_scale"] == 3.5
    assert (found.values["seed"], found.values["steps"], found.values["width"]) == (9, 4, 1024)
    assert found.values["scheduler"] == "Euler" and len(found.problems) == 1 and "flux1-dev" in found.problems[0]


def test_graphs_that_cannot_be_followed_are_told():
    only_drawn = read(png({"workflow": "{}"}))
    assert only_drawn.values == {} and "drawing of its graph" in only_drawn.problems[-1]
    odd = read(png({"prompt": json.dumps({"1": {"class_type": "Mystery", "inputs": {}}})}))
    assert odd.values == {} and "Mystery" in odd.problems[1] and "no sampler" in odd.problems[2]
    circle = {**COMFYUI, "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["6", 0], "clip": ["12", 0]}}}
    assert "prompt" not in read(png({"prompt": json.dumps(circle)})).values
    nan = json.dumps(COMFYUI).replace("8.0", "NaN")
    assert any("Guidance" in sentence for sentence in read(png({"prompt": nan})).problems)


def test_invokeai_is_read():
    found = read(png({"invokeai_metadata": json.dumps(INVOKEAI)}))
    assert found.tool == "InvokeAI" and (found.values["scheduler"], found.values["schedule"]) == ("DPM++ 2M", "Karras")
    assert (found.values["prompt"], found.values["seed"], found.values["guidance_scale"]) == ("a red fox", 5, 7.5)
    said = " ".join(found.problems)
    assert "Dreamshaper 8" in said and "ink" in said and "ControlNet" in said
    weighed = {**INVOKEAI, "positive_prompt": "a red++ fox", "strength": 0.75}
    said = " ".join(read(png({"invokeai_metadata": json.dumps(weighed)})).problems)
    assert "word++" in said and "another picture (denoising strength 0.75)" in said


def test_invokeai_of_its_first_year_is_read():
    image = {"prompt": [{"prompt": "a fox [blurry]", "weight": 1}], "steps": 50, "cfg_scale": 7.5, "seed": 3,
             "width": 512, "height": 512, "sampler": "k_lms", "type": "txt2img"}  # fmt: skip
    found = read(png({"sd-metadata": json.dumps({"model_weights": "sd-1.5", "image": image})}))
    assert (found.values["prompt"], found.values["negative_prompt"], found.values["steps"]) == ("a fox", "blurry", 50)
    assert any("'k_lms'" in sentence for sentence in found.problems)
    dream = read(png({"Dream": '"a fox [blurry]" -s 50 -S 7 -W512 -H 512 -C 7.5 -A k_euler_a'}))
    assert dream.values == {
        "prompt": "a fox", "negative_prompt": "blurry", "steps": 50, "seed": 7, "width": 512, "height": 512,
        "guidance_scale": 7.5, "scheduler": "Euler a",
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        png({"parameters": json.dumps(FOOOCUS), "fooocus_scheme": "fooocus"}),
        files.with_comment("JPEG", json.dumps(FOOOCUS)),
        files.with_tags({0x9286: json.dumps(FOOOCUS), 0x927C: "fooocus"}),
    ],
)
def test_fooocus_is_read(data):
    found = read(data)
    assert found.tool == "Fooocus" and found.values == {
        "prompt": "a red fox", "negative_prompt": "blurry", "seed": 77, "steps": 30, "guidance_scale": 4.0,
        "width": 1152, "height": 896, "scheduler": "DPM++ 2M SDE", "schedule": "Karras",
    }  # fmt: skip
    said = " ".join(found.problems)
    assert "juggernautXL" in said and "Fooocus V2, Fooocus Sharp" in said and "offset" in said


def test_nothing_of_a_file_is_evaluated(tmp_path):
    evil = f"__import__('pathlib').Path({str(tmp_path / 'x')!r}).touch()"
    facts = {name: evil for name in FOOOCUS}
    read(png({"parameters": json.dumps(facts), "fooocus_scheme": "fooocus"}))
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("data", [png(NOVELAI), files.stealth(json.dumps(NOVELAI), size=(80, 80))])
def test_novelai_is_read_and_its_weights_are_written_as_here(data):
    found = read(data)
    assert found.tool == "NovelAI" and found.values["prompt"] == r"(red:1.05) fox, (snow:0.952) \(x\)"
    assert found.values["negative_prompt"] == "(blurry:1.5)" and found.values["seed"] == 7
    assert (found.values["scheduler"], found.values["schedule"]) == ("Euler a", "Karras")
    assert found.problems == ["Its model, 'NovelAI Diffusion V4', is not in this playground: the one chosen stays."]


@pytest.mark.parametrize(
    "data",
    [png(), png(mode="RGBA"), files.stealth("hello"), files.stealth(INFOTEXT)[:200],
     files.with_comment("AVIF", "hello"), png({"parameters": "{}"}), png({"prompt": "[]"})],
)  # fmt: skip
def test_what_says_nothing_is_refused(data):
    with pytest.raises(Refused, match=r"\.$"):
        recipe.read(data)
