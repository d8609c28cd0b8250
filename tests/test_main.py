import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from playground import recipe
from playground.__main__ import main


def test_the_list_tells_what_a_person_wants_to_know(capsys):
    assert main(["models", "--json"]) == 0
    poster = next(row for row in json.loads(capsys.readouterr().out) if row["key"] == "poster")
    assert poster["here"] and poster["bytes"] > 0 and poster["license"] == "MIT" and "GB" in poster["runs"]
    assert main(["models"]) == 0
    assert "poster" in capsys.readouterr().out


def test_it_draws_and_what_it_drew_can_be_made_again(tmp_path, capsys):
    first, second = tmp_path / "a.png", tmp_path / "b.png"
    assert main(["poster", "--prompt", "a red boat", "--seed", "7", "--steps", "2", "--out", str(first)]) == 0
    assert capsys.readouterr().out.strip() == str(first)
    values = recipe.read(first.read_bytes()).values
    flags = [word for name, value in values.items() for word in ("--" + name.replace("_", "-"), str(value))]
    assert main(["poster", *flags, "--out", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert Image.open(io.BytesIO(first.read_bytes())).size == (256, 256)


def test_several_pictures_get_a_number(tmp_path):
    out = tmp_path / "a.png"
    assert (
        main(["poster", "--prompt", "a cat", "--seed", "7", "--steps", "1", "--pictures", "2", "--out", str(out)]) == 0
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-2.png", "a.png"]


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["nope"], "There is no model 'nope'; there are poster"),
        (["poster", "--steps", "0"], "Steps is 0, but goes from 1 to 50"),
        (["poster", "--steps", "many"], "--steps"),
        (["poster", "--stepz", "1"], "--stepz"),
        (["poster", "--prompt", "x" * 3000], "at most 2000"),
        (["poster", "--out", "/nowhere/at/all/a.png"], "There is no folder"),
        (["poster", "--out", "."], ". is a folder; name a file in it"),
        ([], "what"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(arguments, said, capsys):
    assert main(arguments) == 2
    written = capsys.readouterr()
    assert said in written.err and written.err.count("\n") == 1 and written.out == ""


def test_help_tells_bounds_and_defaults(capsys):
    with pytest.raises(SystemExit) as end:
        main(["poster", "--help"])
    text = capsys.readouterr().out
    assert end.value.code == 0 and "1 to 50" in text and "default: 10" in text


@pytest.mark.parametrize("arguments", [["models"], ["--help"]])
def test_a_reader_who_has_enough_is_no_fault(arguments):
    end, pipe = os.pipe()
    os.close(end)  # as `| head` does after its last line
    command = [sys.executable, "-m", "playground", *arguments]
    try:
        ended = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, cwd=Path(__file__).parents[1])
    finally:
        os.close(pipe)
    assert ended.stderr == b"" and ended.returncode in (0, 141)
