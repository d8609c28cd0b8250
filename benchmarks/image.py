"""python -m benchmarks.image: a picture through the door beside a bare diffusers pipeline, Stop, batches, switches."""

import argparse
import statistics
import time

import torch
from diffusers import AutoPipelineForText2Image
from diffusers.utils import logging as diffusers_logging

from benchmarks import batching, switches
from benchmarks.stop import freed
from playground import hub
from playground.catalog import find
from playground.engine import Engine
from playground.events import Output, Step
from playground.gpu import Manager
from playground.gpu.local import Local

PROMPT = "a big red boat on the sea at sunset"


def bare(model):
    """The pipeline alone, as its documentation shows it."""
    diffusers_logging.set_verbosity_error()
    diffusers_logging.disable_progress_bar()
    pipe = AutoPipelineForText2Image.from_pretrained(hub.folder(model), dtype=torch.float32)
    pipe.set_progress_bar_config(disable=True)
    steps, guidance = model.defaults["steps"], model.defaults["guidance_scale"]

    def draw(seed: int) -> None:
        pipe(PROMPT, num_inference_steps=steps, guidance_scale=guidance, generator=torch.Generator().manual_seed(seed))

    return draw


def door(engine: Engine, key: str):
    def draw(seed: int) -> None:
        assert any(isinstance(event, Output) for event in engine.generate(key, prompt=PROMPT, seed=seed))

    return draw


def milliseconds(call, *arguments) -> float:
    started = time.perf_counter()
    call(*arguments)
    return 1000 * (time.perf_counter() - started)


def stop_to_freed(engine: Engine, key: str) -> tuple[float, float]:
    """(milliseconds from Stop in mid run to the first step of the next person's picture, milliseconds a step takes)."""
    running = engine.generate(key, prompt=PROMPT, seed=1, steps=50, person="a")
    marks = []
    for event in running:
        if isinstance(event, Step) and event.done > 0:
            marks.append((time.perf_counter(), event.done))
        if len(marks) == 4:
            break
    waiting = engine.generate(key, prompt=PROMPT, seed=2, person="b")
    (first, step), (last, later) = marks[0], marks[-1]
    return freed(running, waiting, Step), 1000 * (last - first) / max(1, later - step)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="poster", help="a key of the catalog (default: poster)")
    parser.add_argument("--rounds", type=int, default=20, help="pictures each, in turn (default: 20)")
    parser.add_argument("--switches", type=int, default=0, help="count switches of models only, and their memory")
    parser.add_argument("--people", type=int, default=8, help="who ask at once (default: 8)")
    options = parser.parse_args()
    if options.switches:
        switches.report(options.switches)
        return
    torch.set_num_threads(1)  # as the engine has it, so that only the door differs
    model = find(options.model)
    manager = Manager(Local())
    engine = Engine(manager)
    ways = {"bare pipeline": bare(model), "through the door": door(engine, model.key)}
    first = milliseconds(ways["through the door"], 0)
    ways["bare pipeline"](0)
    times = {name: [] for name in ways}
    for seed in range(options.rounds):
        for name, draw in ways.items():
            times[name].append(milliseconds(draw, seed))
    print(f"{model.title}, {model.defaults['steps']} steps, one thread; first picture with engine start {first:.0f} ms")
    print("| | median, ms | slowest, ms |\n|---|---|---|")
    for name, values in times.items():
        print(f"| {name} | {statistics.median(values):.0f} | {max(values):.0f} |")
    floor, ours = (statistics.median(values) for values in times.values())
    print(f"overhead: {ours - floor:.0f} ms, {100 * (ours / floor - 1):.1f} %")
    stops = [stop_to_freed(engine, model.key) for _ in range(5)]
    stop, step = (statistics.median(column) for column in zip(*stops, strict=True))
    print(f"Stop to turn freed: {stop:.0f} ms (one step: {step:.0f} ms)")
    batching.report(engine, model.key, PROMPT, ways["bare pipeline"], options.people, max(1, options.rounds // 4))
    manager.close()


if __name__ == "__main__":
    main()
