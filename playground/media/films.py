"""A film as other files: a sheet of its frames to look through, GIF, MP4; knows no model, no recipe and no page."""

import importlib
import io
import math
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playground.errors import Failed

SHEET_SIDE = 4096  # pixels that every browser can draw
FRAME_SIDE = 256
PATIENCE = 120  # seconds for ffmpeg


@dataclass(frozen=True)
class Sheet:
    """All frames in one JPEG picture, row by row, `columns` in each."""

    data: bytes
    frames: int
    columns: int
    milliseconds: int  # between two frames


def frames(data: bytes, milliseconds: int) -> list:
    """The frames of an animated WebP, each so long, as PIL pictures in RGB; alike ones in a row, which the file holds
    as one, are several again."""
    image, sequence = importlib.import_module("PIL.Image"), importlib.import_module("PIL.ImageSequence")
    found = []
    with image.open(io.BytesIO(data), formats=["WEBP"]) as film:
        for frame in sequence.Iterator(film):
            picture = frame.convert("RGB")
            found += [picture] * max(1, round(frame.info.get("duration", 0) / milliseconds))
    return found


def sheet(data: bytes, milliseconds: int) -> Sheet:
    """Of an animated WebP whose frames take so long."""
    image = importlib.import_module("PIL.Image")
    pictures = frames(data, milliseconds)
    columns = math.ceil(math.sqrt(len(pictures)))
    side = min(FRAME_SIDE, SHEET_SIDE // columns)
    whole = image.new("RGB", (columns * side, math.ceil(len(pictures) / columns) * side))
    for number, picture in enumerate(pictures):
        whole.paste(picture.resize((side, side)), (number % columns * side, number // columns * side))
    buffer = io.BytesIO()
    whole.save(buffer, "JPEG", quality=88)
    return Sheet(buffer.getvalue(), len(pictures), columns, milliseconds)


def gif(data: bytes, milliseconds: int, comment: str) -> bytes:
    """An animated WebP as a GIF that goes on for ever, with a comment."""
    image = importlib.import_module("PIL.Image")
    pictures = frames(data, milliseconds)
    first, *others = [picture.quantize(256, image.Quantize.FASTOCTREE) for picture in pictures]
    buffer = io.BytesIO()
    first.save(
        buffer, "GIF", save_all=True, append_images=others, duration=milliseconds, loop=0, comment=comment.encode()
    )
    return buffer.getvalue()


def gif_comment(data: bytes) -> str:
    """Of a GIF file; empty if it cannot be read."""
    image = importlib.import_module("PIL.Image")
    try:
        with image.open(io.BytesIO(data), formats=["GIF"]) as film:
            return bytes(film.info.get("comment", b"")).decode("utf-8", "replace")
    except Exception:  # Pillow raises many kinds for broken files
        return ""


def makes_mp4() -> bool:
    """Whether this machine has ffmpeg."""
    return shutil.which("ffmpeg") is not None


def mp4(data: bytes, milliseconds: int, comment: str) -> bytes:
    """An animated WebP as an MP4 that plays everywhere, with a comment; Failed if ffmpeg cannot."""
    pictures = frames(data, milliseconds)
    with tempfile.TemporaryDirectory() as folder:
        told, made = Path(folder) / "told.txt", Path(folder) / "film.mp4"
        escaped = "".join("\\" + sign if sign in "=;#\\\n" else sign for sign in comment)
        told.write_text(f";FFMETADATA1\ncomment={escaped}\n", "utf-8")
        width, height = pictures[0].size
        given = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", f"{1000 / milliseconds:g}")
        wanted = ("-map_metadata", "1", "-c:v", "libx264", "-crf", "18", "-pix_fmt", "yuv420p", "-movflags")
        command = ["ffmpeg", "-v", "error", *given, "-i", "-", "-i", str(told), *wanted, "+faststart", str(made)]
        pixels = b"".join(picture.tobytes() for picture in pictures)
        try:
            subprocess.run(command, input=pixels, capture_output=True, check=True, timeout=PATIENCE)
        except (OSError, subprocess.SubprocessError) as error:
            raise Failed("ffmpeg could not make an MP4 of this film; WebP and GIF are there.") from error
        return made.read_bytes()
