"""Book: what a workbook holds before it is a file: sheets, blocks, lines along the months, tables of entries.

A line is one row over the whole timeline with **one** formula, written for every month (or every financial year) from
the same template. A template is text in which other lines and cells stand as they are put into an f-string::

    block.line("Surplus", POUNDS, f"{income.now}-{cost.now}")

``line.now`` is this month's cell, ``line.before`` the month's before it, ``line.whole`` all months, ``line.year`` this
financial year's cell (of a yearly line, or the total of a monthly one), ``line.in_year(number)`` and
``line.in_month(number)`` the cell of a numbered one. Before the first month stands an empty cell, so that ``before``
is nil there. A cell of a table is put in as it is. References are resolved when the book is written, so a formula may
name a line that stands further below (``book.ahead``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from funding_model.units import Unit

Period = Literal["month", "year"]
Kind = Literal["input", "working", "result", "check", "fixed"]
Years = Literal["sum", "end", "none"]
"""What stands in the year's column of a monthly line: its sum, its last month, or nothing."""
Numbers: TypeAlias = npt.NDArray[np.float64]

POUNDS, POUNDS_A_YEAR, FRACTION, INDEX, FLAG, NUMBER, MONTHS, YEARS, PEOPLE, FTE, DATE, TEXT = (
    "pounds", "pounds a year", "fraction", "index", "1 yes, 0 no", "number", "months", "years", "people", "FTE", "date",
    "text",
)  # fmt: skip
"""Units of lines and cells; the writer has a number format for each, and a plain one for any other."""

THIS_MONTH, MONTH_BEFORE, THIS_YEAR, YEAR_BEFORE = "\x01", "\x02", "\x03", "\x04"
"""Stand for the letters of the column in a resolved formula."""
TOKEN: Final = re.compile("\x05([0-9]+)(?::([0-9]+))?([a-z]?)\x06")


def _token(first: int, last: int | None = None, how: str = "") -> str:
    return f"\x05{first}{'' if last is None else f':{last}'}{how}\x06"


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell of a table, by which formulas refer to it."""

    key: int

    def __str__(self) -> str:
        """Return what stands for the cell in a formula."""
        return _token(self.key)


@dataclass(frozen=True, eq=False)
class Column:
    """Cells of a table that stand one below the other."""

    cells: tuple[Cell, ...]

    def __getitem__(self, place: int) -> Cell:
        """Return one of the cells."""
        return self.cells[place]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.cells)

    @property
    def whole(self) -> str:
        """All of them, as a range."""
        return self.part(0, len(self.cells))

    def part(self, start: int, stop: int) -> str:
        """Return those from ``start`` to before ``stop``, as a range."""
        return _token(self.cells[start].key, self.cells[stop - 1].key)


@dataclass(frozen=True, eq=False)
class Line:
    """A row over the timeline."""

    key: int
    period: Period

    @property
    def now(self) -> str:
        """This month's cell; in a formula of a yearly line use ``year``."""
        return _token(self.key, how="n")

    @property
    def before(self) -> str:
        """The cell of the month before, empty in the first."""
        return _token(self.key, how="b")

    @property
    def year(self) -> str:
        """This year's cell: the value of a yearly line, the year's total of a monthly one."""
        return _token(self.key, how="y")

    @property
    def year_before(self) -> str:
        """The cell of the year before, empty in the first."""
        return _token(self.key, how="p")

    @property
    def whole(self) -> str:
        """All months, as a range."""
        return _token(self.key, how="m")

    @property
    def years(self) -> str:
        """All years, as a range."""
        return _token(self.key, how="a")

    @property
    def total(self) -> str:
        """The total over all months, beside the label."""
        return _token(self.key, how="t")

    def in_year(self, number: object) -> str:
        """Return the cell of a year by its number, 1 for the first."""
        return f"INDEX({self.years},{number})"

    def of_year(self, ruler: Ruler) -> str:
        """Return, for a month, the cell of its financial year."""
        return self.in_year(ruler.year_of_month.now)

    def in_month(self, number: object) -> str:
        """Return the cell of a month by its number, 1 for the first."""
        return f"INDEX({self.whole},{number})"

    def __str__(self) -> str:
        """Return this month's cell, or of a yearly line this year's."""
        return self.now if self.period == "month" else self.year


@dataclass(frozen=True, eq=False)
class Stack:
    """Lines of the same kind one below the other, such as one for each service."""

    lines: tuple[Line, ...]

    def __getitem__(self, place: int) -> Line:
        """Return one of the lines."""
        return self.lines[place]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.lines)

    def __iter__(self) -> Iterator[Line]:
        """Return the lines in turn."""
        return iter(self.lines)

    def part(self, start: int, stop: int) -> Stack:
        """Return the lines from ``start`` to before ``stop``."""
        return Stack(self.lines[start:stop])

    def _range(self, how: str) -> str:
        return _token(self.lines[0].key, self.lines[-1].key, how)

    @property
    def now(self) -> str:
        """This month's cells, as a range down the lines."""
        return self._range("n")

    @property
    def before(self) -> str:
        """Those of the month before."""
        return self._range("b")

    @property
    def year(self) -> str:
        """This year's cells, as a range down the lines."""
        return self._range("y")

    @property
    def whole(self) -> str:
        """All months of all lines, as a block."""
        return self._range("m")

    @property
    def years(self) -> str:
        """All years of all lines, as a block."""
        return self._range("a")


@dataclass(frozen=True)
class Entry:
    """A value that a reader may change: its bounds are checked as it is typed."""

    value: float
    unit: str
    bounds: Unit | None = None
    name: str = ""
    """A defined name, by which formulas then refer to it."""


@dataclass(frozen=True)
class Fixed:
    """A value that is part of the workbook's structure, and is not changed in it."""

    value: float
    unit: str = NUMBER
    name: str = ""


@dataclass(frozen=True)
class Sample:
    """A number in the look of an input that nothing reads."""

    value: float
    unit: str
    name: str = ""


@dataclass(frozen=True)
class Formula:
    """A formula in a table."""

    text: str
    unit: str = NUMBER
    kind: Kind = "working"
    engine: float | str | None = None
    name: str = ""


@dataclass(frozen=True)
class Link:
    """The name of a sheet that leads there."""

    sheet: str
    name: str = ""

    def __str__(self) -> str:
        """Return the name of the sheet."""
        return self.sheet


@dataclass(frozen=True)
class Space:
    """An empty cell in which a reader may write words."""

    name: str = ""


Item = str | Entry | Fixed | Sample | Formula | Link | Space
"""What a cell of a table holds; a string is text, never a formula."""


@dataclass
class Row:
    """A line as it stands on its sheet."""

    line: Line
    label: str
    of: str
    unit: str
    kind: Kind
    years: Years
    formula: str
    entered: Numbers | None = None
    bounds: Unit | None = None
    engine: Numbers | None = None
    place: int = -1


@dataclass(frozen=True)
class Heading:
    """The title of a block or table, with a note on what it works out."""

    title: str
    note: str
    place: int


@dataclass
class TableRow:
    """A row of a table."""

    place: int
    headers: tuple[str, ...] = ()
    """Only of the row of headers."""
    cells: tuple[Cell, ...] = ()
    """Of every other row."""


@dataclass
class Chart:
    """A native chart of lines over the months, with its text alternative."""

    title: str
    description: str
    lines: tuple[Line, ...]
    period: Period
    unit: str
    place: int
    columns: bool = False
    """Whether it has columns side by side, and not lines."""


TIME_ROWS: Final = 6
"""Rows above the first block of a sheet with a timeline: title, check, ruler and what they stand under."""
PAGE_ROWS: Final = 4
ROWS_OF_A_CHART: Final = 18


@dataclass
class Sheet:
    """A sheet: blocks of lines over the one ruler, or tables without it."""

    book: Book
    name: str
    about: str
    timeline: bool
    contents: list[Row | Heading | TableRow | Chart] = field(default_factory=list)
    next_row: int = 0

    def _take(self, rows: int = 1) -> int:
        first = self.next_row
        self.next_row += rows
        return first

    def _head(self, title: str, note: str) -> None:
        """Leave a row empty, and put a title below it and its note below that."""
        self._take()
        self.contents.append(Heading(title, note, self._take(2 if note else 1)))

    def block(self, title: str, note: str = "") -> Block:
        """Start a block of lines under a title; the note says in words what is worked out."""
        self._head(title, note)
        return Block(self)

    def table(self, title: str, headers: Sequence[str], note: str = "") -> Table:
        """Start a table under a title, with a row of headers."""
        self._head(title, note)
        self.contents.append(TableRow(self._take(), headers=tuple(headers)))
        return Table(self)

    def chart(
        self,
        title: str,
        description: str,
        lines: Sequence[Line],
        unit: str = POUNDS,
        period: Period = "year",
        *,
        columns: bool = False,
    ) -> None:
        """Put a chart of lines below what stands on the sheet; its description says in words what it shows."""
        self._take()
        place = self._take(ROWS_OF_A_CHART)
        self.contents.append(Chart(title, description, tuple(lines), period, unit, place, columns))


@dataclass(frozen=True)
class Table:
    """A table of a sheet without a timeline."""

    sheet: Sheet

    def add(self, *items: Item) -> list[Cell]:
        """Add a row and return its cells, one for each item."""
        place = self.sheet._take()  # noqa: SLF001 - a table is a part of its sheet
        cells = [self.sheet.book.register(self.sheet, place, column, item) for column, item in enumerate(items)]
        self.sheet.contents.append(TableRow(place, cells=tuple(cells)))
        return cells

    def rows(self, rows: Sequence[Sequence[Item]]) -> list[Column]:
        """Add rows and return the columns of cells."""
        return [Column(tuple(cells)) for cells in zip(*(self.add(*row) for row in rows), strict=True)]


@dataclass(frozen=True)
class Block:
    """A block of lines of a sheet with the timeline."""

    sheet: Sheet

    def line(  # noqa: PLR0913 - what a line says about itself
        self,
        label: str,
        unit: str,
        formula: str,
        *,
        of: str = "",
        kind: Kind = "working",
        years: Years = "none",
        period: Period = "month",
        engine: Numbers | None = None,
        fill: Line | None = None,
    ) -> Line:
        """Add a line.

        Args:
            label: What it is.
            unit: Its unit, one of this module's where one fits.
            formula: The template, without ``=``; the same for every month or year.
            of: What it belongs to: a service, a contract.
            kind: Working, result or check.
            years: What stands in the columns of the years of a monthly line; of a yearly one, "sum" shows the total.
            period: Whether it runs over months or over financial years.
            engine: The engine's values, by month or year, where it has them.
            fill: A line that was asked for ahead, which this one is.
        """
        line = self.sheet.book.ahead(1, period)[0] if fill is None else fill
        row = Row(line, label, of, unit, kind, years, formula, engine=_series(engine))
        self._place(row)
        return line

    def stack(  # noqa: PLR0913 - as of a line
        self,
        labels: Sequence[str],
        unit: str,
        formula: Callable[[int], str],
        *,
        of: Sequence[str] | str = "",
        kind: Kind = "working",
        years: Years = "none",
        period: Period = "month",
        engine: Numbers | None = None,
        fill: Stack | None = None,
    ) -> Stack:
        """Add lines of the same kind, one for each label; ``formula`` gives the template of each by its number.

        Args:
            labels: What each is, such as the names of the services.
            unit: Their unit.
            formula: From the number of the line to its template.
            of: What they all belong to, or each of them.
            kind: Working, result or check.
            years: What stands in the columns of the years of monthly lines.
            period: Whether they run over months or over financial years.
            engine: The engine's values: axes (line, month or year).
            fill: Lines that were asked for ahead, which these are.
        """
        owners = [of] * len(labels) if isinstance(of, str) else of
        lines = self.sheet.book.ahead(len(labels), period) if fill is None else fill
        for number, (line, label, owner) in enumerate(zip(lines, labels, owners, strict=True)):
            self.line(
                label,
                unit,
                formula(number),
                of=owner,
                kind=kind,
                years=years,
                period=period,
                engine=None if engine is None else engine[number],
                fill=line,
            )
        return lines

    def entered(
        self,
        labels: Sequence[str],
        unit: str,
        values: Numbers,
        *,
        of: Sequence[str] | str = "",
        bounds: Unit | None = None,
        period: Period = "year",
    ) -> Stack:
        """Add lines of values that a reader may change: axes (line, year or month)."""
        owners = [of] * len(labels) if isinstance(of, str) else of
        lines = self.sheet.book.ahead(len(labels), period)
        for line, label, owner, series in zip(lines, labels, owners, values, strict=True):
            self._place(Row(line, label, owner, unit, "input", "none", "", _series(series), bounds))
        return lines

    def constants(
        self,
        labels: Sequence[str],
        unit: str,
        values: Numbers,
        *,
        of: Sequence[str] | str = "",
        period: Period = "month",
    ) -> Stack:
        """Add lines of figures that stay as they were delivered: axes (line, month or year)."""
        owners = [of] * len(labels) if isinstance(of, str) else of
        lines = self.sheet.book.ahead(len(labels), period)
        for line, label, owner, series in zip(lines, labels, owners, values, strict=True):
            self._place(Row(line, label, owner, unit, "fixed", "none", "", _series(series)))
        return lines

    def _place(self, row: Row) -> None:
        row.place = self.sheet._take()  # noqa: SLF001 - a block is a part of its sheet
        self.sheet.contents.append(row)
        self.sheet.book.rows[row.line.key] = (self.sheet, row)


def _series(values: Numbers | None) -> Numbers | None:
    return None if values is None else np.asarray(values, float)


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


@dataclass(frozen=True)
class Ruler:
    """The one timeline, to which the headings of every sheet refer."""

    month: Line
    """Number of the month, 1 for the first."""
    starts: Line
    """First day of the month."""
    ends: Line
    """Last day of the month."""
    year_of_month: Line
    """Number of the month's financial year."""
    months_of_this_year: Line
    """Months that the scenario holds of the month's financial year."""
    part: Line
    """Which part of its financial year the month is in, between changes of statutory rates."""
    first: Line
    """1 in the first month."""
    year: Line
    """Yearly: number of the financial year, 1 for the first."""
    months_of_year: Line
    """Yearly: months that the scenario holds of it."""
    last_month: Line
    """Yearly: number of its last month."""


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
