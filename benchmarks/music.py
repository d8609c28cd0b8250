"""python -m benchmarks.music: 16 bars composed and played, through the door beside the bare parts."""

import argparse
import statistics
import time
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground import hub
from playground.catalog import find
from playground.engine import Engine
from playground.events import Output
from playground.gpu import Manager
from playground.gpu.local import Local
from playground.media import synth
from playground.media.abc_read import read_one
from playground.media.arrange import arrange

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


def composed(engine: Engine, key: str, seed: int) -> tuple[float, str]:
    """(seconds until the sound is there, the tune)."""
    started = time.perf_counter()
    outputs = [event for event in engine.generate(key, seed=seed, **ASKED) if isinstance(event, Output)]
    return time.perf_counter() - started, outputs[0].recipe["facts"]["abc"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="tune", help="a key of the catalog (default: tune)")
    parser.add_argument("--rounds", type=int, default=8, help="tunes (default: 8)")
    options = parser.parse_args()
    torch.set_num_threads(1)  # as the engine has it, so that only the door differs
    model = find(options.model)
    manager = Manager(Local())
    engine = Engine(manager)
    composed(engine, model.key, 0)
    whole, sounds, words = [], [], []
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
    print(f"{model.title}, 16 bars, one thread\n| | median, s | slowest, s |\n|---|---|---|")
    for name, values in (
        ("through the door: composed and played", whole),
        ("bare: as many tokens by generate, without grammar", words),
        ("bare: the sound", sounds),
    ):
        print(f"| {name} | {statistics.median(values):.2f} | {max(values):.2f} |")
    manager.close()


if __name__ == "__main__":
    main()
