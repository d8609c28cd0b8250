"""python -m training.tale: write, train, export, measure; every stage goes on where it was stopped."""

import argparse
from pathlib import Path

from transformers.utils import logging

from training.language import loop
from training.schedule import Schedule
from training.tale import card, data, tokens
from training.tale.evaluate import as_table, evaluate, verdict
from training.tale.export import export, write_words
from training.tale.task import SIZE, TASK

SHIPPED = Path(__file__).parents[2] / "assets" / "starters" / "tale"
RATE, DECAY = 2.5e-3, 0.5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.tale", description=__doc__)
    add = parser.add_argument
    add("--work", type=Path, default=Path("training/runs/tale"), help="folder for data and checkpoints")
    add("--out", type=Path, default=SHIPPED, help="folder of the finished model (default: %(default)s)")
    add("--hours", type=float, default=4.0, help="of training in all; a larger number later goes on (default: 4)")
    add("--processes", type=int, default=2, help="one a core (default: 2)")
    add("--documents", type=int, default=200_000, help="to write and train on (default: 200000)")
    add("--books", type=Path, help="folder of .txt files in the public domain, to season the stories with")
    add("--batch", type=int, default=loop.BATCH, help="rows a step and process (default: %(default)s)")
    add("--rate", type=float, default=RATE, help="highest learning rate (default: %(default)s)")
    add("--prompts", type=int, default=100, help="to measure with (default: 100)")
    add("--compile", action="store_true", help="a third faster after the first minute; needs a C++ compiler")
    add("--evaluate", action="store_true", help="only measure the finished model, and print the table")
    options = parser.parse_args()
    logging.set_verbosity_error()
    if not options.evaluate:
        prepare(options.work, options.documents, options.books)
        schedule = Schedule(options.hours * 3600, rate=options.rate, decay=DECAY)
        loop.train(options.work, TASK, schedule, options.processes, options.batch, options.compile)
        model, _ = loop.averaged(options.work, SIZE)
        export(options.out, model, loop.load_tokenizer(options.work / "tokenizer"))
    report = evaluate(options.out, options.work, options.prompts)
    print(f"{as_table(report)}\n\n{verdict(report)}", flush=True)
    if not options.evaluate:
        model, seen = loop.averaged(options.work, SIZE)
        write_words(options.out, card.ignored(report))
        card.write(options.out, report, options.work, seen, model.num_parameters())


def prepare(work: Path, documents: int, books: Path | None) -> None:
    """Tokenizer and stream; what is there is not made again."""
    passages = data.read_books(books)
    if not (work / "tokenizer" / "tokenizer.json").is_file():
        tokens.make_tokenizer(work / "tokenizer", min(12_000, documents), passages)
    if not (work / "data" / "stream.json").is_file():
        data.make(work / "data", loop.load_tokenizer(work / "tokenizer"), documents, passages)


if __name__ == "__main__":
    main()
