import io
import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from playground import catalog, png, recipe
from playground.catalog import MODELS, Model
from playground.errors import Refused
from playground.events import Media
from playground.kinds.image import FORMATS
from playground.params import ImageParams, MusicParams
from playground.restored import restored

POSTER = MODELS["poster"]
PARAMS = ImageParams(
    prompt='a café, "red": blue\nboat', negative_prompt="rain", width=256, height=256, steps=10, seed=7
)


def picture(**texts):
    info = PngImagePlugin.PngInfo()
    for name, text in texts.items():
        info.add_text(name, text)
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def made(params=PARAMS):
    full = recipe.make(POSTER, "0123456789", params, {"seed": params.seed, "pictures": 1, "sampler": "DPM++ 2M"})
    return recipe.write(Media(picture(), "image/png"), full).data


def test_a_file_of_ours_is_read_back_exactly():
    restored = recipe.read(made())
    assert restored.key == "poster" and restored.problems == []
    assert ImageParams(**restored.values) == PARAMS


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("prompt", [PARAMS.prompt, "赤い船 🚢 " * 250, '"' * 1990 + "\x01<&>'\u0416", ""])
def test_every_format_is_read_back_exactly_and_marked(format, prompt):
    params = replace(PARAMS, format=format, prompt=prompt, scheduler="Euler", schedule="Karras")
    data = made(params)
    restored = recipe.read(data)
    assert restored.key == "poster" and restored.problems == [] and ImageParams(**restored.values) == params
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == format.upper() and image.size == (4, 4)
        told = image.info["parameters"] if format == "png" else comment(image)
        mark = image.info["XML:com.adobe.xmp"] if format == "png" else image.info["xmp"].decode()
    assert told.startswith(prompt) and "Sampler: DPM++ 2M, Schedule type: Karras, CFG" in told
    assert "trainedAlgorithmicMedia" in mark


def comment(image):
    """As Pillow finds it, where A1111 looks for it."""
    raw = image.getexif().get_ifd(0x8769)[0x9286]
    assert raw.startswith(b"UNICODE\0") and "made by AI: poster" in image.getexif()[0x0131]
    return raw[8:].decode("utf-16-be")


def test_other_tools_can_read_it():
    image = Image.open(io.BytesIO(made()))
    image.load()
    assert image.getpixel((0, 0)) == (255, 0, 0)
    text = image.info["parameters"]
    assert "Negative prompt: rain\nSteps: 10, Sampler: DPM++ 2M, CFG scale: 5, Seed: 7, Size: 256x256" in text
    assert "RNG: CPU, Version: playground-" in text
    assert "trainedAlgorithmicMedia" in image.info["XML:com.adobe.xmp"] and "made by AI" in image.info["Software"]


def test_writing_again_replaces_what_was_written():
    twice = recipe.write(Media(made(), "image/png"), {**json.loads(png.texts(made())["playground"]), "parent": "abc"})
    names = [body.partition(b"\0")[0] for kind, body in png.chunks(twice.data) if kind in (b"tEXt", b"iTXt")]
    assert len(names) == len(set(names)) and json.loads(png.texts(twice.data)["playground"])["parent"] == "abc"


def test_the_text_of_a1111_is_read():
    text = (
        "a red fox\nin snow\nNegative prompt: blurry\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Karras, "
        'CFG scale: 7.5, Seed: 965400086, Size: 256x384, Model: "other, one", Version: v1.10.1'
    )
    restored = recipe.read(picture(parameters=text))
    assert restored.values == {
        "prompt": "a red fox\nin snow",
        "negative_prompt": "blurry",
        "steps": 20,
        "guidance_scale": 7.5,
        "seed": 965400086,
        "width": 256,
        "height": 384,
        "scheduler": "DPM++ 2M",
        "schedule": "Karras",
    }
    assert restored.key == "" and "other, one" in restored.problems[0]


@pytest.mark.parametrize(
    "words, prompt, negative",
    [
        (
            "a sign that says Negative prompt: none\nNegative prompt: rain",
            "a sign that says Negative prompt: none",
            "rain",
        ),
        ("a sign that says Negative prompt: none", "a sign that says Negative prompt: none", ""),
        ("Negative prompt: rain\nand snow", "", "rain\nand snow"),
    ],
)
def test_the_negative_prompt_of_a1111_begins_a_line(words, prompt, negative):
    values = recipe.read(picture(parameters=f"{words}\nSteps: 20, Sampler: DDIM, CFG scale: 7")).values
    assert (values["prompt"], values["negative_prompt"]) == (prompt, negative)


@pytest.mark.parametrize(
    "params, problem",
    [
        ({"steps": 10**9}, "1 to 50"),
        ({"evil": "__import__('os')"}, "not known here"),
        ({"prompt": ["x"]}, "text"),
        ({"seed": "7"}, "a number"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_is_filled_in(params, problem):
    own = {"schema": 1, "kind": "image", "model": {"key": "poster"}, "params": {"prompt": "kept", **params}}
    restored = recipe.read(picture(playground=json.dumps(own)))
    assert problem in restored.problems[0]
    assert params.keys() & {"prompt"} or restored.values == {"prompt": "kept"}


def test_a_newer_schema_is_told():
    own = {"schema": 99, "kind": "image", "model": {"key": "poster"}, "params": {}}
    assert "another version" in recipe.read(picture(playground=json.dumps(own))).problems[0]


@pytest.mark.parametrize(
    "own", ["", "[]", "[" * 100_000, "{", '{"params": 5}', '{"params": {}, "model": [], "kind": {}}']
)
def test_broken_json_is_passed_over(own):
    text = "x\nSteps: 3, Seed: 4, Size: 64x64, CFG scale: 1"
    assert recipe.read(picture(playground=own, parameters=text)).kind == "image"


@pytest.mark.parametrize("data", [b"", b"GIF89a", png.SIGNATURE, picture(), made()[:100]])
def test_files_without_a_recipe_are_refused_in_a_sentence(data):
    with pytest.raises(Refused, match=r"\.$"):
        recipe.read(data)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data):
    try:
        recipe.read(png.SIGNATURE + data)
        recipe.read(png.SIGNATURE + png.packed(b"tEXt", b"parameters\0" + data))
    except Refused:
        pass


@settings(deadline=None)
@given(st.text(max_size=200).filter(lambda text: "\0" not in text and text.isprintable()))
def test_any_prompt_survives(prompt):
    assert recipe.read(made(ImageParams(prompt=prompt, seed=1))).values["prompt"] == prompt


def test_a_compressed_text_cannot_grow_beyond_the_limit():
    bomb = png.packed(b"zTXt", b"parameters\0\0" + zlib.compress(b"a" * 50_000_000))
    assert png.texts(png.SIGNATURE + bomb) == {}


def test_a_recipe_holds_the_settings_that_its_model_has_and_no_clip(monkeypatch):
    singer = Model("singer", "music", "codes", "Singer", "musicgen:MusicGen", "/singer")
    monkeypatch.setitem(catalog.MODELS, "singer", singer)
    full = recipe.make(singer, "0123456789", MusicParams(prompt="la", seed=7, seconds=5, clip=b"RIFF"), {"seed": 8})
    names = {"prompt", "seed", "seconds", "guidance_scale", "temperature", "top_k", "tunes"}
    assert set(full["params"]) == names and (full["params"]["seed"], full["params"]["seconds"]) == (8, 5)
    assert len(full["facts"]["clip"]) == 10 and json.loads(json.dumps(full)) == full
    back = restored(full)
    assert back.values["seconds"] == 5 and back.problems == [
        "The clip it was made with is not in the file: choose that clip again."
    ]
    plain = recipe.make(singer, "0123456789", MusicParams(prompt="la", seed=7), {"seed": 7})
    assert "clip" not in plain["facts"] and restored(plain).problems == []
    tune = recipe.make(MODELS["tune"], "0123456789", MusicParams(seed=7), {"seed": 7, "seconds": 31.5})
    assert "steps" not in tune["params"] and tune["facts"]["seconds"] == 31.5
