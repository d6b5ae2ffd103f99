"""Bringing a database to the newest layout, in one transaction, whoever else opens it at the same time."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, text

from funding_model.problems import Problem, ProblemsError
from funding_model.store.databases import reading, writing

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LOCK_NUMBER: Final = 7_318_442_905
"""Any number that other programs on the same PostgreSQL server are unlikely to have chosen."""
_ONE_AT_A_TIME = Lock()
"""alembic's environment is one for the whole process."""


def settings() -> Config:
    """Return alembic's settings for the migrations in this package."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring a database to a layout; what is there already is kept, and a failure leaves everything as it was.

    Raises:
        ProblemsError: The database was written by a newer version of the calculator, or cannot be written.
    """
    config = settings()
    with _ONE_AT_A_TIME:
        if to == "head" and _layout(engine) == ScriptDirectory.from_config(config).get_current_head():
            return
        with writing(engine) as session:
            connection = session.connection()
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, to)
            except CommandError:
                message = "was written by a newer version of the calculator."
                raise ProblemsError([Problem("saved work", message, "Update the calculator.")]) from None


def _layout(engine: Engine) -> str | None:
    with reading(engine) as session:
        return MigrationContext.configure(session.connection()).get_current_revision()
