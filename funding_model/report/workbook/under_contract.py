"""Under a contract: lines that a stage works out once for each contract, with a row for each service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import Kind, Numbers, Sheet, Stack, Years
from funding_model.report.workbook.engine import of_case


@dataclass(frozen=True)
class UnderContract:
    """A sheet as the lines of one contract are put on it; a stage that has many of them builds upon this class."""

    basis: Basis
    sheet: Sheet
    number: int
    """Of the contract, in the order of the comparison."""

    @property
    def contract(self) -> str:
        """Its name."""
        return self.basis.entered.contracts[self.number]

    def services(
        self,
        title: str,
        unit: str,
        formula: Callable[[int], str],
        note: str = "",
        known: Numbers | None = None,
        years: Years = "none",
        *,
        kind: Kind = "working",
        fill: Stack | None = None,
    ) -> Stack:
        """Add a block that bears the contract's name, with a line for each service.

        Args:
            title: What they are.
            unit: Their unit.
            formula: From the number of the service to the template of its line.
            note: What is worked out, in words.
            known: The engine's figures: axes (case, service, month); services and cases that have the same share one.
            years: What stands in the columns of the years.
            kind: Working or result.
            fill: Lines that were asked for ahead, which these are.
        """
        return self.sheet.block(f"{title}: {self.contract}", note).stack(
            self.basis.entered.services, unit, formula, of=self.contract, kind=kind, years=years, fill=fill,
            engine=None if known is None else self.figures(known),
        )  # fmt: skip

    def figures(self, known: Numbers) -> Numbers:
        """Return the engine's figures under the contract, a row for each service."""
        shape = (len(self.basis.entered.services), self.basis.book.months)
        return np.broadcast_to(of_case(known, self.number), shape)
