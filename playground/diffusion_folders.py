"""What a diffusers text-to-image folder says of itself: its family, good settings, what it lacks; reads JSON alone.

Steps and guidance are those of the pipelines' own pages in diffusers' documentation, and of the cards of the models
that were distilled to need fewer. Where the folder tells more, it counts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.errors import Refused

INDEX = "model_index.json"


@dataclass(frozen=True)
class Told:
    """Of one folder. `defaults` are settings of the image kind; `lacks`: those that change nothing for this model."""

    family: str
    defaults: dict[str, Any] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pipeline:
    """A class of pipelines: `size` in pixels is for folders that do not say theirs."""

    family: str
    steps: int
    guidance_scale: float
    size: int = 1024
    lacks: tuple[str, ...] = ()


NO_NEGATIVE = ("negative_prompt",)
"""Of models that know guidance in one call only, and of Kandinsky 2, whose pipelines with it take no seed a picture."""

PIPELINES = {
    "StableDiffusionPipeline": Pipeline("Stable Diffusion", 30, 7.5, 512),
    "LatentConsistencyModelPipeline": Pipeline("latent consistency", 4, 8.5, 512, NO_NEGATIVE),
    "StableDiffusionXLPipeline": Pipeline("Stable Diffusion XL", 30, 5.0),
    "KolorsPipeline": Pipeline("Kolors", 30, 5.0),
    "StableDiffusion3Pipeline": Pipeline("Stable Diffusion 3", 28, 7.0),
    "FluxPipeline": Pipeline("FLUX", 28, 3.5, lacks=NO_NEGATIVE),
    "Flux2Pipeline": Pipeline("FLUX.2", 50, 4.0, lacks=NO_NEGATIVE),
    "Flux2KleinPipeline": Pipeline("FLUX.2 klein", 4, 4.0, lacks=NO_NEGATIVE),
    "ChromaPipeline": Pipeline("Chroma", 35, 5.0),
    "PixArtAlphaPipeline": Pipeline("PixArt", 20, 4.5),
    "PixArtSigmaPipeline": Pipeline("PixArt", 20, 4.5),
    "SanaPipeline": Pipeline("Sana", 20, 4.5),
    "SanaSprintPipeline": Pipeline("Sana Sprint", 2, 4.5, lacks=NO_NEGATIVE),
    "KandinskyCombinedPipeline": Pipeline("Kandinsky 2.1", 50, 4.0, 512, NO_NEGATIVE),
    "KandinskyV22CombinedPipeline": Pipeline("Kandinsky 2.2", 50, 4.0, 512, NO_NEGATIVE),
    "Kandinsky3Pipeline": Pipeline("Kandinsky 3", 25, 3.0),
    "AuraFlowPipeline": Pipeline("AuraFlow", 50, 3.5),
    "Lumina2Pipeline": Pipeline("Lumina 2", 30, 4.0),
    "QwenImagePipeline": Pipeline("Qwen-Image", 50, 4.0),
    "ZImagePipeline": Pipeline("Z-Image", 50, 5.0),
    "CogView4Pipeline": Pipeline("CogView 4", 50, 5.0),
    "HunyuanDiTPipeline": Pipeline("Hunyuan-DiT", 50, 5.0),
}
OTHER = Pipeline("diffusion", 30, 5.0)

FEW = 4
"""Steps of models that were distilled to need few."""


def told(folder: Path) -> Told:
    """What the folder says; Refused if it is no diffusers pipeline that can be read."""
    name = class_name(folder)
    kind = PIPELINES.get(name, OTHER)
    steps, guidance, lacks = kind.steps, kind.guidance_scale, kind.lacks
    scheduler, transformer, unet = (
        config(folder, path)
        for path in ("scheduler/scheduler_config.json", "transformer/config.json", "unet/config.json")
    )
    if unet.get("time_cond_proj_dim"):  # guidance is a number that it was taught with, and no second prompt
        steps, guidance, lacks = FEW, 8.0, NO_NEGATIVE
    elif unet and is_turbo(scheduler):
        steps, guidance = FEW, 1.0
    if name == "FluxPipeline" and not transformer.get("guidance_embeds"):
        steps, lacks = FEW, (*lacks, "guidance_scale")
    if name == "StableDiffusion3Pipeline" and transformer.get("qk_norm"):  # from 3.5 on
        guidance = 4.5
    if "FlowMatch" in str(scheduler.get("_class_name")):  # which other samplers cannot follow
        lacks = (*lacks, "scheduler", "schedule")
    width, height = size(folder, {**transformer, **unet}, kind.size)
    defaults = {"steps": steps, "guidance_scale": guidance, "width": width, "height": height}
    return Told(kind.family, {key: value for key, value in defaults.items() if key not in lacks}, lacks)


def class_name(folder: Path) -> str:
    """The pipeline's class; Refused if the folder holds none, or one that needs code of its own."""
    if not (folder / INDEX).is_file():
        raise Refused(f"{folder.name} is no diffusers folder: it has no {INDEX}.")
    name = config(folder, INDEX).get("_class_name")
    if isinstance(name, list):
        raise Refused(f"{folder.name} needs code of its own, which Playground does not run.")
    if not isinstance(name, str):
        raise Refused(f"The {INDEX} of {folder.name} is damaged or names no pipeline; get it again.")
    return name.replace("Img2Img", "").replace("Inpaint", "")


def is_turbo(scheduler: Mapping[str, Any]) -> bool:
    """Whether steps are taken as in models distilled to few of them: SD Turbo, SDXL Turbo, Lightning and LCM. Models
    that begin at pure noise space their steps like that too."""
    if scheduler.get("_class_name") in ("LCMScheduler", "TCDScheduler"):
        return True
    euler = scheduler.get("_class_name") in ("EulerDiscreteScheduler", "EulerAncestralDiscreteScheduler")
    trailing = scheduler.get("timestep_spacing") == "trailing"
    return euler and trailing and not scheduler.get("rescale_betas_zero_snr")


def size(folder: Path, denoiser: Mapping[str, Any], otherwise: int) -> tuple[int, int]:
    """(width, height) in pixels that the model has learned, within what can be asked for."""
    learned = denoiser.get("sample_size")
    sides = learned if isinstance(learned, list) else [learned, learned]
    known = [side * scale(folder) // 16 * 16 for side in sides if isinstance(side, int)]
    height, width = (min(max(64, side), 2048) for side in known) if len(known) == 2 else (otherwise, otherwise)
    return width, height


def scale(folder: Path) -> int:
    """Pixels to a latent, along one side."""
    vae = config(folder, "vae/config.json") or config(folder, "movq/config.json")
    blocks = vae.get("encoder_block_out_channels") or vae.get("block_out_channels")
    return 2 ** (len(blocks) - 1) if isinstance(blocks, list) and blocks else 8


def config(folder: Path, path: str) -> dict[str, Any]:
    """A JSON file of the folder; empty if it is not there or holds none."""
    try:
        found = json.loads((folder / path).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
