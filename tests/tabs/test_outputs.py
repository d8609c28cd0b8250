import pytest

from playground.events import Media
from tabs import outputs


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    return tmp_path


def test_a_file_is_kept_as_it_came_under_a_telling_name(folder):
    path = outputs.keep(Media(b"bytes", "image/png"), "poster", 7)
    assert path.read_bytes() == b"bytes" and path.name.startswith("poster-7-") and path.suffix == ".png"
    assert folder in path.parents


def test_a_text_is_kept_with_what_it_goes_on_from(folder):
    recipe = {"model": {"key": "fable"}, "params": {"mode": "write", "prompt": "Once", "seed": 7}}
    kept = outputs.keep_text(" more", recipe, "fable")
    assert kept[".txt"].read_text().endswith("---\n\nOnce more") and '"Once more"' in kept[".json"].read_text()


def test_nobody_can_guess_where_another_file_is():
    a, b = (outputs.keep(Media(b"x", "image/png"), "poster", 7) for _ in range(2))
    assert a.parent != b.parent and len(a.parent.name) >= 16


def test_a_key_cannot_leave_the_folder(folder):
    path = outputs.keep(Media(b"x", "image/png"), "../../owner/name", 7)
    assert path.name.startswith("owner-name-7-") and folder in path.parents
