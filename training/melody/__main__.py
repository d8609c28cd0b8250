"""python -m training.melody: compose, train, export, measure; every stage goes on where it was stopped."""

import argparse
from pathlib import Path

import torch

from playground.nets.melody_vae import MelodyVAE
from training import loop
from training.melody import card, data, directions, examples, export, task
from training.melody.evaluate import as_table, encoded, evaluate, verdict
from training.melody.task import NAME
from training.schedule import Schedule
from training.tune.data import read_books

SHIPPED = Path(__file__).parents[2] / "assets" / "starters" / NAME
_DIRECTED = 20_000  # melodies that directions are found from


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.melody", description=__doc__)
    add = parser.add_argument
    add("--work", type=Path, default=Path("training/runs") / NAME, help="folder for data and checkpoints")
    add("--out", type=Path, default=SHIPPED, help="folder of the finished model (default: %(default)s)")
    add("--hours", type=float, default=0.4, help="of training in all; a larger number later goes on (default: 0.4)")
    add("--processes", type=int, default=2, help="one a core (default: 2)")
    add("--tunes", type=int, default=40_000, help="to compose and train on (default: %(default)s)")
    add("--abc", type=Path, help="folder of .abc files in the public domain, to train on as well")
    add("--samples", type=int, default=2000, help="melodies to measure with (default: %(default)s)")
    add("--evaluate", action="store_true", help="only measure the finished model, and print the table")
    options = parser.parse_args()
    if not data.is_made(options.work / "data"):
        data.make(options.work / "data", options.tunes, read_books(options.abc), options.processes)
    if not options.evaluate:
        schedule = Schedule(options.hours * 3600, task.RATE, task.DECAY)
        loop.train(options.work, NAME, task.begin, schedule, options.processes)
        ship(options.work, options.out)
    report = evaluate(options.out, options.work, options.samples)
    print(f"{as_table(report)}\n\n{verdict(report)}", flush=True)
    if not options.evaluate:
        card.write(options.out, report, options.work)


def ship(work: Path, folder: Path) -> None:
    """The averaged weights, directions found with them, and examples, which can be done before the training ends."""
    model, _ = loop.averaged(work, NAME, MelodyVAE(task.CONFIG))
    trained = torch.from_numpy(data.trained_on(work / "data"))
    order = torch.randperm(len(trained), generator=torch.Generator().manual_seed(0))[:_DIRECTED]
    grids = [tuple(grid) for grid in trained[order].tolist()]
    mean, _ = encoded(model, grids)
    export.save(folder, model, directions.found(mean, grids), examples.chosen(data.held_out(work / "data")))


if __name__ == "__main__":
    main()
