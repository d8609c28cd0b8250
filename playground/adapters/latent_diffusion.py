"""The latent space of a text-to-image diffusion pipeline from a local folder: noise and words; knows no line, no page.

Takes the folders of StableDiffusionPipeline, as the Image tab does. A file latent.json in the folder may name, beside
it, a lighter decoder for drafts and the scenes it has learned from.
"""

import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from diffusers import StableDiffusionPipeline
from diffusers.utils.torch_utils import randn_tensor
from PIL import Image
from safetensors.torch import load_file

from playground import latent_points
from playground.adapters import image_latents, latent_painter, latent_runs
from playground.adapters.diffusers_image import DiffusersImage
from playground.adapters.latent_pixels import as_pictures
from playground.adapters.latent_ways import Place
from playground.adapters.prompt_cut import unread
from playground.adapters.stopping import heed
from playground.catalog import Model
from playground.errors import Failed, Refused
from playground.events import Notice, Step
from playground.nets.draft_decoder import DraftDecoder
from playground.params import LARGEST_SEED, LatentParams
from playground.stream import Emit

DRAFT_STEPS = 4
NO_WAY = "A diffusion model has no way from a picture to the noise it came from: choose seeds and cards."


class LatentDiffusion:
    """A place is noise (1, channels, s, s) near N(0, 1), and the words (1, tokens, width) that it is painted by. The
    noise of a seed with the words of the prompt is what the Image tab begins with, too. A card has the words of its
    caption, and noise of its own: its picture is not that of the card."""

    normal: tuple[bool, ...] = (True, False)

    def __init__(self, model: Model, device: str):
        image = DiffusersImage(model, device)
        if not isinstance(image.pipe, StableDiffusionPipeline):
            kind = type(image.pipe).__name__
            raise Refused(f"{model.title} is a {kind}; a StableDiffusionPipeline would work here.")
        self.pipe: Any = image.pipe
        self.painter = Painter(image, Path(model.source), device)
        self.directions: dict[str, torch.Tensor] = {}
        with torch.inference_mode():
            told = json.loads(latent_runs.CAPTIONS.read_text("utf-8"))
            self.cards: dict[str, Place] = {
                name: (self.noise(zlib.crc32(name.encode())), self.embedded(caption)) for name, caption in told.items()
            }

    def run(self, params: LatentParams, emit: Emit) -> None:
        points = latent_points.parsed(params.points, LARGEST_SEED)
        if params.way == "picture" or any(point.picture for point in points):
            raise Refused(NO_WAY)
        if params.way != "draft":
            prompts = dict.fromkeys([params.prompt, *(point.words for point in points)])
            for lost in filter(None, (unread(self.pipe.tokenizer, prompt) for prompt in prompts)):
                emit(Notice(lost))
        latent_runs.run(self, params, emit)

    def drawn(self, seed: int, params: LatentParams) -> Place:
        return (self.noise(seed), self.embedded(params.prompt))

    def found(self, latents: torch.Tensor, params: LatentParams, emit: Emit) -> Place:
        raise Refused(NO_WAY)

    def noise(self, seed: int) -> torch.Tensor:
        config, device = self.pipe.unet.config, self.pipe.unet.device
        shape = (1, config.in_channels, config.sample_size, config.sample_size)
        return randn_tensor(shape, torch.Generator("cpu").manual_seed(seed), device, self.pipe.unet.dtype)

    def embedded(self, prompt: str) -> torch.Tensor:
        return self.pipe.encode_prompt(prompt, self.pipe.unet.device, 1, False)[0]

    def decoded(self, places: Sequence[Place], params: LatentParams, emit: Emit) -> torch.Tensor:
        """What becomes of the noise; a draft takes few steps."""
        noise, words = (torch.cat(parts) for parts in zip(*places, strict=True))
        draft, steps = params.way == "draft", params.steps
        steps = min(DRAFT_STEPS, steps) if draft else steps

        def on_step(pipe: Any, index: int, time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            heed(emit)
            if params.way in ("pad", "sum"):
                emit(Step(index + 1, steps))
            return tensors

        return self.pipe(
            prompt_embeds=words,
            negative_prompt_embeds=self.embedded("").expand_as(words),
            latents=noise,
            num_inference_steps=steps,
            guidance_scale=params.guidance_scale,
            callback_on_step_end=on_step,
            output_type="latent",
        ).images

    def told(self, latents: torch.Tensor, place: Place) -> dict[str, Any]:
        """Nothing: a picture has no place here."""
        return {}


class Painter:
    """The decoder of a pipeline."""

    lossless = False

    def __init__(self, image: DiffusersImage, folder: Path, device: str):
        self.image = image
        self.side = image.pipe.unet.config.sample_size * image.pipe.vae_scale_factor
        told = folder / "latent.json"
        beside = json.loads(told.read_text("utf-8")) if told.is_file() else {}
        self.draft = latent_painter.loaded(folder / beside["draft"], DraftDecoder).to(device) if beside else None
        scenes = folder / beside["neighbours"] / "neighbours.safetensors" if beside else None
        self.neighbours = load_file(scenes, device)["latents"].float() if scenes else None

    def pictures(self, latents: torch.Tensor, draft: bool = False) -> list[Image.Image]:
        """Of latents (n, channels, s, s). Without a lighter decoder a draft is half as wide and high."""
        if draft and self.draft:
            return as_pictures(self.draft(latents.float()))
        pictures = self.image.decoded(image_latents.halved(latents) if draft else latents)
        if None in pictures:
            raise Failed(image_latents.BLOCKED)
        return [picture for picture in pictures if picture]

    def latents(self, picture: Image.Image) -> torch.Tensor:
        raise Refused(NO_WAY)

    def nearest(self, latents: torch.Tensor) -> int | None:
        return None if self.neighbours is None else latent_painter.nearest(self.neighbours, latents.float())
