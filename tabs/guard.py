"""What stands before the page: security headers, limits of size and pace; pure ASGI, knows no Gradio and no model.

A class behind one address shares that address, so pace is counted by visit first, and by address only far above it.
"""

import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",  # Gradio's own templates are compiled in the browser
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self' https://huggingface.co",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
LARGEST_CALL = 1_000_000  # bytes of a request that is no upload; a long prompt has a hundredth of it
DRAFT = b'"fn_name":"latent_draft"'  # what follows a hand that moves, and shares the engine's fair turns
LARGEST_UPLOAD = 41_000_000
COUNTED = ("/queue/join", "/upload", "/component_server", "/call/", "/run/", "/login")


class Bucket:
    """So many at once, then so many a second."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic):
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._left: dict[str, tuple[float, float]] = {}  # who -> (what is left, when that was counted)

    def take(self, who: str) -> bool:
        """Whether `who` may go on now."""
        now = self._clock()
        if len(self._left) > 5000:
            self._left = {name: entry for name, entry in self._left.items() if self._now(*entry, now) < self._burst}
        left = self._now(*self._left.get(who, (self._burst, now)), now)
        self._left[who] = (max(0.0, left - 1), now)
        return left >= 1

    def _now(self, left: float, then: float, now: float) -> float:
        return min(self._burst, left + (now - then) * self._per_second)


class Guard:
    """Wraps an ASGI app. `same_origin`: whether other sites' pages may not send anything, needed with a login."""

    def __init__(self, app: Callable, *, same_origin: bool = False, clock: Callable[[], float] = time.monotonic):
        self._app, self._same_origin = app, same_origin
        self._visits, self._addresses = Bucket(40, 4, clock), Bucket(600, 60, clock)
        self._drafting, self._rooms_drafting = Bucket(120, 60, clock), Bucket(1200, 600, clock)
        self._logins = Bucket(60, 0.5, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        send = with_headers(send)
        if scope["method"] != "POST":
            return await self._app(scope, receive, send)
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if self._same_origin and is_foreign(headers):
            return await refuse(send, 403, "This came from the page of another site.")
        path, size = scope["path"], headers.get(b"content-length", "")
        if path.endswith("/upload"):
            if not size.isdigit() or int(size) > LARGEST_UPLOAD:
                return await refuse(send, 413, "This file is too large: 40 MB are the most.")
            body = b""
        else:
            body = await read(receive, LARGEST_CALL)
            if body is None:
                return await refuse(send, 413, "This is too much at once.")
            receive = replay(body, receive)
        if any(part in path for part in COUNTED) and not self._may(path, scope, body):
            return await refuse(send, 429, "That was a lot in a short time: wait a few seconds, then go on.")
        await self._app(scope, receive, send)

    def _may(self, path: str, scope: Scope, body: bytes) -> bool:
        address = (scope.get("client") or ("",))[0]
        if path.endswith("/login"):
            return self._logins.take(address)
        visit = visit_of(body)
        if "/component_server" in path and DRAFT in body.replace(b" ", b""):
            return self._rooms_drafting.take(address) and (not visit or self._drafting.take(visit))
        return self._addresses.take(address) and (not visit or self._visits.take(visit))


def with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
        await send(message)

    return sending


def is_foreign(headers: dict[bytes, str]) -> bool:
    origin = headers.get(b"origin")
    return origin is not None and urlsplit(origin).netloc != headers.get(b"host")


def visit_of(body: bytes) -> str:
    try:
        visit = json.loads(body).get("session_hash", "")
    except (ValueError, AttributeError, RecursionError):
        return ""
    return visit[:64] if isinstance(visit, str) else ""


async def read(receive: Receive, most: int) -> bytes | None:
    """The whole body; None if it is larger than `most` bytes."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body"):
            return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives `body` first, and then whatever comes."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return first.pop() if first else await receive()

    return receiving


async def refuse(send: Send, status: int, sentence: str) -> None:
    """Gradio's page shows `detail` to the person."""
    body = json.dumps({"detail": sentence}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
