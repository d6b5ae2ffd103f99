"""The tables are what the models say, and work from every earlier layout is there after the step to the newest."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Integer, MetaData, create_engine, inspect

from funding_model.problems import ProblemsError
from funding_model.store import Saved, Store, Version, open_store
from funding_model.store.databases import engine_for
from funding_model.store.migrating import migrate, settings
from funding_model.store.places import database_url
from funding_model.store.tables import Table

DATABASES = Path(__file__).parent / "databases"
"""For every layout, the rows of a database with work in it; bytes are written as base64, moments as text."""
LAYOUTS = [script.revision for script in ScriptDirectory.from_config(settings()).walk_revisions()]
KEY = "a-key-of-the-tests-own"
HUB, DELETED = "1" * 32, "2" * 32


def run(engine: Engine, sql: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(sql)


def fill(engine: Engine, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Put rows into the tables that are there, as if the database had numbered them itself."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:
        for name, of_table in rows.items():
            table = tables.tables[name]
            connection.execute(table.insert(), [{key: value_of(key, row[key]) for key in row} for row in of_table])
            if engine.dialect.name == "postgresql" and isinstance(table.c[0].type, Integer):
                connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {len(of_table)})")


def value_of(column: str, value: Any) -> Any:  # noqa: ANN401 - a value of any column
    if column == "body":
        return b64decode(value)
    return datetime.fromisoformat(value) if column.endswith("_at") and value is not None else value


def layout_of(url: str) -> tuple[str | None, list[str]]:
    """Return the layout that a database says it has, and its tables."""
    engine = create_engine(database_url(url))
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision(), sorted(inspect(engine).get_table_names())
    engine.dispose()
    return found


def test_the_steps_lead_to_what_the_models_say(store: Store, url: str) -> None:
    assert store.new_owner()
    engine = create_engine(database_url(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_there_is_one_line_of_steps_and_a_database_from_each() -> None:
    assert len(ScriptDirectory.from_config(settings()).get_heads()) == 1
    assert sorted(LAYOUTS) == sorted(path.stem for path in DATABASES.glob("*.json"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_work_from_an_earlier_layout_is_all_there(url: str, layout: str) -> None:
    engine = engine_for(database_url(url))
    migrate(engine, layout)
    fill(engine, json.loads((DATABASES / f"{layout}.json").read_text(encoding="utf-8")))
    engine.dispose()

    store = open_store(url)
    at = [datetime(2026, 4, 1, 9, minute, tzinfo=UTC) for minute in range(6)]
    assert store.history(KEY, HUB) == (
        Version(4, at[4], "Ann", "Undid: Hub renamed", ""),
        Version(3, at[3], "Bob", "Hub renamed", "For the board"),
        Version(2, at[2], "Ann", "Horizon years from 1 to 2", ""),
        Version(1, at[1], "", "Started", ""),
    )
    two = '{"name": "Hub", "horizon_years": 2}'
    assert store.read(KEY, HUB) == Saved(
        HUB, "Hub", two, 4, can_undo=True, can_redo=True, changed_at=at[4], changed_by="Ann"
    )
    assert [store.version(KEY, HUB, revision).document for revision in (1, 2, 3)] == [  # type: ignore[union-attr]
        '{"name": "Hub", "horizon_years": 1}',
        two,
        '{"name": "Family hub ‘Zoë’", "horizon_years": 2}',
    ]
    assert [(each.id, each.name, each.changed_at) for each in store.deleted(KEY)] == [(DELETED, "Old", at[5])]
    assert [each.id for each in store.scenarios(KEY)] == [HUB]
    # And work goes on from there, in rows of its own.
    redone = store.redo(KEY, HUB, expected=4)
    assert isinstance(redone, Saved)
    assert (redone.name, redone.revision) == ("Family hub ‘Zoë’", 5)
    new = store.create(store.new_owner(), "{}", name="New", what="Started")
    assert new.id not in {HUB, DELETED}
    store.close()


def test_opening_again_changes_nothing(store: Store, owner: str, url: str) -> None:
    saved = store.create(owner, "{}", name="Hub", what="Started")
    before = layout_of(url)
    again = open_store(url)
    assert again.read(owner, saved.id) == saved
    again.close()
    assert layout_of(url) == before == (LAYOUTS[0], ["alembic_version", "documents", "owners", "scenarios", "versions"])


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(store: Store, owner: str, url: str) -> None:
    saved = store.create(owner, "{}", name="Hub", what="Started")
    engine = create_engine(database_url(url))
    run(engine, "UPDATE alembic_version SET version_num = 'from-the-future'")
    engine.dispose()
    with pytest.raises(ProblemsError, match=r"written by a newer version of the calculator\. Update the calculator\."):
        open_store(url)
    assert layout_of(url)[0] == "from-the-future"
    assert store.read(owner, saved.id) == saved


def test_a_step_that_fails_in_the_middle_leaves_no_half_of_it(new_url: Callable[[], str]) -> None:
    url = new_url()
    engine = engine_for(database_url(url))
    # In the way of the last table that the first step makes.
    run(engine, "CREATE TABLE versions (x INTEGER)")
    with pytest.raises(ProblemsError, match="cannot be reached or written"):
        migrate(engine)
    assert layout_of(url) == (None, ["versions"])
    run(engine, "DROP TABLE versions")
    migrate(engine)
    assert layout_of(url)[0] == LAYOUTS[0]
    engine.dispose()
