"""python -m benchmarks.families: every family of pictures, measured through its adapter, on one thread.

All are asked for the same: to draw, to bring back scenes they never saw, to walk between the same cards, to follow a
hand. Draws are compared with renders by what a network sees that reads posters back. On a fresh clone that network is
trained first, which takes minutes and moves the figures a little; scenes that training has seen can only be avoided
where its data are (--work).
"""

import argparse
import io
import json
import random
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image, ImageSequence

from playground import hub, latent_points
from playground.catalog import ASSETS, Model, load, of_kind
from playground.errors import Refused
from playground.events import Event, Media, Output
from playground.params import check
from playground.stream import Emit
from training.families import measure
from training.families.evaluate import floor
from training.poster.judge import load_or_train
from training.scenes import draw_scene, full_caption

COLUMNS = {
    "decibels": ("there and back, dB", "{:.1f}"),
    "frechet": ("Fréchet", "{:.1f}"),
    "precision": ("precision", "{:.0%}"),
    "recall": ("recall", "{:.0%}"),
    "subjects": ("subjects drawn", "{:.0%}"),
    "smoothness": ("walk, max / median step", "{:.1f}"),
    "draft": ("draft, ms", "{:.0f}"),
    "picture": ("picture, ms", "{:.0f}"),
}
CARDS = tuple(json.loads((ASSETS / "starters" / "scenes" / "cards.json").read_text("utf-8")))
WALKS, FRAMES, TIMES = 5, 17, 15


@dataclass(frozen=True)
class Row:
    """Figures of a family by the names of COLUMNS, those that it has, what only it can say, and pictures to look at."""

    title: str
    figures: dict[str, float]
    own: tuple[str, ...] = ()
    sheet: list[np.ndarray] = field(default_factory=list)


class Family:
    """An entry of the catalog, loaded, to be asked as the page asks it."""

    def __init__(self, model: Model):
        self.model, self.adapter = model, load(replace(model, source=str(hub.folder(model))), "cpu")

    def asked(self, **values: Any) -> Event:
        """What came last."""
        model, events = self.model, []
        params = check(model.kind, {"seed": 1, **values}, model.defaults, model.limits, model.has)
        self.adapter.run(params, Emit(events.append))
        return events[-1]

    def made(self, **values: Any) -> tuple[Image.Image, dict[str, Any]]:
        """A picture or a film, and what is told of it."""
        output = self.asked(**values)
        assert isinstance(output, Output) and isinstance(output.media, Media)
        return Image.open(io.BytesIO(output.media.data)), output.recipe


def drawn(family: Family, captions: Sequence[str]) -> Iterator[np.ndarray]:
    """Pictures from seeds, by a caption each where the family reads words; none if it does not draw by lot."""
    for seed, caption in enumerate(captions):
        try:
            yield np.asarray(family.made(way="sum", points=f"seed {seed} {caption}")[0])
        except Refused:
            return


def returned(family: Family, scenes: np.ndarray) -> Iterator[tuple[np.ndarray, dict[str, Any]]]:
    """What comes back of scenes (n, h, w, 3), and what is told of each; none if the family has no way there."""
    for scene in scenes:
        buffer = io.BytesIO()
        Image.fromarray(scene).save(buffer, "PNG")
        try:
            picture, facts = family.made(way="picture", points=latent_points.picture(buffer.getvalue()))
        except Refused:
            return
        yield np.asarray(picture), facts


def own_words(family: Family, scenes: np.ndarray, facts: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What only this family can say of scenes."""
    told = facts[0] if facts else {}
    if "code_grid" in told:
        used = {code for one in facts for row in one["code_grid"] for code in row}
        whole = family.adapter.net.quantizer.codes
        return (f"{len(used)} of {whole} codes used ({len(used) / whole:.0%})",)
    if "bits_per_dimension" in told:
        bits = statistics.mean(one["bits_per_dimension"] for one in facts)
        return (f"{bits:.2f} bits a dimension", f"inverse error {inverse_error(family, scenes[:8]):.0e}")
    if "elbo" in told:
        return (f"ELBO {statistics.mean(one['elbo'] for one in facts):.0f} nats",)
    return (f"by a search of {told['steps_of_search']} steps",) if "steps_of_search" in told else ()


@torch.inference_mode()
def inverse_error(family: Family, scenes: np.ndarray) -> float:
    """The largest change of latents that go to their place and back."""
    space, params, emit = family.adapter, check("latent", {}, {}, {}), Emit(lambda event: None)
    x = torch.cat([space.painter.latents(Image.fromarray(scene)) for scene in scenes])
    return float((space.decoded([space.found(x, params, emit)], params, emit) - x).abs().max())


def smoothness(family: Family) -> float:
    """The largest over the median change from frame to frame of films between two cards, the mean."""
    ratios = []
    for first, last in zip(CARDS[:WALKS], CARDS[1:], strict=False):
        film, _ = family.made(way="walk", points=f"card {first}\ncard {last}", frames=FRAMES)
        frames = np.stack([np.asarray(frame.convert("RGB"), np.float32) for frame in ImageSequence.Iterator(film)])
        changes = np.sqrt(np.square(np.diff(frames, axis=0)).mean((1, 2, 3)))
        ratios.append(changes.max() / max(float(np.median(changes)), 1e-3))
    return float(np.mean(ratios))


def milliseconds(family: Family, way: str) -> float:
    """The median for the pad, from a place to the file of a picture."""
    points = "\n".join(f"card {name}" for name in CARDS[:4])
    spans = []
    for index in range(TIMES + 1):
        start = time.perf_counter()
        family.asked(way=way, points=points, x=index / TIMES, y=0.3)
        spans.append(1000 * (time.perf_counter() - start))
    return statistics.median(spans[1:])  # the corners are found in the first


def measured(model: Model, scenes: np.ndarray, captions: Sequence[str], back: int, work: Path) -> Row:
    """`back`: how many of the scenes go there and back."""
    family = Family(model)
    pictures, again = list(drawn(family, captions)), list(returned(family, scenes[:back]))
    figures = measure.looks(load_or_train(work / "judge"), np.stack(pictures), scenes) if pictures else {}
    if again:
        error = np.stack([picture for picture, _ in again]).astype(np.float32) - scenes[: len(again)]
        figures["decibels"] = float(-10 * np.log10(np.square(error / 255).mean()))
    figures |= {"smoothness": smoothness(family)}
    figures |= {"draft": milliseconds(family, "draft"), "picture": milliseconds(family, "pad")}
    sheet = [*pictures[:16], *(side for pair in zip(scenes, again, strict=False) for side in (pair[0], pair[1][0]))][
        :32
    ]
    return Row(model.title, figures, own_words(family, scenes, [facts for _, facts in again]), sheet)


def as_table(rows: Sequence[Row]) -> str:
    """A line a family, in Markdown."""
    lines = [["family", *(words for words, _ in COLUMNS.values()), "its own"]]
    for row in rows:
        cells = [form.format(row.figures[name]) if name in row.figures else "" for name, (_, form) in COLUMNS.items()]
        lines.append([row.title, *cells, ", ".join(row.own)])
    table = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([table[0], "|" + "---|" * len(lines[0]), *table[1:]])


def save_sheet(folder: Path, key: str, sheet: Sequence[np.ndarray]) -> None:
    """Draws, then scenes beside what comes back of them, eight in a row."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = -(-len(sheet) // 8)
    whole = Image.new("RGB", (8 * 128, rows * 128), "white")
    for index, picture in enumerate(sheet):
        whole.paste(Image.fromarray(picture).resize((128, 128)), (index % 8 * 128, index // 8 * 128))
    whole.save(folder / f"{key}.png")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.families", description=__doc__)
    add = parser.add_argument
    add("--work", type=Path, default=Path("training/runs/families"), help="where the families were trained")
    add("--pictures", type=int, default=256, help="draws and renders to compare (default: %(default)s)")
    add("--back", type=int, default=32, help="scenes that go there and back (default: %(default)s)")
    add("--only", nargs="*", default=[], help="keys of models (default: every starter of pictures)")
    add("--sheets", type=Path, help="folder for a sheet of pictures of each family")
    options = parser.parse_args()
    torch.set_num_threads(1)
    scenes = measure.renders(options.work, options.pictures)
    dice = random.Random(5)
    captions = [full_caption(draw_scene(dice)) for _ in range(options.pictures)]
    rows = [Row("true renders", floor(options.work, options.pictures))]
    for model in of_kind("latent"):
        if (model.starter and not model.is_heard and not options.only) or model.key in options.only:
            rows.append(measured(model, scenes, captions, options.back, options.work))
            print(as_table(rows[-1:]), flush=True)
            if options.sheets:
                save_sheet(options.sheets, model.key, rows[-1].sheet)
    print(f"\n{as_table(rows)}")


if __name__ == "__main__":
    main()
