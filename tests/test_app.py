"""The program: what it takes and refuses, how it starts and ends, what it lets in."""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest
from gradio_client import Client

import app
from playground.errors import Refused
from playground.settings import Settings
from tabs import TABS
from tabs.fastgradio import gr

ROOT = Path(__file__).parents[1]
DRAWS_NOTHING: Any = lambda key, **values: None  # noqa: E731 - to say of what type it is


def start(*arguments, **variables):
    """The program as a person starts it, and the line it prints."""
    command = [sys.executable, "app.py", *arguments]
    quiet = {"cwd": ROOT, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, env={**os.environ, **variables}, **quiet)
    assert process.stdout
    return process, process.stdout.readline()


def refused(*arguments):
    return subprocess.run([sys.executable, "app.py", *arguments], cwd=ROOT, capture_output=True, text=True)


def answer(address, path, data=None, headers=()):
    """(status, headers, body)"""
    request = Request(address + path, data=data, headers={"content-type": "application/json", **dict(headers)})
    try:
        with urlopen(request) as response:
            return response.status, response.headers, response.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


@pytest.fixture(scope="module")
def running():
    process, line = start("--port", "18860")
    yield line.split()[-1], process
    end(process)


def end(process):
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)


def test_help_tells_what_can_be_set():
    done = refused("--help")
    assert done.returncode == 0 and "--access-code" in done.stdout and "--output-hours" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [("--port", "many"), ("--device", "toaster"), ("--settings", "/nowhere.toml"), ("--soundfont", "README.md")],
)
def test_what_cannot_be_set_is_one_sentence(arguments):
    done = refused(*arguments)
    assert (
        done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    )


def test_the_next_free_port_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        assert port < app.free_port("127.0.0.1", port) <= port + 100


def test_a_host_that_is_not_ours_is_refused():
    with pytest.raises(Refused, match="--host"):
        app.free_port("192.0.2.1", 65530)


def test_others_are_told_an_address_they_can_reach():
    assert app.reachable("127.0.0.1") == "127.0.0.1" and app.reachable("::1") == "[::1]"
    assert app.reachable("0.0.0.0") not in ("0.0.0.0", "")


@pytest.fixture(scope="module")
def demo():
    async def build():  # Gradio makes event loops that it never closes, unless one is running already
        return app.build(DRAWS_NOTHING, Settings())

    return asyncio.run(build())


def test_each_tab_stays_small(demo):
    tabs = [block for block in demo.blocks.values() if isinstance(block, gr.Tab)]
    assert len(tabs) == len(shown())
    assert all(len(list(within(tab))) <= 36 for tab in tabs)  # every session costs memory for each


def shown():
    return [tab for tab in TABS if app.models(tab.KIND)]


def within(block):
    for child in getattr(block, "children", ()):
        yield child
        yield from within(child)


def test_only_making_is_public_and_nobody_waits_behind_another(demo):
    public = [fn for fn in demo.fns.values() if fn.api_visibility == "public"]
    assert [fn.api_name for fn in public] == [tab.KIND for tab in shown()]
    assert {fn.concurrency_limit for fn in public} == {None}
    assert not demo.api_open


def test_building_the_page_imports_nothing_heavy():
    code = "import app, sys; from playground.settings import Settings; app.build(lambda: None, Settings())"
    code += "; print(*{'torch', 'transformers', 'diffusers'} & {m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_it_prints_its_address_and_answers_with_security_headers(running):
    address, _ = running
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    status, headers, body = answer(address, "/")
    assert status == 200 and "Playground" in body
    assert "default-src 'self'" in headers["content-security-policy"] and headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/openapi.json", "/monitoring", "/gradio_api/file=/etc/passwd", "/gradio_api/runs"])
def test_what_nobody_needs_is_not_there(running, path):
    assert answer(running[0], path)[0] in (403, 404)


def test_the_line_cannot_be_gone_around(running):
    status, _, body = answer(running[0], "/gradio_api/run/image", json.dumps({"data": []}).encode())
    assert status >= 400 and "Traceback" not in body


def test_too_much_is_refused(running):
    assert answer(running[0], "/gradio_api/queue/join", b"x" * 1_000_001)[0] == 413


def test_beyond_this_machine_a_code_is_needed():
    process, line = start("--host", "0.0.0.0", "--port", "18960")
    try:
        told = re.fullmatch(r"Playground is at (\S+)  The access code is (\w+)\n", line)
        assert told
        address, code = told.groups()
        local = f"http://127.0.0.1:{address.rsplit(':')[-1]}"
        assert answer(local, "/config")[0] == 401
        form = {"content-type": "application/x-www-form-urlencoded"}
        assert answer(local, "/login", b"username=ann&password=wrong", form)[0] == 400
        status, headers, _ = answer(local, "/login", f"username=ann&password={code}".encode(), form)
        assert status == 200 and "access-token" in headers["set-cookie"]
    finally:
        end(process)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_and_takes_the_engine_along(how):
    process, line = start("--port", "19060")
    drawing = Client(line.split()[-1], verbose=False).submit("poster", "a red boat", api_name="/image")
    assert drawing.result(timeout=300)["phase"] == "done"
    engine = psutil.Process(process.pid).children(recursive=True)
    assert engine
    process.send_signal(how)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert not [child for child in engine if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
