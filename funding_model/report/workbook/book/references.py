"""References: cells of tables and lines along the months, as a formula names them.

A template is text in which lines and cells stand as they are put into an f-string::

    block.line("Surplus", POUNDS, f"{income.now}-{cost.now}")

``line.now`` is this month's cell, ``line.before`` the month's before it, ``line.whole`` all months, ``line.year`` this
financial year's cell (of a yearly line, or the total of a monthly one), ``line.in_year(number)`` and
``line.in_month(number)`` the cell of a numbered one. Before the first month stands an empty cell, so that ``before``
is nil there. A cell of a table is put in as it is. What stands for a cell in the text is a token, which ``Addresses``
resolves when the book is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Period = Literal["month", "year"]

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
