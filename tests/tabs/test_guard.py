import json
from typing import Any

import pytest

from tabs.guard import HEADERS, LARGEST_CALL, LARGEST_UPLOAD, Bucket, Guard


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Behind:
    """The app behind the guard: remembers what reached it."""

    def __init__(self):
        self.bodies = []

    async def __call__(self, scope, receive, send):
        message = await receive()
        self.bodies.append(message.get("body", b""))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})
        await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def behind():
    return Behind()


@pytest.fixture
def guard(behind, clock):
    return Guard(behind, clock=clock)


async def ask(guard, path="/gradio_api/queue/join", parts=(b"{}",), method="POST", headers=(), client="10.0.0.1"):
    """(status, headers, body) of one request."""
    sent, waiting = [], list(parts)

    async def receive():
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": list(headers), "client": (client, 1)}
    await guard(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def visit(name):
    return (json.dumps({"session_hash": name}).encode(),)


async def test_every_answer_carries_the_security_headers(guard):
    status, headers, body = await ask(guard, "/", method="GET")
    assert (status, body) == (200, b"ok") and set(HEADERS) <= set(headers.items()) and headers[b"x"] == b"y"


async def test_a_body_in_parts_arrives_whole(guard, behind):
    await ask(guard, parts=(b'{"a":', b" 1}"))
    assert behind.bodies == [b'{"a": 1}']


async def test_too_much_at_once_is_refused_with_a_sentence(guard, behind):
    status, headers, body = await ask(guard, parts=(b"x" * LARGEST_CALL, b"x"))
    assert status == 413 and json.loads(body)["detail"].endswith(".") and set(HEADERS) <= set(headers.items())
    assert behind.bodies == []


@pytest.mark.parametrize("size", [str(LARGEST_UPLOAD + 1), "", "x", "-1"])
async def test_uploads_tell_their_size_and_keep_to_it(guard, size):
    headers = [(b"content-length", size.encode())]
    assert (await ask(guard, "/gradio_api/upload", headers=headers))[0] == 413


async def test_an_upload_of_a_fair_size_passes_untouched(guard, behind):
    headers = [(b"content-length", b"3")]
    assert (await ask(guard, "/gradio_api/upload", parts=(b"abc",), headers=headers))[0] == 200
    assert behind.bodies == [b"abc"]


async def test_one_visit_cannot_flood_and_does_not_slow_its_neighbours(guard, clock):
    statuses = [(await ask(guard, parts=visit("a")))[0] for _ in range(60)]
    assert statuses.count(429) == 20
    assert (await ask(guard, parts=visit("b")))[0] == 200
    clock.now += 1
    assert (await ask(guard, parts=visit("a")))[0] == 200


async def test_drafts_have_a_pace_of_their_own(guard, clock):
    draft = (json.dumps({"session_hash": "a", "fn_name": "latent_draft", "data": {}}).encode(),)
    statuses = [(await ask(guard, "/gradio_api/component_server", draft))[0] for _ in range(130)]
    assert statuses == [200] * 120 + [429] * 10
    assert (await ask(guard, parts=visit("a")))[0] == 200
    clock.now += 1
    statuses = [(await ask(guard, "/gradio_api/component_server", draft))[0] for _ in range(61)]
    assert statuses == [200] * 60 + [429]


async def test_changing_the_name_of_the_visit_does_not_help_for_ever(guard):
    statuses = [(await ask(guard, parts=visit(str(n))))[0] for n in range(700)]
    assert statuses.count(429) == 100
    assert (await ask(guard, parts=visit("x"), client="10.0.0.2"))[0] == 200


async def test_codes_cannot_be_guessed_quickly(guard):
    statuses = [(await ask(guard, "/login", parts=(b"password=1",)))[0] for _ in range(70)]
    assert statuses.count(429) == 10


@pytest.mark.parametrize("body", [b"[]", b"\xff", b"[" * 5000, b'{"session_hash": 5}', b""])
async def test_odd_bodies_are_passed_on(guard, body):
    assert (await ask(guard, parts=(body,)))[0] == 200


async def test_other_sites_may_not_send_when_there_is_a_login(behind):
    origin = [(b"host", b"10.0.0.9:7860"), (b"origin", b"http://evil.example")]
    assert (await ask(Guard(behind, same_origin=True), headers=origin))[0] == 403
    assert (await ask(Guard(behind), headers=origin))[0] == 200
    own = [(b"host", b"10.0.0.9:7860"), (b"origin", b"http://10.0.0.9:7860")]
    assert (await ask(Guard(behind, same_origin=True), headers=own))[0] == 200


async def test_what_is_not_http_passes(guard):
    async def lifespan(scope, receive, send):
        await send({"type": "lifespan.startup.complete"})

    sent = []

    async def send(message):
        sent.append(message)

    receive: Any = None  # nobody asks for it
    await Guard(lifespan)({"type": "lifespan"}, receive, send)
    assert sent == [{"type": "lifespan.startup.complete"}]


def test_a_bucket_forgets_those_who_stay_away(clock):
    bucket = Bucket(2, 1, clock)
    for number in range(6000):
        bucket.take(str(number))
        clock.now += 0.01
    assert len(bucket._left) <= 5001
