"""Tiny random models in the standard formats, made in a second, for the real `from_pretrained` path."""

# pyright: reportArgumentType=false
# diffusers annotates tuple[str] where it takes a tuple of any length, and no None where it takes none

import json
from typing import Any

import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from tokenizers.pre_tokenizers import ByteLevel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer


def tokenizer(folder):
    """A CLIP tokenizer that knows single letters only."""
    letters = sorted(ByteLevel.alphabet())
    words = ["<|startoftext|>", "<|endoftext|>", *letters, *(letter + "</w>" for letter in letters)]
    folder.mkdir()
    (folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer.from_pretrained(folder, model_max_length=16), len(words)


def stable_diffusion(folder):
    """A Stable Diffusion of 1 and 2's layout with random weights, 64 x 64 pixels."""
    torch.manual_seed(0)
    words, size = tokenizer(folder / "words")
    nothing: Any = None  # what the library takes for a part that is left out, though it does not say so
    pipe = StableDiffusionPipeline(
        unet=UNet2DConditionModel(
            sample_size=32,
            block_out_channels=(8, 16),
            layers_per_block=1,
            cross_attention_dim=16,
            attention_head_dim=4,
            norm_num_groups=4,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        ),
        vae=AutoencoderKL(
            block_out_channels=(8, 8),
            norm_num_groups=4,
            latent_channels=4,
            down_block_types=("DownEncoderBlock2D",) * 2,
            up_block_types=("UpDecoderBlock2D",) * 2,
        ),
        text_encoder=CLIPTextModel(
            CLIPTextConfig(
                vocab_size=size,
                hidden_size=16,
                intermediate_size=16,
                num_hidden_layers=1,
                num_attention_heads=2,
                max_position_embeddings=16,
            )
        ),
        tokenizer=words,
        scheduler=DDIMScheduler(steps_offset=1, clip_sample=False),
        safety_checker=nothing,
        feature_extractor=nothing,
        requires_safety_checker=False,
    )
    pipe.save_pretrained(folder / "model")
    return folder / "model"
