import io

import pytest
from PIL import Image

from playground import png
from playground.errors import Refused


def picture():
    buffer = io.BytesIO()
    Image.new("RGB", (3, 2), "blue").save(buffer, "PNG")
    return buffer.getvalue()


def test_texts_go_in_and_come_out_and_pillow_agrees():
    texts = {"ascii": "plain", "other": "naïve ☃ 漢字"}
    data = png.with_text(picture(), texts)
    image = Image.open(io.BytesIO(data))
    image.load()
    assert png.texts(data) == texts and image.info == texts


def test_ascii_is_written_as_text_and_the_rest_as_international_text():
    kinds = {
        body.partition(b"\0")[0]: kind for kind, body in png.chunks(png.with_text(picture(), {"a": "x", "b": "é"}))
    }
    assert kinds[b"a"] == b"tEXt" and kinds[b"b"] == b"iTXt"


def test_a_cut_file_is_refused():
    with pytest.raises(Refused, match="cut short"):
        list(png.chunks(picture()[:-6]))
