"""python -m benchmarks.latent: from a drag to its picture in a real browser, family by family; a room that drags."""

import argparse
import json
import math
import secrets
import shutil
import statistics
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, sync_playwright

from benchmarks.crowd import jain, served
from benchmarks.startup import free_port
from playground import hub
from playground.catalog import Model, of_kind

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
POINTS = "card red-boat\ncard yellow-house\ncard purple-castle\ncard white-lighthouse"
GAP = 0.02  # seconds between two questions of a page, as in assets/page/latent_live.js
PATIENCE = 300_000  # milliseconds until a model has loaded
WATCH = """async ({ moves, pause }) => {
  const plane = document.querySelector("#latent-tab .plane"), image = document.querySelector("#latent-tab .family img");
  const box = plane.getBoundingClientRect(), times = [];
  let drawn = 0;
  image.addEventListener("load", () => (drawn += 1));
  const on = (start, length, part) => start + length * (0.5 + 0.4 * part);
  const at = (turn) => ({ button: 0, pointerId: 1, bubbles: true, clientX: on(box.x, box.width, Math.cos(turn)),
    clientY: on(box.y, box.height, Math.sin(turn)) });
  plane.setPointerCapture = () => {};
  plane.hasPointerCapture = () => true;
  plane.dispatchEvent(new PointerEvent("pointerdown", at(0)));
  await new Promise((go) => setTimeout(go, 1500));
  const begun = performance.now();
  drawn = 0;
  for (let move = 1; move <= moves; move += 1) {
    const moved = performance.now();
    const drawing = (go) => image.addEventListener("load", go, { once: true });
    const seen = new Promise((go) => (pause ? setTimeout(go, pause) : drawing(go)));
    plane.dispatchEvent(new PointerEvent("pointermove", at(move / 9)));
    await seen;
    times.push(performance.now() - moved);
    if (!pause) await new Promise((go) => setTimeout(go, 40));
  }
  return { times, drawn, seconds: (performance.now() - begun) / 1000 };
}"""


def dragged(page: Page, address: str, model: Model) -> str:
    """A row: milliseconds from a move of the puck to its picture, and pictures a second while it moves on and on."""
    page.goto(f"{address}/?tab=latent&model={model.key}")
    page.locator(f'[data-family="{model.key}"] img[src]').wait_for(timeout=PATIENCE)
    page.wait_for_timeout(2000)
    single = page.evaluate(WATCH, {"moves": 60, "pause": 0})["times"]
    going = page.evaluate(WATCH, {"moves": 250, "pause": 16})
    ranked = sorted(single)
    middle, late = statistics.median(single), ranked[int(0.95 * len(ranked))]
    return f"| {model.title} | {middle:.0f} | {late:.0f} | {going['drawn'] / going['seconds']:.0f} |"


@dataclass
class Person:
    """Somebody who drags: asks again whenever there is an answer, as the page does."""

    ask: Callable[[dict], dict]
    model: str
    visit: str = field(default_factory=lambda: secrets.token_hex(8))
    waits: list[float] = field(default_factory=list)  # milliseconds, one an answer
    refused: int = 0

    def drag(self, until: float) -> None:
        while (now := time.perf_counter()) < until:
            x, y = 0.5 + 0.4 * math.cos(3 * now), 0.5 + 0.4 * math.sin(3 * now)
            settings = {"points": POINTS, "x": x, "y": y, "way": "pad"}
            answer = self.ask({"model": self.model, "settings": settings, "visit": self.visit})
            if "picture" in answer:
                self.waits.append(1000 * (time.perf_counter() - now))
            else:
                self.refused += 1
            time.sleep(max(0.0, now + GAP - time.perf_counter()))


def asking(address: str) -> Callable[[dict], dict]:
    """What asks for one draft and waits for it."""
    with urllib.request.urlopen(f"{address}/config") as answer:
        components = json.load(answer)["components"]
    asked = next(one for one in components if "latent_draft" in one["props"].get("server_fns", ()))
    headers = {"content-type": "application/json"}

    def ask(told: dict) -> dict:
        body = {"component_id": asked["id"], "fn_name": "latent_draft", "session_hash": told.pop("visit"), "data": told}
        url = f"{address}/gradio_api/component_server"
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    return ask


def room(ask: Callable[[dict], dict], model: str, people: int, seconds: float) -> str:
    """A row: so many people drag at once."""
    crowd = [Person(ask, model) for _ in range(people)]
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=person.drag, args=(until,)) for person in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waits = sorted(wait for person in crowd for wait in person.waits)
    halves = [[], []]
    for person in crowd:
        for number, wait in enumerate(person.waits):
            halves[2 * number >= len(person.waits)].append(wait)
    early, late = map(statistics.median, halves)
    counts, refused = [len(person.waits) for person in crowd], sum(person.refused for person in crowd)
    middle, slow = statistics.median(waits), waits[int(0.95 * len(waits))]
    return (
        f"| {people} | {sum(counts) / seconds:.0f} | {middle:.0f} | {slow:.0f} | {early:.0f}, then {late:.0f} "
        f"| {jain(counts, people):.3f} | {min(counts)} to {max(counts)} | {refused} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="that each room drags (default: 15)")
    seconds = parser.parse_args().seconds
    families = [model for model in of_kind("latent") if hub.here(model) and not model.is_heard]
    port = free_port()
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with served([sys.executable, "app.py", "--port", str(port)], port) as address:
        print("| from drag to picture, ms | median | p95 | pictures a second |\n|---|---|---|---|")
        with sync_playwright() as playwright:
            page = playwright.chromium.launch(executable_path=browser, args=FLAGS).new_page()
            for model in families:
                print(dragged(page, address, model), flush=True)
        print(f"\n{families[0].title}, everybody drags at once\n")
        print("| people | pictures a second | median ms | p95 ms | first half, second half | Jain | each | refused |")
        print("|---|---|---|---|---|---|---|---|")
        ask = asking(address)
        for people in (1, 10, 30):
            print(room(ask, families[0].key, people, seconds), flush=True)


if __name__ == "__main__":
    main()
