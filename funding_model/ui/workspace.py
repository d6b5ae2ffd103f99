"""Workspace: what one visitor is working on, as one immutable value."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Final

from funding_model.store import Saved

UNDONE: Final = "The last change was undone."
REDONE: Final = "The change was made again."
"""What is said of a step back or forward, before what it changed."""


@dataclass(frozen=True)
class Workspace:
    """A visitor's work: which scenario is open, where it stands in its history, and what was chosen from it.

    Attributes:
        owner: The key under which the visitor's work is kept; empty until something is.
        scenario: The id of the scenario that is open, which is saved unless there is no owner; empty for none.
        name: Its name.
        revision: The revision that is open; the next change follows it.
        can_undo: Whether there is a change to take back.
        can_redo: Whether there is a change to make again.
        saved_at: When it was last saved, in ISO form.
        contracts: Those to compare; None for all.
        base: The one they are compared with; empty for the scenario's own.
        by: The label under which the visitor's changes stand in the history.
        fields: Counts what made the fields stale: their keys carry it.
        tables: Counts what made the tables stale: their keys carry it.
        said: What was last announced.
        times: Counts the announcements.
        clash: The revision saved in another tab that a change here ran into; none while there is no clash.
        lost: Whether the address named work that is not there.
        unsaved: Why the last change could not be saved; empty when it was.
    """

    owner: str = ""
    scenario: str = ""
    name: str = ""
    revision: int = 0
    can_undo: bool = False
    can_redo: bool = False
    saved_at: str = ""
    contracts: tuple[str, ...] | None = None
    base: str = ""
    by: str = ""
    fields: int = 0
    tables: int = 0
    said: str = ""
    times: int = 0
    clash: int = 0
    lost: bool = False
    unsaved: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether what is open is saved; the example that a first visitor finds is not, until it is changed."""
        return bool(self.owner and self.scenario)

    @property
    def stepped(self) -> str:
        """What was undone or made again just now; empty when something else was said last."""
        return self.said if self.said.startswith((UNDONE, REDONE)) else ""

    def saying(self, text: str) -> Workspace:
        """Return the workspace with something to announce."""
        return replace(self, said=text, times=self.times + 1)

    def at(self, saved: Saved) -> Workspace:
        """Return the workspace with a saved revision of a scenario open."""
        return replace(
            self,
            scenario=saved.id,
            name=saved.name,
            revision=saved.revision,
            can_undo=saved.can_undo,
            can_redo=saved.can_redo,
            saved_at=saved.changed_at.isoformat(),
            clash=0,
            lost=False,
            unsaved="",
        )

    def redrawn(self) -> Workspace:
        """Return the workspace with every field and table to be drawn anew."""
        return replace(self, fields=self.fields + 1, tables=self.tables + 1)

    def to_json(self) -> str:
        """Return the workspace as JSON text."""
        return json.dumps(asdict(self))

    @staticmethod
    @lru_cache(maxsize=256)
    def from_json(text: str) -> Workspace:
        """Return the workspace that JSON text holds."""
        stored = json.loads(text)
        chosen = stored["contracts"]
        return Workspace(**{**stored, "contracts": None if chosen is None else tuple(chosen)})
