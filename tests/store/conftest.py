"""Every test of saved work runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from funding_model.store import Store, open_store
from tests.store.postgres import Cluster, cluster

START = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


class Clock:
    """Tells a time that is one minute later whenever it is asked."""

    def __init__(self) -> None:
        self._minutes = count()

    def __call__(self) -> datetime:
        return START + timedelta(minutes=next(self._minutes))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster | None]:
    with cluster() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Return the addresses of new, empty databases of either kind."""
    numbers = count(1)
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/work-{next(numbers)}.sqlite3"
    found: Cluster | None = request.getfixturevalue("postgres")
    if found is None:
        pytest.skip("PostgreSQL is not installed: .ci/system-parts postgresql says how")
    return found.new_database


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    return new_url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url, clock=Clock())
    yield opened
    opened.close()


@pytest.fixture
def owner(store: Store) -> str:
    return store.new_owner()
