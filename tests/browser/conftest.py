"""The app in a server, and a real Chromium to drive it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.server import Server

NAMES = ("chromium", "chromium-browser", "google-chrome")
MAC = ("Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1280, "height": 2000}
Visit = Callable[..., Page]
FAILED = pytest.StashKey[list[bool]]()


def chromium() -> str | None:
    """Return the installed Chromium, if any."""
    named = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in NAMES] + [f"/Applications/{path}" for path in MAC]
    return next((path for path in [named, *found] if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the app on a free port; stop it afterwards."""
    server = Server(tmp_path_factory.mktemp("server"))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def address(shared_server: Server) -> str:
    """Where the app answers that all tests share."""
    return shared_server.address


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that the test may kill."""
    server = Server(tmp_path)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the installed Chromium without a window."""
    path = chromium()
    if path is None:
        pytest.skip("Chromium is not installed: make chromium")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether a test failed, for those who tidy up after it."""
    report = yield
    item.stash.setdefault(FAILED, []).append(report.failed)
    return report


def describe(page: Page) -> None:
    """Print what a page holds: who reads of a failure has nothing else to go by."""
    status = page.evaluate("document.querySelector('[data-testid=stApp]')?.dataset.testScriptState")
    print(f"{page.url.partition('?')[0]} ({status}):\n{page.inner_text('body')}")  # noqa: T201 - pytest keeps it


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open an address as a new visitor; afterwards no request may have left for any other host."""
    contexts: list[Any] = []
    outside: list[str] = []
    own: list[str] = []

    def note(url: str) -> None:
        if not url.startswith((*own, "data:", "blob:")):
            outside.append(url)

    def go(address: str, size: dict[str, int] | None = None, scheme: Any = "light") -> Page:  # noqa: ANN401 - a literal
        own.append("/".join(address.split("/")[:3]))
        context = browser.new_context(viewport=size or WIDE, color_scheme=scheme)  # type: ignore[arg-type]
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        context.on("request", lambda request: note(request.url))
        page = context.new_page()
        page.goto(address)
        return page

    yield go
    if any(request.node.stash.get(FAILED, [])):
        for context in contexts:
            for page in context.pages:
                describe(page)
    for context in contexts:
        context.close()
    assert not outside
