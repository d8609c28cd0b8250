"""Text to image with a diffusers pipeline from a local folder; knows no line, no page and no recipe.

Tested with tiny random folders of Stable Diffusion 1 and 2 (the format of this repository's `poster`), XL, 3 and FLUX.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image

from playground import diffusion_folders, lora_files
from playground.adapters import (
    image_call,
    image_folder,
    image_frugal,
    image_latents,
    image_start,
    image_trace,
    image_words,
    lora,
    schedulers,
)
from playground.adapters.image_files import encoded
from playground.catalog import Model
from playground.errors import Failed, Refused
from playground.events import Notice, Output, Preview, Step, Trace
from playground.params import ImageParams
from playground.stream import Emit

PREVIEW_SECONDS, PREVIEW_SHARE = 0.03, 0.05
"""Time that a run may spend on previews: this many seconds, or this share of the run so far if that is more."""


class DiffusersImage:
    """A pipeline, ready to paint."""

    def __init__(self, model: Model, device: str):
        self.title = model.title
        self.lacks = diffusion_folders.told(Path(model.source)).lacks
        self.pipe: Any = image_folder.load(model, device)
        self.own_scheduler = self.pipe.scheduler
        self.latents_known = image_latents.known(self.pipe)

    @torch.inference_mode()
    def run(self, params: ImageParams, emit: Emit) -> None:
        """Emit a Step and a Preview a step, then an Output for each picture; picture i has seed + i."""
        first, *others = [lora_files.found(params.chosen(seed)["prompt"]) for seed in params.seeds]
        if any(other != first for other in others):
            raise Refused("Pictures at once have the same LoRAs: ask for one picture, or take the LoRAs out of the {}.")
        with lora.worn(self.pipe, first, emit):
            self.paint(params, emit)

    def degrade(self, params: ImageParams) -> list[tuple[str, Callable[[Emit], None]]]:
        """Ways to do the same in less memory, each with a sentence."""
        return image_frugal.ways(self.pipe, self.run, params)

    def paint(self, params: ImageParams, emit: Emit) -> None:
        seeds = params.seeds
        self.pipe.scheduler, cannot = schedulers.asked(self.own_scheduler, params.scheduler, params.schedule)
        if cannot:
            emit(Notice(cannot))
        words = self.words([params.chosen(seed) for seed in seeds], params.guidance_scale > 1, emit)
        start = image_start.of(self.pipe, params, seeds, self.title)
        seen = image_trace.Seen(self.pipe, params.width, params.height)
        foresight = image_latents.Foresight(self.pipe.scheduler)
        started, spent, last = time.perf_counter(), 0.0, 0.0

        def on_step(pipe, i, t, tensors):
            nonlocal spent, last
            emit(Step(i + 1, params.steps_done))
            now = time.perf_counter()
            if not self.latents_known:
                return tensors
            tensors["latents"] = start.after(i, tensors["latents"])
            seen.add(tensors["latents"])
            if i + 1 >= params.steps_done:
                return tensors
            latents = foresight(tensors["latents"])
            if spent + last <= max(PREVIEW_SECONDS, PREVIEW_SHARE * (now - started)):
                if drafts := self.drafts(latents, params):
                    emit(Preview(tuple(encoded(picture, "JPEG") for picture in drafts)))
                last = time.perf_counter() - now
                spent += last
            return tensors

        emit(Step(0, params.steps_done))
        made = image_call.made(start, words, params, seeds, on_step, self.title)
        for index, picture in enumerate(self.finished(made, params)):
            if picture is None:
                emit(Notice(image_latents.BLOCKED))
                continue
            facts = {**params.of_picture(index), "sampler": schedulers.name(self.pipe.scheduler)}
            emit(Output(encoded(start.finished(picture), "PNG"), facts))
            if frames := seen.frames(slice(index, index + 1)):
                emit(Trace(frames))

    def words(self, pictures: Sequence[Mapping[str, str]], guided: bool, emit: Emit) -> dict[str, Any]:
        """The prompts of some pictures as the pipeline takes them; the person is told what of them it does not read."""
        negative = "negative_prompt" not in self.lacks
        for sentence in image_words.losses(self.pipe, pictures, negative):
            emit(Notice(sentence))
        return image_words.arguments(self.pipe, pictures, guided and negative)

    def finished(self, made: Any, params: ImageParams) -> list[Image.Image | None]:
        """The pictures that a pipeline made; None for those that are held back. Failed if that is all of them."""
        if self.latents_known:
            pictures = self.decoded(image_latents.grid(self.pipe, made.images, params.width, params.height))
        else:
            flags = getattr(made, "nsfw_content_detected", None) or [False] * len(made.images)
            pictures = [None if bad else one for one, bad in zip(made.images, flags, strict=True)]
        if all(picture is None for picture in pictures):
            raise Failed(image_latents.BLOCKED)
        return pictures

    def drafts(self, latents: torch.Tensor, params: ImageParams) -> list[Image.Image]:
        """What latents in the middle of a run stand for, half as wide and high; none if one of them is held back."""
        grid = image_latents.grid(self.pipe, latents, params.width, params.height)
        pictures = self.decoded(image_latents.halved(grid))
        return [] if None in pictures else [picture for picture in pictures if picture]

    def decoded(self, latents: torch.Tensor) -> list[Image.Image | None]:
        """The pictures that latents (n, channels, height / scale, width / scale) stand for, None for those that the
        model's safety checker holds back."""
        return image_latents.decoded(self.pipe, latents)
