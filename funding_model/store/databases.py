"""Connections: the settings that make an acknowledged save survive a crash, and errors in plain words."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from funding_model.problems import Problem, ProblemsError

PATIENCE: Final = 30
"""Seconds to wait for somebody else's write to end."""
_PAUSE: Final = 0.02
_WHERE: Final = "saved work"
_WRITES: Final = "funding_model_writes"
_LOG: Final = "saved_work"
_SETTINGS: Final = (
    f"PRAGMA busy_timeout = {PATIENCE * 1000}",
    # A commit returns when the change is on the disk, and not before.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is erased is overwritten with zeros.
    "PRAGMA secure_delete = ON",
)


def engine_for(address: URL) -> Engine:
    """Return the connections to a database; a file that is not there yet is made, for its user's eyes only.

    Raises:
        ProblemsError: The file cannot be made, or the database's driver is not installed.
    """
    try:
        # What passes to and from the database stays out of logs and error texts, whatever others ask of the logs: it
        # is labels and what was entered.
        logging.getLogger(f"sqlalchemy.engine.Engine.{_LOG}").setLevel(logging.WARNING)
        if address.get_backend_name() == "sqlite":
            _make_file(Path(str(address.database)))
            engine = create_engine(address, hide_parameters=True, logging_name=_LOG, connect_args={"timeout": PATIENCE})
            _settle_sqlite(engine)
            return engine
        return create_engine(address, hide_parameters=True, logging_name=_LOG, pool_pre_ping=True)
    except ModuleNotFoundError:
        message = "PostgreSQL is named as the database, and the driver for it is not installed."
        raise ProblemsError([Problem(_WHERE, message, 'Install it: pip install "psycopg[binary]".')]) from None
    except OSError as error:
        raise _unusable(error.strerror or "") from None


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Open a transaction that may write; all of it is kept when the block ends well, and nothing of it otherwise."""
    with plain_errors(), Session(engine.execution_options(**{_WRITES: True})) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a transaction that only reads."""
    with plain_errors(), Session(engine) as session, session.begin():
        yield session


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a database says of its troubles into a problem with a remedy, without what was being saved."""
    try:
        yield
    except DBAPIError as error:
        raise _unusable(str(error.orig).partition("\n")[0] if _is_harmless(error) else "") from None
    except SQLAlchemyError as error:
        raise _unusable(type(error).__name__) from None


def _is_harmless(error: DBAPIError) -> bool:
    """Whether the error tells of the database's state alone; others may repeat the values that it refused."""
    return error.connection_invalidated or type(error.orig).__name__ == "OperationalError"


def _unusable(reason: str) -> ProblemsError:
    said = f": {reason.rstrip('.')}." if reason else "."
    remedy = (
        "Nothing was changed. See that the disk is not full, the database runs and may be written to; then try again."
    )
    return ProblemsError([Problem(_WHERE, f"cannot be reached or written{said}", remedy)])


def _make_file(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, mode=0o600))


def _settle_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def settle(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own type
        # The driver's own idea of when a transaction begins is switched off: `begin` below says it.
        connection.isolation_level = None
        for setting in _SETTINGS:
            connection.execute(setting)
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later could be refused in the middle; one that is to write says so.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _write_ahead(connection: Any) -> None:  # noqa: ANN401 - the driver's own type
    """Let readers and one writer work at the same time.

    The file remembers it. The first to ask for it needs the file to itself, and SQLite does not wait for that.
    """
    last = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > last:
                raise
            time.sleep(_PAUSE)
        else:
            return
