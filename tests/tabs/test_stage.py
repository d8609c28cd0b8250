import json

from playground.events import Loading, Media, Notice, Preview, Step, Waiting
from tabs import stage
from tests.tabs.pictures import output

DRAFT = Media(b"draft", "image/jpeg")
PROMPT = 'a "red" <script>alert(1)</script> boat'


def told(events, prompt=PROMPT):
    """The stage after `events`, one second apart."""
    state = stage.begin(0.0)
    for second, event in enumerate(events, 1):
        state = stage.after(state, event, prompt, float(second), lambda made: ("/made/a.png", "?tab=image"))
    return state


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
    assert [p.preview for p in state.pictures] == ["data:image/jpeg;base64,ZHJhZnQ="] * 2
    state = told([Preview((DRAFT, DRAFT)), output(7)])
    assert [bool(p.file) for p in state.pictures] == [True, False]
    state = told([Preview((DRAFT, DRAFT)), output(7), Preview((DRAFT, DRAFT)), output(8)])
    assert [(p.seed, p.preview) for p in state.pictures] == [(7, ""), (8, "")]


def test_a_finished_picture_tells_its_seed_its_seconds_and_its_prompt():
    state = stage.finish(told([Waiting(1), Waiting(0), Step(1, 2), output(7)]), 4.0)
    (picture,) = state.pictures
    assert (picture.seed, picture.seconds, picture.file, picture.alt) == (7, 2.0, "/made/a.png", PROMPT)
    assert (state.phase, state.status) == ("done", "Drawn in 2.0 s")  # without the time in the line


def test_the_drawing_is_timed_from_its_first_step():
    state = stage.finish(told([Loading(), Waiting(1), Loading(0.5), Step(0, 2), Step(1, 2), output(7)]), 6.0)
    assert state.status == "Drawn in 2.0 s"


def test_an_error_keeps_what_was_finished():
    state = stage.fail(told([Preview((DRAFT, DRAFT)), output(7), Step(1, 2)]), "It broke.")
    assert (state.phase, state.status, state.fraction) == ("failed", "It broke.", None)
    assert [p.seed for p in state.pictures] == [7]


def test_an_end_without_a_picture_is_told():
    assert stage.finish(told([Step(1, 1)]), 2.0).phase == "failed"


def test_notices_gather():
    assert told([Notice("one"), Step(1, 2), Notice("two")]).notes == ("one", "two")


def test_the_browser_gets_plain_data_with_texts_as_they_are():
    shown = told([output(7)]).shown()
    assert json.loads(json.dumps(shown))["pictures"][0]["alt"] == PROMPT  # set as text by stage.js, never as HTML
    assert "since" not in shown
