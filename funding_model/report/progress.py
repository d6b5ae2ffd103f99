"""Progress: how much of an answer is done, on a terminal."""

from __future__ import annotations

import sys
from typing import Final, Protocol

from funding_model.report.words import per_cent

WIDTH: Final = 60


class Shown(Protocol):
    """Shows the share that is done and, where that is known, what comes next; nothing once all of it is."""

    def __call__(self, share: float, what: str = "", /) -> None:
        """Show it in place of what was shown last."""


def progress_on_a_terminal() -> Shown | None:
    """Return what shows how much is done; None where the errors go to a file or to another program."""
    if not sys.stderr.isatty():
        return None

    def show(share: float, what: str = "", /) -> None:
        done = f"{per_cent(share, 0)} done"
        told = (f"{done}: {what}" if what else done)[:WIDTH] if share < 1 else ""
        sys.stderr.write(f"\r{told:<{WIDTH}}\r")
        sys.stderr.flush()

    return show
