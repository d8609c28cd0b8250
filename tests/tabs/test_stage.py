import json
from pathlib import Path

import pytest

from playground.events import Loading, Media, Notice, Preview, Step, Trace, Waiting
from tabs import mine_files, mine_limits
from tabs.fastgradio import get_upload_folder
from tabs.image import Drawing
from tests.tabs.pictures import POSTER, output

DRAFT = Media(b"draft", "image/jpeg")
PROMPT = 'a "red" <script>alert(1)</script> boat'


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))


def making(events, prompt=PROMPT, end=0.0):
    """A generation after `events`, one second apart, at the second `end`."""
    times = [0.0]
    drawing = Drawing(
        POSTER,
        prompt,
        mine_files.Galleries(Path(get_upload_folder()) / "galleries", mine_limits.Limits()),
        lambda: times[-1],
    )
    for second, event in enumerate(events, 1):
        times.append(float(second))
        drawing.after(event)
    times.append(end)
    return drawing


def told(events):
    return making(events).stage


def finished(events, end):
    drawing = making(events, end=end)
    drawing.finish()
    return drawing.stage


def test_the_line_the_load_and_the_steps_are_told():
    assert told([Waiting(2, 8.2)]).status == "2 before you, about 8 seconds"
    assert told([Waiting(0)]).status == "You are next"
    assert told([Waiting(9, 240)]).status == "9 before you, about 4 minutes"
    loading = told([Loading(0.5, "Loading Poster")])
    assert (loading.status, loading.fraction) == ("Loading Poster", 0.5)
    step = told([Step(5, 10)])
    assert (step.status, step.fraction, step.phase) == ("Step 5 of 10", 0.5, "working")


def test_previews_replace_each_other_and_finished_pictures_replace_previews():
    state = told([Preview((DRAFT, DRAFT)), Preview((DRAFT, DRAFT))])
    assert [p.preview for p in state.works] == ["data:image/jpeg;base64,ZHJhZnQ="] * 2
    state = told([Preview((DRAFT, DRAFT)), output(7)])
    assert [bool(p.file) for p in state.works] == [True, False]
    state = told([Preview((DRAFT, DRAFT)), output(7), Preview((DRAFT, DRAFT)), output(8)])
    assert [(p.seed, p.preview) for p in state.works] == [(7, ""), (8, "")]


def test_a_finished_picture_tells_its_seed_its_seconds_and_its_prompt():
    state = finished([Waiting(1), Waiting(0), Step(1, 2), output(7)], 4.0)
    (picture,) = state.works
    assert (picture.seed, picture.seconds, picture.alt) == (7, 2.0, PROMPT) and picture.file.endswith(".png")
    assert (state.phase, state.status) == ("done", "Drawn in 2.0 s")  # without the time in the line


def test_the_drawing_is_timed_from_its_first_step():
    state = finished([Loading(), Waiting(1), Loading(0.5), Step(0, 2), Step(1, 2), output(7)], 6.0)
    assert state.status == "Drawn in 2.0 s"


def test_a_trace_comes_to_the_picture_that_it_names():
    frames = Trace((DRAFT, DRAFT), 0)
    state = finished([Preview((DRAFT, DRAFT)), output(7), output(8), frames], 5.0)
    assert [(p.seed, len(p.trace)) for p in state.works] == [(7, 2), (8, 0)]
    state = told([Preview((DRAFT, DRAFT)), output(7), frames])
    assert [(len(p.trace), bool(p.file)) for p in state.works] == [(2, True), (0, False)]


def test_an_error_keeps_what_was_finished():
    drawing = making([Preview((DRAFT, DRAFT)), output(7), Step(1, 2)])
    drawing.fail("It broke.")
    state = drawing.stage
    assert (state.phase, state.status, state.fraction) == ("failed", "It broke.", None)
    assert [p.seed for p in state.works] == [7]


def test_an_end_without_a_picture_is_told():
    assert finished([Step(1, 1)], 2.0).phase == "failed"


def test_notices_gather():
    assert told([Notice("one"), Step(1, 2), Notice("two")]).notes[1:] == ("one", "two")


def test_the_browser_gets_plain_data_with_texts_as_they_are():
    shown = told([output(7)]).shown()
    assert json.loads(json.dumps(shown))["works"][0]["alt"] == PROMPT  # set as text by stage.js, never as HTML
    assert "since" not in shown
