"""The one call of a text-to-image pipeline; knows no person, no prompt's grammar and no file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch

from playground.params import ImageParams

OnStep = Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]
"""What diffusers calls after each step: with the pipeline, the number of the step from 0, its time and the tensors."""


def latents(
    pipe: Any, words: Mapping[str, Any], params: ImageParams, seeds: Sequence[int], on_step: OnStep
) -> torch.Tensor:
    """One picture for each of `seeds`, as latents. `words`: the prompts, as arguments of the pipeline; steps, size and
    guidance are those of `params`. Each picture has its own noise, whoever else is painted with it."""
    return pipe(
        **words,
        num_inference_steps=params.steps,
        guidance_scale=params.guidance_scale,
        width=params.width,
        height=params.height,
        generator=[torch.Generator("cpu").manual_seed(seed) for seed in seeds],
        callback_on_step_end=on_step,
        output_type="latent",
    ).images
