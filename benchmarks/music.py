"""python -m benchmarks.music: 16 bars composed and played, and MusicGen, through the door beside the bare parts."""

import argparse
import statistics
import string
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    EncodecConfig,
    MusicgenConfig,
    MusicgenDecoderConfig,
    MusicgenForConditionalGeneration,
    T5Config,
    T5Tokenizer,
)
from transformers.utils import logging

from playground import hub
from playground.catalog import MODELS, Model, find
from playground.engine import Engine
from playground.events import Output
from playground.gpu import Manager
from playground.gpu.local import Local
from playground.media import synth
from playground.media.abc_read import read_one
from playground.media.arrange import arrange

SAID = "a calm waltz"
ASKED = dict(prompt="a happy pop song in C major, 100 bpm, 16 bars")


def bare_words(folder, words: int):
    """transformers' generate alone, without grammar; seconds for so many tokens."""
    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    start = tokenizer("begin mood_happy style_pop mode_major metre_4/4 tempo_2 bar_16", return_tensors="pt")

    def write() -> float:
        started = time.perf_counter()
        with torch.inference_mode():
            model.generate(
                input_ids=start.input_ids,
                attention_mask=start.attention_mask,
                do_sample=True,
                min_new_tokens=words,
                max_new_tokens=words,
            )
        return time.perf_counter() - started

    return write


def composed(engine: Engine, key: str, seed: int, **asked: Any) -> tuple[float, str]:
    """(seconds until the sound is there, the tune)."""
    started = time.perf_counter()
    values = asked or ASKED
    outputs = [event for event in engine.generate(key, seed=seed, **values) if isinstance(event, Output)]
    return time.perf_counter() - started, outputs[0].recipe["facts"]["abc"]


def musicgen(folder: Path) -> Model:
    """A row for a small MusicGen with random weights, written to `folder`: its speed is not in what they say."""
    codec = EncodecConfig(
        sampling_rate=32000,
        upsampling_ratios=[8, 5, 4, 4],
        target_bandwidths=[2.2],
        num_filters=8,
        hidden_size=32,
        codebook_dim=32,
        codebook_size=2048,
    )
    decoder = MusicgenDecoderConfig(hidden_size=128, ffn_dim=512, num_hidden_layers=6, num_attention_heads=4)
    text = T5Config(vocab_size=32, d_model=64, d_ff=128, num_layers=2)
    parts = dict(text_encoder=text.to_dict(), audio_encoder=codec.to_dict(), decoder=decoder.to_dict())
    model: Any = MusicgenForConditionalGeneration(MusicgenConfig.from_dict(parts))
    for layer in model.audio_encoder.quantizer.layers:
        layer.codebook.embed.normal_()
    model.generation_config.update(pad_token_id=2048, decoder_start_token_id=2048)
    model.save_pretrained(folder)
    words = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *((letter, -3.0) for letter in string.ascii_lowercase)]
    T5Tokenizer(words, extra_ids=0).save_pretrained(folder)
    return Model("musicgen", "music", "", "MusicGen", "musicgen:MusicGen", str(folder))


def bare_musicgen(folder: str):
    """transformers' generate alone; seconds for so many seconds of sound."""
    model: Any = MusicgenForConditionalGeneration.from_pretrained(folder).eval()
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)

    def play(seconds: int) -> float:
        asked = tokenizer(SAID, return_tensors="pt")
        started = time.perf_counter()
        with torch.inference_mode():
            model.generate(
                input_ids=asked.input_ids,
                attention_mask=asked.attention_mask,
                do_sample=True,
                guidance_scale=3.0,
                top_k=250,
                max_new_tokens=seconds * 50 + 4,
            )
        return time.perf_counter() - started

    return play


def compare_musicgen(engine: Engine, rounds: int, seconds: int) -> None:
    """So many seconds of sound through the door and by the library alone, by turns."""
    with tempfile.TemporaryDirectory() as folder:
        model = MODELS["musicgen"] = musicgen(Path(folder))
        bare = bare_musicgen(folder)
        door, alone = [], []
        for seed in range(-1, rounds):
            started = time.perf_counter()
            for event in engine.generate(model.key, prompt=SAID, seconds=seconds, seed=max(0, seed)):
                last = event
            assert isinstance(last, Output)
            door.append(time.perf_counter() - started)
            alone.append(bare(seconds))
    rows = {"through the door: made, mastered, measured": door[1:], "bare: by generate": alone[1:]}
    table(f"MusicGen with 6 small layers, {seconds} s of sound", rows)


def table(title: str, rows: dict[str, list[float]]) -> None:
    print(f"{title}, one thread\n| | median, s | slowest, s |\n|---|---|---|")
    for name, values in rows.items():
        print(f"| {name} | {statistics.median(values):.2f} | {max(values):.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="tune", help="a key of the catalog (default: tune)")
    parser.add_argument("--rounds", type=int, default=8, help="tunes (default: 8)")
    parser.add_argument("--seconds", type=int, default=10, help="of sound by MusicGen (default: 10)")
    options = parser.parse_args()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    torch.set_num_threads(1)  # as the engine has it, so that only the door differs
    model = find(options.model)
    manager = Manager(Local())
    engine = Engine(manager)
    composed(engine, model.key, 0)
    whole, longer, anew, sounds, words = [], [], [], [], []
    for seed in range(options.rounds):
        seconds, abc = composed(engine, model.key, seed)
        tune = read_one(abc)
        started = time.perf_counter()
        synth.rendered(arrange(tune))
        sounds.append(time.perf_counter() - started)
        count = sum(1 + len(bar.chords) + 2 * len(bar.notes) for bar in tune.bars)
        write = bare_words(hub.folder(model), count)
        words.append(write())
        whole.append(seconds)
        longer.append(composed(engine, model.key, seed, start=abc, bars=8)[0])
        anew.append(composed(engine, model.key, seed, start=abc, change="rewrite", first_bar=5, last_bar=8)[0])
    bare = {"bare: as many tokens by generate, without grammar": words, "bare: the sound": sounds}
    changes = {"through the door: 8 bars more, 24 played": longer, "through the door: 4 bars rewritten": anew}
    table(f"{model.title}, 16 bars", {"through the door: composed and played": whole, **bare, **changes})
    compare_musicgen(engine, options.rounds, options.seconds)
    manager.close()


if __name__ == "__main__":
    main()
