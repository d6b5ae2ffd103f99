"""Saving: what a command writes to the file that ``--to`` names."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from funding_model.problems import Problem, ProblemsError
from funding_model.scenario.plain import shown


def check_place(to: str) -> None:
    """Refuse a place at which no file can stand, before long work is done for it.

    Raises:
        ProblemsError: Its folder is not there, or a folder has its name.
    """
    try:
        path = Path(to)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    except (OSError, ValueError) as error:
        raise _cannot_be_written(to, error) from error


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
        ProblemsError: The file exists or cannot be written, or none is named.
    """
    if not to.strip():
        raise ProblemsError([Problem("--to", "names no file.", "Give the name of a file that does not exist yet.")])
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
