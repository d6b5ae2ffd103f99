"""Saved work: every change is a revision that follows the one that its author had seen, and none is ever overwritten.

Undoing and redoing are changes like any other, so every open page notices them. Each version remembers which revision
shows the work without its change (``undo_to``) and which shows what was undone last (``redo_to``): this is the two
stacks of an editor, laid out in the history, where a later change hides the second but destroys nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from funding_model.problems import Problem, ProblemsError
from funding_model.scenario.yaml_text import LONGEST_TEXT
from funding_model.store.databases import reading, writing
from funding_model.store.tables import (
    LONGEST_CHANGE,
    LONGEST_LABEL,
    LONGEST_NAME,
    DocumentRow,
    OwnerRow,
    ScenarioRow,
    VersionRow,
)
from funding_model.store.values import Conflict, Saved, Summary, Version

BYTES_OF_KEY: Final = 32
_BYTES_OF_ID: Final = 16
_ID: Final = re.compile(r"[0-9a-f]{32}")
_MOST_REVISIONS: Final = 2**31 - 1


def utc_now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return an id for a new scenario; it cannot be guessed."""
    return secrets.token_hex(_BYTES_OF_ID)


class Store:
    """Saved scenarios, each with its history, for their owners only.

    Wherever a scenario is asked for, the answer to a wrong key is the answer for a scenario that does not exist. Every
    method raises ``ProblemsError`` when the database cannot be reached or written; then nothing was changed.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        """Keep work in a database whose tables are up to date.

        Args:
            engine: Connections to it.
            clock: Tells the time, in UTC.
        """
        self._engine = engine
        self._clock = clock

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    # Owners

    def new_owner(self) -> str:
        """Return a new owner's key. It cannot be guessed, and is not kept here: only its hash is."""
        key = secrets.token_urlsafe(BYTES_OF_KEY)
        with writing(self._engine) as session:
            session.add(OwnerRow(key_hash=_hash(key), created_at=self._clock()))
        return key

    def knows(self, owner: str) -> bool:
        """Return whether this is an owner's key."""
        with reading(self._engine) as session:
            return _owner(session, owner) is not None

    def label(self, owner: str) -> str:
        """Return what an owner's changes are marked with; empty for nothing, and for a key that is nobody's."""
        with reading(self._engine) as session:
            row = _owner(session, owner)
            return "" if row is None else row.label or ""

    def set_label(self, owner: str, label: str) -> None:
        """Keep what an owner's changes are to be marked with; empty takes it away."""
        with writing(self._engine) as session:
            row = _owner(session, owner, lock=True)
            if row is not None:
                row.label = _one_line(label, LONGEST_LABEL)

    def erase_all(self, owner: str) -> bool:
        """Erase an owner with all scenarios and their history, for good; whether there was such an owner."""
        with writing(self._engine) as session:
            row = _owner(session, owner, lock=True)
            if row is None:
                return False
            own = select(ScenarioRow.id).where(ScenarioRow.owner_id == row.id).scalar_subquery()
            session.execute(delete(VersionRow).where(VersionRow.scenario_id.in_(own)))
            session.execute(delete(DocumentRow).where(DocumentRow.scenario_id.in_(own)))
            session.execute(delete(ScenarioRow).where(ScenarioRow.owner_id == row.id))
            session.execute(delete(OwnerRow).where(OwnerRow.id == row.id))
            return True

    # Reading

    def scenarios(self, owner: str) -> tuple[Summary, ...]:
        """Return the owner's scenarios, the one changed last first; without those deleted."""
        return self._list(owner, deleted=False)

    def deleted(self, owner: str) -> tuple[Summary, ...]:
        """Return the owner's deleted scenarios, the one deleted last first; they can be brought back."""
        return self._list(owner, deleted=True)

    def read(self, owner: str, scenario: str) -> Saved | None:
        """Return a scenario as it stands; None when the owner has no such scenario."""
        with reading(self._engine) as session:
            row = _scenario(session, owner, scenario)
            return None if row is None else _saved(session, _version(session, row, row.revision))

    def history(self, owner: str, scenario: str) -> tuple[Version, ...]:
        """Return every change of a scenario, the newest first; nothing when the owner has no such scenario."""
        with reading(self._engine) as session:
            row = _scenario(session, owner, scenario)
            if row is None:
                return ()
            versions = select(VersionRow).where(VersionRow.scenario_id == row.id).order_by(VersionRow.revision.desc())
            return tuple(
                Version(each.revision, each.changed_at, each.changed_by, each.what, each.version_name)
                for each in session.scalars(versions)
            )

    def version(self, owner: str, scenario: str, revision: int) -> Saved | None:
        """Return a scenario as it stood at a revision; None when the owner has no such scenario or revision."""
        with reading(self._engine) as session:
            row = _scenario(session, owner, scenario)
            found = None if row is None else _version_if_any(session, row, revision)
            return None if found is None else _saved(session, found)

    def drafts(self, owner: str, scenario: str) -> str:
        """Return what was kept of entries that are not understood yet; empty when nothing is."""
        with reading(self._engine) as session:
            row = _scenario(session, owner, scenario)
            return "" if row is None or row.drafts is None else _text_of(row.drafts)

    # Changing

    def keep_drafts(self, owner: str, scenario: str, drafts: str) -> None:
        """Keep entries that are not understood yet beside a scenario, in no version of it; empty forgets them.

        Raises:
            ProblemsError: They are too large.
        """
        body = _compressed(drafts) if drafts else None
        with writing(self._engine) as session:
            row = _scenario(session, owner, scenario, lock=True)
            if row is not None:
                row.drafts = body

    def create(
        self, owner: str, document: str, *, name: str, what: str, by: str = "", scenario: str | None = None
    ) -> Saved:
        """Save a new scenario.

        Args:
            owner: The owner's key.
            document: What was entered, as JSON text; it is not interpreted.
            name: What the scenario is called in lists.
            what: What was done, in words, for the history.
            by: A label that the author has chosen; empty for none.
            scenario: The id that it was shown under before it was saved, from ``new_id``; a new one when left out.

        Raises:
            ProblemsError: The key is nobody's, or the document is too large.
        """
        body = _compressed(document)
        with writing(self._engine) as session:
            row = _owner(session, owner)
            if row is None:
                message = "nobody is known by the key in this address, so nothing was saved."
                remedy = "Check the address, or start without one."
                raise ProblemsError([Problem("saved work", message, remedy)])
            new = ScenarioRow(id=scenario or new_id(), owner_id=row.id, revision=0, deleted_at=None)
            session.add(new)
            session.flush()
            return self._add(session, new, body, name=name, what=what, by=by, undo_to=None)

    def save(
        self, owner: str, scenario: str, document: str, *, expected: int, name: str, what: str, by: str = ""
    ) -> Saved | Conflict | None:
        """Save a change that follows a revision; returns when it is on the disk.

        Args:
            owner: The owner's key.
            scenario: Which scenario.
            document: What is entered now, as JSON text; it is not interpreted.
            expected: The revision that the change was made to.
            name: What the scenario is called now.
            what: What changed, in words.
            by: A label that the author has chosen; empty for none.

        Returns:
            The new revision; or the conflict, when another one has been saved since; or None, when the owner has no
            such scenario (any more).

        Raises:
            ProblemsError: The document is too large.
        """
        body = _compressed(document)
        with writing(self._engine) as session:
            row = _scenario(session, owner, scenario, lock=True)
            if row is None or row.revision != expected:
                return _conflict(session, row)
            return self._add(session, row, body, name=name, what=what, by=by, undo_to=row.revision)

    def restore(
        self, owner: str, scenario: str, revision: int, *, expected: int, by: str = ""
    ) -> Saved | Conflict | None:
        """Make an old revision the newest one again, as a change that can itself be undone.

        Returns:
            As ``save``; None also when there is no such revision.
        """
        with writing(self._engine) as session:
            row = _scenario(session, owner, scenario, lock=True)
            if row is None or row.revision != expected:
                return _conflict(session, row)
            old = _version_if_any(session, row, revision)
            if old is None:
                return None
            called = f", ‘{old.version_name}’" if old.version_name else ""
            what = f"Restored revision {old.revision}{called}"
            return self._add(session, row, old.document_id, name=old.name, what=what, by=by, undo_to=row.revision)

    def undo(self, owner: str, scenario: str, *, expected: int, by: str = "") -> Saved | Conflict | None:
        """Take back the last change that is not undone yet, as a new revision.

        Returns:
            As ``save``; None also when there is nothing to undo.
        """
        return self._step(owner, scenario, expected, by, back=True)

    def redo(self, owner: str, scenario: str, *, expected: int, by: str = "") -> Saved | Conflict | None:
        """Make the change again that was undone last, as a new revision.

        Returns:
            As ``save``; None also when there is nothing to redo.
        """
        return self._step(owner, scenario, expected, by, back=False)

    def name_version(self, owner: str, scenario: str, revision: int, name: str) -> None:
        """Give a revision a name to find it by; an empty one takes the name away."""
        with writing(self._engine) as session:
            row = _scenario(session, owner, scenario, lock=True)
            version = None if row is None else _version_if_any(session, row, revision)
            if version is not None:
                version.version_name = _one_line(name, LONGEST_NAME)

    def delete(self, owner: str, scenario: str) -> bool:
        """Delete a scenario; it can be brought back. Whether the owner had one to delete."""
        with writing(self._engine) as session:
            row = _scenario(session, owner, scenario, lock=True)
            if row is not None:
                row.deleted_at = self._clock()
            return row is not None

    def undelete(self, owner: str, scenario: str) -> bool:
        """Bring a deleted scenario back, with its history; whether the owner had one to bring back."""
        with writing(self._engine) as session:
            row = _scenario(session, owner, scenario, lock=True, deleted=True)
            if row is not None:
                row.deleted_at = None
            return row is not None

    def _list(self, owner: str, *, deleted: bool) -> tuple[Summary, ...]:
        query = (
            select(ScenarioRow, VersionRow)
            .join(OwnerRow, OwnerRow.id == ScenarioRow.owner_id)
            .join(
                VersionRow,
                (VersionRow.scenario_id == ScenarioRow.id) & (VersionRow.revision == ScenarioRow.revision),
            )
            .where(OwnerRow.key_hash == _hash(owner), ScenarioRow.deleted_at.is_not(None) == deleted)
        )
        with reading(self._engine) as session:
            found = [
                Summary(row.id, last.name, row.revision, row.deleted_at or last.changed_at, last.changed_by)
                for row, last in session.execute(query)
            ]
        by_name = sorted(found, key=lambda each: (each.name.casefold(), each.id))
        return tuple(sorted(by_name, key=lambda each: each.changed_at, reverse=True))

    def _add(
        self,
        session: Session,
        row: ScenarioRow,
        content: bytes | int,
        *,
        name: str,
        what: str,
        by: str,
        undo_to: int | None,
    ) -> Saved:
        """Add a change; its content is a new document, or the number of one that is there."""
        if isinstance(content, bytes):
            document = DocumentRow(scenario_id=row.id, body=content)
            session.add(document)
            session.flush()
            content = document.id
        return self._put(
            session,
            row,
            VersionRow(
                document_id=content,
                name=_one_line(name, LONGEST_NAME),
                what=_one_line(what, LONGEST_CHANGE),
                edit=row.revision + 1,
                undo_to=undo_to,
                redo_to=None,
            ),
            by,
        )

    def _step(self, owner: str, scenario: str, expected: int, by: str, *, back: bool) -> Saved | Conflict | None:
        with writing(self._engine) as session:
            row = _scenario(session, owner, scenario, lock=True)
            if row is None or row.revision != expected:
                return _conflict(session, row)
            now = _version(session, row, row.revision)
            to = now.undo_to if back else now.redo_to
            if to is None:
                return None
            then = _version(session, row, to)
            edit = _version(session, row, now.edit if back else then.edit)
            words = "Undid" if back else "Redid"
            return self._put(
                session,
                row,
                VersionRow(
                    document_id=then.document_id,
                    name=then.name,
                    what=_one_line(f"{words}: {edit.what}" if edit.what else f"{words} a change", LONGEST_CHANGE),
                    edit=then.edit,
                    undo_to=then.undo_to if back else now.revision,
                    redo_to=now.revision if back else then.redo_to,
                ),
                by,
            )

    def _put(self, session: Session, row: ScenarioRow, version: VersionRow, by: str) -> Saved:
        row.revision += 1
        version.scenario_id = row.id
        version.revision = row.revision
        version.changed_at = self._clock()
        version.changed_by = _one_line(by, LONGEST_LABEL)
        version.version_name = ""
        session.add(version)
        session.flush()
        return _saved(session, version)


def _hash(key: str) -> str:
    """A key has so many random bits that neither salt nor a slow hash would add anything."""
    return hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()


def _owner(session: Session, key: str, *, lock: bool = False) -> OwnerRow | None:
    query = select(OwnerRow).where(OwnerRow.key_hash == _hash(key))
    return session.scalar(query.with_for_update() if lock else query)


def _scenario(
    session: Session, owner: str, scenario: str, *, lock: bool = False, deleted: bool = False
) -> ScenarioRow | None:
    """Return a scenario of this owner's; with ``lock`` nobody else changes it until the transaction ends."""
    if _ID.fullmatch(scenario) is None:
        return None
    query = (
        select(ScenarioRow)
        .join(OwnerRow, OwnerRow.id == ScenarioRow.owner_id)
        .where(
            OwnerRow.key_hash == _hash(owner),
            ScenarioRow.id == scenario,
            ScenarioRow.deleted_at.is_not(None) == deleted,
        )
    )
    return session.scalar(query.with_for_update(of=ScenarioRow) if lock else query)


def _version(session: Session, row: ScenarioRow, revision: int) -> VersionRow:
    return session.get_one(VersionRow, (row.id, revision))


def _version_if_any(session: Session, row: ScenarioRow, revision: int) -> VersionRow | None:
    return session.get(VersionRow, (row.id, revision)) if 0 < revision <= _MOST_REVISIONS else None


def _saved(session: Session, version: VersionRow) -> Saved:
    body = session.get_one(DocumentRow, version.document_id).body
    return Saved(
        id=version.scenario_id,
        name=version.name,
        document=_text_of(body),
        revision=version.revision,
        can_undo=version.undo_to is not None,
        can_redo=version.redo_to is not None,
        changed_at=version.changed_at,
        changed_by=version.changed_by,
    )


def _conflict(session: Session, row: ScenarioRow | None) -> Conflict | None:
    return None if row is None else Conflict(_saved(session, _version(session, row, row.revision)))


def _compressed(document: str) -> bytes:
    if len(document) > LONGEST_TEXT:
        message = f"has {len(document):,} characters, and {LONGEST_TEXT:,} is the limit, so it was not saved."
        raise ProblemsError([Problem("", f"the scenario {message}", "Split it into several scenarios.")])
    return zlib.compress(document.encode("utf-8", "surrogatepass"))


def _text_of(body: bytes) -> str:
    return zlib.decompress(body).decode("utf-8", "surrogatepass")


def _one_line(text: str, most: int) -> str:
    """Return text on one line, without what cannot be shown or stored, and no longer than its column."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * most]).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
