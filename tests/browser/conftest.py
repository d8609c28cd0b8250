"""The real page with a pretended engine, and a browser that notices every error and every foreign request."""

import asyncio
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import app
from playground.engine import Engine
from playground.gpu import Manager
from playground.gpu.local import Local
from playground.settings import Settings
from tests.browser.fake_generate import Fake

SCREENSHOTS = Path(__file__).parent / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
FIRST_PORT = 17860 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])  # workers do not race for one
PATIENCE = 60_000  # milliseconds; a machine that does something else as well is slow, not broken

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser():
    """One for each file: while it runs there can be no event loop for other tests."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Where the page keeps files, for all servers of this process."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("served")
        patch.setenv("GRADIO_TEMP_DIR", str(path))
        yield path


@contextmanager
def serving(generate, *prepare):
    """The page in a thread of this process; gives its address."""

    async def start():
        demo = app.build(generate, Settings(), *prepare)
        return demo, app.serve(demo, Settings(port=FIRST_PORT))

    # Gradio makes event loops that it never closes, unless one is running already.
    with ThreadPoolExecutor(1) as thread:
        demo, address = thread.submit(asyncio.run, start()).result()
    yield address
    demo.close(verbose=False)


@pytest.fixture(scope="session")
def pretended(folder):
    """(address, fake) of a page whose pictures are pretended."""
    fake = Fake()
    with serving(fake.generate) as address:
        yield address, fake


@pytest.fixture(scope="module")
def real(folder):
    """(address, manager) of the page as people get it: the starter, drawn by an engine process."""
    manager = Manager(Local("cpu"))
    engine = Engine(manager)
    with serving(engine.generate, engine.prepare) as address:
        yield address, manager
    manager.close()


@pytest.fixture
def fake(pretended):
    fake = pretended[1]
    fake.__init__()
    yield fake
    fake.go.set()


@dataclass
class Visitor:
    """One person's browser; `troubles` must be empty in the end."""

    context: BrowserContext
    address: str
    troubles: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self):
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda message: self.note(message.type == "error", message.text))
        self.page.on("pageerror", lambda error: self.note(True, str(error)))
        self.page.on("response", lambda answer: self.note(answer.status >= 400, f"{answer.status} {answer.url}"))
        ours = (self.address, "data:", "blob:")
        self.page.on("request", lambda asked: self.note(not asked.url.startswith(ours), f"foreign {asked.url}"))
        self.page.on("dialog", lambda dialog: self.note(True, f"a dialog says {dialog.message}"))

    def note(self, bad: bool, trouble: str) -> None:
        if bad:
            self.troubles.append(trouble)

    def open(self, query=""):
        self.page.goto(self.address + "/" + query)
        self.button("Draw").wait_for()
        return self

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def prompt(self):
        return self.page.get_by_role("textbox", name="Prompt", exact=True)

    @property
    def status(self):
        return self.page.get_by_role("status").first

    @property
    def pictures(self):
        return self.page.locator(".pictures img")

    def draw(self, prompt):
        self.prompt.fill(prompt)
        self.button("Draw").click()
        return self

    def drawn(self, patience=PATIENCE):
        expect(self.status).to_have_text(re.compile("Drawn in"), timeout=patience)
        expect(self.button("Draw")).to_be_visible()
        return self

    def until(self, condition):
        """Whether `condition` comes true; the browser goes on meanwhile."""
        for _ in range(PATIENCE // 50):
            if condition():
                return True
            self.page.wait_for_timeout(50)
        return False

    def look(self, name):
        """A screenshot, for people to look at."""
        self.page.evaluate("document.fonts.ready")
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


@pytest.fixture
def visit(browser: Browser, pretended, fake):
    yield from visits(browser, pretended[0])


@pytest.fixture
def visit_real(browser: Browser, real):
    yield from visits(browser, real[0])


def visits(browser, address, kind=Visitor):
    """A function that opens the page for one more person; in the end nobody may have had trouble."""
    opened: list[Visitor] = []

    def visit(query="", width=1280, height=900, scheme="light", **options: Any) -> Visitor:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", **options)
        opened.append(kind(context, address))
        return opened[-1].open(query)

    yield visit
    for visitor in opened:
        visitor.context.close()
    assert [visitor.troubles for visitor in opened if visitor.troubles] == []
