"""Which tool made a picture, by the texts in it; knows the readers and no file."""

from collections.abc import Mapping

from playground.other_tools import comfyui, fooocus, infotext, invokeai, novelai
from playground.other_tools.told import Told, parsed

INFOTEXTS = ("parameters", "UserComment", "Comment", "ImageDescription")
"""Where A1111 and its heirs write, file format by file format."""

ONLY_WORKFLOW = "The file holds only the drawing of its graph, not the graph as it ran: nothing could be filled in."


def told(texts: Mapping[str, str]) -> Told | None:
    """What these texts say, the surest first; None if they are of no known tool."""
    if novelai.is_own(texts):
        return novelai.told(texts)
    if found := invokeai.told(texts):
        return found
    for name in INFOTEXTS:
        if found := in_one(texts.get(name, "")):
            return found
    return in_graph(texts)


def in_one(text: str) -> Told | None:
    """From a text that may be A1111's, or JSON of Fooocus or ComfyUI."""
    if text.lstrip().startswith("{") and (facts := parsed(text)):
        if fooocus.is_own(facts):
            return fooocus.told(facts)
        if facts.get("Software") == novelai.TOOL:
            return novelai.told({name: value for name, value in facts.items() if isinstance(value, str)})
        return comfyui.told(facts)
    return infotext.told(text) if "Steps: " in text else None


def in_graph(texts: Mapping[str, str]) -> Told | None:
    """From ComfyUI's texts: of their own in a PNG, behind a word in the EXIF data of a WebP."""
    behind = [texts.get(name, "") for name in ("Model", "Make", "ImageDescription")]
    graphs = [texts.get("prompt", ""), *(text.partition(":")[2] for text in behind if text.startswith("prompt:"))]
    if found := next(filter(None, map(comfyui.told, map(parsed, graphs))), None):
        return found
    drawn = "workflow" in texts or any(text.startswith("workflow:") for text in behind)
    return Told(comfyui.TOOL, cannot=(ONLY_WORKFLOW,)) if drawn else None
