"""Tiny random models of sound in the standard formats, as the Hub has them, with tokenizers that know letters."""

# pyright: reportArgumentType=false
# diffusers annotates tuple[str] where it takes a tuple of any length, and less than it takes elsewhere

import json
import warnings
from typing import Any

import torch
from diffusers import (
    AudioLDM2Pipeline,
    AudioLDM2UNet2DConditionModel,
    AutoencoderKL,
    AutoencoderOobleck,
    DDIMScheduler,
    EDMDPMSolverMultistepScheduler,
    MusicLDMPipeline,
    StableAudioDiTModel,
    StableAudioPipeline,
    UNet2DConditionModel,
)
from diffusers.pipelines.audioldm2 import AudioLDM2ProjectionModel
from diffusers.pipelines.stable_audio import StableAudioProjectionModel
from transformers import (
    ClapConfig,
    ClapFeatureExtractor,
    ClapModel,
    EncodecConfig,
    GPT2Config,
    GPT2LMHeadModel,
    GPT2Model,
    MusicgenConfig,
    MusicgenDecoderConfig,
    MusicgenForConditionalGeneration,
    MusicgenMelodyConfig,
    MusicgenMelodyDecoderConfig,
    MusicgenMelodyForConditionalGeneration,
    RobertaTokenizerFast,
    SpeechT5HifiGan,
    SpeechT5HifiGanConfig,
    T5EncoderModel,
)

from tests.adapters.folders import LETTERS, t5_config, t5_tokenizer

RATE, FRAMES, BOOKS, CODES = 8000, 25, 4, 32
"""Samples and frames a second of the tiny codec, its codebooks and the codes in each."""


def roberta_tokenizer(context=32) -> Any:
    words = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "\u0120", *LETTERS]
    return RobertaTokenizerFast({word: i for i, word in enumerate(words)}, [], model_max_length=context)


def codec_config() -> EncodecConfig:
    return EncodecConfig(
        sampling_rate=RATE,
        upsampling_ratios=[5, 4, 4, 4],
        num_filters=4,
        hidden_size=8,
        codebook_size=CODES,
        codebook_dim=8,
        num_lstm_layers=1,
        target_bandwidths=[FRAMES * BOOKS * 5 / 1000],  # five bits a code
    )


def decoder_sizes(channels=1) -> dict[str, Any]:
    return dict(
        vocab_size=CODES,
        hidden_size=16,
        ffn_dim=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_codebooks=BOOKS * channels,
        audio_channels=channels,
        pad_token_id=CODES,
        bos_token_id=CODES,
        max_position_embeddings=256,
        dropout=0.0,
    )


def saved(folder, model, window):
    """Written to `folder`, with codes that tell sounds apart and opinions about which come next."""
    with torch.no_grad():
        for name, weight in model.audio_encoder.named_parameters():
            weight *= 0.0 if name.endswith("conv.bias") else 2.0 if name.endswith("original0") else 1.0
        codes = model.audio_encoder.encoder(torch.randn(1, 1, CODES * RATE // FRAMES))[0].T
        for layer in model.audio_encoder.quantizer.layers:
            layer.codebook.embed.copy_(codes)
            codes = (codes - codes.mean(0)) / 2
        for head in model.decoder.lm_heads:
            head.weight *= 20
    model.generation_config.update(
        max_length=window, do_sample=True, guidance_scale=3.0, pad_token_id=CODES, decoder_start_token_id=CODES
    )
    model.save_pretrained(folder)
    t5_tokenizer().save_pretrained(folder)
    return folder


def musicgen(folder, channels=1, window=50):
    """Two seconds of sound at most at once."""
    torch.manual_seed(0)
    config = MusicgenConfig(
        text_encoder=t5_config().to_dict(),
        audio_encoder=codec_config().to_dict(),
        decoder=MusicgenDecoderConfig(**decoder_sizes(channels)).to_dict(),
    )
    return saved(folder, MusicgenForConditionalGeneration(config), window)


def musicgen_melody(folder, window=50):
    torch.manual_seed(1)
    config = MusicgenMelodyConfig(
        text_encoder=t5_config().to_dict(),
        audio_encoder=codec_config().to_dict(),
        decoder=MusicgenMelodyDecoderConfig(**decoder_sizes()).to_dict(),
        chroma_length=8,
    )
    model = MusicgenMelodyForConditionalGeneration(config)
    with torch.no_grad():
        model.audio_enc_to_dec_proj.weight *= 50  # or the melody would hardly be heard
    return saved(folder, model, window)


def as_on_the_hub(folder, part, name, config=None):
    """Have the folder's index name another class for a part, as older folders do; and its config, if it is given."""
    index = json.loads((folder / "model_index.json").read_text())
    index[part] = [index[part][0], name]
    (folder / "model_index.json").write_text(json.dumps(index))
    if config:
        (folder / part / f"{part}_config.json").write_text(json.dumps({"_class_name": name, **config}))


COSINE = dict(  # of stabilityai/stable-audio-open-1.0
    euler_at_final=False,
    final_sigmas_type="zero",
    lower_order_final=True,
    num_train_timesteps=1000,
    prediction_type="v_prediction",
    rho=7.0,
    sigma_data=1.0,
    sigma_max=500,
    sigma_min=0.3,
    sigma_schedule="exponential",
    solver_order=2,
    solver_type="midpoint",
)


def stable_audio(folder):
    """Two seconds of stereo sound at most, with the scheduler of Stable Audio Open."""
    torch.manual_seed(2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # diffusers uses an older way to normalise weights
        vae = AutoencoderOobleck(
            encoder_hidden_size=6,
            downsampling_ratios=[4, 4, 10],
            channel_multiples=[1, 2, 2],
            decoder_channels=3,
            decoder_input_channels=3,
            sampling_rate=RATE,
        )
    transformer = StableAudioDiTModel(
        sample_size=100,
        in_channels=3,
        out_channels=3,
        num_layers=1,
        attention_head_dim=8,
        num_attention_heads=2,
        num_key_value_attention_heads=2,
        cross_attention_dim=16,
        cross_attention_input_dim=16,
        global_states_input_dim=32,
        time_proj_dim=8,
    )
    StableAudioPipeline(
        vae=vae,
        text_encoder=T5EncoderModel(t5_config()),
        projection_model=StableAudioProjectionModel(
            text_encoder_dim=16, conditioning_dim=16, min_value=0, max_value=32
        ),
        tokenizer=t5_tokenizer(),
        transformer=transformer,
        scheduler=EDMDPMSolverMultistepScheduler(),
    ).save_pretrained(folder)
    as_on_the_hub(folder, "scheduler", "CosineDPMSolverMultistepScheduler", COSINE)
    return folder


def clap() -> ClapModel:
    sizes = dict(hidden_size=16, intermediate_size=16, num_attention_heads=1, num_hidden_layers=1, projection_dim=16)
    audio = dict(
        spec_size=8,
        window_size=4,
        num_mel_bins=8,
        depths=[1, 1],
        num_attention_heads=[1, 1],
        num_hidden_layers=1,
        hidden_size=192,
        intermediate_size=16,
        projection_dim=16,
        patch_size=2,
        patch_stride=2,
        patch_embed_input_channels=4,
    )
    text = {**sizes, "vocab_size": 64, "max_position_embeddings": 64}
    return ClapModel(ClapConfig(text_config=text, audio_config=audio, projection_dim=16))


def spectrogram_parts() -> dict[str, Any]:
    """What AudioLDM2 and MusicLDM share: spectrograms of 8 bands, 250 of them a second."""
    blocks = dict(block_out_channels=(8, 16), norm_num_groups=8)
    return dict(
        vae=AutoencoderKL(
            **blocks,
            in_channels=1,
            out_channels=1,
            latent_channels=4,
            down_block_types=("DownEncoderBlock2D",) * 2,
            up_block_types=("UpDecoderBlock2D",) * 2,
        ),
        text_encoder=clap(),
        tokenizer=roberta_tokenizer(),
        feature_extractor=ClapFeatureExtractor(feature_size=8, hop_length=480),
        scheduler=DDIMScheduler(
            beta_start=0.0015,
            beta_end=0.0195,
            beta_schedule="scaled_linear",
            clip_sample=False,
            set_alpha_to_one=False,
            steps_offset=1,
        ),
        vocoder=SpeechT5HifiGan(
            SpeechT5HifiGanConfig(
                model_in_dim=8,
                sampling_rate=RATE,
                upsample_initial_channel=16,
                upsample_rates=[8, 4],
                upsample_kernel_sizes=[16, 8],
                resblock_kernel_sizes=[3],
                resblock_dilation_sizes=[[1, 3]],
                initializer_range=0.3,
                normalize_before=False,
            )
        ),
    )


def audioldm2(folder):
    """One second of sound is what it learned from."""
    torch.manual_seed(3)
    config = GPT2Config(n_embd=16, n_head=1, n_layer=1, vocab_size=64, n_positions=99)
    config.max_new_tokens = 4  # which the pipeline looks for
    language = GPT2LMHeadModel(config)
    parts = spectrogram_parts()
    AudioLDM2Pipeline(
        **parts,
        text_encoder_2=T5EncoderModel(t5_config()),
        tokenizer_2=t5_tokenizer(),
        projection_model=AudioLDM2ProjectionModel(text_encoder_dim=16, text_encoder_1_dim=16, langauge_model_dim=16),
        language_model=language,
        unet=AudioLDM2UNet2DConditionModel(
            block_out_channels=(8, 16),
            norm_num_groups=8,
            layers_per_block=1,
            sample_size=125,
            in_channels=4,
            out_channels=4,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=(16, 16),
        ),
    ).save_pretrained(folder)
    GPT2Model.from_pretrained(folder / "language_model").save_pretrained(folder / "language_model")
    as_on_the_hub(folder, "language_model", "GPT2Model")
    return folder


def musicldm(folder):
    torch.manual_seed(4)
    MusicLDMPipeline(
        **spectrogram_parts(),
        unet=UNet2DConditionModel(
            block_out_channels=(8, 16),
            norm_num_groups=8,
            layers_per_block=1,
            sample_size=125,
            in_channels=4,
            out_channels=4,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=(8, 16),  # that of each block, so that it listens to itself
            class_embed_type="simple_projection",
            projection_class_embeddings_input_dim=16,
            class_embeddings_concat=True,
        ),
    ).save_pretrained(folder)
    return folder
