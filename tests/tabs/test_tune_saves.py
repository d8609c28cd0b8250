import asyncio
import json
import zipfile
from pathlib import Path

import pytest
import soundfile

from playground.events import Media
from tabs import filling, outputs, tune_saves, tunes
from tests.tabs.tunes import DITTY, output, sound


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    return tmp_path


def finished(seed=7) -> str:
    """The path of the sound of a tune, as the browser knows it."""
    event = output(seed)
    assert isinstance(event.media, Media)
    _, files = tunes.keep(event.media, event.recipe, DITTY.key)
    return files[".wav"].as_posix()


@pytest.fixture
def desk():
    """(what was kept, and what the browser may call, by name)"""
    kept: list[Path] = []
    return kept, {one.__name__: one for one in tune_saves.functions(kept.append)}


@pytest.mark.parametrize("ending", tunes.LATER)
async def test_another_kind_of_sound_is_made_when_it_is_asked_for(desk, ending):
    kept, functions = desk
    answer = await functions["tune_file"]({"file": finished(), "ending": ending})
    path = Path(answer["file"])
    assert kept == [path] and path.name == "calm-waltz-D-minor-7" + ending
    assert filling.from_file(str(path), DITTY, {"ditty": DITTY}).values["seed"] == 7
    again = await functions["tune_file"]({"file": path.with_suffix(".wav").as_posix(), "ending": ending})
    assert again == answer


async def test_all_tunes_of_a_run_go_into_one_zip(desk):
    kept, functions = desk
    files = [finished(7), finished(8), finished(8)]
    answer = await functions["tunes_zip"](files)
    assert kept == [Path(answer["file"])] and kept[0].name == "calm-waltz-D-minor-7-and-2-more.zip"
    with zipfile.ZipFile(kept[0]) as archive:
        names = [f"calm-waltz-D-minor-{name}" for name in ("7", "8", "8-b")]
        assert archive.namelist() == [name + end for name in names for end in (".wav", ".mid", ".abc", ".json")]
        assert archive.read(names[1] + ".wav") == Path(files[1]).read_bytes()
        assert json.loads(archive.read(names[0] + ".json"))["params"]["seed"] == 7
        assert archive.testzip() is None
    assert await functions["tunes_zip"](files) == answer
    assert await functions["tunes_zip"](files[:2]) != answer


async def test_a_track_is_made_when_it_is_asked_for(desk):
    kept, functions = desk
    file = finished()
    answer = await functions["tune_stem"]({"file": file, "track": 1})
    assert kept == [Path(answer["file"])] and kept[0].name == "calm-waltz-D-minor-7-track-2.flac"
    heard, rate = soundfile.read(answer["file"])
    assert rate == 44100 and heard.shape[1] == 2 and abs(heard).max() > 0.01
    for track in (None, "1", True, -1, 4, 1e9, 99):
        assert set(await functions["tune_stem"]({"file": file, "track": track})) == {"problem"}


async def test_only_sounds_that_were_made_here_are_opened(desk, tmp_path):
    kept, functions = desk
    real = finished()
    outside = tmp_path / "secret.wav"
    outside.write_bytes(sound(0.1))
    inside = outputs.folder() / "bare.wav"
    inside.write_bytes(sound(0.1))
    gone = Path(finished(9))
    gone.unlink()
    for file in (
        *(None, 7, "", "/etc/passwd", str(outside), str(inside), str(gone), real + "\0", real[:-4] + ".mid"),
        *(real.replace("/made/", "/made/../made/"), outputs.root().as_posix() + "/" + "../" * 9 + "etc/passwd.wav"),
    ):
        for name, asked in (
            ("tune_file", {"file": file, "ending": ".mp3"}),
            ("tune_stem", {"file": file, "track": 0}),
            ("tunes_zip", [real, file]),
        ):
            assert set(await functions[name](asked)) == {"problem"}, (name, file)
    for told in (None, "x", [], {"ending": ".mp3"}, {"file": real}, {"file": real, "ending": "/../x"}):
        assert set(await functions["tune_file"](told)) == {"problem"}
    for told in (None, "x", [], [real] * 9, {"0": real}):
        assert set(await functions["tunes_zip"](told)) == {"problem"}
    assert kept == []


async def test_a_failure_is_a_sentence_and_the_next_one_is_made(desk):
    def broken() -> Path:
        raise OSError("no space left on device")

    made = tune_saves.Desk(desk[0].append)
    answers = await asyncio.gather(made.give(broken), made.give(lambda: Path("a.wav")))
    assert "should not have" in answers[0]["problem"] and answers[1] == {"file": "a.wav"}


@pytest.mark.parametrize(
    "params, name",
    [
        ({"mood": "calm", "style": "waltz", "key": "D", "mode": "minor", "seed": 7}, "calm-waltz-D-minor-7"),
        ({"style": "jig", "key": "F#", "seed": 1}, "jig-F-sharp-1"),
        ({"seed": 1}, "owner-name-1"),
    ],
)
def test_a_file_is_called_what_people_look_for(params, name):
    assert tunes.name(params, "../owner/name") == name
