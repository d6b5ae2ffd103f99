"""What the tests run in processes of their own: they are started from here, so that each can be killed alone."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from sqlalchemy import Engine, event

from funding_model.store import Conflict, Saved, Store, open_store

ACTS: dict[str, Callable[[Store, str, str], object]] = {
    "create": lambda store, owner, _: store.create(owner, "new", name="New", what="New"),
    "save": lambda store, owner, scenario: store.save(owner, scenario, "four", expected=4, name="Hub", what="Four"),
    "undo": lambda store, owner, scenario: store.undo(owner, scenario, expected=4),
    "redo": lambda store, owner, scenario: store.redo(owner, scenario, expected=4),
    "restore": lambda store, owner, scenario: store.restore(owner, scenario, 1, expected=4),
    "delete": lambda store, owner, scenario: store.delete(owner, scenario),
    "erase": lambda store, owner, _: store.erase_all(owner),
}
"""What is done to a scenario at revision 4."""
SIZE = 50_000
"""Characters of a document that takes a moment to write."""


def document(revision: int) -> str:
    """Return a document that shows whether it is whole: its revision at both ends, what lies between hard to shrink."""
    middle = "".join(f"{(revision * 7919 + step * 104_729) % 1_000_003:06d}" for step in range(SIZE // 6))
    return f"{revision}[{middle}]{revision}"


def save_for_ever(url: str, owner: str, scenario: str, revision: int, said: Connection) -> None:
    """Save one revision after the other, and say the number of each when the store has taken it."""
    store = open_store(url)
    following = document(revision + 1)
    while True:
        result = store.save(owner, scenario, following, expected=revision, name="Hub", what=f"{revision + 1}")
        if not isinstance(result, Saved):
            raise TypeError(result)
        revision = result.revision
        # The next one is made first, so that whoever kills this process at its word does so in the next save.
        following = document(revision + 1)
        said.send(revision)


def die_in(url: str, owner: str, scenario: str, act: str, moment: int) -> None:
    """Do one thing, and be killed at a moment of it: before or after a statement, or before the commit.

    The process ends by itself only when the thing has fewer moments than that.
    """
    store = open_store(url)
    moments = count(1)

    def pass_a_moment(*_: object) -> None:
        if next(moments) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, pass_a_moment)
    ACTS[act](store, owner, scenario)


def save_once(url: str, owner: str, scenario: str, start: Barrier, said: Connection, mine: str) -> None:
    """Open the work, wait until everyone is ready, save a change to revision 1, and say what came of it."""
    store = open_store(url)
    start.wait()
    match store.save(owner, scenario, mine, expected=1, name=mine, what=mine):
        case Saved():
            said.send("saved")
        case Conflict(theirs=theirs):
            said.send(theirs.document)
        case None:
            said.send("nothing")
    store.close()


def open_new(url: str, start: Barrier, said: Connection) -> None:
    """Wait until everyone is ready, open a database that is not there yet, and use it."""
    start.wait()
    store = open_store(url)
    owner = store.new_owner()
    saved = store.create(owner, "{}", name="Hub", what="Started")
    said.send(store.read(owner, saved.id) == saved)
    store.close()
