"""The app in a server of its own, and a real Chromium to drive it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
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
PATIENCE = 30
"""Seconds to wait for the server to start or to stop."""


def chromium() -> str | None:
    """Return the installed Chromium, if any."""
    named = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in NAMES] + [f"/Applications/{path}" for path in MAC]
    return next((path for path in [named, *found] if path and Path(path).exists()), None)


def is_healthy(address: str) -> bool:
    try:
        with urlopen(f"{address}/_stcore/health", timeout=1) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the app on a free port; stop it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--server.headless", "true", "--server.fileWatcherType", "none"],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    found = f"http://localhost:{port}"
    pause = Event()
    try:
        for _ in range(PATIENCE * 10):
            if is_healthy(found) or server.poll() is not None:
                break
            pause.wait(0.1)
        assert is_healthy(found), log.read_text(encoding="utf-8")
        yield found
    finally:
        server.terminate()
        server.wait(PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the installed Chromium without a window."""
    path = chromium()
    if path is None:
        pytest.skip("Chromium is not installed: make system-parts")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()
