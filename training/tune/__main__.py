"""python -m training.tune: compose, train, export, measure; every stage goes on where it was stopped."""

from pathlib import Path

from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from playground.media.tune import Tune
from training.language import command, loop
from training.language.export import save
from training.tune import card, data, tokens
from training.tune.evaluate import as_table, evaluate, verdict
from training.tune.task import SIZE, TASK
from training.tune.writing import TEMPERATURE, TOP_P


def main() -> None:
    parser = command.parser("tune", __doc__, hours=1.0, documents=80_000)
    parser.add_argument("--abc", type=Path, help="folder of .abc files in the public domain, to train on as well")
    options = parser.parse_args()
    books = data.read_books(options.abc)
    prepare(options.work, options.documents, books)
    if not options.evaluate:
        command.train(options, TASK, export)
    report = evaluate(options.out, options.work, books, options.samples)
    print(f"{as_table(report)}\n\n{verdict(report)}", flush=True)
    if not options.evaluate:
        model, seen = loop.averaged(options.work, SIZE)
        card.write(options.out, report, options.work, seen, model.num_parameters())


def export(folder: Path, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> None:
    save(folder, model, tokenizer, temperature=TEMPERATURE, top_p=TOP_P, max_length=tokens.LONGEST)


def prepare(work: Path, documents: int, books: list[Tune]) -> None:
    """Tokenizer and stream; what is there is not made again."""
    if not (work / "tokenizer" / "tokenizer.json").is_file():
        tokens.make_tokenizer(work / "tokenizer")
    if not (work / "data" / "stream.json").is_file():
        data.make(work / "data", documents, books)


if __name__ == "__main__":
    main()
