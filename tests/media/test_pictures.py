"""Any picture of a person becomes a small square one, or a sentence."""

import io

import pytest
from PIL import Image

from playground.errors import Refused
from playground.media import pictures


def file(image, format="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
@pytest.mark.parametrize("size", [(1, 1), (300, 20)])
def test_every_mode_and_size_becomes_a_square_in_rgb(mode, size):
    picture = pictures.opened(file(Image.new(mode, size), "TIFF" if mode == "CMYK" else "PNG"))
    assert picture.mode == "RGB" and picture.size == (256, 256)


def test_what_is_transparent_lies_on_white():
    assert pictures.opened(file(Image.new("RGBA", (9, 9), (255, 0, 0, 0)))).getpixel((4, 4)) == (255, 255, 255)


def test_sixteen_bits_keep_their_range():
    wide = Image.new("I;16", (4, 1))
    for x in range(4):
        wide.putpixel((x, 0), x * 20000)
    row = [pictures.opened(file(wide), side=4).convert("L").getpixel((x, 2)) for x in range(4)]
    assert row == sorted(row)


def test_a_film_gives_its_first_frame_and_a_turned_photo_stands_upright():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    film = file(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert pictures.opened(film).getpixel((4, 4))[0] > 200
    photo = Image.new("RGB", (40, 20), "black")
    photo.paste("white", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = pictures.opened(file(photo, "PNG", exif=exif), side=20)
    assert upright.getpixel((10, 2))[0] > 200 > upright.getpixel((10, 17))[0]


@pytest.mark.parametrize(
    "data", [b"", b"hello", file(Image.new("RGB", (64, 64)))[:60], b"\x89PNG\r\n\x1a\n" + b"\0" * 40]
)
def test_what_is_no_picture_is_refused_with_what_would_work(data):
    with pytest.raises(Refused, match="would work"):
        pictures.opened(data)


@pytest.mark.parametrize("side", [9_000, 20_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(side):
    with pytest.raises(Refused, match="more than 80 million pixels"):
        pictures.opened(file(Image.new("1", (side, side))))


def test_a_small_one_is_a_webp_file_that_opens_again():
    data = pictures.small(file(Image.new("RGB", (900, 700), "green")))
    assert len(data) < 20_000 and Image.open(io.BytesIO(data)).format == "WEBP"
