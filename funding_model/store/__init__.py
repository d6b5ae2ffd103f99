"""Saved work and its history, in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from funding_model.store.databases import engine_for
from funding_model.store.migrating import migrate
from funding_model.store.places import database_url
from funding_model.store.saving import Store, new_id, utc_now
from funding_model.store.values import Conflict, Saved, Summary, Version

__all__ = ["Conflict", "Saved", "Store", "Summary", "Version", "new_id", "open_store"]


def open_store(url: str | None = None, *, clock: Callable[[], datetime] = utc_now) -> Store:
    """Open the saved work, and bring its database to the newest layout first; several processes may do so at once.

    Args:
        url: The database's address; None takes ``FUNDING_MODEL_DATABASE_URL``, or else a file in the user's own data
            folder, which ``FUNDING_MODEL_DATA_DIR`` can name.
        clock: Tells the time, in UTC.

    Raises:
        ProblemsError: The address cannot be used, or the database cannot be reached, written or understood.
    """
    engine = engine_for(database_url(url))
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, clock)
