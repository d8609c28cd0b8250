"""Settings into files and back out, so that every result can be made again; knows no pixel, model code or page.

A PNG carries two texts: `playground`, our own JSON with everything, and `parameters`, which A1111 and its heirs read.
Other pictures carry the JSON in their XMP and the text for A1111 in their EXIF data, a film the JSON in its XMP or its
comment. A sound carries it as its comment, a text in front of it. Whatever is read is data: parsed within limits, never
evaluated, and checked like anything a person types.
"""

import base64
import hashlib
import html
import importlib
import importlib.metadata
import io
import json
import re
from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any

from playground import a1111, exif, picture_texts, png, text_files, wav, webp
from playground.catalog import Model
from playground.errors import Refused
from playground.events import Media
from playground.media import films, midi_read, saved, stealth
from playground.other_tools import find
from playground.params import Params
from playground.restored import SCHEMA, Restored, of_another_tool, restored
from playground.version import VERSION

ABC, IN_ABC = "text/vnd.abc", "% playground: "
LARGEST_PICTURE = 300_000  # bytes of a picture that somebody gave, to be kept in a recipe
LIBRARIES = ("torch", "diffusers", "transformers")
AI_MADE = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType='
    '"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"{more}/></rdf:RDF></x:xmpmeta>'
)
IN_XMP = ' xmlns:playground="urn:playground:1" playground:recipe="{}"'
FROM_XMP = re.compile('playground:recipe="([^"]*)"')


def make(model: Model, weights: str, params: Params, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The recipe of one output. `facts` is what only the adapter knows: settings that are this output's own, such as
    its seed; the sampler's name; what was found out, such as a perplexity. Of a file that a person gave, unless it is a
    small picture, it keeps only by what it can be told from others, among the facts."""
    asked = {f.name: kept(f, getattr(params, f.name)) for f in fields(params) if model.has(f.name)}
    given = {name: value for name, value in asked.items() if isinstance(value, bytes)}
    settings = {name: value for name, value in asked.items() if name not in given}
    facts = {**facts, **{name: hashlib.sha256(data).hexdigest()[:10] for name, data in given.items() if data}}
    return {
        "schema": SCHEMA,
        "kind": model.kind,
        "model": {"key": model.key, "revision": model.revision, "weights": weights},
        "params": {name: facts.get(name, value) for name, value in settings.items()},
        "sampler": facts.get("sampler", ""),
        "facts": {name: value for name, value in facts.items() if name != "sampler" and name not in settings},
        "versions": {"playground": VERSION, **{name: installed(name) for name in LIBRARIES}},
        "parent": None,
    }


def kept(field: Field, value: Any) -> Any:
    """The value as a recipe holds it: a small picture is part of it, as base64."""
    if not (value and isinstance(value, bytes) and field.metadata["holds"] == "picture"):
        return value
    return base64.b64encode(value).decode() if len(value) <= LARGEST_PICTURE else value


def installed(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return ""


def write(media: Media, recipe: Mapping[str, Any]) -> Media:
    """The same file with its recipe inside, marked as made by AI (IPTC digital source type in pictures)."""
    made = f"Playground {VERSION} (made by AI: {recipe['model']['key']})"
    if media.type == ABC:
        return Media(media.data + f"% {made}\n{IN_ABC}{json.dumps(recipe)}\n".encode(), ABC)
    if wav.is_wav(media.data):
        return Media(wav.with_text(media.data, {"ICMT": json.dumps(recipe), "ISFT": made}), media.type)
    if webp.is_webp(media.data):
        told = IN_XMP.format(html.escape(json.dumps(recipe)))
        return Media(webp.with_xmp(media.data, AI_MADE.format(more=told)), media.type)
    if recipe["kind"] == "image" and (format := recipe["params"].get("format", "png")) != "png":
        told = {**recipe, **without_pictures(recipe)} if format == "jpeg" else recipe
        packet = AI_MADE.format(more=IN_XMP.format(html.escape(json.dumps(told, ensure_ascii=False))))
        beside = exif.written(a1111.write(recipe), made)
        return Media(saved.saved(media.data, format, beside, packet), f"image/{format}")
    texts = {
        **({"parameters": a1111.write(recipe)} if recipe["kind"] == "image" else {}),
        "playground": json.dumps(recipe),
        "Software": made,
        "XML:com.adobe.xmp": AI_MADE.format(more=""),
    }
    return Media(png.with_text(media.data, texts), media.type)


def without_pictures(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Params and facts of a recipe for a file that has room for 64 kB of text: by what its pictures can be told."""
    params, facts = dict(recipe["params"]), dict(recipe["facts"])
    for name in ("start", "mask"):
        if data := base64.b64decode(params.pop(name, "")):
            facts[name] = hashlib.sha256(data).hexdigest()[:10]
    return {"params": params, "facts": facts}


def read(data: bytes) -> Restored:
    """The settings inside a file of ours, or a picture of another tool; Refused if it holds none."""
    if (found := told_in_music(data)) is not None:
        if own := next(filter(None, map(parsed, found)), None):
            return restored(own)
        raise Refused("This file does not say how it was made: it holds no recipe.")
    if data.startswith(b"GIF8"):
        texts = {"playground": told_in_a_film(data)}
    elif (texts := picture_texts.texts(data)) is None:
        raise Refused("This is no file that was made here; drop a picture or a tune of Playground, or a PNG of A1111.")
    packet = texts.get(picture_texts.XMP, "")
    if own := parsed(texts.get("playground", "")) or parsed(in_xmp(packet)):
        return restored(own)
    if other := find.told(texts) or find.in_one(stealth.hidden(data)):
        return of_another_tool(other)
    if "trainedAlgorithmicMedia" in packet:
        raise Refused("This picture is marked as made by AI, but does not say how: it holds no recipe.")
    raise Refused("This picture does not say how it was made: it holds no recipe.")


def told_in_music(data: bytes) -> list[str] | None:
    """The texts in a sound, a MIDI or an ABC file that may be a recipe; None if it is none of these."""
    if wav.is_wav(data):
        return [wav.texts(data).get("ICMT", "")]
    if data.startswith((b"fLaC", b"OggS", b"ID3")):
        return [comment(data)]
    if data.startswith(b"MThd"):
        return list(midi_read.read(data).texts)
    if data.lstrip().startswith((b"X:", b"%abc")):
        lines = data.decode("utf-8", "replace").splitlines()
        return [line.removeprefix(IN_ABC) for line in lines if line.startswith(IN_ABC)]
    return None


def told_in_a_film(data: bytes) -> str:
    """The text in a WebP or a GIF file that may be a recipe."""
    return in_xmp(webp.xmp(data)) if webp.is_webp(data) else films.gif_comment(data)


def in_xmp(packet: str) -> str:
    """The text in an XMP packet that may be a recipe."""
    found = FROM_XMP.search(packet)
    return html.unescape(found[1]) if found else ""


def comment(data: bytes) -> str:
    """Of a FLAC, OGG or MP3 file; empty if it cannot be read."""
    soundfile = importlib.import_module("soundfile")  # which brings numpy: only when somebody asks
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            return file.comment
    except soundfile.LibsndfileError:
        return ""


def read_text_file(data: bytes, name: str) -> tuple[str, Restored]:
    """The text in a .md, .txt or .json file of ours, and its settings; Refused if it holds none."""
    text, recipe = text_files.read(data, name)
    return text, restored(recipe)


def parsed(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and isinstance(value.get("params"), dict) else None
