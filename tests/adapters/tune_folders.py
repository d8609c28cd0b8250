"""A tiny random model of lead sheets in the standard format of transformers."""

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from playground.media.tune_tokens import BEGIN, END, PAD, VOCABULARY


def tune(folder, words=VOCABULARY):
    known = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token=PAD))
    known.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    PreTrainedTokenizerFast(tokenizer_object=known, bos_token=BEGIN, eos_token=END, pad_token=PAD).save_pretrained(
        folder
    )
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(words), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder
