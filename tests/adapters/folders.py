"""Tiny random models in the standard formats, made in a second, for the real `from_pretrained` path."""

# pyright: reportArgumentType=false
# diffusers annotates tuple[str] where it takes a tuple of any length, and no None where it takes none

import json
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxPipeline,
    FluxTransformer2DModel,
    SD3Transformer2DModel,
    StableDiffusion3Pipeline,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from diffusers.pipelines.stable_diffusion import StableDiffusionSafetyChecker
from tokenizers.pre_tokenizers import ByteLevel
from transformers import (
    CLIPConfig,
    CLIPImageProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    T5Config,
    T5EncoderModel,
    T5Tokenizer,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz,0123456789"


def tokenizer(folder):
    """A CLIP tokenizer that knows single letters only."""
    letters = sorted(ByteLevel.alphabet())
    words = ["<|startoftext|>", "<|endoftext|>", *letters, *(letter + "</w>" for letter in letters)]
    folder.mkdir()
    (folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer.from_pretrained(folder, model_max_length=16), len(words)


def text_encoder(size, kind=CLIPTextModel, **more):
    return kind(
        CLIPTextConfig(
            vocab_size=size,
            hidden_size=16,
            intermediate_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            max_position_embeddings=16,
            **more,
        )
    )


def autoencoder(channels=4, **more):
    """Of which a latent is two pixels wide and high."""
    return AutoencoderKL(
        block_out_channels=(8, 8),
        norm_num_groups=4,
        latent_channels=channels,
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        **more,
    )


def denoiser(**more):
    return UNet2DConditionModel(
        sample_size=32,
        block_out_channels=(8, 16),
        layers_per_block=1,
        attention_head_dim=4,
        norm_num_groups=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        **more,
    )


def checker():
    """A safety checker that takes every picture for what it looks for, and what prepares pictures for it."""
    vision = dict(hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=32,
                  patch_size=16)  # fmt: skip
    made = StableDiffusionSafetyChecker(CLIPConfig(vision_config=vision, projection_dim=16))
    made.concept_embeds_weights.data.fill_(-2.0)  # a cosine is larger than that
    made.special_care_embeds_weights.data.fill_(2.0)
    return made, CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})


def stable_diffusion(folder, blocks=False):
    """A Stable Diffusion of 1 and 2's layout with random weights, 64 x 64 pixels. `blocks`: it brings a safety checker
    that lets no picture through."""
    torch.manual_seed(0)
    words, size = tokenizer(folder / "words")
    nothing: Any = None  # what the library takes for a part that is left out, though it does not say so
    safety, eyes = checker() if blocks else (nothing, nothing)
    pipe = StableDiffusionPipeline(
        unet=denoiser(cross_attention_dim=16),
        vae=autoencoder(),
        text_encoder=text_encoder(size),
        tokenizer=words,
        scheduler=DDIMScheduler(steps_offset=1, clip_sample=False),
        safety_checker=safety,
        feature_extractor=eyes,
        requires_safety_checker=blocks,
    )
    pipe.save_pretrained(folder / "model")
    return folder / "model"


def stable_diffusion_xl(folder):
    """Two text encoders, and what the second one makes of the whole."""
    torch.manual_seed(0)
    words, size = tokenizer(folder / "words")
    pipe = StableDiffusionXLPipeline(
        unet=denoiser(
            cross_attention_dim=32,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=16 + 6 * 8,
            transformer_layers_per_block=1,
            use_linear_projection=True,
        ),
        vae=autoencoder(),
        text_encoder=text_encoder(size),
        text_encoder_2=text_encoder(size, CLIPTextModelWithProjection, projection_dim=16),
        tokenizer=words,
        tokenizer_2=words,
        scheduler=EulerDiscreteScheduler(),
    )
    pipe.save_pretrained(folder / "model")
    return folder / "model"


def t5_tokenizer(context=64) -> Any:
    words = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("\u2581", -2.0), *((letter, -3.0) for letter in LETTERS)]
    return T5Tokenizer(words, extra_ids=0, model_max_length=context)


def t5_config(width=16) -> T5Config:
    return T5Config(vocab_size=64, d_model=width, d_kv=4, d_ff=16, num_layers=1, num_heads=2)


def stable_diffusion_3(folder):
    """A transformer that follows a flow, and three text encoders."""
    torch.manual_seed(0)
    words, size = tokenizer(folder / "words")
    clips = [text_encoder(size, CLIPTextModelWithProjection, projection_dim=16) for _ in range(2)]
    pipe = StableDiffusion3Pipeline(
        transformer=SD3Transformer2DModel(
            sample_size=32,
            patch_size=1,
            in_channels=4,
            num_layers=1,
            attention_head_dim=8,
            num_attention_heads=4,
            caption_projection_dim=32,
            joint_attention_dim=32,
            pooled_projection_dim=32,
            out_channels=4,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
        vae=autoencoder(shift_factor=0.06),
        text_encoder=clips[0],
        tokenizer=words,
        text_encoder_2=clips[1],
        tokenizer_2=words,
        text_encoder_3=T5EncoderModel(t5_config(32)),
        tokenizer_3=t5_tokenizer(),
    )
    pipe.save_pretrained(folder / "model")
    return folder / "model"


def flux(folder, guided=True):
    """Latents in rows and two text encoders. `guided`: guidance is a number that it was taught with, as in dev; not at
    all as in schnell."""
    torch.manual_seed(0)
    words, size = tokenizer(folder / "words")
    pipe = FluxPipeline(
        transformer=FluxTransformer2DModel(
            patch_size=1,
            in_channels=16,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=32,
            pooled_projection_dim=16,
            guidance_embeds=guided,
            axes_dims_rope=(4, 4, 8),
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=guided),
        vae=autoencoder(shift_factor=0.1, use_quant_conv=False, use_post_quant_conv=False),
        text_encoder=text_encoder(size),
        tokenizer=words,
        text_encoder_2=T5EncoderModel(t5_config(32)),
        tokenizer_2=t5_tokenizer(),
    )
    pipe.save_pretrained(folder / "model")
    return folder / "model"
