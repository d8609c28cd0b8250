"""Music as sound with a diffusers pipeline from a local folder; knows no line, no page and no recipe.

Plays Stable Audio Open, AudioLDM 2 and MusicLDM.
"""

import inspect
import json
import math
import warnings
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import torch
from diffusers import DiffusionPipeline, EDMDPMSolverMultistepScheduler
from safetensors import SafetensorError
from transformers import GPT2LMHeadModel

from playground.adapters.prompt_cut import unread
from playground.adapters.quiet import quiet
from playground.adapters.sound_output import hand_over
from playground.adapters.stopping import stoppable
from playground.adapters.text_folder import has_words
from playground.catalog import Model
from playground.errors import Refused
from playground.events import Notice, Step
from playground.params import LARGEST_SEED, MusicParams
from playground.stream import Emit

PIPELINES = ("StableAudioPipeline", "AudioLDM2Pipeline", "MusicLDMPipeline")
LENGTHS = ("audio_end_in_s", "audio_length_in_s")
"""How pipelines call the seconds to be made."""


class DiffusersAudio:
    """A pipeline, ready to play."""

    def __init__(self, model: Model, device: str):
        self.title = model.title
        self.pipe = load(model, device)
        self.kind = type(self.pipe).__name__
        asked = inspect.signature(self.pipe.__call__).parameters
        self.length = next(name for name in LENGTHS if name in asked)
        part = self.pipe.vae if self.kind == "StableAudioPipeline" else self.pipe.vocoder
        self.rate = part.config.sampling_rate

    @torch.inference_mode()
    def run(self, params: MusicParams, emit: Emit) -> None:
        """Emit a Step for each step, then an Output for each sound; sound i has seed + i."""
        self.check_length(params.seconds, emit)
        if lost := unread(self.pipe.tokenizer, params.prompt):
            emit(Notice(lost))
        seeds = [(params.seed + i) % (LARGEST_SEED + 1) for i in range(params.tunes)]

        def on_step(i: int, *_) -> None:
            emit(Step(i + 1, params.steps))

        emit(Step(0, params.steps))
        with ExitStack() as stack:
            for part in self.pipe.components.values():
                if isinstance(part, torch.nn.Module):
                    stack.enter_context(stoppable(part, emit))
            waves = self.pipe(
                **self.words(params, len(seeds)),
                **{self.length: float(params.seconds)},
                num_inference_steps=params.steps,
                guidance_scale=params.guidance_scale,
                generator=[torch.Generator("cpu").manual_seed(seed) for seed in seeds],
                callback=on_step,
                output_type="pt",
            ).audios
        sounds = (wave.T if wave.ndim == 2 else wave[:, None] for wave in waves.float().cpu().numpy())
        hand_over(zip(seeds, sounds, strict=True), self.rate, emit)

    def words(self, params: MusicParams, sounds: int) -> dict[str, Any]:
        """The prompts as the pipeline takes them, one for each sound: for several of one prompt it would put the
        sounds in an order of its own."""
        other = params.negative_prompt if params.guidance_scale > 1 else ""
        if self.kind != "MusicLDMPipeline":
            return {"prompt": [params.prompt] * sounds, "negative_prompt": [other] * sounds if other else None}
        wanted, unwanted = self.embedded([params.prompt, other])  # its own way is older than the library behind it
        return {
            "prompt_embeds": wanted.expand(sounds, -1),
            "negative_prompt_embeds": unwanted.expand(sounds, -1) if params.guidance_scale > 1 else None,
        }

    def embedded(self, texts: Sequence[str]) -> torch.Tensor:
        """What CLAP makes of some texts, (texts, width)."""
        length = self.pipe.tokenizer.model_max_length
        tokens = self.pipe.tokenizer(
            list(texts), padding="max_length", max_length=length, truncation=True, return_tensors="pt"
        ).to(self.pipe.device)
        found = self.pipe.text_encoder.get_text_features(tokens.input_ids, attention_mask=tokens.attention_mask)
        return found.pooler_output

    def check_length(self, seconds: int, emit: Emit) -> None:
        """Refuse what the model cannot make; tell what it has not learned."""
        if self.kind == "StableAudioPipeline":
            longest = self.pipe.transformer.config.sample_size * self.pipe.vae.hop_length / self.rate
            if seconds > longest:
                raise Refused(f"{self.title} makes {longest:.0f} s at most; ask for {int(longest)} s or less.")
            return
        frame = math.prod(self.pipe.vocoder.config.upsample_rates) / self.rate
        learned = self.pipe.unet.config.sample_size * self.pipe.vae_scale_factor * frame
        if seconds > learned + 1:
            emit(Notice(f"{self.title} learned from pieces of {learned:.0f} s: what is longer may wander."))


class CosineSolver(EDMDPMSolverMultistepScheduler):
    """Stable Audio's CosineDPMSolverMultistepScheduler without torchsde: the same steps, with noise that each sound
    draws from its own seed."""

    def precondition_noise(self, sigma: Any) -> torch.Tensor:
        return torch.as_tensor(sigma).atan() / math.pi * 2


def load(model: Model, device: str) -> Any:
    """The pipeline on `device`; Refused if the folder holds none that can be used."""
    quiet()
    folder = Path(model.source)
    try:
        index = json.loads((folder / "model_index.json").read_text("utf-8"))
        if index["_class_name"] not in PIPELINES:
            raise Refused(f"{model.title} is a {index['_class_name']}; choose one of {', '.join(PIPELINES)}.")
        if index.get("text_encoder_2", ("", ""))[1] == "VitsModel":
            raise Refused(f"{model.title} speaks and needs a text to read out; choose a model that plays music.")
        pipe = opened(folder, index, torch.float32 if device == "cpu" else torch.float16)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise Refused(f"The files of {model.title} are damaged or not all there; get them again.") from error
    pipe.set_progress_bar_config(disable=True)
    return pipe.to(device)


def opened(folder: Path, index: dict[str, Any], dtype: torch.dtype) -> Any:
    """The pipeline, with other classes for two of its parts where those that the index names would not run here."""
    for part in index:
        if part.startswith("tokenizer") and not has_words(folder / part):
            raise FileNotFoundError(f"{part} has no words")
    options: dict[str, Any] = dict(dtype=dtype, local_files_only=True, use_safetensors=True)
    own = index["scheduler"][1] == "CosineDPMSolverMultistepScheduler"  # which needs torchsde
    parts: dict[str, Any] = {"scheduler": None} if own else {}
    if index.get("language_model", ("", ""))[1] == "GPT2Model":  # which has lost what the pipeline calls
        parts["language_model"] = GPT2LMHeadModel.from_pretrained(folder / "language_model", **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # diffusers uses an older way to normalise weights
        pipe: Any = DiffusionPipeline.from_pretrained(folder, **options, **parts)
    if own:
        config = json.loads((folder / "scheduler" / "scheduler_config.json").read_text("utf-8"))
        pipe.register_modules(scheduler=CosineSolver.from_config(config, algorithm_type="sde-dpmsolver++"))
    return pipe
