import pytest

from playground import recipe, text_files
from playground.params import check
from tabs import filling, keeping
from tests.browser.fake_text import FABLE

FILE = keeping.unfinished({"fable": FABLE})
ASKED = {"model": "fable", "mode": "write", "prompt": "Once", "suffix": "", "seed": 7, "temperature": 0.3}
WAYS = [
    ({"mode": "write", "prompt": "Once", "suffix": "end"}, "Once more"),
    ({"mode": "fill", "prompt": "def", "suffix": "end"}, "def moreend"),
    ({"mode": "chat", "prompt": "Hi", "suffix": ""}, " more"),
    ({"mode": "measure", "prompt": "Once", "suffix": ""}, " more"),
]


@pytest.mark.parametrize("params, read", WAYS)
def test_a_continuation_is_read_with_what_it_goes_on_from(params, read):
    assert keeping.whole(" more", params) == read and keeping.own(read, params) == " more"


def test_a_file_that_holds_the_answer_alone_is_not_cut():
    assert keeping.own(" more", {"mode": "write", "prompt": "Once"}) == " more"
    assert keeping.own("aba", {"mode": "fill", "prompt": "ab", "suffix": "ba"}) == "aba"


@pytest.mark.parametrize("ending", text_files.ENDINGS)
@pytest.mark.parametrize("edited, fact", [(False, {"finished": False}), (True, {"edited": True})])
def test_a_stopped_or_edited_text_keeps_its_settings(tmp_path, ending, edited, fact):
    content = FILE({"text": " mo", "ending": ending, "edited": edited, "asked": ASKED})
    assert content is not None and "trainedAlgorithmicMedia" in content
    path = tmp_path / f"a{ending}"
    path.write_text(content, "utf-8")
    found = filling.from_text(str(path), FABLE, {"fable": FABLE})
    assert found.text == " mo"
    assert (found.values["prompt"], found.values["seed"], found.values["temperature"]) == ("Once", 7, 0.3)
    text, made = text_files.read(content.encode(), path.name)
    assert text == "Once mo" and made["facts"] == fact


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"text": 3, "ending": ".md", "asked": ASKED},
        {"text": "a", "ending": ".exe", "asked": ASKED},
        {"text": "a", "ending": [], "asked": ASKED},
        {"text": "a", "ending": ".md", "asked": {"model": "dragon"}},
        {"text": "a" * (text_files.LARGEST + 1), "ending": ".md", "asked": ASKED},
    ],
)
def test_nonsense_from_a_browser_makes_no_file(told):
    assert FILE(told) is None


def test_settings_that_are_none_are_left_out():
    content = FILE({"text": "a", "ending": ".json", "asked": {**ASKED, "temperature": "hot", "virus": 1, "prompt": 5}})
    assert content is not None and "virus" not in content and "hot" not in content


def test_a_file_gives_back_what_it_was_made_of(tmp_path):
    params = check("text", {"prompt": "Once", "seed": 7}, {}, {})
    made = recipe.make(FABLE, "01", params, {})
    path = tmp_path / "a.md"
    path.write_bytes(text_files.write(keeping.whole(" more", made["params"]), made, ".md"))
    assert filling.from_text(str(path), FABLE, {"fable": FABLE}).text == " more"
