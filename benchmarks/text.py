"""python -m benchmarks.text: tokens a second, bare, through the door and to clients of the page; first token; Stop."""

import argparse
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from gradio_client import Client
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

from benchmarks.startup import free_port
from benchmarks.stop import freed
from playground import hub
from playground.catalog import find
from playground.engine import Engine
from playground.events import Token
from playground.gpu import Manager
from playground.gpu.local import Local

TEXTS_EACH = 5
PROMPT = "Tell me a story about a brave fox named Mia in the desert."


def bare(model, tokens: int):
    """transformers' generate alone, as its documentation shows it; tokens a second."""
    folder = hub.folder(model)
    network: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    settings = GenerationConfig(
        do_sample=True,
        temperature=0.8,
        top_p=0.95,
        top_k=0,
        max_new_tokens=tokens,
        min_new_tokens=tokens,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.eos_token_id,
    )

    def write(seed: int) -> float:
        torch.manual_seed(seed)
        asked = tokenizer(PROMPT, return_tensors="pt")
        started = time.perf_counter()
        with torch.inference_mode():
            written = network.generate(**asked, generation_config=settings)
        return (written.shape[1] - asked.input_ids.shape[1]) / (time.perf_counter() - started)

    return write


def door(engine: Engine, key: str, tokens: int, person: str = ""):
    """The same through the door: (tokens a second from the first one on, seconds to the first one, tokens)."""

    def write(seed: int) -> tuple[float, float, int]:
        asked = time.perf_counter()
        times = [
            time.perf_counter()
            for event in engine.generate(key, prompt=PROMPT, seed=seed, max_new_tokens=tokens, person=person)
            if isinstance(event, Token)
        ]
        return (len(times) - 1) / max(1e-9, times[-1] - times[0]), times[0] - asked, len(times)

    return write


@contextmanager
def page(key: str, tokens: int) -> Iterator[Callable[[int], float]]:
    """A client of the running page, which gets what a browser gets: tokens a second from its first update on."""
    command = [sys.executable, "app.py", "--port", str(free_port())]
    app = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert app.stdout
        client: Any = Client(app.stdout.readline().split()[-1], verbose=False)

        def write(seed: int) -> float:
            asked: dict[str, Any] = dict(model=key, way="Write", prompt=PROMPT, max_new_tokens=tokens, seed=seed)
            states = client.submit(**asked, api_name="/text")
            told = [
                (time.perf_counter(), sum(answer["lines"].count("\n") for answer in state["answers"]))
                for state in states
            ]
            (began, first), last = next(one for one in told if one[1]), told[-1][1]
            ended = next(moment for moment, count in told if count == last)  # its files are written after that
            return (last - first) / (ended - began)

        yield write
    finally:
        app.terminate()
        app.wait()


def crowd(engine: Engine, key: str, tokens: int, clients: int) -> tuple[float, float]:
    """(tokens a second of all together, median seconds to the first token) when so many people ask for text after text.

    Each asks for its next one as soon as it has the last, of 80 to 120 % of `tokens`.
    """
    results: list[tuple[float, float, int]] = []

    def person(number: int) -> None:
        for index in range(TEXTS_EACH):
            seed = number * TEXTS_EACH + index
            length = tokens * (8 + seed * 3 % 5) // 10  # not all answers of a room end at the same moment
            results.append(door(engine, key, length, f"person {number}")(seed))

    threads = [threading.Thread(target=person, args=(number,)) for number in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    return sum(count for *_, count in results) / seconds, statistics.median(first for _, first, _ in results)


def stop_to_freed(engine: Engine, key: str) -> float:
    """Milliseconds from one person's Stop to the first token of the next one's text."""
    running = engine.generate(key, prompt=PROMPT, seed=1, max_new_tokens=400, person="a")
    written = (event for event in running if isinstance(event, Token))
    for _ in range(20):
        next(written)
    waiting = engine.generate(key, prompt=PROMPT, seed=2, max_new_tokens=20, person="b")
    return freed(running, waiting, Token)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="tale", help="a key of the catalog (default: tale)")
    parser.add_argument("--tokens", type=int, default=150, help="the most an answer has (default: 150)")
    parser.add_argument("--rounds", type=int, default=10, help="answers each, in turn (default: 10)")
    options = parser.parse_args()
    torch.set_num_threads(1)  # as the engine has it, so that only the door differs
    model = find(options.model)
    manager = Manager(Local())
    engine = Engine(manager)
    floor, ours = bare(model, options.tokens), door(engine, model.key, options.tokens)
    floor(0)
    ours(0)
    with page(model.key, options.tokens) as shown:
        shown(0)
        rates = {"bare generate": [], "through the door": [], "to a client of the page": []}
        for seed in range(options.rounds):
            rates["bare generate"].append(floor(seed))
            rates["through the door"].append(ours(seed)[0])
            rates["to a client of the page"].append(shown(seed))
    print(f"{model.title}, one thread\n| | tokens a second, median |\n|---|---|")
    for name, values in rates.items():
        print(f"| {name} | {statistics.median(values):.0f} |")
    print("\n| people at once | tokens a second, all | median seconds to the first token |\n|---|---|---|")
    for clients in (1, 8, 30):
        together, first = crowd(engine, model.key, options.tokens, clients)
        print(f"| {clients} | {together:.0f} | {first:.2f} |")
    stops = [stop_to_freed(engine, model.key) for _ in range(5)]
    print(f"\nStop to the next person's first token: {statistics.median(stops):.0f} ms")
    manager.close()


if __name__ == "__main__":
    main()
