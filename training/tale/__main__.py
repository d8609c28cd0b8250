"""python -m training.tale: write, train, export, measure; every stage goes on where it was stopped."""

from pathlib import Path

from training.language import command, loop, tokenizer
from training.tale import card, data, tokens
from training.tale.evaluate import as_table, evaluate, verdict
from training.tale.export import export, write_words
from training.tale.task import SIZE, TASK


def main() -> None:
    parser = command.parser("tale", __doc__, hours=4.0, documents=200_000)
    books = "folder of .txt files in the public domain, to season the stories with"
    parser.add_argument("--books", type=Path, help=books)
    options = parser.parse_args()
    prepare(options.work, options.documents, options.books, options.out if options.evaluate else None)
    if not options.evaluate:
        command.train(options, TASK, export)
    report = evaluate(options.out, options.work, options.samples)
    print(f"{as_table(report)}\n\n{verdict(report)}", flush=True)
    if not options.evaluate:
        model, seen = loop.averaged(options.work, SIZE)
        write_words(options.out, card.ignored(report))
        card.write(options.out, report, options.work, seen, model.num_parameters())


def prepare(work: Path, documents: int, books: Path | None, finished: Path | None = None) -> None:
    """Tokenizer and stream; what is there is not made again. A `finished` model is measured with its own tokenizer."""
    passages = data.read_books(books)
    if not (work / "tokenizer" / "tokenizer.json").is_file():
        if finished:
            tokenizer.load(finished).save_pretrained(work / "tokenizer")
        else:
            tokens.make_tokenizer(work / "tokenizer", min(12_000, documents), passages)
    if not (work / "data" / "stream.json").is_file():
        data.make(work / "data", tokenizer.load(work / "tokenizer"), documents, passages)


if __name__ == "__main__":
    main()
