"""What is to be painted anew, and what is put together of old and new."""

import io

import numpy as np
import pytest
from PIL import Image

from playground import extents
from playground.errors import Refused
from playground.media import retouch


def file(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


RED, GREEN = (Image.new("RGB", (64, 64), colour) for colour in ("red", "green"))


def test_a_whole_picture_has_no_mask_and_comes_in_the_size_that_is_painted():
    picture, mask = retouch.ready(file(Image.new("RGB", (300, 200), "red")), b"", "", 96, 64)
    assert picture.size == (96, 64) and mask is None


def test_an_extension_is_white_outside_and_falls_off_inside():
    picture, mask = retouch.ready(file(RED), b"", "left 32, top 16", 96, 80)
    changes = np.asarray(mask)
    assert picture.size == mask.size == (96, 80) and (changes[:16] == 255).all() and (changes[:, :32] == 255).all()
    row = changes[70, 32:].astype(int)
    assert (np.diff(row) <= 0).all() and row[0] > 200 and row[-1] == 0
    assert picture.getcolors() == [(96 * 80, (255, 0, 0))]  # the colours of the edges go on


def test_marks_on_the_old_part_count_beside_an_extension():
    marks = Image.new("L", (64, 64), 0)
    marks.paste(255, (50, 50, 60, 60))
    _, mask = retouch.ready(file(RED), file(marks), "left 32", 96, 64)
    assert mask.getpixel((32 + 55, 55)) == 255 and mask.getpixel((32 + 40, 10)) == 0


def test_what_is_black_in_the_mask_is_the_old_picture_and_what_is_white_the_new():
    mask = Image.new("L", (64, 64), 0)
    mask.paste(255, (0, 0, 32, 64))
    joined = retouch.joined(GREEN, RED, mask)
    assert joined.getpixel((5, 5)) == (0, 128, 0) and joined.getpixel((60, 5)) == (255, 0, 0)


def test_colours_are_the_old_ones_and_details_the_new_ones():
    washed = Image.new("RGB", (64, 64), (200, 120, 120))
    washed.paste((180, 100, 100), (30, 30, 31, 31))
    back = np.asarray(retouch.coloured(washed, RED), int)
    assert np.abs(back[0, 0] - (255, 0, 0)).max() <= 1 and back[30, 30, 0] < 250


@pytest.mark.parametrize(
    "said, sentence",
    [
        ("left", "sides and pixels would work"),
        ("left -5", "sides and pixels would work"),
        ("middle 64", "sides and pixels would work"),
        ("left 64 top 32", "sides and pixels would work"),
        ("left 1000", "Nothing of the old picture would be left"),
    ],
)
def test_an_extension_that_cannot_be_is_told_in_a_sentence(said, sentence):
    with pytest.raises(Refused, match=sentence):
        extents.inner(said, 256, 256)


def test_an_extension_says_where_the_old_picture_lies():
    assert extents.inner("", 256, 128) == (0, 0, 256, 128)
    assert extents.inner("Right 64,  top 32", 256, 128) == (0, 32, 192, 128)
