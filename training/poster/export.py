"""Writes the trained networks as a standard diffusers folder in half precision; knows nothing of training."""

import json
from pathlib import Path

import torch
from diffusers import AutoencoderTiny, StableDiffusionPipeline, UNet2DConditionModel
from torch import nn
from transformers import CLIPTextModel, CLIPTokenizer

from training.poster.diffusion import make_scheduler
from training.scenes.captions import vocabulary


def export(
    folder: Path,
    autoencoder: AutoencoderTiny,
    unet: UNet2DConditionModel,
    text_encoder: CLIPTextModel,
    tokenizer: CLIPTokenizer,
) -> None:
    """Save a StableDiffusionPipeline that the three AutoPipelines load, and the words it knows beside it."""
    unet.set_default_attn_processor()
    for network in (autoencoder, unet, text_encoder):
        nn.Module.to(network, torch.float16)
    pipeline = StableDiffusionPipeline(
        vae=autoencoder,  # pyright: ignore[reportArgumentType]  # the tiny one has the same interface
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=make_scheduler(),  # pyright: ignore[reportArgumentType]  # any scheduler of diffusers will do
        safety_checker=None,  # pyright: ignore[reportArgumentType]  # may be left out, though not declared so
        feature_extractor=None,  # pyright: ignore[reportArgumentType]  # as above
        requires_safety_checker=False,
    )
    pipeline.save_pretrained(folder, safe_serialization=True)
    forget_origins(folder)
    write_words(folder)


def forget_origins(folder: Path) -> None:
    """Take out where on the training machine each part was loaded from."""
    for path in folder.rglob("*.json"):
        told = json.loads(path.read_text("utf-8"))
        if isinstance(told, dict) and told.pop("_name_or_path", None) is not None:
            path.write_text(json.dumps(told, indent=2) + "\n", "utf-8")


def write_words(folder: Path, promised: tuple[str, ...] = ()) -> None:
    """`words.json`: what the model was taught. `promised` adds attributes that only measured models promise."""
    words = vocabulary()
    if "position" not in promised:
        words["positions"] = []
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.json").write_text(json.dumps(words, indent=2) + "\n")
