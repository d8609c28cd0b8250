"""Tiny random models of sound in the standard formats, with a tokenizer that knows letters."""

from typing import Any

import torch
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from tokenizers.processors import TemplateProcessing
from transformers import (
    EncodecConfig,
    MusicgenConfig,
    MusicgenDecoderConfig,
    MusicgenForConditionalGeneration,
    MusicgenMelodyConfig,
    MusicgenMelodyDecoderConfig,
    MusicgenMelodyForConditionalGeneration,
    PreTrainedTokenizerFast,
    T5Config,
)

RATE, FRAMES, BOOKS, CODES = 8000, 25, 4, 32
"""Samples and frames a second of the tiny codec, its codebooks and the codes in each."""
LETTERS = "abcdefghijklmnopqrstuvwxyz ,0123456789"


def tokenizer(context=64) -> Any:
    """A token a letter, with an end as T5 has it."""
    words = ["<pad>", "</s>", "<unk>", *LETTERS]
    known: Any = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    known.pre_tokenizer = Split(Regex("."), "isolated")
    known.post_processor = TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(
        tokenizer_object=known, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=context
    )


def t5_config(width=16) -> T5Config:
    return T5Config(vocab_size=64, d_model=width, d_kv=4, d_ff=16, num_layers=1, num_heads=2)


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
    tokenizer().save_pretrained(folder)
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
