import io

import pytest
from PIL import Image, ImageSequence

from playground import webp
from playground.errors import Refused


def file(mode="RGB", frames=1, **options):
    pictures = [Image.new(mode, (20 + 3, 16), (200, 40 * n, 30, 128)[: len(mode)]) for n in range(frames)]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "WEBP", save_all=frames > 1, append_images=pictures[1:], **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [file(), file(lossless=True), file("RGBA", lossless=True), file("RGBA"), file(frames=3), file(xmp=b"<old/>")],
)
def test_a_packet_goes_in_and_comes_out_and_the_picture_stays(data):
    told = webp.with_xmp(data, "<x>Ä & 'b'</x>")
    assert webp.xmp(told) == "<x>Ä & 'b'</x>"
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(told)) as after:
        assert after.size == before.size and len(list(ImageSequence.Iterator(after))) == len(
            list(ImageSequence.Iterator(before))
        )
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
        assert after.info["xmp"].decode() == "<x>Ä & 'b'</x>"
    assert webp.with_xmp(told, "<y/>").count(b"XMP ") == 1


def test_a_file_without_a_packet_has_none():
    assert webp.xmp(file()) == ""


@pytest.mark.parametrize(
    "data", [b"", b"RIFF", b"RIFF\0\0\0\0WEBP", b"RIFF\0\0\0\0WEBPVP8 \2\0\0\0ab", b"\x89PNG", file()[:-5]]
)
def test_what_is_no_whole_webp_is_refused(data):
    with pytest.raises(Refused):
        webp.with_xmp(data, "")
