"""From the latents of a text-to-image pipeline to pictures, finished or foreseen; knows no prompt and no settings.

Only for pipelines whose latents are known here; all others turn them into pictures themselves.
"""

from typing import Any

import torch
from PIL import Image

from playground.adapters import schedulers
from playground.errors import Failed

GRIDS = (
    "StableDiffusionPipeline",
    "LatentConsistencyModelPipeline",
    "StableDiffusionXLPipeline",
    "StableDiffusion3Pipeline",
    "KolorsPipeline",
    "PixArtAlphaPipeline",
    "PixArtSigmaPipeline",
    "SanaPipeline",
    "SanaSprintPipeline",
    "AuraFlowPipeline",
    "Lumina2Pipeline",
    "ZImagePipeline",
    "CogView4Pipeline",
    "HunyuanDiTPipeline",
)
"""Pipelines with latents (n, channels, height / scale, width / scale)."""

ROWS = ("FluxPipeline", "ChromaPipeline")
"""Pipelines with latents (n, height x width / (2 scale)^2, 4 channels): two by two of a grid in one row."""

BLOCKED = "The model's own safety checker holds this picture back. Other words or another seed may work."


def known(pipe: Any) -> bool:
    """Whether this module can turn the pipeline's latents into pictures."""
    return family(pipe) in (*GRIDS, *ROWS)


def family(pipe: Any) -> str:
    """The class of the text-to-image pipeline that it is, or has the parts of."""
    return type(pipe).__name__.replace("Img2Img", "")


def grid(pipe: Any, latents: torch.Tensor, width: int, height: int) -> torch.Tensor:
    """Latents as they come from the pipeline, for pictures of so many pixels, as (n, channels, rows, columns)."""
    if family(pipe) in ROWS:
        return pipe._unpack_latents(latents, height, width, pipe.vae_scale_factor)
    return latents


def decoded(pipe: Any, latents: torch.Tensor) -> list[Image.Image | None]:
    """The pictures that latents (n, channels, rows, columns) stand for; None for one that the model's safety checker
    holds back."""
    tensors = pipe.vae.decode(denormalised(pipe.vae.config, latents.to(pipe.vae.dtype)), return_dict=False)[0]
    if not torch.isfinite(tensors).all():
        raise Failed("The model made numbers that are no picture; other settings or another seed may work.")
    pictures = pipe.image_processor.postprocess(tensors, output_type="pil")
    return [None if bad else one for one, bad in zip(pictures, blocked(pipe, pictures), strict=True)]


@torch.inference_mode()
def encoded(pipe: Any, picture: Image.Image) -> torch.Tensor:
    """Latents (1, channels, rows, columns) of a picture, as the denoiser sees them."""
    pixels = pipe.image_processor.preprocess(picture).to(pipe.vae.device, pipe.vae.dtype)
    found = pipe.vae.encode(pixels)
    latents = found.latents if hasattr(found, "latents") else found.latent_dist.mode()
    return normalised(pipe.vae.config, latents)


def normalised(config: Any, latents: torch.Tensor) -> torch.Tensor:
    """The other way round than denormalised."""
    mean, spread = (config.get(name) for name in ("latents_mean", "latents_std"))
    if mean is not None and spread is not None:
        mean, spread = (latents.new_tensor(values).view(1, -1, 1, 1) for values in (mean, spread))
        return (latents - mean) / spread * config.scaling_factor
    return (latents - (config.get("shift_factor") or 0.0)) * config.scaling_factor


def denormalised(config: Any, latents: torch.Tensor) -> torch.Tensor:
    """As the decoder takes them."""
    scaled = latents / config.scaling_factor
    mean, spread = (config.get(name) for name in ("latents_mean", "latents_std"))
    if mean is not None and spread is not None:
        mean, spread = (latents.new_tensor(values).view(1, -1, 1, 1) for values in (mean, spread))
        return scaled * spread + mean
    return scaled + (config.get("shift_factor") or 0.0)


def blocked(pipe: Any, pictures: list[Image.Image]) -> list[bool]:
    """Which of the pictures the safety checker holds back; none if the model brings no checker."""
    checker = getattr(pipe, "safety_checker", None)
    if checker is None:
        return [False] * len(pictures)
    seen = pipe.feature_extractor(pictures, return_tensors="pt").pixel_values
    blackened = torch.zeros(len(pictures), 1)  # where it writes; nobody looks at it
    return checker(images=blackened, clip_input=seen.to(checker.device, checker.dtype))[1]


def halved(latents: torch.Tensor) -> torch.Tensor:
    """Half as wide and high: a preview's share of the work is a quarter, and an unfinished picture is soft anyway."""
    return torch.nn.functional.avg_pool2d(latents, 2) if min(latents.shape[-2:]) > 1 else latents


class Foresight:
    """What the latents of one run are becoming, step by step."""

    def __init__(self, scheduler: Any):
        self.scheduler = scheduler
        self.last: torch.Tensor | None = None

    def __call__(self, latents: torch.Tensor) -> torch.Tensor:
        """The solver's own estimate where it keeps one; of a flow, where the last step was heading; else the latents
        as large as a picture's."""
        before, self.last = self.last, latents
        estimates = getattr(self.scheduler, "model_outputs", [None])
        if getattr(self.scheduler.config, "algorithm_type", "") == "dpmsolver++" and estimates[-1] is not None:
            return estimates[-1]
        if hasattr(self.scheduler, "betas"):
            return latents / schedulers.scale(self.scheduler)
        index = getattr(self.scheduler, "step_index", None)
        if before is None or index is None or getattr(self.scheduler, "order", 1) != 1:
            return latents
        was, now = (float(sigma) for sigma in self.scheduler.sigmas[index - 1 : index + 1])
        return latents - (latents - before) * now / (now - was) if now != was else latents
