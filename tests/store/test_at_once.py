"""Several at once: of two saves one wins and the other is told; a process killed in the middle loses nothing."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from multiprocessing.connection import Connection
from threading import Barrier
from types import ModuleType

import pytest
from sqlalchemy import MetaData, create_engine, text

from funding_model.store import Conflict, Saved, Store, open_store
from funding_model.store.places import database_url
from tests.store import writers

KILLS = 30
PATIENCE = 60
"""Seconds after which a process that says nothing has failed."""
# A server that has imported everything once starts each of the many processes in a moment.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.writers"])


def heard(said: Connection) -> object:
    assert said.poll(PATIENCE), "the other process says nothing"
    return said.recv()


@pytest.fixture(autouse=True)
def _plain_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """New processes run the main program's file first; Streamlit's tests leave the app in its place."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture
def hub(store: Store, owner: str) -> str:
    return store.create(owner, writers.document(1), name="Hub", what="1").id


def test_of_many_threads_that_save_one_wins_each_round(store: Store, owner: str, hub: str) -> None:
    threads, rounds = 6, 10
    start = Barrier(threads)

    def save(number: int) -> list[Saved | Conflict | None]:
        results = []
        for revision in range(1, rounds + 1):
            start.wait(PATIENCE)
            results.append(
                store.save(owner, hub, f"{number} {revision}", expected=revision, name="Hub", what=str(number))
            )
        return results

    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(save, range(threads)))
    for revision in range(2, rounds + 2):
        of_round = [of_thread[revision - 2] for of_thread in results]
        winners = [result for result in of_round if isinstance(result, Saved)]
        assert len(winners) == 1
        assert winners[0].revision == revision
        assert store.version(owner, hub, revision) == winners[0]
        losers = [result for result in of_round if isinstance(result, Conflict)]
        assert len(losers) == threads - 1
        assert all(loser.theirs == winners[0] for loser in losers)
    assert len(store.history(owner, hub)) == rounds + 1


def test_different_changes_at_once_leave_one_line_of_history_each(store: Store, owner: str, hub: str) -> None:
    for revision in range(2, 6):
        store.save(owner, hub, str(revision), expected=revision - 1, name="Hub", what=str(revision))
    start = Barrier(4)
    actions: list[Callable[[], object]] = [
        lambda: store.save(owner, hub, "mine", expected=5, name="Hub", what="mine"),
        lambda: store.undo(owner, hub, expected=5),
        lambda: store.restore(owner, hub, 1, expected=5),
        lambda: store.create(owner, "other", name="Other", what="other"),
    ]

    def act(action: Callable[[], object]) -> object:
        start.wait(PATIENCE)
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        *competing, created = pool.map(act, actions)
    assert isinstance(created, Saved)
    assert sorted(type(result).__name__ for result in competing) == ["Conflict", "Conflict", "Saved"]
    assert [each.revision for each in store.history(owner, hub)] == [6, 5, 4, 3, 2, 1]


def test_of_several_processes_that_save_one_wins(store: Store, owner: str, hub: str, url: str) -> None:
    names = ["A", "B", "C"]
    start = PROCESSES.Barrier(len(names))
    pipes = {name: PROCESSES.Pipe(duplex=False) for name in names}
    running = [
        PROCESSES.Process(target=writers.save_once, args=(url, owner, hub, start, pipes[name][1], name))
        for name in names
    ]
    for process in running:
        process.start()
    said = {name: heard(pipes[name][0]) for name in names}
    for process in running:
        process.join(PATIENCE)
    (winner,) = (name for name in names if said[name] == "saved")
    assert {said[name] for name in names if name != winner} == {winner}
    now = store.read(owner, hub)
    assert now is not None
    assert (now.document, now.revision) == (winner, 2)
    assert [each.what for each in store.history(owner, hub)] == [winner, "1"]


def test_several_processes_may_open_a_new_database_at_once(new_url: Callable[[], str]) -> None:
    for _ in range(3):
        url = new_url()
        start = PROCESSES.Barrier(4)
        pipes = [PROCESSES.Pipe(duplex=False) for _ in range(4)]
        running = [PROCESSES.Process(target=writers.open_new, args=(url, start, said)) for _, said in pipes]
        for process in running:
            process.start()
        assert [heard(listen) for listen, _ in pipes] == [True] * 4
        for process in running:
            process.join(PATIENCE)


def acknowledged(url: str, owner: str, hub: str, revision: int, kill_after: int) -> Iterator[int]:
    """Yield every revision that a process has said to be saved until, after some of them, it was killed."""
    listen, said = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=writers.save_for_ever, args=(url, owner, hub, revision, said))
    process.start()
    said.close()
    for _ in range(kill_after):
        yield int(str(heard(listen)))
    process.kill()
    process.join(PATIENCE)
    # What it had said and nobody had heard yet was promised as well.
    try:
        while True:
            yield listen.recv()
    except EOFError:
        listen.close()


def test_a_process_killed_in_the_middle_loses_nothing_that_it_said_was_saved(
    store: Store, owner: str, hub: str, url: str
) -> None:
    newest = 1
    for kill in range(KILLS):
        promised = list(acknowledged(url, owner, hub, newest, kill % 5 + 1))
        assert promised == list(range(newest + 1, newest + 1 + len(promised)))
        fresh = open_store(url)
        now = fresh.read(owner, hub)
        assert now is not None
        # The last save may have been complete and not yet said.
        assert now.revision in {promised[-1], promised[-1] + 1}
        for revision in range(newest + 1, now.revision + 1):
            found = fresh.version(owner, hub, revision)
            assert found is not None
            assert found.document == writers.document(revision)
        newest = now.revision
        fresh.close()
    assert [each.revision for each in store.history(owner, hub)] == list(range(newest, 0, -1))
    assert troubles(url) == []


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is in the database, by table."""
    tables = MetaData()
    engine = create_engine(database_url(url))
    tables.reflect(engine)
    with engine.connect() as connection:
        found = {
            name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for name, table in tables.tables.items()
        }
    engine.dispose()
    return found


@pytest.mark.parametrize("act", writers.ACTS)
def test_wherever_an_action_is_cut_off_it_is_done_or_not_begun(store: Store, owner: str, url: str, act: str) -> None:
    hub = store.create(owner, "one", name="Hub", what="One").id
    store.save(owner, hub, "two", expected=1, name="Hub", what="Two")
    store.save(owner, hub, "three", expected=2, name="Hub", what="Three")
    store.undo(owner, hub, expected=3)
    before = everything(url)
    for moment in count(1):
        process = PROCESSES.Process(target=writers.die_in, args=(url, owner, hub, act, moment))
        process.start()
        process.join(PATIENCE)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        # Even the last moment lies before the commit.
        assert everything(url) == before
        assert troubles(url) == []
    assert moment > 5
    assert everything(url) != before
    assert troubles(url) == []


def troubles(url: str) -> list[object]:
    """Return what the database finds wrong in itself, and what in it belongs to nothing."""
    address = database_url(url)
    engine = create_engine(address)
    with engine.connect() as connection:
        found: list[object] = []
        if address.get_backend_name() == "sqlite":
            found += [each for each in connection.scalars(text("PRAGMA integrity_check")) if each != "ok"]
            found += connection.execute(text("PRAGMA foreign_key_check")).all()
        strays = "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM versions)"
        found += connection.scalars(text(strays)).all()
    engine.dispose()
    return found
