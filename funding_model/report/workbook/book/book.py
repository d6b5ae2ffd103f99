"""Book: its sheets, the one ruler, and everything that is checked, compared or not live."""

from __future__ import annotations

from dataclasses import dataclass, field

from funding_model.report.workbook.book.contents import Row
from funding_model.report.workbook.book.items import Formula, Item
from funding_model.report.workbook.book.references import Cell, Line, Period, Ruler, Stack
from funding_model.report.workbook.book.sheet import PAGE_ROWS, TIME_ROWS, Sheet


@dataclass(frozen=True)
class Check:
    """A reconciliation of the workbook: a formula for the difference found, nil when both sides agree."""

    name: str
    difference: str
    as_delivered: bool
    """Whether it compares with the engine's figures, which hold only while no input is changed."""


@dataclass
class Placed:
    """Where a cell of a table stands, and its defined name if it has one."""

    sheet: Sheet
    row: int
    column: int
    name: str
    item: Item


@dataclass
class Book:
    """A workbook in the making."""

    months: int
    year_labels: list[str]
    title: str
    sheets: list[Sheet] = field(default_factory=list)
    rows: dict[int, tuple[Sheet, Row]] = field(default_factory=dict)
    cells: dict[int, Placed] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    compared: list[tuple[str, Stack]] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    keys: int = 0
    ruler: Ruler | None = None

    @property
    def years(self) -> int:
        """How many financial years it covers, part-years included."""
        return len(self.year_labels)

    @property
    def time(self) -> Ruler:
        """The ruler, which the first stage lays out."""
        if self.ruler is None:
            raise ValueError("the ruler has not been laid out yet")
        return self.ruler

    def sheet(self, name: str, about: str) -> Sheet:
        """Add a sheet with the timeline: the same column is the same month or year on each of them."""
        return self._add(Sheet(self, name, about, timeline=True, next_row=TIME_ROWS))

    def page(self, name: str, about: str) -> Sheet:
        """Add a sheet of tables."""
        return self._add(Sheet(self, name, about, timeline=False, next_row=PAGE_ROWS))

    def _add(self, sheet: Sheet) -> Sheet:
        self.sheets.append(sheet)
        return sheet

    def named(self, name: str) -> Sheet:
        """Return the sheet of a name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def ahead(self, number: int, period: Period = "month") -> Stack:
        """Return lines that formulas may name before they are placed with ``fill``."""
        first = self.keys
        self.keys += number
        return Stack(tuple(Line(first + place, period) for place in range(number)))

    def register(self, sheet: Sheet, row: int, column: int, item: Item) -> Cell:
        """Take note of a cell of a table."""
        cell = Cell(self.keys)
        self.keys += 1
        name = "" if isinstance(item, str) else item.name
        self.cells[cell.key] = Placed(sheet, row, column, name, item)
        return cell

    def redefine(self, cell: Cell, item: Formula) -> None:
        """Give a cell of a table its formula, which names cells of its own row."""
        self.cells[cell.key].item = item

    def check(self, name: str, difference: str) -> None:
        """Add a reconciliation: a formula whose size is the difference between two sides."""
        self.checks.append(Check(name, difference, as_delivered=False))

    def check_nil(self, name: str, lines: Stack) -> None:
        """Add a reconciliation: monthly or yearly lines that must be nil throughout."""
        block = lines.whole if lines[0].period == "month" else lines.years
        self.check(name, f"MAX(MAX({block}),0-MIN({block}))")

    def compare(self, name: str, lines: Stack) -> None:
        """Have results compared with the engine's, which ``engine`` gave when they were added."""
        self.compared.append((name, lines))

    def limit(self, text: str) -> None:
        """Say what the workbook does not do live."""
        self.limits.append(text)
