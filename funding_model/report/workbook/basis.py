"""Basis: what the stages after the timeline build on."""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.report.workbook.book import Book
from funding_model.report.workbook.engine import Engine
from funding_model.report.workbook.handles import Entered, Outlook, Planned


@dataclass(frozen=True)
class Basis:
    """The workbook, the comparison, everything entered, the indices and the planned quantities."""

    book: Book
    engine: Engine
    entered: Entered
    outlook: Outlook
    planned: Planned
