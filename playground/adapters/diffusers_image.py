"""Text to image with a diffusers pipeline from a local folder; knows no line, no page and no recipe.

Tested with StableDiffusionPipeline folders, the format of this repository's `poster` and of Stable Diffusion 1 and 2.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from diffusers import DiffusionPipeline
from diffusers.utils import logging as diffusers_logging
from PIL import Image
from transformers.utils import logging as transformers_logging

from playground import lora_files
from playground.adapters import image_call, lora, prompt_weights, schedulers
from playground.adapters.image_files import encoded
from playground.adapters.prompt_cut import unread
from playground.catalog import Model
from playground.errors import Failed, Refused
from playground.events import Notice, Output, Preview, Step
from playground.params import ImageParams
from playground.prompts import loras, weights
from playground.stream import Emit

PREVIEW_SECONDS, PREVIEW_SHARE = 0.03, 0.05
"""Time that a run may spend on previews: this many seconds, or this share of the run so far if that is more."""


class DiffusersImage:
    """A pipeline, ready to paint."""

    def __init__(self, model: Model, device: str):
        for logging in (diffusers_logging, transformers_logging):
            logging.set_verbosity_error()  # they warn that AutoencoderTiny is not AutoencoderKL, which is intended
            logging.disable_progress_bar()
        dtype = torch.float32 if device == "cpu" else torch.float16
        self.pipe: Any = DiffusionPipeline.from_pretrained(
            model.source, dtype=dtype, local_files_only=True, use_safetensors=True
        ).to(device)
        self.pipe.set_progress_bar_config(disable=True)
        self.own_scheduler = self.pipe.scheduler

    @torch.inference_mode()
    def run(self, params: ImageParams, emit: Emit) -> None:
        """Emit a Step and a Preview a step, then an Output for each picture; picture i has seed + i."""
        first, *others = [lora_files.found(params.chosen(seed)["prompt"]) for seed in params.seeds]
        if any(other != first for other in others):
            raise Refused("Pictures at once have the same LoRAs: ask for one picture, or take the LoRAs out of the {}.")
        with lora.worn(self.pipe, first, emit):
            self.paint(params, emit)

    def paint(self, params: ImageParams, emit: Emit) -> None:
        seeds = params.seeds
        self.pipe.scheduler, cannot = schedulers.asked(self.own_scheduler, params.scheduler, params.schedule)
        if cannot:
            emit(Notice(cannot))
        words = self.words([params.chosen(seed) for seed in seeds], params.guidance_scale > 1, emit)
        started, spent, last = time.perf_counter(), 0.0, 0.0

        def on_step(pipe, i, t, tensors):
            nonlocal spent, last
            emit(Step(i + 1, params.steps))
            now = time.perf_counter()
            if i + 1 < params.steps and spent + last <= max(PREVIEW_SECONDS, PREVIEW_SHARE * (now - started)):
                emit(Preview(tuple(encoded(picture, "JPEG") for picture in self.drafts(tensors["latents"]))))
                last = time.perf_counter() - now
                spent += last
            return tensors

        emit(Step(0, params.steps))
        latents = image_call.latents(self.pipe, words, params, seeds, on_step)
        for seed, picture in zip(seeds, self.decoded(latents), strict=True):
            emit(
                Output(
                    encoded(picture, "PNG"),
                    {**params.of_picture(seed), "sampler": schedulers.name(self.pipe.scheduler)},
                )
            )

    def words(self, pictures: Sequence[Mapping[str, str]], guided: bool, emit: Emit) -> dict[str, Any]:
        """The prompts of some pictures as the pipeline takes them; the person is told what of them it does not read."""
        asked = {name: [loras.without(picture[name]) for picture in pictures] for name in ("prompt", "negative_prompt")}
        told = [unread(self.pipe.tokenizer, weights.plain(prompt)) for prompt in asked["prompt"]]
        if not (weighs := prompt_weights.can_weigh(self.pipe)) and any(map(weights.weighs, asked["prompt"])):
            told.append(weights.IGNORED)
        for sentence in dict.fromkeys(filter(None, told)):
            emit(Notice(sentence))
        if weighs:
            used = asked if guided else {"prompt": asked["prompt"]}
            return {f"{name}_embeds": prompt_weights.encoded(self.pipe, texts) for name, texts in used.items()}
        return {name: list(map(weights.plain, texts)) for name, texts in asked.items()}

    def drafts(self, latents: torch.Tensor) -> list[Image.Image]:
        """What latents in the middle of a run are becoming, half as wide and high."""
        return self.decoded(halved(self.foreseen(latents)))

    def foreseen(self, latents: torch.Tensor) -> torch.Tensor:
        """What the latents are becoming: the solver's own estimate where it keeps one, else the latents themselves."""
        scheduler = self.pipe.scheduler
        estimates = getattr(scheduler, "model_outputs", [None])
        if getattr(scheduler.config, "algorithm_type", "") == "dpmsolver++" and estimates[-1] is not None:
            return estimates[-1]
        return latents / schedulers.scale(scheduler)

    def decoded(self, latents: torch.Tensor) -> list[Image.Image]:
        """The pictures that latents (n, 4, height / scale, width / scale) stand for."""
        vae = self.pipe.vae
        shift = getattr(vae.config, "shift_factor", None) or 0.0
        tensors = vae.decode(latents.to(vae.dtype) / vae.config.scaling_factor + shift, return_dict=False)[0]
        if not torch.isfinite(tensors).all():
            raise Failed("The model made numbers that are no picture; other settings or another seed may work.")
        return self.pipe.image_processor.postprocess(tensors, output_type="pil")


def halved(latents: torch.Tensor) -> torch.Tensor:
    """Half as wide and high: a preview's share of the work is a quarter, and an unfinished picture is soft anyway."""
    return torch.nn.functional.avg_pool2d(latents, 2) if min(latents.shape[-2:]) > 1 else latents
