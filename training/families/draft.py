"""What the draft decoder learns: pictures from latents, as the full decoder does; knows no family."""

from pathlib import Path

import torch

from playground.nets.draft_decoder import DraftDecoder
from training.families.data import autoencoder
from training.loop import Task, simple
from training.poster import decoder
from training.poster.autoencoder import picture_loss
from training.poster.latents import as_tensor


def begin(work: Path) -> Task[DraftDecoder]:
    """On crops of true pictures. It gets latents of unit variance, as the families make them."""
    examples, model = decoder.Examples(work, scale=1.0), DraftDecoder()

    def next_loss() -> torch.Tensor:
        codes, pictures = examples.next()
        return picture_loss(model(codes + decoder.NOISE * torch.randn_like(codes)) - pictures)

    whole = as_tensor(examples.pictures[:64].copy())
    return simple(model, next_loss, lambda average: told(average, examples.latents[:64].float(), whole))


@torch.inference_mode()
def told(model: DraftDecoder, latents: torch.Tensor, pictures: torch.Tensor) -> str:
    error = ((model(latents).clamp(-1, 1) - pictures) / 2).square().mean()
    return f"{-10 * error.log10():.2f} dB; the full decoder {full(latents, pictures):.2f}"


def full(latents: torch.Tensor, pictures: torch.Tensor) -> float:
    model = autoencoder()
    decoded = torch.cat([model.decoder(part / model.config["scaling_factor"]) for part in latents.split(16)])
    return float(-10 * ((decoded.clamp(-1, 1) - pictures) / 2).square().mean().log10())
