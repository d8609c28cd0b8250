"""Pictures as files, for previews and to keep; knows no model and no recipe."""

import io

from PIL import Image

from playground.events import Media


def encoded(picture: Image.Image, format: str) -> Media:
    """The picture as a file: JPEG for previews, which must be quick, PNG for what is kept."""
    buffer = io.BytesIO()
    picture.save(buffer, format, **({"quality": 85} if format == "JPEG" else {"compress_level": 1}))
    return Media(buffer.getvalue(), f"image/{format.lower()}")
