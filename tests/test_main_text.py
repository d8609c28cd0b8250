import pytest

from playground import recipe
from playground.__main__ import main
from playground.catalog import MODELS, Model
from tests.adapters.text_folders import qwen


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return qwen(tmp_path_factory.mktemp("models") / "qwen")


@pytest.fixture(autouse=True)
def tiny(folder, monkeypatch):
    row = Model("tiny", "text", "language", "Tiny", "transformers_text:TransformersText", str(folder))
    monkeypatch.setitem(MODELS, "tiny", row)


def test_it_writes_what_can_be_written_again(tmp_path, capsys):
    first, second = tmp_path / "a.md", tmp_path / "b.json"
    asked = ["tiny", "--prompt", "Once", "--answer-start", "upon", "--seed", "7", "--max-new-tokens", "9"]
    assert main([*asked, "--out", str(first)]) == 0
    written = capsys.readouterr()
    text, restored = recipe.read_text_file(first.read_bytes(), "a.md")
    assert written.out == f"{text}\n{first}\n" and text.startswith("upon") and len(text) > 5
    assert "cut off at 9 tokens" in written.err
    assert restored.key == "tiny" and restored.problems == [] and restored.values["seed"] == 7
    flags = [
        word
        for name, value in restored.values.items()
        if name != "messages"
        for word in ("--" + name.replace("_", "-"), str(value))
    ]
    assert main(["tiny", *flags, "--out", str(second)]) == 0
    assert recipe.read_text_file(second.read_bytes(), "b.json")[0] == text


def test_several_answers_come_one_after_the_other(tmp_path, capsys):
    out = tmp_path / "a.txt"
    assert main(["tiny", "--prompt", "Once", "--answers", "2", "--max-new-tokens", "4", "--out", str(out)]) == 0
    texts = [recipe.read_text_file((tmp_path / name).read_bytes(), name)[0] for name in ("a.txt", "a-2.txt")]
    assert capsys.readouterr().out == f"{texts[0]}\n\n{out}\n{texts[1]}\n\n{tmp_path / 'a-2.txt'}\n"


def test_a_text_is_measured(capsys):
    assert main(["tiny", "--prompt", "the fox", "--mode", "measure"]) == 0
    written = capsys.readouterr()
    assert written.out == "the fox\n" and "perplexity " in written.err


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--mode", "dance"], "there are write, chat, fill, measure"),
        (["--out", "a.png"], "not .png"),
        (["--mode", "chat"], "nothing to answer"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(arguments, said, capsys):
    assert main(["tiny", *arguments]) == 2
    assert said in capsys.readouterr().err
