"""The one call of a text-to-image pipeline, whose arguments differ; knows no person, no grammar and no file."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from playground.adapters import image_latents, image_noise
from playground.adapters.image_start import Start
from playground.errors import Refused
from playground.params import ImageParams

GUIDANCES = ("guidance_scale", "true_cfg_scale", "prior_guidance_scale")
"""How pipelines call the guidance, the usual name first; one that they leave empty is not it."""

OnStep = Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]
"""What diffusers calls after each step: with the pipeline, the number of the step from 0, its time and the tensors."""


def made(
    start: Start, words: Mapping[str, Any], params: ImageParams, seeds: Sequence[int], on_step: OnStep, title: str
) -> Any:
    """What the pipeline of `start` makes, a picture for each of `seeds`: latents if they are known here, else pictures.
    `words`: the prompts, as arguments of the pipeline; steps, size and guidance are those of `params`. Each picture has
    its own noise, whoever else is painted with it. Refused if the model, `title`, has no pictures of this size."""
    pipe = start.pipe
    asked = {
        "generator": image_noise.generators(seeds),
        "output_type": "latent" if image_latents.known(pipe) else "pil",
        **settings(pipe, params, title),
        **start.arguments,
    }
    return pipe(**words, **hooks(pipe, on_step), **asked)


def settings(pipe: Any, params: ImageParams, title: str) -> dict[str, Any]:
    """Steps, guidance and size; Refused if the model has no pictures of this size."""
    fits = getattr(pipe, "vae_scale_factor", 1)
    for name, pixels in (("Width", params.width), ("Height", params.height)):
        if pixels % fits:
            raise Refused(
                f"{name} is {pixels}, but {title} needs a multiple of {fits}: {max(1, round(pixels / fits)) * fits} "
                "would work."
            )
    taken = inspect.signature(pipe.__call__).parameters
    asked: dict[str, Any] = {"num_inference_steps": params.steps}
    asked |= {name: getattr(params, name) for name in ("width", "height") if name in taken}
    for name in GUIDANCES:
        if name in taken and taken[name].default is not None:
            asked[name] = params.guidance_scale
            break
    if "use_resolution_binning" in taken:
        asked["use_resolution_binning"] = False  # the size that was asked for, and not one of a list
    return asked


def hooks(pipe: Any, on_step: OnStep) -> dict[str, Any]:
    """What has `on_step` called, in the new way of diffusers or in its old one; nothing if the pipeline has neither."""
    taken = inspect.signature(pipe.__call__).parameters
    if "callback_on_step_end" in taken:
        return {"callback_on_step_end": on_step}
    if "callback" in taken:
        return {"callback": lambda i, time, latents: on_step(pipe, i, time, {"latents": latents})}
    return {}
