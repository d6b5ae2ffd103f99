"""Where the library's scenarios are kept: the folder ``scenarios`` beside the package, or one that you name."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final

from funding_model.problems import Problem
from funding_model.scenario.explain_errors import nearest, quoted_names
from funding_model.scenario.plain import shown
from funding_model.scenario.yaml_text import LONGEST_TEXT, read_document

FOLDER_VARIABLE: Final = "FUNDING_MODEL_SCENARIOS"
"""Environment variable that names another folder of scenarios."""
_IDENTIFIER: Final = re.compile(r"[a-z0-9_]{1,80}")


def library_folder() -> Path:
    """Return the folder of the library, whether or not it is there."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else Path(__file__).resolve().parents[2] / "scenarios"


def library_ids() -> list[str]:
    """Return the id of every scenario in the library, in order; none when there is no library."""
    try:
        names = [path.stem for path in library_folder().iterdir() if path.suffix == ".yaml"]
    except (OSError, ValueError):
        return []
    return sorted(name for name in names if _IDENTIFIER.fullmatch(name))


def library_document(identifier: object, where: str = "") -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return a scenario of the library as it was written, or why it cannot be read."""
    if not isinstance(identifier, str) or not _IDENTIFIER.fullmatch(identifier):
        message = f"{shown(identifier)} is not the id of a scenario in the library."
        return None, [Problem(where, message, "An id has small letters, digits and underscores only; it is no path.")]
    known = library_ids()
    if identifier not in known:
        if not known:
            message = "no library of scenarios is installed here."
            return None, [Problem(where, message, f"Name its folder in the environment variable {FOLDER_VARIABLE}.")]
        message = f"there is no scenario {shown(identifier)} in the library{nearest(identifier, known)}"
        return None, [Problem(where, message, f"Scenarios: {quoted_names(known)}.")]
    try:
        with (library_folder() / f"{identifier}.yaml").open("rb") as file:
            text = file.read(LONGEST_TEXT + 1)
    except OSError:
        return None, [Problem(where, f"the scenario {shown(identifier)} cannot be opened.", "Check its file.")]
    document, problems = read_document(text)
    return document, [
        Problem(where, f"in {identifier}, {problem.where or 'as a whole'}: {problem.message}", problem.remedy)
        for problem in problems
    ]
