"""Files: a report as the file that is asked for, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from funding_model.problems import Problem, ProblemsError
from funding_model.report.paper.content import Paper
from funding_model.report.paper.page import html_of
from funding_model.scenario.plain import shown

WORKBOOK: Final = ".xlsx"
"""Ending of the proof workbook, which is made of the comparison and not of the report."""
FORMATS: Final = {
    ".pdf": "to print and read",
    ".docx": "a Word document to edit",
    ".html": "a page for a browser",
    WORKBOOK: "a proof workbook of live formulas",
}
"""Endings of the files that can be made, and what they are."""


def _pdf(paper: Paper) -> bytes:
    from funding_model.report.paper.pdf import pdf_of  # noqa: PLC0415 - what lays it out is large, and read when asked

    return pdf_of(paper)


def _docx(paper: Paper) -> bytes:
    from funding_model.report.paper.word import docx_of  # noqa: PLC0415 - as for the PDF

    return docx_of(paper)


WRITERS: Final[dict[str, Callable[[Paper], bytes]]] = {".pdf": _pdf, ".docx": _docx, ".html": html_of}
"""What writes each format."""


def ending_of(name: str) -> str:
    """Return the ending of a file's name, as one that can be made.

    Raises:
        ProblemsError: No report is made with that ending.
    """
    ending = Path(name).suffix.lower()
    if ending not in FORMATS:
        known = ", ".join(f"{each} ({what})" for each, what in FORMATS.items())
        message = f"{shown(name)} is not the name of a report."
        raise ProblemsError([Problem("--to", message, f"End it with {known}.")])
    return ending


def file_of(paper: Paper, ending: str) -> bytes:
    """Return a report as a file with one of the endings."""
    return WRITERS[ending](paper)
