"""The text that Forge and NovelAI hide in the lowest bits of a picture; reads it, never writes it, knows no meaning.

Format of sd-webui-stealth-pnginfo. Column by column, in the alpha of each pixel or its red, green and blue: a signature
of 15 letters, the number of bits that follow in 32 bits, then the text, UTF-8, plain or as gzip.
"""

import importlib
import io
import warnings
import zlib

MOST_PIXELS = 16_000_000  # of which 64 MB are in memory twice
LONGEST_TEXT = 1_000_000  # bytes, packed or not
LETTERS = 15
SIGNATURES = {
    b"stealth_pnginfo": ("A", False),
    b"stealth_pngcomp": ("A", True),
    b"stealth_rgbinfo": ("RGB", False),
    b"stealth_rgbcomp": ("RGB", True),
}
"""Where the bits are, and whether the text is packed."""


def hidden(data: bytes) -> str:
    """The hidden text of a PNG or WebP file; empty if there is none, or if it is broken or beyond the limits."""
    image = importlib.import_module("PIL.Image")  # a heavy one, only when somebody brings a picture
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = image.open(io.BytesIO(data), formats=["PNG", "WEBP"])
            if picture.width * picture.height > MOST_PIXELS or picture.mode not in ("RGBA", "RGB"):
                return ""
            picture = picture.transpose(image.Transpose.TRANSPOSE)  # so that columns lie one after the other
    except Exception:  # Pillow raises many kinds for broken files
        return ""
    for bands in ("A", "RGB"):
        if bands == "RGB" or picture.mode == "RGBA":
            flat = (picture.getchannel("A") if bands == "A" else picture.convert("RGB")).tobytes()
            if text := read(flat, bands):
                return text
    return ""


def read(flat: bytes, bands: str) -> str:
    """The text in the lowest bits of these bytes; empty if there is none."""
    where, packed = SIGNATURES.get(whole_bytes(flat, 0, LETTERS), ("", False))
    if where != bands:
        return ""
    length = int.from_bytes(whole_bytes(flat, 8 * LETTERS, 4), "big") // 8
    if length > LONGEST_TEXT:
        return ""
    found = whole_bytes(flat, 8 * LETTERS + 32, length)
    try:
        told = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(found, LONGEST_TEXT) if packed else found
        return told.decode("utf-8")
    except (zlib.error, UnicodeDecodeError):
        return ""


def whole_bytes(flat: bytes, start: int, count: int) -> bytes:
    """`count` bytes, or as many as there are, from the lowest bits of those from `start` on, highest bit first."""
    bits = "".join("1" if byte & 1 else "0" for byte in flat[start : start + 8 * count])
    return int(bits, 2).to_bytes(len(bits) // 8, "big") if bits and not len(bits) % 8 else b""
