"""python -m playground KEY --prompt ... draws or writes; python -m playground models lists; flags come from params."""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import NoReturn

from playground import model_folders, text_files, tune_files
from playground.catalog import MODELS, Model, find
from playground.engine import generate
from playground.errors import PlaygroundError, Refused
from playground.events import Loading, Notice, Output, Step, Token, Waiting
from playground.facts import facts
from playground.params import KINDS


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one sentence."""

    def error(self, message: str) -> NoReturn:
        raise Refused(message[0].upper() + message[1:] + "; --help lists what there is.")


def list_models(arguments: list[str]) -> None:
    parser = Parser(prog="playground models", description="List every model.")
    parser.add_argument("--json", action="store_true", help="as JSON")
    rows = [facts(model) for model in MODELS.values()]
    if parser.parse_args(arguments).json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
        return
    for row in rows:
        megabytes = f"{row.bytes / 1e6:.1f} MB"
        print(f"{row.key:12} {row.kind:6} {row.family:10} {row.title:12} {megabytes:>10}  {row.license:8} {row.runs}")


def options(model: Model, arguments: list[str]) -> tuple[dict, Path | None]:
    """The settings and the file that the flags name."""
    parser = Parser(prog=f"playground {model.key}", description=model.summary)
    for f in fields(KINDS[model.kind]):
        if isinstance(f.default, tuple) or not model.has(f.name):
            continue  # a conversation does not fit into a flag
        low, high = model.limits.get(f.name, (f.metadata["low"], f.metadata["high"]))
        bounds = "" if low is None else f", {low} to {high}"
        default = model.defaults.get(f.name, f.default)
        parser.add_argument(
            "--" + f.name.replace("_", "-"),
            type=content if isinstance(f.default, bytes) else type(f.default),
            default=default,
            help=f"{f.metadata['help']} (default: {default!r}{bounds})".replace("%", "%%"),
        )
    parser.add_argument("--out", type=Path, help="the file to write (default: the model's key and the seed)")
    values = vars(parser.parse_args(arguments))
    return values, values.pop("out")


def content(path: str) -> bytes:
    """What is in a file that a flag names."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{path} cannot be read: {error.strerror}") from None


def save(output: Output, model: Model, out: Path | None, index: int) -> None:
    """Write one output to its file; a second one to the same name with a number. A text without `out` was read."""
    media = output.media
    if isinstance(media, str):
        if out is None:
            return
        suffix = out.suffix.lower()
        data = text_files.write(media, output.recipe, suffix)
    elif model.kind == "music":
        suffix = out.suffix.lower() if out else ".wav"
        data = tune_files.write(media, output.recipe, suffix)
    else:
        suffix, data = "." + media.type.rpartition("/")[2], media.data
    path = out or Path(f"{model.key}-{output.recipe['params']['seed']}{suffix}")
    if out and index:
        path = out.with_stem(f"{out.stem}-{index + 1}")
    path.write_bytes(data)
    print(path)


def play(model: Model, values: dict, out: Path | None) -> None:
    if out and not out.parent.is_dir():
        raise Refused(f"There is no folder {out.parent} to write to.")
    if out and out.is_dir():
        raise Refused(f"{out} is a folder; name a file in it.")
    if out and model.kind == "text":
        text_files.checked(out.suffix.lower())
    if out and model.kind == "music":
        tune_files.checked(out.suffix.lower(), model.writes_notes)
    terminal, count = Terminal(streams=values.get("answers") == 1), 0
    if values.get("mode") != "measure":
        terminal.start = values.get("answer_start", "")
    for event in generate(model.key, **values):
        match event:
            case Waiting(ahead=ahead):
                terminal.note(f"{ahead} before you")
            case Loading(note=text):
                terminal.note(text or "loading")
            case Step(done, total):
                terminal.note(f"step {done} of {total}")
            case Notice(text):
                terminal.note(text + "\n")
            case Token(text):
                terminal.write(text)
            case Output(media, recipe):
                terminal.note("")
                if isinstance(media, str) and not terminal.streams:
                    print(media + "\n")
                if "perplexity" in recipe["facts"]:
                    terminal.note(f"perplexity {recipe['facts']['perplexity']:.2f}\n")
                save(event, model, out, count)
                count += 1


@dataclass
class Terminal:
    """Where text comes piece by piece if it `streams`, between lines of progress of which the next replaces the last.

    Several texts at once would come mixed, so they do not stream.
    """

    streams: bool
    start: str = ""  # what the text begins with
    open_line: bool = False

    def write(self, text: str) -> None:
        text, self.start = self.start + text, ""
        if text and self.streams:
            print(text, end="", flush=True)
            self.open_line = True

    def note(self, text: str) -> None:
        if self.open_line:
            print(flush=True)
            self.open_line = False
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def do(arguments: list[str]) -> None:
    parser = Parser(prog="playground", description=__doc__, epilog="models: " + ", ".join(MODELS))
    parser.add_argument("what", help="a model's key, or: models")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="flags; KEY --help lists them")
    try:
        given = parser.parse_args(arguments)
        if given.what == "models":
            list_models(given.rest)
        else:
            play(model := find(given.what), *options(model, given.rest))
    finally:
        sys.stdout.flush()  # or Python does it after the end, and complains itself if nobody reads any more


def main(arguments: list[str]) -> int:
    try:
        for sentence in model_folders.use_named():
            print(sentence, file=sys.stderr)
        do(arguments)
    except BrokenPipeError:  # as with `| head`: whoever read has enough
        for stream in (sys.stdout, sys.stderr):  # for what Python still wants to flush
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return 141  # as of a program that the broken pipe ends
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    except (PlaygroundError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in the page's engine: several are far slower on a busy machine
    sys.exit(main(sys.argv[1:]))
