"""Book: what a workbook holds before it is a file: sheets, blocks, lines along the months, tables of entries.

A line is one row over the whole timeline with **one** formula, written for every month (or every financial year) from
the same template, in which other lines and cells stand by reference. References are resolved when the book is written,
so a formula may name a line that stands further below (``book.ahead``).

How to read this folder: ``references`` says how a formula names cells and lines, ``items`` what a cell may hold and in
which units, ``contents`` what stands on a sheet, ``sheet`` how blocks and tables are filled, ``book`` what holds the
sheets together. Others import from the folder itself.
"""

from funding_model.report.workbook.book.book import Book, Check
from funding_model.report.workbook.book.contents import Chart, Heading, Row, TableRow, Years
from funding_model.report.workbook.book.items import (
    DATE,
    FLAG,
    FRACTION,
    FTE,
    INDEX,
    MONTHS,
    NUMBER,
    PEOPLE,
    POUNDS,
    POUNDS_A_YEAR,
    TEXT,
    WHOLE,
    Entry,
    Fixed,
    Formula,
    Item,
    Kind,
    Link,
    Numbers,
    Sample,
    Space,
)
from funding_model.report.workbook.book.references import (
    MONTH_BEFORE,
    THIS_MONTH,
    THIS_YEAR,
    TOKEN,
    YEAR_BEFORE,
    Cell,
    Column,
    Line,
    Period,
    Ruler,
    Stack,
)
from funding_model.report.workbook.book.sheet import TIME_ROWS, Block, Sheet

__all__ = [
    "DATE",
    "FLAG",
    "FRACTION",
    "FTE",
    "INDEX",
    "MONTHS",
    "MONTH_BEFORE",
    "NUMBER",
    "PEOPLE",
    "POUNDS",
    "POUNDS_A_YEAR",
    "TEXT",
    "THIS_MONTH",
    "THIS_YEAR",
    "TIME_ROWS",
    "TOKEN",
    "WHOLE",
    "YEAR_BEFORE",
    "Block",
    "Book",
    "Cell",
    "Chart",
    "Check",
    "Column",
    "Entry",
    "Fixed",
    "Formula",
    "Heading",
    "Item",
    "Kind",
    "Line",
    "Link",
    "Numbers",
    "Period",
    "Row",
    "Ruler",
    "Sample",
    "Sheet",
    "Space",
    "Stack",
    "TableRow",
    "Years",
]
