"""Ends: where a bridge leads to: a contract of the scenario that is open, of another one, or of an earlier version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from funding_model.problems import Problem, ProblemsError
from funding_model.ui import frame, state
from funding_model.ui.beside import Beside, choices, faults, made_alike, texts
from funding_model.ui.entry.places import placed
from funding_model.ui.evaluation import read_text
from funding_model.ui.html import markdown_text
from funding_model.ui.past import version_label
from funding_model.ui.show import explain
from funding_model.ui.stored import store

HERE: Final = "here"
VERSION: Final = "version:"
OTHER_SERVICES: Final = (
    "On the page Scenarios side by side, save a copy of this scenario, change in the copy what is to differ, and "
    "choose it here."
)


def choose_scenario() -> list[Beside]:
    """Let the visitor choose whose contract the bridge leads to; return both ends, made alike where that is asked for.

    Where they cannot be bridged, what stands in the way and what to do about it takes the place of the page's rest.
    """
    versions = _versions()
    offered = {HERE: "This scenario", **versions, **choices()}
    key = frame.key("bridge-scenario")
    chosen = st.selectbox("Compare with a contract of", list(offered), format_func=offered.__getitem__, key=key)
    mine = Beside(state.current().name, state.text())
    if chosen == HERE:
        return [mine, mine]
    return _both(mine, _version(chosen, mine.name) if chosen in versions else texts([chosen], offered)[1])


def _versions() -> dict[str, str]:
    """Return the earlier versions of the scenario that is open, by key: those with a name first."""
    workspace = state.current()
    if not workspace.owner or workspace.unsaved:
        return {}
    found = store().history(workspace.owner, workspace.scenario)
    earlier = sorted(
        (each for each in found if each.revision != workspace.revision), key=lambda each: not each.version_name
    )
    return {f"{VERSION}{each.revision}": f"Version {version_label(each)}" for each in earlier}


def _version(key: str, name: str) -> Beside:
    workspace, revision = state.current(), int(key.removeprefix(VERSION))
    saved = store().version(workspace.owner, workspace.scenario, revision)
    return Beside(f"{name}, version {revision}", "" if saved is None else saved.document)


def _both(mine: Beside, other: Beside) -> list[Beside]:
    if other.name == mine.name:
        other = Beside(f"{other.name} (the other one)", other.text)
    first, (second, problems) = read_text(mine.text)[0], read_text(other.text) if other.text else (None, ())
    if first is None or second is None:
        frame.show_problems(f"{other.name} cannot be worked out.", placed(problems, {}))
        st.stop()
    wrong, mendable = faults(first, second)
    if not wrong:
        return [mine, other]
    if not mendable:
        frame.show_problems(f"There is no bridge to {other.name}.", placed(_in_words(wrong), {}))
        frame.link("scenarios")
        st.stop()
    st.warning(" ".join(markdown_text(each.message) for each in wrong))
    if not st.checkbox("Lead from one to the other over the same months", key=frame.key("bridge-alike")):
        explain("Tick it, and both are worked out over the months that they have in common.")
        st.stop()
    try:
        return made_alike(first, [mine, other])
    except ProblemsError as error:
        frame.show_problems(f"{other.name} cannot be worked out over these months.", placed(error.problems, {}))
        st.stop()


def _in_words(problems: Sequence[Problem]) -> list[Problem]:
    return [
        Problem(each.where, each.message, OTHER_SERVICES if each.where == "services" else each.remedy)
        for each in problems
    ]


def contracts_of(end: Beside) -> list[str]:
    """Return the contracts of one end."""
    scenario, _ = read_text(end.text)
    return [] if scenario is None else [contract.name for contract in scenario.contracts]
