"""Writes a sound as codes, frame by frame, with MusicGen's decoder; knows neither text nor sound.

A frame has one code of each codebook. The decoder writes them one step after another: codebook k of frame f stands in
column f + 1 + k (Copet et al. 2023, "Simple and Controllable Music Generation", the delay pattern); both channels of
a stereo codebook stand in the same column. Codes are tensors of shape (sounds, codebooks, frames).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers import DynamicCache, EncoderDecoderCache

from playground.adapters.text_sampling import pick
from playground.errors import Failed


@dataclass(frozen=True)
class Window:
    """A stretch that the decoder writes at once: `kept` frames of what is there already, `total` with the new ones."""

    kept: int
    total: int


def windows(there: int, wanted: int, longest: int) -> list[Window]:
    """How to come from `there` frames to `wanted` ones, at most `longest` at once. Each stretch goes on from two fifths
    of a full one, as the authors have it (12 of 30 s), or from more where it fits."""
    result = []
    while there < wanted:
        kept = min(there, max(longest * 2 // 5, longest - (wanted - there)))
        result.append(Window(kept, min(longest, kept + wanted - there)))
        there += result[-1].total - kept
    return result


class Writer:
    """The draw of some sounds by one decoder, all at once; each sound has its own generator."""

    def __init__(self, decoder: Any, seeds: Sequence[int], temperature: float, top_k: int, guidance: float):
        self.decoder, self.temperature, self.top_k, self.guidance = decoder, temperature, top_k, guidance
        self.generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        self.books, self.blank = decoder.config.num_codebooks, decoder.config.pad_token_id
        self.delays = torch.arange(self.books) // decoder.config.audio_channels

    def steps(self, window: Window) -> int:
        """How often the decoder is asked for a window."""
        return window.total - window.kept + int(self.delays[-1])

    def write(self, start: torch.Tensor, total: int, condition: torch.Tensor, step: Callable[[], object]):
        """The codes `start`, which may be none, and those that follow, `total` frames in all.

        `condition`: what the decoder listens to, (rows, length, width), with the rows to be guided away from behind
        the others where there is guidance. `step` is called before each step and may raise.
        """
        frames = torch.arange(total + 1 + int(self.delays[-1])) - 1 - self.delays[:, None]  # (codebooks, columns)
        grid = torch.full((len(start), *frames.shape), self.blank)
        kept = start.shape[-1]
        grid[:, (frames >= 0) & (frames < kept)] = start.flatten(1)
        cache, read, prefix = EncoderDecoderCache(DynamicCache(), DynamicCache()), 0, self.listens_first
        for column in range(kept + 1, grid.shape[-1]):
            step()
            logits = self.asked(grid[..., read:column], None if prefix and read else condition, cache)
            new = (frames[:, column] >= kept) & (frames[:, column] < total)
            grid[:, new, column] = self.drawn(logits)[:, new]
            read = column
        return grid[:, (frames >= 0) & (frames < total)].view(len(start), self.books, total)

    @property
    def listens_first(self) -> bool:
        """Whether the condition is read once, before the codes, and not looked at with each of them."""
        return self.decoder.config.model_type == "musicgen_melody_decoder"

    def asked(self, columns: torch.Tensor, condition: torch.Tensor | None, cache: Any) -> torch.Tensor:
        """The guided logits (sounds, codebooks, codes) for the column after these."""
        rows = columns.repeat(2, 1, 1) if self.guidance > 1 else columns
        logits = self.decoder(
            input_ids=rows.flatten(0, 1).to(self.decoder.device),
            encoder_hidden_states=condition,
            past_key_values=cache,
            use_cache=True,
        ).logits[:, -1]
        logits = logits.view(-1, self.books, logits.shape[-1]).to("cpu", torch.float64)
        if not torch.isfinite(logits).all():
            raise Failed("The model gave numbers that are no probabilities; its weights may be broken.")
        if self.guidance > 1:
            wanted, other = logits.chunk(2)
            logits = other + self.guidance * (wanted - other)
        return logits

    def drawn(self, logits: torch.Tensor) -> torch.Tensor:
        """A code (sounds, codebooks) for each of the logits; the same whoever else is drawn for."""
        if self.temperature == 0:
            return logits.argmax(-1)
        logits = (logits - logits.amax(-1, keepdim=True)) / self.temperature
        if self.top_k:
            least = logits.topk(min(self.top_k, logits.shape[-1])).values[..., -1:]
            logits = logits.masked_fill(logits < least, -torch.inf)
        each = [generator for generator in self.generators for _ in range(self.books)]
        return pick(torch.softmax(logits, -1).flatten(0, 1), each).view(-1, self.books)
