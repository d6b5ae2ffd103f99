"""The tables of saved work.

An owner has scenarios, and a scenario has versions that are only ever added to. A document stands once, however many
versions show it: undoing, redoing and restoring point at what is there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

LENGTH_OF_HASH: Final = 64
LENGTH_OF_ID: Final = 32
LONGEST_NAME: Final = 120
LONGEST_LABEL: Final = 120
LONGEST_CHANGE: Final = 2_000


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC, in databases that know time zones and in those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base's signature
        """Write a moment of any time zone as UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base's signature
        """Read a moment as UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """Base of the tables; constraints have names, so that a migration can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime}  # noqa: RUF012 - SQLAlchemy reads it from the class


class OwnerRow(Table):
    """Someone who has saved work, known by the hash of a key that only they hold."""

    __tablename__ = "owners"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(LENGTH_OF_HASH), unique=True)
    created_at: Mapped[datetime]
    label: Mapped[str | None] = mapped_column(String(LONGEST_LABEL))
    """What the owner's changes are marked with from now on; none for nothing."""


class ScenarioRow(Table):
    """One scenario of an owner."""

    __tablename__ = "scenarios"

    id: Mapped[str] = mapped_column(String(LENGTH_OF_ID), primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owners.id"), index=True)
    revision: Mapped[int]
    """The newest of its versions."""
    deleted_at: Mapped[datetime | None]
    drafts: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What was typed and not understood yet, compressed; none when there is nothing."""


class DocumentRow(Table):
    """What was entered, compressed."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class VersionRow(Table):
    """One change of a scenario: the line of the history, and what stood there afterwards."""

    __tablename__ = "versions"
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(LONGEST_LABEL))
    what: Mapped[str] = mapped_column(String(LONGEST_CHANGE))
    version_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    edit: Mapped[int]
    """The revision of the change that undoing would take back: its own, or another's after undoing and redoing."""
    undo_to: Mapped[int | None]
    """The revision that shows the scenario without that change; none for the first."""
    redo_to: Mapped[int | None]
    """The revision that shows what was undone last; none when nothing was."""
