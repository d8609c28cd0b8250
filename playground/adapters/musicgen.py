"""Music as sound with a MusicGen model from a local transformers folder; knows no line, no page and no recipe.

Mono and stereo models go on from a clip; melody models take its tune instead. What is longer than such a model can
write at once comes stretch by stretch, each going on from the end of the one before.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from transformers import AutoConfig, MusicgenForConditionalGeneration, MusicgenMelodyForConditionalGeneration
from transformers.audio_utils import chroma_filter_bank
from transformers.utils import logging

from playground.adapters.sound_codes import Writer, windows
from playground.adapters.sound_output import hand_over
from playground.adapters.stopping import stoppable
from playground.adapters.text_folder import check_weights, dtype_of, has_words, load_tokenizer
from playground.catalog import Model
from playground.errors import Refused
from playground.events import Step
from playground.media import clips
from playground.params import LARGEST_SEED, MusicParams
from playground.stream import Emit

KINDS = {"musicgen": MusicgenForConditionalGeneration, "musicgen_melody": MusicgenMelodyForConditionalGeneration}
LONGEST = 1500  # frames at once, where the folder does not say: the 30 s that these models were trained on
FFT, HOP = 16384, 4096  # samples of a spectrum and to the next one, of which a melody is read


class MusicGen:
    """A MusicGen model, ready to play."""

    def __init__(self, model: Model, device: str):
        self.model = load(model, device)
        self.tokenizer = load_tokenizer(model)
        codec = self.model.config.audio_encoder
        self.rate, self.frames = codec.sampling_rate, codec.frame_rate
        self.channels = self.model.config.decoder.audio_channels
        self.longest = self.model.generation_config.max_length or LONGEST
        self.takes_melodies = self.model.config.model_type == "musicgen_melody"

    @torch.inference_mode()
    def run(self, params: MusicParams, emit: Emit) -> None:
        """Emit a Step for each frame, then an Output for each sound; sound i has seed + i."""
        seeds = [(params.seed + i) % (LARGEST_SEED + 1) for i in range(params.tunes)]
        channels = 1 if self.takes_melodies else self.channels
        clip = clips.read(params.clip, self.rate, channels) if params.clip else None
        chroma = self.chroma(clip) if self.takes_melodies and clip is not None else None
        with stoppable(self.model.audio_encoder, emit):
            start = self.encoded(clip) if clip is not None and chroma is None else self.nothing()
        codes = self.written(start.expand(len(seeds), -1, -1), chroma, seeds, params, emit)
        with stoppable(self.model.audio_encoder, emit):
            hand_over(zip(seeds, map(self.decoded, codes), strict=True), self.rate, emit)

    def written(self, codes: torch.Tensor, chroma, seeds: list[int], params: MusicParams, emit: Emit) -> torch.Tensor:
        """The codes (sounds, codebooks, frames) with as many new ones as there are to be, stretch by stretch."""
        writer = Writer(self.model.decoder, seeds, params.temperature, params.top_k, params.guidance_scale)
        ahead = windows(codes.shape[-1], codes.shape[-1] + params.seconds * self.frames, self.longest)
        total, done = sum(map(writer.steps, ahead)), -1

        def step() -> None:
            nonlocal done
            done += 1
            emit(Step(done, total))

        for window in ahead:
            begins = (codes.shape[-1] - window.kept) / self.frames
            condition = self.condition(params.prompt, chroma, begins, len(seeds), params.guidance_scale > 1)
            kept = codes[..., codes.shape[-1] - window.kept :]
            new = writer.write(kept, window.total, condition, step)
            codes = torch.cat([codes, new[..., window.kept :]], -1)
        emit(Step(total, total))
        return codes

    def condition(self, prompt: str, chroma, begins: float, sounds: int, guided: bool) -> torch.Tensor:
        """What the decoder listens to, (sounds, length, width), and for guidance as many rows of nothing behind.

        A stretch that begins so many seconds into the sound hears the melody from there on, round and round."""
        model, text = self.model, self.tokenizer(prompt, return_tensors="pt").to(self.model.device)
        heard = model.text_encoder(input_ids=text.input_ids, attention_mask=text.attention_mask).last_hidden_state
        if hasattr(model, "enc_to_dec_proj"):
            heard = model.enc_to_dec_proj(heard)
        rows = [heard, torch.zeros_like(heard)] if guided else [heard]
        if self.takes_melodies:
            silence = torch.nn.functional.one_hot(torch.zeros(1, 1, dtype=torch.long), model.config.num_chroma)
            melody = silence if chroma is None else chroma.roll(-round(begins * self.rate / HOP), 1)
            rows = [torch.cat([self.sung(one), row], 1) for one, row in zip((melody, silence), rows, strict=False)]
        return torch.cat([row.expand(sounds, -1, -1) for row in rows])

    def sung(self, chroma: torch.Tensor) -> torch.Tensor:
        """(1, length, 12) as the decoder hears it, repeated or cut to the length that it knows."""
        length = self.model.config.chroma_length
        whole = chroma.repeat(1, -(-length // chroma.shape[1]), 1)[:, :length]
        whole = whole.to(self.model.device, self.model.dtype)
        project = getattr(self.model, "audio_enc_to_dec_proj", None)
        return project(whole) if project else whole

    def chroma(self, clip: np.ndarray) -> torch.Tensor:
        """The loudest of the twelve notes of the clip (samples, 1) at each moment, (1, moments, 12) of 0 and 1."""
        wave = torch.from_numpy(clip[:, 0])
        wave = torch.nn.functional.pad(wave, (0, max(0, FFT - len(wave))))
        spectrum = torch.stft(wave, FFT, HOP, window=torch.hann_window(FFT), return_complex=True).abs() ** 2
        filters = chroma_filter_bank(FFT, self.model.config.num_chroma, self.rate, tuning=0)
        notes = torch.from_numpy(filters).float() @ spectrum
        return torch.nn.functional.one_hot(notes.argmax(0), self.model.config.num_chroma)[None]

    def nothing(self) -> torch.Tensor:
        return torch.zeros(1, self.model.config.decoder.num_codebooks, 0, dtype=torch.long)

    def encoded(self, clip: np.ndarray) -> torch.Tensor:
        """The codes (1, codebooks, frames) of a clip (samples, channels); each channel has every other codebook."""
        sides = torch.from_numpy(np.ascontiguousarray(clip.T))[:, None].to(self.model.device)
        codes = self.model.audio_encoder.encode(sides).audio_codes[0]  # (channels, codebooks, frames)
        return codes.transpose(0, 1).flatten(0, 1)[None].cpu()

    def decoded(self, codes: torch.Tensor) -> np.ndarray:
        """The sound (samples, channels) that codes (codebooks, frames) stand for."""
        sides = codes.view(-1, self.channels, codes.shape[-1]).transpose(0, 1)[None]
        wave = self.model.audio_encoder.decode(sides.to(self.model.device), [None]).audio_values
        return wave[:, 0].T.float().cpu().numpy()


def load(model: Model, device: str) -> Any:
    """The model on `device`; Refused if the folder holds none that can be used."""
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    damaged = Refused(f"The files of {model.title} are damaged or not all there; get them again.")
    options: dict[str, Any] = dict(local_files_only=True, trust_remote_code=False)
    try:
        kind = AutoConfig.from_pretrained(model.source, **options).model_type
        if kind not in KINDS:
            raise Refused(f"{model.title} is of the kind {kind}; choose a model of the kind {' or '.join(KINDS)}.")
        loaded, found = KINDS[kind].from_pretrained(
            model.source,
            dtype=torch.float32,
            device_map={"": device},
            use_safetensors=True,
            ignore_mismatched_sizes=True,  # they are told below, in a sentence
            output_loading_info=True,
            **options,
        )
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise damaged from error
    if not has_words(Path(model.source)):
        raise damaged
    check_weights(model, found)
    for name, part in loaded.named_children():
        if name != "audio_encoder":  # which is small, and half numbers would be heard as noise
            part.to(dtype_of(device))
    return loaded.eval()
