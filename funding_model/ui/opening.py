"""Opening: an example, a file, saved work or an empty scenario becomes what is open; a bad file changes nothing."""

from __future__ import annotations

import json
from typing import Any, Final

from funding_model.problems import Problem
from funding_model.scenario.dumping import dump_json
from funding_model.scenario.library import library_ids
from funding_model.scenario.scenario import Scenario
from funding_model.store import Summary
from funding_model.ui import state
from funding_model.ui.entry.documents import empty_document
from funding_model.ui.evaluation import entry, read_library, read_text
from funding_model.ui.stored import store

FIRST_SHOWN: Final = "family_support_hub"
"""The example that a first visitor finds open."""
ARCHIVE: Final = b"PK"
"""How every workbook begins."""
MOST_MEGABYTES: Final = 2
"""The largest file that can be chosen; what is larger is no scenario, and its reader would refuse it too."""


def start_empty() -> None:
    """Open a scenario in which nothing has been entered."""
    state.create(empty_document(), "Started empty")


# What is chosen is read when a button is pressed: on a busy computer it may have been chosen after the page was drawn.


def open_example(chosen: str) -> None:
    """Open a copy of the scenario of the library that a list holds, by the key of the list."""
    identifier = str(state.entered(chosen))
    scenario, problems = read_library(identifier)
    if scenario is None:
        state.say(f"The example cannot be opened: {problems[0]}")
        return
    state.create(json.loads(dump_json(scenario)), f"Opened the example “{entry(identifier)[0]}”")


def show_first_example() -> None:
    """Show an example to a first visitor, so that there is something to look at; nothing is saved by it."""
    if state.is_first_visit() and FIRST_SHOWN in library_ids():
        scenario = read_library(FIRST_SHOWN)[0]
        if scenario is not None:
            state.show_example(json.loads(dump_json(scenario)))


def example_name(identifier: str) -> str:
    """Return the name of a scenario of the library."""
    return entry(identifier)[0]


def open_file(key: str) -> None:
    """Open the file that was chosen, if it holds a scenario."""
    file = state.entered(key)
    if file is None:
        return
    scenario, problems = _read(file)
    if scenario is None:
        count = "one problem, which is" if len(problems) == 1 else f"{len(problems)} problems, which are"
        state.say(f"The file was not opened: it has {count} listed on the page.")
        return
    state.create(json.loads(dump_json(scenario)), f"Opened the file {file.name}")


def file_problems(key: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the name of the file that was chosen and the problems with it."""
    file: Any = state.entered(key)
    return ("", ()) if file is None else (file.name, _read(file)[1])


def _read(file: Any) -> tuple[Scenario | None, tuple[Problem, ...]]:  # noqa: ANN401 - Streamlit's file
    """Return the scenario in a file, or what is wrong with it; a workbook that is none is told by its name."""
    content: bytes = file.getvalue()
    if file.name.casefold().endswith(".xlsx") and not content.startswith(ARCHIVE):
        remedy = "Open it in Excel or LibreOffice, save it as .xlsx, and choose it again."
        return None, (Problem("", "it is called .xlsx, but is no workbook.", remedy),)
    return read_text(content)


def open_chosen(chosen: str) -> None:
    """Open the saved scenario that a list holds."""
    state.open_saved(str(state.entered(chosen)))


def sure_key(scenario: str) -> str:
    """Return the key of the box to tick before a saved scenario is deleted."""
    return f"sure-{scenario}"


def delete_chosen(chosen: str) -> None:
    """Delete the saved scenario that a list holds, if its box is ticked; it can be brought back."""
    scenario, workspace = str(state.entered(chosen)), state.current()
    if not state.entered(sure_key(scenario)):
        return
    store().delete(workspace.owner, scenario)
    if workspace.scenario == scenario:
        state.close()
    state.say("Deleted. It can be brought back below.")


def bring_back_chosen(chosen: str) -> None:
    """Bring the deleted scenario back that a list holds, and open it."""
    scenario = str(state.entered(chosen))
    store().undelete(state.current().owner, scenario)
    state.open_saved(scenario)


def saved_label(saved: Summary) -> str:
    """Return the name of a saved scenario with the day of its last change."""
    return f"{saved.name} ({saved.changed_at:%d %B %Y})"
