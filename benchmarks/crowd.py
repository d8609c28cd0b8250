"""python -m benchmarks.crowd: a room full of people: what the manager adds, how fair it is, how the page answers."""

import argparse
import functools
import json
import queue
import secrets
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from gradio_client import Client

from benchmarks import nothing
from benchmarks.startup import free_port
from playground.engine import Engine
from playground.events import Output
from playground.gpu import Manager, Resource
from playground.gpu.inline import Inline
from playground.gpu.local import Local
from playground.stream import Emit

PROMPT = "a big red boat on the sea at sunset"
ANSWERS = 40  # as many as one page may ask for at once
BARE = (
    "import gradio as gr\nwith gr.Blocks() as demo: gr.HTML(server_functions=[lambda text: text])\n"
    "demo.launch(server_port={port}, share=False, quiet=True)"
)


def overhead(count: int) -> dict[str, list[float]]:
    """Milliseconds of so many requests that do nothing, one after the other."""
    resource = Resource("nothing", functools.partial(nothing.load), bytes=1)
    managers = {
        "through the manager, a thread": Manager(Inline("cpu")),
        "through the manager, a process": Manager(Local("cpu")),
    }
    ways: dict[str, Callable[[], object]] = {"bare lock and hop to a thread": hop()}
    for name, manager in managers.items():
        ways[name] = functools.partial(manager.run, resource, None, Emit(lambda event: None))
        ways[name]()
    times = {name: [timed(way) for _ in range(count)] for name, way in ways.items()}
    for manager in managers.values():
        manager.close()
    return times


def hop() -> Callable[[], object]:
    """A lock, another thread and back: less than that cannot be had."""
    lock, there, back = threading.Lock(), queue.SimpleQueue(), queue.SimpleQueue()

    def work() -> None:
        while True:
            back.put(there.get())

    def once() -> None:
        with lock:
            there.put(1)
            back.get()

    threading.Thread(target=work, daemon=True).start()
    return once


def timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - started)


def shares(people: int, tabs: int, seconds: float) -> Counter[str]:
    """How many pictures each of so many people got, one of whom asks from so many tabs."""
    manager = Manager(Local(), waiting_per_person=tabs)
    engine, got, until = Engine(manager), Counter[str](), time.monotonic() + seconds

    def ask(person: str) -> None:
        values: dict[str, Any] = dict(prompt=PROMPT, steps=1, width=128, height=128, person=person)
        while time.monotonic() < until:
            drawn = any(isinstance(event, Output) for event in engine.generate("poster", **values))
            got[person] += drawn and time.monotonic() < until  # what is in the line at the end is a tab's, not a share

    names = [f"person {number}" for number in range(1, people)] + ["many tabs"] * tabs
    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    manager.close()
    return got


def jain(values: list[int], people: int) -> float:
    """1 if all have the same, 1 / people if one has everything."""
    return sum(values) ** 2 / (people * sum(value**2 for value in values))


@contextmanager
def served(command: list[str], port: int) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def clicks(address: str) -> list[float]:
    """Milliseconds of answers to what the page asks its server while somebody types."""
    with urllib.request.urlopen(f"{address}/config") as answer:
        components = json.load(answer)["components"]
    asked = next(one for one in components if one["props"].get("server_fns"))
    body = {
        "component_id": asked["id"],
        "fn_name": asked["props"]["server_fns"][0],
        "data": PROMPT,
        "session_hash": secrets.token_hex(8),
    }
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(f"{address}/gradio_api/component_server", json.dumps(body).encode(), headers)
    return [timed(lambda: urllib.request.urlopen(request).read()) for _ in range(ANSWERS)]


def room(address: str, people: int) -> list[float]:
    """The same while so many people wait for their pictures."""
    clients: list[Any] = [Client(address, verbose=False) for _ in range(people)]
    jobs = [client.submit(prompt=PROMPT, steps=50, pictures=4, api_name="/image") for client in clients]
    while not any(job.outputs() for job in jobs):
        time.sleep(0.1)
    try:
        return clicks(address)
    finally:
        for job in jobs:
            job.cancel()


def row(name: str, values: list[float]) -> str:
    ranked = sorted(values)
    p95, p99 = (ranked[min(len(ranked) - 1, int(share * len(ranked)))] for share in (0.95, 0.99))
    return f"| {name} | {statistics.median(values):.2f} | {p95:.2f} | {p99:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60, help="who wait while the page is asked (default: 60)")
    parser.add_argument("--seconds", type=float, default=60, help="of the fairness (default: 60)")
    options = parser.parse_args()
    head = "| milliseconds | median | p95 | p99 |\n|---|---|---|---|"
    print("A request that does nothing\n" + head)
    for name, values in overhead(1000).items():
        print(row(name, values))
    got = shares(30, 10, options.seconds)
    index = jain(list(got.values()), 30)
    print(
        f"\n30 people, one of them with 10 tabs: Jain {index:.3f}; {min(got.values())} to {max(got.values())} pictures"
    )
    print(f"{len(got)} of 30 served, the one with the tabs had {got['many tabs']}\n\nAn answer of the page\n{head}")
    port = free_port()
    with served([sys.executable, "-c", BARE.format(port=port)], port) as address:
        print(row("bare Gradio, nobody else there", clicks(address)))
    port = free_port()
    with served([sys.executable, "app.py", "--port", str(port)], port) as address:
        print(row("playground, nobody else there", clicks(address)))
        print(row(f"playground, {options.people} people wait", room(address, options.people)))


if __name__ == "__main__":
    main()
