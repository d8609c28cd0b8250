"""The texts inside any picture file, by the names that its format gives them; knows nothing of what they mean."""

import importlib
import io
import warnings

from playground import exif, jpeg, png, webp

XMP = "XML:com.adobe.xmp"


def texts(data: bytes) -> dict[str, str] | None:
    """The texts of a PNG, JPEG, WebP or AVIF file, those of its EXIF data among them; None if it is none of these.
    Refused if it is cut short."""
    if png.is_png(data):
        raw = next((body for kind, body in png.chunks(data) if kind == b"eXIf"), b"")
        return {**exif.texts(raw), **png.texts(data)}
    if jpeg.is_jpeg(data):
        return {**exif.texts(jpeg.exif(data)), "Comment": jpeg.comment(data), XMP: jpeg.xmp(data)}
    if webp.is_webp(data):
        raw = next((body for kind, body in webp.chunks(data) if kind == b"EXIF"), b"")
        return {**exif.texts(raw), XMP: webp.xmp(data)}
    return in_avif(data) if is_avif(data) else None


def is_avif(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and any(brand in data[8:40] for brand in (b"avif", b"avis"))


def in_avif(data: bytes) -> dict[str, str]:
    """By Pillow, which reads the boxes without the picture in them."""
    image = importlib.import_module("PIL.Image")  # a heavy one, only when somebody brings such a file
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pictures that would be too large to decode, which this is not
            info = image.open(io.BytesIO(data), formats=["AVIF"]).info
    except Exception:  # Pillow raises many kinds for broken files
        return {}
    told, packet = info.get("exif") or b"", info.get("xmp") or b""
    if len(packet) > png.LONGEST_TEXT:
        packet = b""
    return {**exif.texts(told), XMP: packet.decode("utf-8", "replace")}
