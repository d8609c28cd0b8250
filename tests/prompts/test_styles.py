"""Files of styles as A1111, Fooocus and InvokeAI write them."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import Refused
from playground.prompts import styles
from playground.prompts.styles import Style

A1111 = (
    '﻿name,prompt,negative_prompt\nInk,"ink drawing of {prompt}, bold",colour\nEmpty,,\nFog,"in fog, soft",\n'.encode()
)
FOOOCUS = [{"name": "sai-anime", "prompt": "anime of {prompt}", "negative_prompt": "photo"}, {"name": "x"}, 7]
INVOKE = [
    {"name": "Clay", "type": "user", "preset_data": {"positive_prompt": "{prompt}, clay", "negative_prompt": "flat"}}
]


def test_every_tools_file_is_read():
    assert styles.read(A1111) == [Style("Ink", "ink drawing of {prompt}, bold", "colour"), Style("Fog", "in fog, soft")]
    assert styles.read(json.dumps(FOOOCUS).encode()) == [Style("sai-anime", "anime of {prompt}", "photo")]
    assert styles.read(json.dumps(INVOKE).encode()) == [Style("Clay", "{prompt}, clay", "flat")]
    assert styles.read(json.dumps(INVOKE[0]).encode()) == [Style("Clay", "{prompt}, clay", "flat")]


def test_a_style_goes_around_the_prompt_or_after_it():
    ink, fog = styles.read(A1111)
    assert styles.applied(ink, " a boat ", "") == ("ink drawing of a boat, bold", "colour")
    assert styles.applied(fog, "a boat", "rain") == ("a boat, in fog, soft", "rain")
    assert styles.applied(fog, "", "") == ("in fog, soft", "")


@pytest.mark.parametrize(
    "data", [b"", b"name,prompt\n", b"[", b"[]", b"{}", b"\xff\xfe\x00", b"[" * 100_000, b"a" * 3_000_000]
)
def test_what_holds_no_styles_is_refused_in_a_sentence(data):
    with pytest.raises(Refused, match="would work|are read"):
        styles.read(data)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: ("name,prompt\n" + text).encode())))
def test_any_bytes_give_styles_or_a_sentence(data):
    with suppress(Refused):
        assert all(one.name for one in styles.read(data))
