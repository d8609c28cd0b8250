"""A variational autoencoder of short melodies on a grid of steps; knows no music and nothing of its training.

Kingma and Welling 2013, "Auto-Encoding Variational Bayes" (arXiv:1312.6114), for melodies after Roberts et al. 2018,
"A Hierarchical Latent Vector Model for Learning Long-Term Structure in Music" (arXiv:1803.05428). Encoder and decoder
are transformers over beats, and the decoder gives all steps at once, so that a latent is heard in a few milliseconds.
"""

from dataclasses import dataclass

import torch
from torch import nn


@dataclass(frozen=True)
class Config:
    """Sizes: `tokens` a step may be, `steps` of a melody, steps of a `beat`; of the network; numbers of a `latent`."""

    tokens: int = 31
    steps: int = 32
    beat: int = 4
    width: int = 128
    heads: int = 4
    inner: int = 384
    layers: int = 1
    latent: int = 48
    embedding: int = 32

    @property
    def beats(self) -> int:
        return self.steps // self.beat


class MelodyVAE(nn.Module):
    """Melodies are integers (n, steps) from 0 to tokens - 1; latents (n, latent), in the prior all N(0, 1)."""

    def __init__(self, config: Config):
        super().__init__()
        self.config, flat = config, config.beats * config.width
        self.token_embedding = nn.Embedding(config.tokens, config.embedding)
        self.to_beats = nn.Linear(config.beat * config.embedding, config.width)
        self.position_embedding = nn.Parameter(0.02 * torch.randn(config.beats, config.width))
        self.encoder = _transformer(config)
        self.to_latent = nn.Linear(flat, 2 * config.latent)
        self.from_latent = nn.Linear(config.latent, flat)
        self.decoder = _transformer(config)
        self.to_logits = nn.Linear(config.width, config.beat * config.tokens)

    def encode(self, tokens: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and log variance (n, latent) of the latents that a melody may have come from."""
        beats = self.token_embedding(tokens).reshape(len(tokens), self.config.beats, -1)
        hidden = self.encoder(self.to_beats(beats) + self.position_embedding)
        mean, log_variance = self.to_latent(hidden.flatten(1)).chunk(2, dim=1)
        return mean, log_variance

    def decode(self, latents: torch.Tensor) -> torch.Tensor:
        """Logits (n, steps, tokens)."""
        hidden = self.decoder(self.from_latent(latents).reshape(-1, self.config.beats, self.config.width))
        return self.to_logits(hidden).reshape(-1, self.config.steps, self.config.tokens)


def drawn(mean: torch.Tensor, log_variance: torch.Tensor) -> torch.Tensor:
    """A latent of each normal distribution, through which gradients reach mean and variance."""
    return mean + torch.randn_like(mean) * (0.5 * log_variance).exp()


def _transformer(config: Config) -> nn.TransformerEncoder:
    layer = nn.TransformerEncoderLayer(
        config.width, config.heads, config.inner, 0.0, "gelu", batch_first=True, norm_first=True
    )
    return nn.TransformerEncoder(layer, config.layers, nn.LayerNorm(config.width), enable_nested_tensor=False)
