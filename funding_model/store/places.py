"""Where saved work is kept: the database that a setting names, or a file in the user's own data folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from funding_model.problems import Problem, ProblemsError

DATABASE_SETTING: Final = "FUNDING_MODEL_DATABASE_URL"
FOLDER_SETTING: Final = "FUNDING_MODEL_DATA_DIR"
FOLDER: Final = "funding-model"
FILE: Final = "saved-work.sqlite3"
_DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_FORMS: Final = "Write sqlite:////folder/file.sqlite3 or postgresql://user:password@host/database."


def data_folder(settings: Mapping[str, str] = os.environ, system: str = sys.platform, home: Path | None = None) -> Path:
    """Return the folder in which this user's work is kept, by the conventions of the system.

    Args:
        settings: The environment; ``FUNDING_MODEL_DATA_DIR`` names another folder.
        system: The system, as ``sys.platform`` names it.
        home: The user's home folder; None looks it up.
    """
    own = settings.get(FOLDER_SETTING, "")
    if own:
        return Path(own).expanduser()
    home = home or Path.home()
    if system == "win32":
        local = settings.get("LOCALAPPDATA", "")
        return (Path(local) if local else home / "AppData" / "Local") / FOLDER
    if system == "darwin":
        return home / "Library" / "Application Support" / FOLDER
    # A relative path is to be ignored, says the XDG Base Directory Specification.
    shared = Path(settings.get("XDG_DATA_HOME", ""))
    return (shared if shared.is_absolute() else home / ".local" / "share") / FOLDER


def database_url(url: str | None = None, settings: Mapping[str, str] = os.environ) -> URL:
    """Return the address of the database: the one given, else that of the setting, else a file of the user's own.

    Raises:
        ProblemsError: The address is none of a kind of database that can be used. It is not repeated in the message,
            since it may hold a password.
    """
    given = url or settings.get(DATABASE_SETTING, "")
    if not given:
        return URL.create(_DRIVERS["sqlite"], database=str(data_folder(settings) / FILE))
    try:
        address = make_url(given)
    except (ArgumentError, ValueError):
        raise _refused("is not the address of a database.") from None
    driver = _DRIVERS.get(address.drivername)
    if driver is None:
        raise _refused("names a kind of database that cannot be used.")
    if driver == _DRIVERS["sqlite"] and address.database in {None, "", ":memory:"}:
        raise _refused("names no file, so the work would be lost.")
    return address.set(drivername=driver)


def _refused(message: str) -> ProblemsError:
    return ProblemsError([Problem(DATABASE_SETTING, message, _FORMS)])
