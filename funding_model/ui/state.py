"""State: what one visitor is looking at, as one immutable value under one key.

Widgets are drafts. What they say becomes part of the workspace through the functions here, which keep it valid; the
workspace is stored as JSON text, so that it outlives a lost connection.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import streamlit as st

from funding_model.scenario.dumping import dump_json
from funding_model.scenario.scenario import Scenario

KEY: Final = "workspace"


@dataclass(frozen=True)
class Workspace:
    """A scenario and what was chosen from it.

    Attributes:
        document: The scenario, complete, as JSON text.
        source: Its id in the library; empty for a file of the visitor's own.
        file_name: Name of the visitor's own file; empty for a scenario of the library.
        names: Every contract of the scenario, in its order.
        contracts: Those to compare, in the scenario's order; empty while none is chosen.
        base: The one that the others are compared with; empty while none is chosen.
        revision: Counts the scenarios opened: the keys of widgets that depend on the scenario carry it.
        files: Counts the files opened: the keys of the widgets that choose a scenario carry it.
    """

    document: str
    source: str
    file_name: str
    names: tuple[str, ...]
    contracts: tuple[str, ...]
    base: str
    revision: int = 0
    files: int = 0

    def with_contracts(self, contracts: Sequence[str]) -> Workspace:
        """Return the workspace with other contracts chosen; the base stays if it is one of them."""
        chosen = tuple(name for name in self.names if name in contracts)
        base = self.base if self.base in chosen else next(iter(chosen), "")
        return replace(self, contracts=chosen, base=base)

    def with_base(self, base: str) -> Workspace:
        """Return the workspace with another base, if it is one of the contracts chosen."""
        return replace(self, base=base) if base in self.contracts else self

    def with_scenario(self, scenario: Scenario, source: str = "", file_name: str = "") -> Workspace:
        """Return the workspace with another scenario open, every contract of it chosen."""
        opened = workspace_of(scenario, source, file_name)
        return replace(opened, revision=self.revision + 1, files=self.files + (1 if file_name else 0))

    def to_json(self) -> str:
        """Return the workspace as JSON text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Workspace:
        """Return the workspace that JSON text holds."""
        stored = json.loads(text)
        return cls(**{**stored, "names": tuple(stored["names"]), "contracts": tuple(stored["contracts"])})


def workspace_of(scenario: Scenario, source: str = "", file_name: str = "") -> Workspace:
    """Return a workspace in which a scenario is open, every contract of it chosen."""
    names = tuple(contract.name for contract in scenario.contracts)
    base = scenario.base if scenario.base in names else names[0]
    return Workspace(dump_json(scenario), source, file_name, names, names, base or names[0])


def current() -> Workspace | None:
    """Return the visitor's workspace; None on a first visit."""
    text = st.session_state.get(KEY)
    return None if text is None else Workspace.from_json(text)


def save(workspace: Workspace) -> None:
    """Keep a workspace as the visitor's."""
    st.session_state[KEY] = workspace.to_json()


def entered(key: str) -> Any:  # noqa: ANN401 - what a widget holds depends on the widget
    """Return what a widget holds now; None when it is not on the page."""
    return st.session_state.get(key)
