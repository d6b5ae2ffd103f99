"""Saving: what a command writes to the file that ``--to`` names."""

from __future__ import annotations

from pathlib import Path

from funding_model.problems import Problem, ProblemsError
from funding_model.scenario.plain import shown


def save(content: bytes, to: str) -> None:
    """Save a file that can be made again; one that is there already is replaced.

    Raises:
        ProblemsError: It cannot be written.
    """
    try:
        Path(to).write_bytes(content)
    except (OSError, ValueError) as error:
        raise _cannot_be_written(to, error) from error


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
        raise ProblemsError([Problem("--to", message, "Choose another name.")]) from error
    except (OSError, ValueError) as error:
        raise _cannot_be_written(to, error) from error


def _cannot_be_written(to: str, error: OSError | ValueError) -> ProblemsError:
    reason = (getattr(error, "strerror", None) or "it is not a path").lower()
    return ProblemsError([Problem("--to", f"{shown(to)} cannot be written: {reason}.", "Choose another place.")])
