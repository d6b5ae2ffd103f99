"""Work is for its owner alone: a key that is not theirs learns nothing, and nothing of it reaches a log."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine

from funding_model.problems import ProblemsError
from funding_model.store import Store, open_store
from funding_model.store.places import database_url

SECRET = json.dumps({"name": "Sparrowhawk", "salary": 31_415})
NOWHERE = "0" * 32
OTHER_KEYS = ("", "x", "\ud800\x00", "k" * 100_000, "%' OR 1=1 --")
OTHER_PLACES = ("", "x", "\x00", "0" * 33, "../..", "' OR '1'='1", "\ud800")

ASKING: dict[str, Callable[[Store, str, str], object]] = {
    "read": lambda store, owner, scenario: store.read(owner, scenario),
    "save": lambda store, owner, scenario: store.save(owner, scenario, "{}", expected=1, name="n", what="w"),
    "save late": lambda store, owner, scenario: store.save(owner, scenario, "{}", expected=7, name="n", what="w"),
    "undo": lambda store, owner, scenario: store.undo(owner, scenario, expected=1),
    "redo": lambda store, owner, scenario: store.redo(owner, scenario, expected=7),
    "history": lambda store, owner, scenario: store.history(owner, scenario),
    "version": lambda store, owner, scenario: store.version(owner, scenario, 1),
    "name": lambda store, owner, scenario: store.name_version(owner, scenario, 1, "mine"),
    "restore": lambda store, owner, scenario: store.restore(owner, scenario, 1, expected=1),
    "drafts": lambda store, owner, scenario: store.drafts(owner, scenario),
    "keep drafts": lambda store, owner, scenario: store.keep_drafts(owner, scenario, "mine"),
    "delete": lambda store, owner, scenario: store.delete(owner, scenario),
    "undelete": lambda store, owner, scenario: store.undelete(owner, scenario),
}


@pytest.fixture
def hub(store: Store, owner: str) -> str:
    return store.create(owner, SECRET, name="Goshawk", what="Added Merlin", by="Peregrine").id


@pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING)
def test_another_owner_gets_the_answer_for_what_does_not_exist(
    store: Store, owner: str, hub: str, ask: Callable[[Store, str, str], object]
) -> None:
    stranger = store.new_owner()
    deleted = store.create(owner, SECRET, name="Deleted", what="Started").id
    store.delete(owner, deleted)
    before = store.read(owner, hub), store.history(owner, hub), store.scenarios(owner), store.deleted(owner)
    nothing = ask(store, owner, NOWHERE)
    assert not nothing
    for key in (stranger, *OTHER_KEYS):
        for place in (hub, deleted, NOWHERE, *OTHER_PLACES):
            assert ask(store, key, place) == nothing
    for place in OTHER_PLACES:
        assert ask(store, owner, place) == nothing
    assert before == (store.read(owner, hub), store.history(owner, hub), store.scenarios(owner), store.deleted(owner))


def test_each_owner_sees_their_own_list_alone(store: Store, owner: str, hub: str) -> None:
    other = store.new_owner()
    theirs = store.create(other, "{}", name="Other", what="Started").id
    assert [each.id for each in store.scenarios(owner)] == [hub]
    assert [each.id for each in store.scenarios(other)] == [theirs]
    store.delete(other, theirs)
    assert store.deleted(owner) == ()
    for key in OTHER_KEYS:
        assert (store.scenarios(key), store.deleted(key), store.knows(key)) == ((), (), False)
    assert store.knows(owner)


@pytest.mark.parametrize("key", OTHER_KEYS)
def test_nothing_is_saved_for_nobody(store: Store, key: str) -> None:
    with pytest.raises(ProblemsError, match="nobody is known by the key") as refused:
        store.create(key, SECRET, name="n", what="w")
    assert len(key) < 2 or key not in str(refused.value)
    assert not store.erase_all(key)


def test_keys_are_long_random_and_not_kept(store: Store, url: str) -> None:
    keys = {store.new_owner() for _ in range(50)}
    assert len(keys) == 50
    # 32 random bytes as base64: 256 bits.
    assert {len(key) for key in keys} == {43}
    assert not any(key in text for text in everything(url) for key in keys)


def test_an_owner_can_erase_everything_and_nobody_elses(store: Store, owner: str, hub: str, url: str) -> None:
    other = store.new_owner()
    theirs = store.create(other, "{}", name="Kite", what="Started").id
    store.save(owner, hub, "{}", expected=1, name="Goshawk", what="Emptied")
    store.delete(owner, store.create(owner, SECRET, name="Goshawk", what="Started").id)
    store.set_label(owner, "Goshawk, finance")
    store.keep_drafts(owner, hub, "typed")
    assert store.erase_all(owner)
    assert not store.erase_all(owner)
    assert not store.knows(owner)
    assert store.read(owner, hub) is None
    assert (store.label(owner), store.drafts(owner, hub)) == ("", "")
    assert not any("Goshawk" in text for text in everything(url))
    assert store.read(other, theirs) is not None


def everything(url: str) -> list[str]:
    """Return every value in the database as text."""
    engine = create_engine(database_url(url))
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        rows = [row for table in tables.tables.values() for row in connection.execute(table.select())]
    engine.dispose()
    return [str(value) for row in rows for value in row]


def test_a_file_is_for_its_users_eyes_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "work.sqlite3"
    before = os.umask(0o000)
    try:
        opened = open_store(f"sqlite:///{file}")
        opened.create(opened.new_owner(), SECRET, name="n", what="w")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()} == {
        "work.sqlite3": 0o600,
        "work.sqlite3-wal": 0o600,
        "work.sqlite3-shm": 0o600,
    }
    opened.close()


def test_what_is_erased_is_not_left_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "work.sqlite3"
    opened = open_store(f"sqlite:///{file}")
    owner = opened.new_owner()
    opened.create(owner, "{}", name="Goshawk" * 10, what="Goshawk" * 50)
    opened.close()
    assert b"Goshawk" in file.read_bytes()
    opened.erase_all(owner)
    opened.close()
    assert b"Goshawk" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_nothing_of_the_work_reaches_a_log_however_talkative(
    new_url: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    for logger in ("", "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "alembic", "psycopg"):
        caplog.set_level(logging.DEBUG, logger)
    store = open_store(new_url())
    key = store.new_owner()
    hub = store.create(key, SECRET, name="Goshawk", what="Added Merlin", by="Peregrine").id
    store.save(key, hub, SECRET, expected=1, name="Goshawk", what="Added Merlin", by="Peregrine")
    store.undo(key, hub, expected=2)
    store.name_version(key, hub, 2, "Merlin")
    for _ in (store.read(key, hub), store.history(key, hub), store.scenarios(key)):
        pass
    store.close()
    logged = " ".join([caplog.text, *(str(record.args) for record in caplog.records)])
    for secret in ("Sparrowhawk", "31415", "Goshawk", "Merlin", "Peregrine", key):
        assert secret not in logged


def test_an_error_says_nothing_of_the_work(tmp_path: Path) -> None:
    file = tmp_path / "work.sqlite3"
    store = open_store(f"sqlite:///{file}")
    key = store.new_owner()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON versions BEGIN SELECT RAISE(ABORT, 'Goshawk'); END")
    connection.close()
    with pytest.raises(ProblemsError, match="cannot be reached or written") as refused:
        store.create(key, SECRET, name="Goshawk", what="Added Merlin", by="Peregrine")
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert not any(secret in str(refused.value) for secret in ("Sparrowhawk", "Goshawk", "Merlin", "Peregrine", key))
    assert store.scenarios(key) == ()
    store.close()
