"""Who a request comes from: a page, and the browser it is in, so that one person's ten tabs are one person.

Knows nothing else of them: the browser is told a random name to come back with until it is closed. Where it does not
keep one, as in some frames of other sites, each of its pages is a person.
"""

import re
import secrets
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from tabs.fastgradio import gr
from tabs.guard import Message, Receive, Scope, Send

COOKIE = "playground_person"
NAME = re.compile(r"[\w-]{20,40}", re.ASCII)


def who(request: gr.Request) -> dict[str, str]:
    """`visit`, one page from its opening to its end, and `person`, for wire.Visits.generate."""
    visit = request.session_hash or ""
    cookies = getattr(request.request, "cookies", None) or {}
    return {"visit": visit, "person": known(cookies.get(COOKIE, "")) or visit}


async def who_calls(request: gr.Request) -> dict[str, str]:
    """The same of a function that the browser calls, whose request is not Gradio's own."""
    asked = await request.json()
    visit = str(asked.get("session_hash") or "")[:64]
    return {"visit": visit, "person": known(request.cookies.get(COOKIE, "")) or visit}


def known(name: str) -> str:
    """The name if it may be one of ours, else nothing."""
    return name if NAME.fullmatch(name) else ""


class Names:
    """Wraps an ASGI app: whoever opens the page without a name gets one."""

    def __init__(self, app: Callable):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/" and not name_in(scope):
            send = naming(send)
        await self._app(scope, receive, send)


def name_in(scope: Scope) -> str:
    cookie = SimpleCookie()
    try:
        for name, value in scope["headers"]:
            if name.lower() == b"cookie":
                cookie.load(value.decode("latin-1"))
    except CookieError:
        return ""
    return known(cookie[COOKIE].value) if COOKIE in cookie else ""


def naming(send: Send) -> Send:
    cookie = f"{COOKIE}={secrets.token_urlsafe(16)}; Path=/; HttpOnly; SameSite=Lax"

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"set-cookie", cookie.encode())]}
        await send(message)

    return sending
