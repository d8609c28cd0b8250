"""The functions that the browser calls for its gallery, by two people at once."""

import json
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from playground import recipe
from playground.events import Output
from tabs import mine, outputs, owners
from tabs.image import Drawing
from tabs.mine_files import Galleries
from tabs.mine_limits import Limits
from tabs.mine_zip import free
from tabs.people import COOKIE
from tests.tabs.pictures import POSTER, output

ANN, BEN = "ann-" + "a" * 20, "ben-" + "b" * 20
EVIL = '<img src=x onerror=alert(1)> "a" & b'


@pytest.fixture
def galleries(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    return Galleries(tmp_path / "galleries", Limits())


@pytest.fixture
def ask(galleries):
    """Calls one of the functions as the browser of a person; without a person it keeps no cookie."""
    functions = {function.__name__: function for function in mine.functions(galleries, lambda path: None)}

    async def ask(name: str, told: Any, person: str = "", visit: str = "page") -> Any:
        async def body():
            return {"session_hash": visit, "data": told}

        return await functions[name](told, SimpleNamespace(json=body, cookies={COOKIE: person} if person else {}))

    return ask


def draw(galleries, person, *seeds, prompt="a red boat") -> list[str]:
    """Draws pictures as the tab does; gives their ids, the newest first."""
    drawing = Drawing(POSTER, prompt, galleries)
    drawing.person = person
    for seed in seeds:
        event = output(seed, prompt=prompt)
        assert isinstance(event, Output)
        drawing.after(event)
    return galleries.ids(person)


async def test_what_was_drawn_is_listed_the_newest_first_with_thumbnails(galleries, ask):
    ids = draw(galleries, ANN, 7, 8)
    found = await ask("mine_list", {}, ANN)
    assert found["ids"] == ids and [picture["seed"] for picture in found["pictures"]] == [8, 7]
    assert all(picture["small"].startswith("data:image/webp;base64,") for picture in found["pictures"])
    assert found["kept"].startswith("2 pictures, 0.1 MB.") and "24 hours" in found["kept"]
    later = await ask("mine_list", {"after": ids[1]}, ANN)
    assert [picture["id"] for picture in later["pictures"]] == [ids[0]]
    asked = await ask("mine_list", {"ids": [ids[1]]}, ANN)
    assert [picture["id"] for picture in asked["pictures"]] == [ids[1]]


async def test_many_come_in_parts(galleries, ask):
    ids = draw(galleries, ANN, *range(30))
    found = await ask("mine_list", {}, ANN)
    assert len(found["ids"]) == 30 and [one["id"] for one in found["pictures"]] == ids[: mine.AT_ONCE]


async def test_a_picture_comes_back_as_it_was_on_the_stage(galleries, ask):
    (id,) = draw(galleries, ANN, 7)
    found = await ask("mine_open", {"id": id}, ANN)
    file = Path(found["file"])
    assert found["alt"] == "a red boat" and found["seed"] == 7 and "seed=7" in found["link"]
    assert recipe.read(file.read_bytes()).values["prompt"] == "a red boat"
    file.unlink()  # as Gradio does in time
    again = Path((await ask("mine_open", {"id": id}, ANN))["file"])
    assert again != file and again.name == file.name and recipe.read(again.read_bytes()).values["seed"] == 7


async def test_nobody_gets_at_what_is_another_persons(galleries, ask):
    (id,) = draw(galleries, ANN, 7)
    file = (await ask("mine_open", {"id": id}, ANN))["file"]
    assert (await ask("mine_list", {}, BEN))["ids"] == [] == (await ask("mine_list", {"ids": [id]}))["pictures"]
    for name, told in (("mine_open", {"id": id}), ("mine_zip_up", {"ids": [id]})):
        assert set(await ask(name, told, BEN)) == {"problem"} == set(await ask(name, told))
    await ask("mine_delete", {"ids": [id]}, BEN)
    assert galleries.ids(ANN) == [id]
    assert owners.may(ANN, f"/gradio_api/file={file}")
    assert not any(owners.may(other, f"/gradio_api/file={file}") for other in (BEN, ""))


async def test_without_a_cookie_the_gallery_is_the_pages(galleries, ask):
    (id,) = draw(galleries, "page", 7)
    found = await ask("mine_list", {})
    assert found["ids"] == [id] and "leave this page" in found["kept"]
    assert (await ask("mine_list", {}, visit="another"))["ids"] == []
    file = (await ask("mine_open", {"id": id}))["file"]
    assert owners.may("", f"/gradio_api/file={file}")
    galleries.leave("page")
    assert (await ask("mine_list", {}))["ids"] == [] and Path(file).exists()


@pytest.mark.parametrize("id", ["../../etc/passwd", "0" * 24, "", None, 7, ["x"], {"a": 1}, "a" * 5000, "\0"])
async def test_what_is_no_id_opens_nothing(galleries, ask, id):
    draw(galleries, ANN, 7)
    assert "not here any more" in (await ask("mine_open", {"id": id}, ANN))["problem"]
    assert (await ask("mine_zip_up", {"ids": [id]}, ANN))["problem"] == mine.NONE
    await ask("mine_delete", {"ids": [id]}, ANN)
    assert (await ask("mine_list", {"ids": [id], "after": id}, ANN))["pictures"] == []
    assert len(galleries.ids(ANN)) == 1


@pytest.mark.parametrize("told", [None, 7, "ids", [], {"ids": "all"}])
async def test_nonsense_is_answered(galleries, ask, told):
    draw(galleries, ANN, 7)
    assert (await ask("mine_zip_up", told, ANN))["problem"] == mine.NONE
    assert len((await ask("mine_delete", told, ANN))["ids"]) == 1
    assert len((await ask("mine_list", told, ANN))["ids"]) == 1


async def test_a_zip_holds_the_pictures_their_recipes_and_a_page(galleries, ask):
    ids = draw(galleries, ANN, 7, 7, prompt=EVIL)
    path = Path((await ask("mine_zip_up", {"ids": ids}, ANN))["file"])
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        told, page = json.loads(archive.read("recipes.json")), archive.read("index.html").decode()
        files = [one["file"] for one in told]
        assert len(set(files)) == 2 and sorted(archive.namelist()) == sorted([*files, "index.html", "recipes.json"])
        assert all(recipe.read(archive.read(file)).values["prompt"] == EVIL for file in files)
        assert told[0]["recipe"]["params"]["seed"] == 7
    assert "<img src=x" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page and "<script" not in page
    assert all(f'src="{file}"' in page for file in files) and "seed 7" in page
    await ask("mine_delete", {"ids": ids[:1]}, ANN)
    assert not path.exists()  # it would hold what was deleted


def test_names_in_a_zip_are_plain_and_different():
    assert free("../../a b.png", set()) == "a-b.png" and free("a.png", {"a.png", "a-2.png"}) == "a-3.png"
    assert free("<x>.pn/g", set()).isascii() and "/" not in free("..\\..\\evil.png", set())


async def test_deleting_is_for_good(galleries, ask, tmp_path):
    ids = draw(galleries, ANN, 7, 8)
    await ask("mine_list", {}, ANN)
    assert (await ask("mine_delete", {"ids": ids}, ANN))["ids"] == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_files_of_nobody_known_are_for_who_knows_their_address(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    ours, theirs = outputs.folder() / "a.png", outputs.folder() / "b.png"
    owners.claim({"visit": "page", "person": ANN}, [ours])
    owners.claim({"visit": "page", "person": "page"}, [theirs])
    assert owners.may("", f"/gradio_api/file={theirs}") and owners.may(BEN, f"/file={theirs}")
    folder = ours.parent.name
    for address in (str(ours), f"/x/../{ours}", f"{ours.parent}/./a.png", f"/made/{folder.upper()}/a.png"):
        assert owners.may(ANN, f"/gradio_api/file={address}") and not owners.may(BEN, f"/gradio_api/file={address}")
    assert not owners.may("", f"/gradio_api/file={ours}".replace(folder, "%" + f"{ord(folder[0]):x}" + folder[1:]))


async def test_the_server_refuses_a_file_of_another(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    ours = outputs.folder() / "a.png"
    owners.claim({"visit": "page", "person": ANN}, [ours])

    async def status(cookie: str) -> list[int]:
        sent = []

        async def page(scope, receive, send):
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def send(message):
            sent.append(message)

        headers = [(b"cookie", cookie.encode())] if cookie else []
        scope = {"type": "http", "method": "GET", "path": f"/gradio_api/file={ours}", "headers": headers}
        await owners.Owners(page)(scope, lambda: None, send)  # pyright: ignore[reportArgumentType]  # nothing is received
        return [message["status"] for message in sent if "status" in message]

    assert await status(f"{COOKIE}={ANN}") == [200]
    assert await status(f"{COOKIE}={BEN}") == [403] == await status("")
