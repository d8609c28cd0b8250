"""Whatever is dropped: a sentence or settings, never another error, and nothing large comes of something small."""

import gzip
import json
import random
import struct
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from playground import png, recipe
from playground.errors import Refused
from playground.media import stealth
from playground.other_tools import find
from tests.other_tools import files

WHOLE = [
    files.png({"parameters": files.INFOTEXT}),
    files.png({"prompt": json.dumps(files.COMFYUI)}),
    files.png(files.NOVELAI),
    files.stealth(files.INFOTEXT),
    files.with_comment("JPEG", files.INFOTEXT),
    files.with_comment("WEBP", files.INFOTEXT),
    files.with_comment("AVIF", files.INFOTEXT),
    files.with_tags({0x0110: "prompt:" + json.dumps(files.FLUX)}),
]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["1", "3", "4", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)

NAMES = ["parameters", "UserComment", "prompt", "Model", "Dream", "Comment", "sd-metadata", "invokeai_metadata"]
NAMES += ["Software"]
TEXTS = st.text(max_size=80) | st.sampled_from(['"x" -S', "NovelAI", "prompt:{}"]) | VALUES.map(json.dumps)


def survives(data):
    try:
        found = recipe.read(data)
    except Refused as refused:
        assert str(refused).endswith(".")
    else:
        assert all(isinstance(sentence, str) and len(sentence) < 1000 for sentence in found.problems)


@pytest.mark.parametrize("number", range(len(WHOLE)))
def test_damaged_files_are_told_in_a_sentence(number):
    rng = random.Random(number)
    for _ in range(60):
        data = bytearray(WHOLE[number])
        for _ in range(rng.randint(1, 8)):
            place = rng.randrange(len(data))
            match rng.randrange(4):
                case 0:
                    data[place] = rng.randrange(256)
                case 1:
                    del data[place : place + rng.randint(1, 40)]
                case 2:
                    data[place:place] = rng.randbytes(rng.randint(1, 9))
                case _:
                    data[place : place + 4] = struct.pack(">I", rng.choice((0, 1, 2**31, 2**32 - 1)))
            if not data:
                break
        survives(bytes(data))


def changed(graph, data):
    """`graph` with one value, at any depth, put in place of another."""
    graph = json.loads(json.dumps(graph))
    place = graph
    while True:
        key = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[key], dict) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(VALUES)
            return graph
        place = place[key]


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(["comfyui", "flux", "invokeai", "fooocus", "novelai", "playground"]))
def test_any_structure_is_passed_over_or_told(data, tool):
    own = {"schema": 1, "kind": "image", "model": {"key": "poster"}, "params": {"prompt": "x"}, "facts": {}}
    texts = {
        "comfyui": ("prompt", files.COMFYUI),
        "flux": ("prompt", files.FLUX),
        "invokeai": ("invokeai_metadata", files.INVOKEAI),
        "fooocus": ("parameters", files.FOOOCUS),
        "novelai": ("Comment", json.loads(files.NOVELAI["Comment"])),
        "playground": ("playground", own),
    }
    name, graph = texts[tool]
    more = {"Software": "NovelAI"} if tool == "novelai" else {}
    survives(png.with_text(files.png(), {name: json.dumps(changed(graph, data)), **more}))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), TEXTS))
def test_any_texts_are_passed_over_or_told(texts):
    found = find.told(texts)
    assert found is None or found.tool


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 100_000, '{"3": ' + "9" * 10_000 + "}", "{" * 900_000])
def test_deep_and_long_json_has_an_end(text):
    for name in ("prompt", "parameters", "invokeai_metadata", "playground"):
        survives(png.with_text(files.png(), {name: text}))


def test_a_long_chain_of_nodes_has_an_end():
    chain = {str(n): {"class_type": "X", "inputs": {"a": [str(n + 1), 0], "b": [str(n + 2), 0]}} for n in range(1500)}
    graph = {"k": {"class_type": "KSampler", "inputs": {"positive": ["0", 0], "model": ["0", 0]}}, **chain}
    survives(png.with_text(files.png(), {"prompt": json.dumps(graph)}))


def test_bombs_stay_small():
    packed = gzip.compress(b"a" * 30_000_000)
    many = b"".join(png.packed(b"zTXt", b"t%d\0\0" % n + zlib.compress(b"a" * 5_000_000)) for n in range(80))
    whole = b"stealth_pngcomp" + struct.pack(">I", 8 * len(packed)) + packed
    bits = bytes(byte >> shift & 1 for byte in whole for shift in range(7, -1, -1))
    tracemalloc.start()
    assert len(stealth.read(bits, "A")) <= stealth.LONGEST_TEXT
    survives(files.png()[:33] + many + files.png()[33:])
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()
    huge = files.saved(Image.new("L", (5000, 5000)), "PNG")
    header = bytearray(huge)
    header[16:26] = struct.pack(">IIBB", 100_000, 100_000, 8, 6)  # says that it has ten thousand million pixels
    header[29:33] = struct.pack(">I", zlib.crc32(header[12:29]))
    assert stealth.hidden(bytes(header)) == ""
