from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

import pytest

from tabs.people import COOKIE, Names, who

OURS = "AbCd-_0123456789abcdef"


def request(visit: str | None, cookies: Any) -> Any:
    return SimpleNamespace(session_hash=visit, request=SimpleNamespace(cookies=cookies))


def test_all_pages_of_a_browser_are_one_person():
    pages = [who(request(visit, {COOKIE: OURS})) for visit in ("a", "b")]
    assert pages == [{"visit": "a", "person": OURS}, {"visit": "b", "person": OURS}]


@pytest.mark.parametrize("cookies", [{}, {COOKIE: ""}, {COOKIE: "short"}, {COOKIE: "<" * 30}, {COOKIE: "a" * 5000}])
def test_without_a_name_of_ours_each_page_is_a_person(cookies):
    assert who(request("a", cookies)) == {"visit": "a", "person": "a"}


def test_a_script_without_a_session_is_nobody():
    assert who(SimpleNamespace(session_hash=None, request=None)) == {"visit": "", "person": ""}  # pyright: ignore[reportArgumentType]  # what is asked of it


async def names_given(path: str = "/", method: str = "GET", cookie: str = ""):
    """What a browser is told to keep."""
    sent = []

    async def page(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-page", b"1")]})
        await send({"type": "http.response.body", "body": b""})

    async def send(message):
        sent.append(message)

    headers = [(b"cookie", cookie.encode())] if cookie else []
    scope = {"type": "http", "method": method, "path": path, "headers": headers}
    await Names(page)(scope, lambda: None, send)  # pyright: ignore[reportArgumentType]  # nothing is received
    assert sent[0]["headers"][0] == (b"x-page", b"1")
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


async def test_who_opens_the_page_is_named_once():
    (told,) = await names_given()
    name = SimpleCookie(told)[COOKIE]
    assert name["httponly"] and name["samesite"] == "Lax" and not name["max-age"]
    assert who(request("a", {COOKIE: name.value}))["person"] == name.value
    assert await names_given(cookie=f"theme=dark; {COOKIE}={name.value}") == []
    assert (await names_given())[0] != told


@pytest.mark.parametrize("cookie", ["", f"{COOKIE}=forged", "\xff=;;;=,", "a[b]=1; " * 50])
async def test_nonsense_is_replaced(cookie):
    assert len(await names_given(cookie=cookie)) == 1


async def test_only_the_page_itself_names_people():
    assert await names_given(path="/theme.css") == [] and await names_given(method="POST") == []
