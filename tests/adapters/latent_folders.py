"""Tiny families with random weights in the folders that the trainings write."""

import json
from pathlib import Path

import torch
from diffusers import AutoencoderTiny
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

from playground.catalog import Model
from playground.nets.dense_vae import DenseVAE
from playground.nets.draft_decoder import DraftDecoder
from playground.nets.glow import Glow
from playground.nets.stylegan2 import Generator
from playground.nets.vqvae import VQVAE
from training.tokens import words

CHANNELS = 4
KINDS = {
    "vae": (DenseVAE, "LatentVAE", dict(channels=CHANNELS, size=16, latent=6, widths=(8, 8))),
    "vqvae": (VQVAE, "LatentVQVAE", dict(channels=CHANNELS, widths=(8, 8), levels=(4, 3))),
    "glow": (Glow, "LatentGlow", dict(channels=CHANNELS, levels=2, steps=1, hidden=(8, 8))),
    "gan": (
        Generator,
        "LatentGAN",
        dict(z_dim=6, c_dim=3, w_dim=8, img_channels=CHANNELS, widths=(8, 8, 8), mapping_layers=2),
    ),
}


def shared(folder: Path) -> None:
    """What all families of a folder share: autoencoder, draft decoder, neighbours."""
    torch.manual_seed(0)
    widths = (8,) * 5
    autoencoder = AutoencoderTiny(
        latent_channels=CHANNELS,
        encoder_block_out_channels=widths,
        decoder_block_out_channels=widths,
        num_encoder_blocks=(0, 0, 0, 0, 1),
        num_decoder_blocks=(1, 0, 0, 0, 0),
    )
    with torch.no_grad():
        for name, weight in autoencoder.named_parameters():
            if weight.ndim == 4:
                weight.mul_(1.6 if "decoder" in name else 2.5)  # or all its pictures would be the same grey one
    autoencoder.save_pretrained(folder / "autoencoder")
    write(folder / "draft", DraftDecoder, dict(channels=CHANNELS, widths=(8, 8, 8), blocks=(1, 1, 1)))
    (folder / "scenes").mkdir()
    save_file({"latents": torch.randn(5, 16 * CHANNELS)}, folder / "scenes" / "neighbours.safetensors")


def write(folder: Path, kind: type[torch.nn.Module], settings: dict) -> torch.nn.Module:
    folder.mkdir()
    net = kind(**settings)
    shared = {"autoencoder": "../autoencoder", "draft": "../draft", "neighbours": "../scenes"}
    (folder / "config.json").write_text(json.dumps({**shared, "net": settings}))
    save_file({name: weight.contiguous() for name, weight in net.state_dict().items()}, folder / "model.safetensors")
    return net


def family(folder: Path, name: str) -> Model:
    kind, adapter, settings = KINDS[name]
    write(folder / name, kind, settings)
    if name != "vqvae":
        size = {"vae": 6, "glow": 16 * 16 * CHANNELS, "gan": 6 * 8}[name]
        rows = {"night": torch.randn(size), "component 1": torch.randn(size)}
        save_file(rows, folder / name / "directions.safetensors")
    return Model(name, "latent", name, name.upper(), f"latent_{name}:{adapter}", str(folder / name))


def prior(folder: Path) -> None:
    """`tokens` in the folder: what writes the codes of the family `vqvae` there."""
    tokenizer = words.make(folder / "tokens", codes=12)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=16, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=128, initializer_range=0.5,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder / "tokens")
    facts = {"vqvae": "../vqvae", "rows": 8, "columns": 8, "picture": words.PICTURE, "first": "<0>"}
    (folder / "tokens" / "codes.json").write_text(json.dumps(facts))
