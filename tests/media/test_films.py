import io
import shutil

import pytest
from PIL import Image, ImageSequence

from playground.media import films


def film(count=7, side=32, milliseconds=80):
    pictures = [Image.new("RGB", (side, side), (n * 30 % 256, 255 - n, 90)) for n in range(count)]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "WEBP", save_all=True, append_images=pictures[1:], duration=milliseconds, loop=0)
    return buffer.getvalue()


def test_a_sheet_holds_every_frame_in_its_place():
    sheet = films.sheet(film(7), 80)
    assert (sheet.frames, sheet.columns, sheet.milliseconds) == (7, 3, 80)
    with Image.open(io.BytesIO(sheet.data)) as whole:
        side = whole.width // 3
        assert whole.size == (3 * side, 3 * side)
        for number in range(7):
            x, y = number % 3 * side + side // 2, number // 3 * side + side // 2
            assert abs(whole.getchannel(0).crop((x, y, x + 1, y + 1)).tobytes()[0] - 30 * number) < 12


def test_a_sheet_of_a_long_film_stays_one_that_browsers_can_draw():
    sheet = films.sheet(film(240, side=8), 80)
    with Image.open(io.BytesIO(sheet.data)) as whole:
        assert max(whole.size) <= films.SHEET_SIDE and sheet.frames == 240


def test_a_gif_has_every_frame_and_the_comment():
    told = '{"a": "Ä"}' + "x" * 3000
    data = films.gif(film(5), 80, told)
    assert films.gif_comment(data) == told
    with Image.open(io.BytesIO(data)) as gif:
        assert len(list(ImageSequence.Iterator(gif))) == 5 and gif.info["duration"] == 80 and gif.info["loop"] == 0


@pytest.mark.parametrize("data", [b"GIF8", b"GIF89a" + b"\0" * 30])
def test_a_broken_gif_has_no_comment(data):
    assert films.gif_comment(data) == ""


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
def test_an_mp4_is_made_with_the_comment_inside():
    data = films.mp4(film(5), 80, '{"a": "b; c=d\n#"}')
    assert data[4:8] == b"ftyp" and b'{"a": "b; c=d' in data


def test_frames_that_are_alike_are_several_again():
    same = Image.new("RGB", (32, 32), (9, 99, 200))
    buffer = io.BytesIO()
    same.save(buffer, "WEBP", save_all=True, append_images=[same] * 4 + [Image.new("RGB", (32, 32))], duration=62)
    with Image.open(buffer) as merged:
        assert len(list(ImageSequence.Iterator(merged))) < 6
    assert len(films.frames(buffer.getvalue(), 62)) == 6
