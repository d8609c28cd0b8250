"""Text to image with a diffusers pipeline from a local folder; knows no line, no page and no recipe.

Tested with tiny random folders of Stable Diffusion 1 and 2 (the format of this repository's `poster`), XL, 3 and FLUX.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
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
from playground.adapters.image_jobs import Job, Jobs, Nobody
from playground.adapters.image_previews import Previews
from playground.adapters.together import Asked, Ended, alone
from playground.catalog import Model
from playground.errors import Failed, Refused
from playground.events import Notice, Output, Step, Trace
from playground.params import ImageParams
from playground.stream import Emit


class DiffusersImage:
    """A pipeline, ready to paint."""

    def __init__(self, model: Model, device: str):
        self.title = model.title
        self.lacks = diffusion_folders.told(Path(model.source)).lacks
        self.pipe: Any = image_folder.load(model, device)
        self.own_scheduler = self.pipe.scheduler
        self.latents_known = image_latents.known(self.pipe)
        if self.latents_known and device == "cpu":
            self.pipe.vae.to(memory_format=torch.channels_last)  # decodes in 4/5 of the time

    def run(self, params: ImageParams, emit: Emit) -> None:
        """Emit a Step a step, Previews now and then, and an Output for each picture; picture i has seed + i."""
        alone(self.run_together, params, emit)

    @torch.inference_mode()
    def run_together(
        self, asked: Sequence[Asked], ended: Ended, more: Callable[[], Sequence[Asked]] = lambda: ()
    ) -> None:
        """Paint the pictures of several jobs, which are alike, in one call of the pipeline. Nobody can join it, so
        `more` is not asked. What breaks all of them, such as too little memory, is raised."""
        jobs = Jobs(asked, ended)
        with suppress(Nobody):
            jobs.each(lambda job: wanted_loras(job.params))
            files = wanted_loras(next(iter(jobs)).params)
            with lora.worn(self.pipe, files, Emit(jobs.tell)):
                self.paint(jobs)

    def degrade(self, params: ImageParams) -> list[tuple[str, Callable[[Emit], None]]]:
        """Ways to do the same in less memory, each with a sentence."""
        return image_frugal.ways(self.pipe, self.run, params)

    def paint(self, jobs: Jobs) -> None:
        params = next(iter(jobs)).params
        self.pipe.scheduler, cannot = schedulers.asked(self.own_scheduler, params.scheduler, params.schedule)
        if cannot:
            jobs.tell(Notice(cannot))
        jobs.each(self.tell_losses)
        jobs.tell(Step(0, params.steps_done))
        seated = jobs.seated()
        seeds = [seed for job in seated for seed in job.params.seeds]
        words = self.words([prompts for job in seated for prompts in job.prompts], params)
        start = image_start.of(self.pipe, params, seeds, self.title)
        seen = image_trace.Seen(self.pipe, params.width, params.height)
        foresight, previews = image_latents.Foresight(self.pipe.scheduler), Previews()

        def on_step(pipe, i, t, tensors):
            looks = getattr(pipe, "num_timesteps", None) or params.steps_done  # some samplers look twice in a step
            jobs.tell(Step((i + 1) * params.steps_done // looks, params.steps_done))
            if not self.latents_known:
                return tensors
            tensors["latents"] = start.after(i, tensors["latents"])
            seen.add(tensors["latents"])
            if i + 1 < looks:
                latents = foresight(tensors["latents"])
                previews.show(jobs, lambda job: self.drafts(latents[job.rows], params))
            return tensors

        made = image_call.made(start, words, params, seeds, on_step, self.title)
        self.give(jobs, start, made, seen)

    def give(self, jobs: Jobs, start: image_start.Start, made: Any, seen: image_trace.Seen) -> None:
        """First everybody's pictures, then how they came about; with that a job is over."""
        served: list[Job] = []

        def serve(job: Job) -> None:
            self.hand_over(job, start, self.finished(made, job))
            served.append(job)

        try:
            jobs.each(serve)
        finally:  # also if the memory does not suffice for the pictures of the next one
            for job in served:
                jobs.do(job, lambda job: tell_traces(jobs, job, seen))

    @property
    def reads_negative(self) -> bool:
        return "negative_prompt" not in self.lacks

    def tell_losses(self, job: Job) -> None:
        """What the pipeline does not read of the job's prompts."""
        for sentence in image_words.losses(self.pipe, job.prompts, self.reads_negative):
            job.emit(Notice(sentence))

    def words(self, prompts: Sequence[Mapping[str, str]], params: ImageParams) -> dict[str, Any]:
        """The prompts of some pictures as the pipeline takes them."""
        return image_words.arguments(self.pipe, prompts, params.guidance_scale > 1 and self.reads_negative)

    def hand_over(self, job: Job, start: image_start.Start, pictures: Sequence[Image.Image | None]) -> None:
        """All of a job's pictures, as soon as they are there: until one is out, all can be made once more."""
        for index, picture in enumerate(pictures):
            if picture is None:
                job.emit(Notice(image_latents.BLOCKED))
                continue
            facts = {**job.params.of_picture(index), "sampler": schedulers.name(self.pipe.scheduler)}
            job.emit(Output(encoded(start.finished(picture), "PNG"), facts))
            job.given.append(job.rows.start + index)

    def finished(self, made: Any, job: Job) -> list[Image.Image | None]:
        """The job's pictures of those that a pipeline made; None for those that are held back. Failed if that is all
        of them. They are decoded one by one, which is no slower and takes less memory."""
        pictures: list[Image.Image | None] = []
        if self.latents_known:
            params = job.params
            for latents in image_latents.grid(self.pipe, made.images[job.rows], params.width, params.height).split(1):
                pictures += self.decoded(latents)
        else:
            flags = getattr(made, "nsfw_content_detected", None) or [False] * len(made.images)
            pictures += [None if bad else one for one, bad in zip(made.images, flags, strict=True)][job.rows]
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


def tell_traces(jobs: Jobs, job: Job, seen: image_trace.Seen) -> None:
    for number, row in enumerate(job.given):
        if frames := seen.frames(row):
            job.emit(Trace(frames, number))
    jobs.end(job)


def wanted_loras(params: ImageParams) -> list[tuple[Path, float]]:
    """The files of the LoRAs that the prompt names, with their weights; Refused if not all its pictures have them."""
    first, *others = [lora_files.found(params.chosen(seed)["prompt"]) for seed in params.seeds]
    if any(other != first for other in others):
        raise Refused("Pictures at once have the same LoRAs: ask for one picture, or take the LoRAs out of the {}.")
    return first
