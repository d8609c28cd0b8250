"""Finished works as files that the page may serve; knows no component.

Each is written as it came, since it carries its recipe, into a folder whose name nobody can guess.
"""

import re
import secrets
import time
from pathlib import Path

from playground.events import Media
from tabs.fastgradio import get_upload_folder

ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg"}


def keep(media: Media, key: str, seed: int) -> Path:
    """Write `media` under a name a person can tell apart in their downloads."""
    folder = Path(get_upload_folder()) / "made" / secrets.token_urlsafe(12)
    folder.mkdir(parents=True)
    plain = re.sub(r"[^\w-]+", "-", key)[:40].strip("-")
    path = folder / f"{plain}-{seed}-{time.strftime('%H%M%S')}{ENDINGS[media.type]}"
    path.write_bytes(media.data)
    return path
