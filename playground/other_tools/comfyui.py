"""Pictures of ComfyUI: reads the graph that made one as far as it is a usual one; knows no file."""

from collections.abc import Iterator, Mapping
from typing import Any

from playground.other_tools.told import Told, from_another_picture, given, listed, loras, mapping, sampled, some, words

MOST_NODES = 2000
TOOL = "ComfyUI"
SAMPLERS = ("KSampler", "KSamplerAdvanced", "SamplerCustom", "SamplerCustomAdvanced")
PARTS = ("noise", "guider", "sampler", "sigmas")  # nodes of their own that custom samplers are put together from
TEXTS = ("text", "string", "prompt", "text_g", "t5xxl", "clip_l", "value")
SIDES = ("model", "vae", "clip", "image", "control_net")  # inputs that do not lead on to words
KNOWN = {*SAMPLERS, "CLIPTextEncode", "EmptyLatentImage", "EmptySD3LatentImage", "CheckpointLoaderSimple", "VAEDecode",
         "SaveImage", "PreviewImage", "UNETLoader", "DualCLIPLoader", "CLIPLoader", "VAELoader", "KSamplerSelect",
         "BasicScheduler", "BasicGuider", "CFGGuider", "RandomNoise", "FluxGuidance", "LoraLoader", "PrimitiveNode",
         "LoraLoaderModelOnly", "ConditioningZeroOut", "PrimitiveString", "PrimitiveInt", "LoadImage",
         "VAEEncode"}  # fmt: skip
Nodes = Mapping[str, Mapping[str, Any]]


def told(graph: Mapping[str, Any]) -> Told | None:
    """`graph` is the prompt of ComfyUI's API: {id: {"class_type", "inputs"}}; None if it is not."""
    nodes = {
        str(name): node
        for name, node in list(graph.items())[:MOST_NODES]
        if isinstance(node, dict) and isinstance(node.get("class_type"), str) and isinstance(node.get("inputs"), dict)
    }
    if not nodes:
        return None
    start = next((node for node in nodes.values() if node["class_type"] in SAMPLERS), None)
    others = some(dict.fromkeys(node["class_type"] for node in nodes.values() if node["class_type"] not in KNOWN))
    cannot = [f"Its graph has parts that are not known here: {others}."] if others else []
    if start is None:
        return Told(
            TOOL, cannot=(*cannot, "Its graph has no sampler that is known here, so nothing could be filled in.")
        )
    inputs = gathered(nodes, start["inputs"])
    chosen, problems = sampled(literal(nodes, inputs.get("sampler_name")), literal(nodes, inputs.get("scheduler")))
    size = first(nodes, inputs.get("latent_image"), ("width", "height"))
    words_for = {side: text(nodes, inputs.get(side), side) for side in ("positive", "negative")}
    seed = inputs.get("seed", inputs.get("noise_seed"))
    guidance = first(nodes, words_for["positive"][1], ("guidance",)).get("guidance")
    values = {
        "prompt": words_for["positive"][0],
        "negative_prompt": words_for["negative"][0],
        "seed": literal(nodes, seed),
        "steps": literal(nodes, inputs.get("steps")),
        "guidance_scale": guidance or literal(nodes, inputs.get("cfg")),
        "width": literal(nodes, size.get("width")),
        "height": literal(nodes, size.get("height")),
    }
    model = first(nodes, inputs.get("model"), ("ckpt_name", "unet_name", "model_name"))
    cannot += [*problems, *changes(nodes, inputs)]
    return Told(TOOL, {**given(values), **chosen}, words(next(iter(model.values()), "")), tuple(cannot))


def gathered(nodes: Nodes, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of a sampler, with those of the nodes that it is put together from."""
    found: dict[str, Any] = {}
    for part in PARTS:
        found |= at(nodes, inputs.get(part))
    if "conditioning" in found:
        found.setdefault("positive", found["conditioning"])
    return {**found, **inputs}


def changes(nodes: Nodes, inputs: Mapping[str, Any]) -> Iterator[str]:
    """What was done that has no setting here."""
    yield from loras(node["inputs"]["lora_name"] for node in nodes.values() if "lora_name" in node["inputs"])
    source = first(nodes, inputs.get("latent_image"), ("image",))
    strength = literal(nodes, inputs.get("denoise"))
    if source or (isinstance(strength, int | float) and strength < 1):
        yield from_another_picture(strength)
    if sum(node["class_type"] in SAMPLERS for node in nodes.values()) > 1:
        yield "Several samplers worked on it one after the other: the settings are those of the first."


def link(value: Any) -> str | None:
    """The name of the node that an input comes from, if it comes from one."""
    pair = listed(value)
    return str(pair[0]) if len(pair) == 2 and isinstance(pair[0], str | int) else None


def at(nodes: Nodes, value: Any) -> Mapping[str, Any]:
    """The inputs of the node that `value` comes from."""
    return mapping(mapping(nodes.get(link(value) or "", {})).get("inputs"))


def upstream(nodes: Nodes, value: Any, side: str = "") -> Iterator[Mapping[str, Any]]:
    """The inputs of the node that `value` comes from and of all that this one comes from, the nearest first; where the
    way forks, only the fork called `side`."""
    line, seen = [value], set()
    while line:
        name = link(line.pop(0))
        inputs = mapping(mapping(nodes.get(name or "", {})).get("inputs"))
        if name in seen or not inputs:
            continue
        seen.add(name)
        yield inputs
        line += [inputs[side]] if side in inputs else list(inputs.values())


def first(nodes: Nodes, value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The inputs of these names of the nearest node that has any."""
    for inputs in upstream(nodes, value):
        if found := {name: inputs[name] for name in names if name in inputs}:
            return found
    return {}


def text(nodes: Nodes, value: Any, side: str) -> tuple[str, Any]:
    """The words that go into a sampler on one side, and where they come from."""
    for inputs in upstream(nodes, value, side):
        for name in TEXTS:
            if isinstance(found := literal(nodes, inputs.get(name)), str) and found:
                return found, value
        if all(name in SIDES for name in inputs):
            break
    return "", value


def literal(nodes: Nodes, value: Any) -> Any:
    """The value of an input itself, also if a node of its own holds it; None if there is none."""
    for _ in range(20):
        if link(value) is None:
            return value if isinstance(value, str | int | float) else None
        inputs = at(nodes, value)
        value = next((inputs[name] for name in (*TEXTS, "seed", "noise_seed", "int", "float") if name in inputs), None)
    return None
