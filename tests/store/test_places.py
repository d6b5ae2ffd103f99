"""Where work is kept, by the conventions of each system, and what is said of a place that cannot be used."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from funding_model.problems import ProblemsError
from funding_model.store import open_store, places
from funding_model.store.places import data_folder, database_url

HOME = Path("/home/ann")


@pytest.mark.parametrize(
    ("system", "settings", "folder"),
    [
        ("linux", {}, "/home/ann/.local/share/funding-model"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/funding-model"),
        ("linux", {"XDG_DATA_HOME": "not/absolute"}, "/home/ann/.local/share/funding-model"),
        ("linux", {"XDG_DATA_HOME": ""}, "/home/ann/.local/share/funding-model"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "/home/ann/Library/Application Support/funding-model"),
        ("win32", {}, "/home/ann/AppData/Local/funding-model"),
        ("win32", {"LOCALAPPDATA": "/c/local"}, "/c/local/funding-model"),
        ("linux", {"FUNDING_MODEL_DATA_DIR": "/srv/work", "XDG_DATA_HOME": "/data"}, "/srv/work"),
        ("darwin", {"FUNDING_MODEL_DATA_DIR": "/srv/work"}, "/srv/work"),
        ("win32", {"FUNDING_MODEL_DATA_DIR": "/srv/work", "LOCALAPPDATA": "/c/local"}, "/srv/work"),
    ],
)
def test_the_folder_follows_the_system(system: str, settings: dict[str, str], folder: str) -> None:
    assert data_folder(settings, system, HOME) == Path(folder)


@pytest.mark.parametrize(
    ("given", "setting", "address"),
    [
        (None, "", "sqlite+pysqlite:////srv/work/saved-work.sqlite3"),
        (None, "sqlite:////a/b.db", "sqlite+pysqlite:////a/b.db"),
        ("sqlite:///c.db", "sqlite:////a/b.db", "sqlite+pysqlite:///c.db"),
        (None, "postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        (None, "postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        (None, "postgresql+psycopg://u:p@h:5433/d", "postgresql+psycopg://u:p@h:5433/d"),
    ],
)
def test_the_database_is_the_one_given_or_set_or_a_file(given: str | None, setting: str, address: str) -> None:
    settings = {"FUNDING_MODEL_DATABASE_URL": setting, "FUNDING_MODEL_DATA_DIR": "/srv/work"}
    assert database_url(given, settings).render_as_string(hide_password=False) == address


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("pa55word", "is not the address of a database"),
        ("postgresql://u:pa55word@h:port/d", "is not the address of a database"),
        ("mysql://u:pa55word@h/d", "names a kind of database that cannot be used"),
        ("postgresql+psycopg2://u:pa55word@h/d", "names a kind of database that cannot be used"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_not_repeated(address: str, message: str) -> None:
    with pytest.raises(ProblemsError, match=message) as refused:
        open_store(address)
    assert "FUNDING_MODEL_DATABASE_URL" in str(refused.value)
    assert "postgresql://user:password@host/database" in str(refused.value)
    assert "pa55word" not in str(refused.value)


def test_work_is_kept_in_the_users_own_folder_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDING_MODEL_DATA_DIR", str(tmp_path / "a%20b %h"))
    monkeypatch.delenv("FUNDING_MODEL_DATABASE_URL", raising=False)
    store = open_store()
    owner = store.new_owner()
    store.close()
    assert (tmp_path / "a%20b %h" / "saved-work.sqlite3").exists()
    again = open_store()
    assert again.knows(owner)
    again.close()


def test_the_manual_names_the_settings_and_the_file() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "saved-work.md").read_text(encoding="utf-8")
    for name in (places.DATABASE_SETTING, places.FOLDER_SETTING):
        assert f"| `{name}` |" in manual
    assert f"`{places.FILE}`" in manual
    assert f"~/.local/share/{places.FOLDER}" in manual


def test_a_copy_made_while_the_work_is_open_is_whole(tmp_path: Path) -> None:
    file, copy = tmp_path / "work.sqlite3", tmp_path / "copy.sqlite3"
    store = open_store(f"sqlite:///{file}")
    owner = store.new_owner()
    hub = store.create(owner, "{}", name="Hub", what="Started")
    # What the shell's .backup does.
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    store.save(owner, hub.id, "[]", expected=1, name="Hub", what="Later")
    store.close()
    restored = open_store(f"sqlite:///{copy}")
    assert restored.read(owner, hub.id) == hub
    restored.close()


def test_a_folder_that_cannot_be_made_is_a_problem_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProblemsError, match=r"saved work: cannot be reached or written: (Not a directory|File exists)"):
        open_store(f"sqlite:///{tmp_path}/file/work.sqlite3")


def test_a_file_that_is_no_database_is_a_problem_in_words_and_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Ann, " * 1_000)
    with pytest.raises(ProblemsError, match="cannot be reached or written"):
        open_store(f"sqlite:///{file}")
    assert file.read_text() == "Dear Ann, " * 1_000


def test_a_server_that_is_not_there_is_a_problem_in_words(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"saved work: cannot be reached or written: .*No such file") as refused:
        open_store(f"postgresql://calculator:pa55word@/work?host={tmp_path}")
    assert "pa55word" not in str(refused.value)


def test_a_driver_that_is_not_installed_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ProblemsError, match=r'driver for it is not installed. Install it: pip install "psycopg'):
        open_store("postgresql://u@h/d")


def test_a_full_disk_is_a_problem_in_words_and_nothing_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "work.sqlite3"
    store = open_store(f"sqlite:///{file}")
    owner = store.new_owner()
    hub = store.create(owner, "{}", name="Hub", what="Started")
    with store._engine.connect() as connection:  # noqa: SLF001 - the limit is set on the pool's only connection
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    big = os.urandom(200_000).hex()
    with pytest.raises(ProblemsError, match=r"database or disk is full. Nothing was changed"):
        store.save(owner, hub.id, big, expected=1, name="Hub", what="Grew")
    assert store.read(owner, hub.id) == hub
    store.close()


def test_the_file_is_set_so_that_a_save_survives_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "work.sqlite3"
    store = open_store(f"sqlite:///{file}")
    with store._engine.connect() as connection:  # noqa: SLF001 - settings hold for a connection, so its own is asked
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    store.close()
    # Two is FULL.
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
        "secure_delete": 1,
    }
