"""Tiny random models of more families of pictures, in the standard formats."""

# pyright: reportArgumentType=false
# diffusers annotates tuple[str] where it takes a tuple of any length, and no None where it takes none

from typing import Any

import torch
from diffusers import (
    AutoencoderDC,
    DDIMScheduler,
    DDPMScheduler,
    DPMSolverMultistepScheduler,
    Kandinsky3Pipeline,
    Kandinsky3UNet,
    KandinskyV22CombinedPipeline,
    PixArtSigmaPipeline,
    PixArtTransformer2DModel,
    PriorTransformer,
    SanaPipeline,
    SanaTransformer2DModel,
    UnCLIPScheduler,
    UNet2DConditionModel,
    VQModel,
)
from transformers import (
    CLIPImageProcessor,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    Gemma2Config,
    Gemma2Model,
    T5EncoderModel,
)

from tests.adapters import folders


def saved(pipe, folder):
    pipe.save_pretrained(folder / "model")
    return folder / "model"


def pixart(folder):
    """It has the older kind of callback."""
    torch.manual_seed(0)
    transformer = PixArtTransformer2DModel(
        sample_size=8,
        num_layers=1,
        patch_size=2,
        attention_head_dim=8,
        num_attention_heads=3,
        caption_channels=32,
        in_channels=4,
        cross_attention_dim=24,
        out_channels=8,
        use_additional_conditions=False,
    )
    pipe = PixArtSigmaPipeline(
        transformer=transformer,
        vae=folders.autoencoder(),
        scheduler=DPMSolverMultistepScheduler(),
        text_encoder=T5EncoderModel(folders.t5_config(32)),
        tokenizer=folders.t5_tokenizer(),
    )
    return saved(pipe, folder)


def sana(folder):
    """It has an autoencoder of another kind and a text encoder that is a language model."""
    torch.manual_seed(0)
    transformer = SanaTransformer2DModel(
        patch_size=1,
        in_channels=4,
        out_channels=4,
        num_layers=1,
        num_attention_heads=2,
        attention_head_dim=4,
        num_cross_attention_heads=2,
        cross_attention_head_dim=4,
        cross_attention_dim=8,
        caption_channels=8,
        sample_size=32,
    )
    blocks: dict[str, Any] = {}
    for side in ("encoder", "decoder"):
        blocks |= {
            f"{side}_block_types": ("ResBlock", "EfficientViTBlock"),
            f"{side}_block_out_channels": (8, 8),
            f"{side}_qkv_multiscales": ((), (5,)),
            f"{side}_layers_per_block": (1, 1),
        }
    reader = Gemma2Config(
        head_dim=16,
        hidden_size=8,
        intermediate_size=16,
        num_attention_heads=2,
        num_hidden_layers=1,
        num_key_value_heads=2,
        vocab_size=64,
    )
    pipe = SanaPipeline(
        transformer=transformer,
        vae=AutoencoderDC(
            latent_channels=4,
            attention_head_dim=2,
            downsample_block_type="conv",
            upsample_block_type="interpolate",
            **blocks,
        ),
        scheduler=DPMSolverMultistepScheduler(use_flow_sigmas=True, prediction_type="flow_prediction", flow_shift=3.0),
        text_encoder=Gemma2Model(reader),
        tokenizer=folders.t5_tokenizer(),
    )
    return saved(pipe, folder)


def movq(halvings):
    """Of which a latent is 2 ** halvings pixels wide and high."""
    return VQModel(
        block_out_channels=(32,) * halvings + (64,),
        down_block_types=("DownEncoderBlock2D",) * halvings + ("AttnDownEncoderBlock2D",),
        up_block_types=("AttnUpDecoderBlock2D", *("UpDecoderBlock2D",) * halvings),
        latent_channels=4,
        norm_num_groups=8,
        norm_type="spatial",
        num_vq_embeddings=12,
        vq_embed_dim=4,
    )


def kandinsky_3(folder):
    """It turns its latents into pictures itself."""
    torch.manual_seed(0)
    unet = Kandinsky3UNet(
        in_channels=4,
        time_embedding_dim=4,
        groups=2,
        attention_head_dim=4,
        layers_per_block=3,
        block_out_channels=(32, 64),
        cross_attention_dim=4,
        encoder_hid_dim=32,
    )
    pipe = Kandinsky3Pipeline(
        tokenizer=folders.t5_tokenizer(),
        text_encoder=T5EncoderModel(folders.t5_config(32)),
        unet=unet,
        scheduler=DDPMScheduler(),
        movq=movq(3),  # as the pipeline takes for granted
    )
    return saved(pipe, folder)


def kandinsky_2(folder):
    """Two pipelines in one folder: words become the embedding of a picture, and that a picture."""
    torch.manual_seed(0)
    words, size = folders.tokenizer(folder / "words")
    sizes = dict(hidden_size=16, intermediate_size=16, num_attention_heads=2, num_hidden_layers=1, projection_dim=16)
    prior = PriorTransformer(
        num_attention_heads=2, attention_head_dim=8, embedding_dim=16, num_layers=1, num_embeddings=16
    )
    prior.clip_std = torch.nn.Parameter(torch.ones(prior.clip_std.shape))
    unet = UNet2DConditionModel(
        in_channels=4,
        out_channels=8,
        addition_embed_type="image",
        down_block_types=("ResnetDownsampleBlock2D", "SimpleCrossAttnDownBlock2D"),
        up_block_types=("SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D"),
        mid_block_type="UNetMidBlock2DSimpleCrossAttn",
        block_out_channels=(32, 64),
        layers_per_block=1,
        encoder_hid_dim=16,
        encoder_hid_dim_type="image_proj",
        cross_attention_dim=16,
        attention_head_dim=4,
        resnet_time_scale_shift="scale_shift",
        sample_size=32,
    )
    pipe = KandinskyV22CombinedPipeline(
        unet=unet,
        scheduler=DDIMScheduler(),
        movq=movq(1),
        prior_prior=prior,
        prior_image_encoder=CLIPVisionModelWithProjection(CLIPVisionConfig(image_size=32, patch_size=16, **sizes)),
        prior_text_encoder=folders.text_encoder(size, CLIPTextModelWithProjection, projection_dim=16),
        prior_tokenizer=words,
        prior_scheduler=UnCLIPScheduler(variance_type="fixed_small_log", prediction_type="sample"),
        prior_image_processor=CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}),
    )
    return saved(pipe, folder)
