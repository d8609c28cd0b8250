"""python -m training.tune: compose, train, export, measure; every stage goes on where it was stopped."""

import argparse
from pathlib import Path

from transformers.utils import logging

from playground.media.tune import Tune
from training.language import loop
from training.language.export import save
from training.schedule import Schedule
from training.tune import card, data, tokens
from training.tune.evaluate import as_table, evaluate, verdict
from training.tune.task import SIZE, TASK
from training.tune.writing import TEMPERATURE, TOP_P

SHIPPED = Path(__file__).parents[2] / "assets" / "starters" / "tune"
RATE, DECAY = 2.5e-3, 0.5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.tune", description=__doc__)
    add = parser.add_argument
    add("--work", type=Path, default=Path("training/runs/tune"), help="folder for data and checkpoints")
    add("--out", type=Path, default=SHIPPED, help="folder of the finished model (default: %(default)s)")
    add("--hours", type=float, default=1.0, help="of training in all; a larger number later goes on (default: 1)")
    add("--processes", type=int, default=2, help="one a core (default: 2)")
    add("--documents", type=int, default=80_000, help="tunes to compose and train on (default: 80000)")
    add("--abc", type=Path, help="folder of .abc files in the public domain, to train on as well")
    add("--batch", type=int, default=loop.BATCH, help="rows a step and process (default: %(default)s)")
    add("--rate", type=float, default=RATE, help="highest learning rate (default: %(default)s)")
    add("--tunes", type=int, default=100, help="to measure with (default: 100)")
    add("--compile", action="store_true", help="a third faster after the first minute; needs a C++ compiler")
    add("--evaluate", action="store_true", help="only measure the finished model, and print the table")
    options = parser.parse_args()
    logging.set_verbosity_error()
    books = data.read_books(options.abc)
    if not options.evaluate:
        prepare(options.work, options.documents, books)
        schedule = Schedule(options.hours * 3600, rate=options.rate, decay=DECAY)
        loop.train(options.work, TASK, schedule, options.processes, options.batch, options.compile)
        model, _ = loop.averaged(options.work, SIZE)
        tokenizer = loop.load_tokenizer(options.work / "tokenizer")
        save(options.out, model, tokenizer, temperature=TEMPERATURE, top_p=TOP_P, max_length=tokens.LONGEST)
    report = evaluate(options.out, options.work, books, options.tunes)
    print(f"{as_table(report)}\n\n{verdict(report)}", flush=True)
    if not options.evaluate:
        model, seen = loop.averaged(options.work, SIZE)
        card.write(options.out, report, options.work, seen, model.num_parameters())


def prepare(work: Path, documents: int, books: list[Tune]) -> None:
    """Tokenizer and stream; what is there is not made again."""
    if not (work / "tokenizer" / "tokenizer.json").is_file():
        tokens.make_tokenizer(work / "tokenizer")
    if not (work / "data" / "stream.json").is_file():
        data.make(work / "data", documents, books)


if __name__ == "__main__":
    main()
