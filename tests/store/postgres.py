"""A PostgreSQL of the tests' own: made in a temporary folder, reached through a socket there, thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

USER = "calculator"
ORDINARY_USERS = ("postgres", "nobody")
"""Accounts that root may lend the server, which refuses to run as root itself."""
FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


def program(name: str) -> str | None:
    """Return the path of one of PostgreSQL's programs; Debian keeps them off the path."""
    folders = [folder for pattern in FOLDERS for folder in sorted(Path("/").glob(pattern.removeprefix("/")))]
    return next((str(folder / name) for folder in reversed(folders) if (folder / name).exists()), shutil.which(name))


def lent_user() -> pwd.struct_passwd | None:
    """Return the account that the server runs under when the tests run as root; None when it is the tests' own."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name: each for each in pwd.getpwall()}
    return next(known[name] for name in ORDINARY_USERS if name in known)


class Cluster:
    """A running server: every database asked of it is new and empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def new_database(self) -> str:
        name = f"work_{next(self._numbers)}"
        with psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql://{USER}@/{name}?host={self.folder}"


@contextmanager
def cluster() -> Iterator[Cluster | None]:
    """Start a server and stop it again; None when PostgreSQL is not installed."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    if initdb is None or pg_ctl is None:
        yield None
        return
    user = lent_user()
    # The path of a socket may have some 100 characters, so this is not below pytest's own folders.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"

    def run(*command: str) -> None:
        as_user = ["runuser", "-u", user.pw_name, "--"] if user is not None else []
        subprocess.run(
            [*as_user, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )

    try:
        run(initdb, "--pgdata", str(data), "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run(pg_ctl, "--pgdata", str(data), "--log", str(folder / "log"), "--options", options, "--wait", "start")
        try:
            yield Cluster(folder)
        finally:
            run(pg_ctl, "--pgdata", str(data), "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
