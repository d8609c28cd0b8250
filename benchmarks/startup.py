"""python -m benchmarks.startup: time to the first page and memory of the page's process, beside a bare Gradio app."""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psutil

BARE = (
    "import gradio as gr; gr.Interface(lambda name: 'Hello ' + name, 'text', 'text')"
    ".launch(server_port={port}, share=False, quiet=True)"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def commands(port: int) -> dict[str, list[str]]:
    return {
        "bare Gradio": [sys.executable, "-c", BARE.format(port=port)],
        "playground": [sys.executable, "app.py", "--port", str(port)],
    }


def first_page(command: list[str], port: int) -> tuple[float, float]:
    """(seconds from process start to the first page, resident megabytes of that process then)."""
    environment = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "False"}
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
                    answer.read()
                    break
            except (urllib.error.URLError, ConnectionError):
                if process.poll() is not None:
                    raise SystemExit(f"{command} ended before it served a page") from None
                time.sleep(0.01)
        seconds = time.perf_counter() - started
        return seconds, psutil.Process(process.pid).memory_info().rss / 1e6
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is started, in turn (default: 5)")
    rounds = parser.parse_args().rounds
    results: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        port = free_port()
        for name, command in commands(port).items():
            results.setdefault(name, []).append(first_page(command, port))
    rows = {name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in results.items()}
    print("| | first page, s | memory, MB |\n|---|---|---|")
    for name, (seconds, megabytes) in rows.items():
        print(f"| {name} | {seconds:.2f} | {megabytes:.0f} |")
    (bare_seconds, bare_megabytes), (seconds, megabytes) = rows.values()
    print(f"playground / bare: {seconds / bare_seconds:.2f} x the time, {megabytes - bare_megabytes:+.0f} MB")


if __name__ == "__main__":
    main()
