"""Saving: a new file, where none is yet."""

from __future__ import annotations

from pathlib import Path

from funding_model.problems import Problem, ProblemsError
from funding_model.scenario.plain import shown


def save_new(content: bytes, to: str) -> None:
    """Save a file that must not exist yet: what someone has filled in is never written over.

    Raises:
        ProblemsError: The file exists or cannot be written.
    """
    try:
        with Path(to).open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        message = f"{shown(to)} is there already and is left as it is."
        raise ProblemsError([Problem("", message, "Choose another name.")]) from error
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "it is not a path").lower()
        raise ProblemsError(
            [Problem("", f"{shown(to)} cannot be written: {reason}.", "Choose another place.")]
        ) from error
