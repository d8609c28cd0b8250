"""Loads a language model and its tokenizer from a local folder, and refuses others; knows no prompt and no answer."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging

from playground.catalog import Model
from playground.errors import Refused

WRITERS = ("ForCausalLM", "LMHeadModel")
"""How classes of models that go on with a text are named."""

VOCABULARIES = ("tokenizer.json", "spiece.model", "vocab.json")
"""Where the tokenizers of text encoders have their words."""

TOO_LARGE = 0.9
"""The share of a device's memory from which on weights are spread over several devices."""


def load_tokenizer(model: Model) -> Any:
    """The tokenizer of the folder; Refused if it has none that can be used."""
    try:
        return AutoTokenizer.from_pretrained(model.source, local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, KeyError, ImportError, json.JSONDecodeError) as error:
        raise Refused(f"{model.title} has no tokenizer that can be used here; its folder is not complete.") from error


def has_words(folder: Path) -> bool:
    """Whether a text encoder's tokenizer in `folder` has its words; without them the library makes up an empty one."""
    return any((folder / name).is_file() for name in VOCABULARIES)


def load_model(model: Model, device: str) -> Any:
    """The model, ready to be asked on `device`; Refused if it is not one that goes on with a text."""
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    folder = Path(model.source)
    check(model, folder)
    dtype = dtype_of(device)
    weights = sum(path.stat().st_size for path in folder.glob("*.safetensors"))
    place = "auto" if larger_than_device(weights, device) else {"": device}
    result: Any = AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=dtype,
        device_map=place,
        local_files_only=True,
        use_safetensors=True,
        trust_remote_code=False,
        ignore_mismatched_sizes=True,  # they are told below, in a sentence
        output_loading_info=True,
    )
    loaded, found = result
    check_weights(model, found)
    if not supports_cache(loaded):
        raise Refused(f"{model.title} keeps its memory of a text in a way that Playground cannot use yet.")
    return loaded.eval()


def supports_cache(loaded: Any) -> bool:
    """Whether it can be asked with the cache that grows by one place a token."""
    return loaded._supports_default_dynamic_cache()


def check(model: Model, folder: Path) -> None:
    """Refuse what is not a causal language model in safetensors."""
    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, KeyError, json.JSONDecodeError) as error:
        raise Refused(
            f"{model.title} is of a kind that Playground cannot load: it is not known, or it needs code of its own."
        ) from error
    made_for = (config.architectures or ["nothing that it names"])[0]
    if config.is_encoder_decoder:
        raise Refused(
            f"{model.title} turns one text into another ({config.model_type}) and cannot go on with a text; "
            "choose a causal language model."
        )
    if not any(made_for.endswith(ending) for ending in WRITERS):
        raise Refused(f"{model.title} is made for {made_for} and does not write; choose a causal language model.")
    if not any(folder.glob("*.safetensors")):
        raise Refused(
            f"{model.title} has no weights in safetensors; other formats can hide programs and are not loaded."
        )


def check_weights(model: Model, found: Mapping[str, Any]) -> None:
    """Refuse weights that are not all there or not of this model: the library puts random numbers in their place.

    `found` is what the library tells of loading; a weight that is tied to another is not missing.
    """
    wrong = sorted({*found["missing_keys"], *(name for name, *_ in found["mismatched_keys"])})
    if wrong:
        raise Refused(
            f"{model.title} lacks {len(wrong)} of its weights, or has them in another size ({wrong[0]} is the first); "
            "its files are damaged or of two models: get them again."
        )


def dtype_of(device: str) -> torch.dtype:
    """Full numbers on a CPU, which is slow with half ones; half ones elsewhere, the safer kind where it is known."""
    if device == "cpu":
        return torch.float32
    return torch.bfloat16 if device.startswith("cuda") and torch.cuda.is_bf16_supported() else torch.float16


def larger_than_device(weights: int, device: str) -> bool:
    """Whether `weights` bytes do not fit on this one device; a CPU has no other to share with."""
    if not device.startswith("cuda"):
        return False
    return weights > TOO_LARGE * torch.cuda.get_device_properties(device).total_memory


def ends_of(model: Any, tokenizer: Any) -> list[int]:
    """The tokens that end a text."""
    ends = model.generation_config.eos_token_id if model.generation_config else None
    ends = ends if isinstance(ends, list) else [ends]
    return [end for end in {*ends, tokenizer.eos_token_id} if end is not None]
