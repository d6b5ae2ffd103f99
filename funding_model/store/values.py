"""What the store gives back: saved work, its versions, and the news that somebody else has saved meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """One saved scenario in a list.

    Attributes:
        id: What the other calls know it by; no secret, and of no use without its owner's key.
        name: Its name as last saved.
        revision: Counts its changes from 1, undoing and redoing among them.
        changed_at: When it was last changed, or deleted, in UTC.
        changed_by: The label that whoever changed it had chosen; empty for none.
    """

    id: str
    name: str
    revision: int
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A scenario as it was saved at one revision.

    Attributes:
        id: What the other calls know it by.
        name: Its name at that revision.
        document: What was entered, as JSON text, character by character as it was given.
        revision: The revision; the next change has to name the newest as the one that it follows.
        can_undo: Whether a change came before that can be undone.
        can_redo: Whether a change was undone that can be made again.
        changed_at: When this revision was saved, in UTC.
        changed_by: The label of whoever saved it; empty for none.
    """

    id: str
    name: str
    document: str
    revision: int
    can_undo: bool
    can_redo: bool
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Version:
    """One line of the history of a scenario.

    Attributes:
        revision: The revision that the change made.
        changed_at: When, in UTC.
        by: The label of whoever made it; empty for none.
        what: What changed, in words.
        version_name: The name that the revision was given; empty for none.
    """

    revision: int
    changed_at: datetime
    by: str
    what: str
    version_name: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody has saved since: nothing was written, and both versions are there to choose from.

    Attributes:
        theirs: The newest revision that is saved.
    """

    theirs: Saved
