"""Input workbook: what the command of that name does, from what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from funding_model.problems import Problem, ProblemsError
from funding_model.report.asking import load_all, overrides_of
from funding_model.report.saving import save_new
from funding_model.scenario.plain import shown
from funding_model.scenario.workbook.drawing import blank_workbook, scenario_workbook

ENDING: Final = ".xlsx"


def answer_input_workbook(source: str | None, settings: Sequence[str], to: str) -> str:
    """Save a workbook to fill in, in a file that must not exist yet, and say so.

    Args:
        source: Id of the library or path of the scenario that the workbook holds; None for a blank one.
        settings: Other values of the scenario, each as ``PATH=VALUE``.
        to: The file.

    Raises:
        ProblemsError: Something that was typed cannot be used, or the file exists or cannot be written.
    """
    if not to.casefold().endswith(ENDING):
        raise ProblemsError([Problem("--to", f"{shown(to)} does not end in {ENDING}.", f"Name it such as my{ENDING}.")])
    if settings and source is None:
        raise ProblemsError(
            [Problem("--set", "has no effect on a blank workbook.", "Name a scenario, or leave it out.")]
        )
    content = blank_workbook() if source is None else scenario_workbook(load_all([source], overrides_of(settings))[0])
    save_new(content, to)
    return f"The workbook is in {to}. When it is filled in: funding-model validate {to}"
