"""What the browser asks for while a hand moves, and the small form of a picture that a person brings.

One answer for one question: the page asks again when it has one, so nothing waits here longer than it must.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playground.catalog import Model
from playground.errors import Refused
from playground.events import Preview
from playground.media import pictures
from tabs import latent_asked, latent_melodies, people, stage
from tabs.fastgradio import get_upload_folder, gr
from tabs.wire import Generate, sentence

NOTHING = {"problem": "Nothing was drawn: move the puck, or choose another model."}


def functions(generate: Generate, models: Mapping[str, Model]) -> list[Callable]:
    """What the browser may call."""

    async def latent_draft(told: Any, request: gr.Request) -> dict[str, Any]:
        try:
            key, values = latent_asked.drafted(told, models)
            return await draft(generate, key, {**await people.who_calls(request), **values}) if key else NOTHING
        except Exception as error:  # the edge of the page: the person gets a sentence, the log the rest
            return {"problem": sentence(error)}

    async def latent_picture(told: Any) -> dict[str, Any]:
        try:
            return {"picture": await asyncio.to_thread(brought, told)}
        except Exception as error:  # as above
            return {"problem": sentence(error)}

    async def latent_tune(told: Any) -> dict[str, Any]:
        try:
            return await asyncio.to_thread(lambda: latent_melodies.brought(uploaded(told), str(told)))
        except Exception as error:  # as above
            return {"problem": sentence(error)}

    return [latent_draft, latent_picture, latent_tune]


async def draft(generate: Generate, key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """{"picture": a data: address, "norm", "nearest", ...}, of a melody its roll in place of the picture ("seconds",
    "bar", "chords", "tracks": see media.roll); the errors of `generate` are raised."""
    stream = generate(key, **values)
    try:
        async for event in stream:
            if isinstance(event, Preview):
                *pictures, facts = event.media
                seen = {"picture": stage.address(pictures[0])} if pictures else {}
                return {**json.loads(facts.data), **seen}
    finally:
        stream.close()
    return NOTHING


def brought(told: Any) -> str:
    """An uploaded file, at its path, as a small WebP picture in base64; Refused if it is none, or not an upload."""
    if data := uploaded(told):
        return base64.b64encode(pictures.small(data)).decode()
    raise Refused(f"This file did not arrive, or is empty; {pictures.WORKS}.")


def uploaded(told: Any) -> bytes:
    """What is in an uploaded file, at its path; nothing if it is empty or no upload."""
    root, path = Path(get_upload_folder()).resolve(), Path(str(told)[:1000])
    try:
        return path.resolve().read_bytes() if path.resolve().is_relative_to(root) else b""
    except (OSError, ValueError):
        return b""
