"""Tiny random language models in the standard formats, with a tokenizer trained on a few lines."""

from typing import Any

import torch
from tokenizers import Tokenizer
from tokenizers.decoders import ByteLevel as Decoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.processors import TemplateProcessing
from tokenizers.trainers import BpeTrainer
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    PreTrainedTokenizerFast,
    Qwen2Config,
    Qwen2ForCausalLM,
    T5Config,
    T5ForConditionalGeneration,
)

LINES = (
    "Once upon a time there was a little fox who lived in the deep dark forest.",
    "The owl said: do not be afraid, the night is long but the morning will come.",
    "def add(a, b):\n    return a + b\n",
    "What is the name of the river? It is the old river, and it sings.",
)
TURNS = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
NO_SYSTEM = "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
FILL = ("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>")


def tokenizer(*, marks=(), bos="", template="", context=64) -> Any:
    """A byte-level BPE tokenizer of about 300 tokens."""
    special = ["<|endoftext|>", *([bos] if bos else []), "<|im_start|>", "<|im_end|>", *marks]
    words: Any = Tokenizer(BPE())
    words.pre_tokenizer, words.decoder = ByteLevel(add_prefix_space=False), Decoder()
    trainer: Any = BpeTrainer(
        vocab_size=256 + 40 + len(special),
        special_tokens=special,
        initial_alphabet=ByteLevel.alphabet(),
        show_progress=False,
    )
    words.train_from_iterator(LINES, trainer)
    if bos:
        words.post_processor = TemplateProcessing(
            single=f"{bos} $A", pair=f"{bos} $A $B", special_tokens=[(bos, words.token_to_id(bos))]
        )
    made = PreTrainedTokenizerFast(
        tokenizer_object=words, eos_token="<|endoftext|>", bos_token=bos or None, model_max_length=context
    )
    made.chat_template = template or None
    return made


def sizes(words, context=64) -> dict[str, Any]:
    return dict(
        vocab_size=len(words),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=context,
        eos_token_id=words.eos_token_id,
        bos_token_id=words.bos_token_id,
    )


def saved(folder, model, words, spread=4.0):
    """Written to `folder`; the head is scaled so that the model has opinions."""
    with torch.no_grad():
        model.get_output_embeddings().weight *= spread
    model.generation_config.eos_token_id = words.eos_token_id
    model.save_pretrained(folder)
    words.save_pretrained(folder)
    return folder


def llama(folder, context=64, **options):
    torch.manual_seed(0)
    words = tokenizer(bos="<s>", context=context, **options)
    return saved(folder, LlamaForCausalLM(LlamaConfig(**sizes(words, context), tie_word_embeddings=False)), words)


def qwen(folder, context=96):
    """With chat and gaps to fill."""
    torch.manual_seed(1)
    words = tokenizer(marks=FILL, template=TURNS, context=context)
    return saved(folder, Qwen2ForCausalLM(Qwen2Config(**sizes(words, context), tie_word_embeddings=False)), words)


def mistral(folder):
    """With a sliding window of 8 tokens."""
    torch.manual_seed(2)
    words = tokenizer(template=NO_SYSTEM + TURNS)
    config = MistralConfig(**sizes(words), sliding_window=8, tie_word_embeddings=False)
    return saved(folder, MistralForCausalLM(config), words)


def gpt2(folder):
    torch.manual_seed(3)
    words = tokenizer()
    config = GPT2Config(
        vocab_size=len(words),
        n_positions=64,
        n_embd=32,
        n_layer=2,
        n_head=4,
        eos_token_id=words.eos_token_id,
        bos_token_id=words.eos_token_id,
        tie_word_embeddings=False,
    )
    return saved(folder, GPT2LMHeadModel(config), words, spread=20.0)


def t5(folder):
    words = tokenizer()
    config = T5Config(vocab_size=len(words), d_model=16, d_kv=4, d_ff=16, num_layers=1, num_heads=2)
    T5ForConditionalGeneration(config).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder
