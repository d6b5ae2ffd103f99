"""Inputs changed in a workbook, and the scenario that has them likewise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from funding_model.report.workbook.addresses import Addresses
from funding_model.report.workbook.book import Book, Entry
from funding_model.report.workbook.calculate import opened, values_of
from funding_model.report.workbook.figures import draft
from funding_model.scenario.scenario import Scenario

UP_OR_DOWN: Final = {
    "amount", "amount_by_year", "caseload_per_fte", "contractual_notice_weeks", "current", "days", "full_time_hours",
    "income", "increment", "mean_pay", "minimum_cash", "opening_caseload", "opening_cash", "opening_free_reserves",
    "opening_restricted_funds", "opening_waiting", "other_cost", "referrals_a_month", "salary",
    "schedule", "staff_cost",
}  # fmt: skip
"""Entries that may grow as well as shrink."""
DOWN: Final = {
    "absence_cover_rate", "borrowing_rate", "break_credibility", "break_notice_months", "break_probability",
    "chance_of_change", "competition_cost", "competition_saving", "delivery_share", "extension_probability",
    "funded_share", "funder_hours_each", "hours_each", "lead_months", "margin", "other_on_cost_rate", "overhead_rate",
    "own_rate", "pension_rate", "renewal_probability", "renewal_uplift", "repurposable", "returns_a_year",
    "value", "variation_hours",
}  # fmt: skip
"""Entries that may only shrink here, such as shares; ``value`` is that of an assumption."""


def likewise(scenario: Scenario, larger: float, smaller: float) -> Scenario:
    """Return a scenario with most of its entries multiplied: some by any factor, shares by one of at most 1."""

    def walk(value: Any, name: str = "") -> Any:  # noqa: ANN401 - whatever a document holds
        if isinstance(value, dict):
            return {key: walk(part, key) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [walk(part, name) for part in value]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        factor = larger if name in UP_OR_DOWN else smaller if name in DOWN else 1
        return value * factor if factor != 1 else value

    return Scenario.model_validate(walk(scenario.model_dump()))


class Opened:
    """The workbook of a book, open in a spreadsheet engine that has worked it out."""

    def __init__(self, book: Book) -> None:
        self.model = opened(draft(book))
        self.model.evaluate()
        self.values = values_of(self.model)
        self.held = dict(_entered(book))

    def type_in(self, other: Book) -> int:
        """Set the input cells to what another book, laid out alike, has there; return how many that changes."""
        changes = [(place, value) for place, value in _entered(other) if self.held[place] != value]
        for place, value in changes:
            sheet, row, column = place
            self.model.set_user_input(sheet, row + 1, column + 1, repr(value))
            self.held[place] = value
        self.model.evaluate()
        return len(changes)


def _entered(book: Book) -> Iterator[tuple[tuple[int, int, int], float]]:
    """Yield every open cell of a workbook that holds a number: sheet, row and column from 0, and the number."""
    number, addresses = {id(sheet): at for at, sheet in enumerate(book.sheets)}, Addresses(book)
    for placed in book.cells.values():
        if isinstance(placed.item, Entry):
            yield (number[id(placed.sheet)], placed.row, placed.column), placed.item.value
    for home, row in book.rows.values():
        if row.kind == "input" and row.entered is not None:
            for column, value in zip(addresses.columns(row.line.period), row.entered, strict=True):
                yield (number[id(home)], row.place, column), float(value)


def formulas(book: Book) -> list[str]:
    """Return what the formulas of a workbook are, which a change of inputs leaves as it is."""
    return [row.formula for _, row in book.rows.values()]
