"""The app in a server of its own, that can be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
PATIENCE = 30
"""Seconds to wait for the server to start or to stop."""


def is_healthy(address: str) -> bool:
    try:
        with urlopen(f"{address}/_stcore/health", timeout=1) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


class Server:
    """The app on a port of its own, with saved work of its own; it can be killed and started again."""

    def __init__(self, folder: Path, script: str = "app.py") -> None:
        self.script = script
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://localhost:{self.port}"
        self.log = folder / "log.txt"
        self.database = folder / "work.sqlite3"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", self.script, "--server.port", str(self.port)]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--server.headless", "true", "--server.fileWatcherType", "none"],
                cwd=ROOT,
                env={**os.environ, "FUNDING_MODEL_DATABASE_URL": f"sqlite:///{self.database}"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        pause = Event()
        for _ in range(PATIENCE * 10):
            if is_healthy(self.address) or self.process.poll() is not None:
                break
            pause.wait(0.1)
        assert is_healthy(self.address), self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End the server in the middle of whatever it does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)
