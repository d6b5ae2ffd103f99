"""Write: a book as an .xlsx file, with its formulas, styles, protection and print set-up.

The same book gives the same bytes: the file bears a fixed date. What a person typed is written as text, never as a
formula, and without characters that a file cannot hold.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from funding_model.report.workbook.addresses import FIRST_YEAR, KIND, LABEL, OF, TOTAL, UNIT, Addresses
from funding_model.report.workbook.book import (
    FLAG,
    TIME_ROWS,
    Book,
    Chart,
    Entry,
    Heading,
    Item,
    Link,
    Row,
    Sheet,
    Space,
    TableRow,
)
from funding_model.report.workbook.calculate import Values
from funding_model.report.workbook.figures import CHECK_ROW, HEADER_ROW, NUMBER_ROW, Figures, define_names
from funding_model.report.workbook.layout import (
    COLUMN_WIDTH,
    GAP_WIDTH,
    YEAR_WIDTH,
    Header,
    headers,
    height,
    label_widths,
    nil_areas,
    page_widths,
    set_paper,
)
from funding_model.report.workbook.lines import File, LineSheet, Style
from funding_model.report.workbook.styles import AMOUNTS, GRIDLINES, MONTH_AXIS, TITLE_HEIGHT, Styles, series_look
from funding_model.units import Unit

WRITTEN: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - a spreadsheet's dates have no time zone
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
LONGEST_TEXT: Final = 32_000
LONGEST_PROPERTY: Final = 255
ABOUT_ROW: Final = 1
WORDS: Final = {
    "validate": "length",
    "criteria": "<=",
    "value": 1_000,
    "error_title": "Too long",
    "error_message": "Keep to 1,000 characters.",
}
KINDS: Final = {"input": "Input", "working": "Working", "result": "Result", "check": "Check", "fixed": "Fixed"}
HEADERS: Final = {LABEL: "Line", OF: "Belongs to", UNIT: "Unit", KIND: "Kind", TOTAL: "Total"}


def written(book: Book, values: Values | None = None) -> bytes:
    """Return a book as an .xlsx file.

    Args:
        book: What it holds.
        values: What its formulas come to, beside those that the engine gave; nil where neither says.
    """
    content = io.BytesIO()
    file: File = xlsxwriter.Workbook(content, {"in_memory": True})
    file.set_properties(
        {
            "title": plain_text(book.title)[:LONGEST_PROPERTY],
            "author": "Funding model calculator",
            "comments": "Proof workbook: the calculation in live formulas, beside the engine's figures.",
            "created": WRITTEN,
        }
    )
    file.set_calc_mode("auto")
    addresses, styles = Addresses(book), Styles(file)
    for number, sheet in enumerate(book.sheets):
        out = file.add_worksheet(sheet.name, LineSheet)
        Figures(out, sheet, number, addresses, styles, values).put()
        _Writer(file, out, sheet, number, addresses, styles).write()
    define_names(file, book)
    file.close()
    return content.getvalue()


def plain_text(text: str) -> str:
    """Return a text as a cell can hold it: no control characters, and not too long."""
    return CONTROL.sub("", text)[:LONGEST_TEXT]


def series_name(row: Row, labels: Sequence[str]) -> str:
    """Return the name of a series of a chart: what tells it apart from those that have the other labels."""
    alike = labels.count(row.label)
    if alike == 1:
        return row.label
    return row.of if alike == len(labels) else f"{row.label}: {row.of}"


class _Writer:
    """Writes everything about one sheet but its figures."""

    def __init__(
        self, file: File, out: LineSheet, sheet: Sheet, number: int, addresses: Addresses, styles: Styles
    ) -> None:
        self.file, self.out, self.sheet, self.number = file, out, sheet, number
        self.addresses, self.styles, self.book = addresses, styles, addresses.book
        self.tables = 0
        self.headers = headers(sheet)
        self.widths = [] if sheet.timeline else page_widths(sheet, self.headers)

    def write(self) -> None:
        out, sheet = self.out, self.sheet
        out.hide_gridlines(2)
        set_paper(out, sheet, self.addresses, self.widths)
        out.set_row(0, TITLE_HEIGHT)
        out.write_string(0, 0, plain_text(f"{sheet.name} – {self.book.title}"), self.styles.of("title"))
        out.write_string(ABOUT_ROW, 0, plain_text(sheet.about), self.styles.of("quiet"))
        if sheet.timeline:
            self._ruler()
        else:
            for column, width in enumerate(self.widths):
                out.set_column(column, column, width)
            out.freeze_panes(CHECK_ROW + 1, 1)
        for content in sheet.contents:
            match content:
                case Heading():
                    out.write_string(content.place, 0, plain_text(content.title), self.styles.of("heading"))
                    if content.note:
                        out.write_string(content.place + 1, 0, plain_text(content.note), self.styles.of("quiet"))
                case Row():
                    self._line(content)
                case TableRow():
                    self._table_row(content)
                case Chart():
                    self._chart(content)
        if not sheet.timeline:
            self._accessible_tables()
        self._nils()
        out.protect("", {"format_columns": True, "format_rows": True})

    def _nils(self) -> None:
        """Show what is as near to nil as makes no difference without the minus sign that it may have."""
        for nil, areas in nil_areas(self.sheet, self.addresses).items():
            self.out.conditional_format(
                areas[0],
                {
                    "type": "cell",
                    "criteria": "between",
                    "minimum": -nil.nearest,
                    "maximum": 0,
                    "format": self.styles.of_nil(nil),
                    "multi_range": " ".join(areas),
                },
            )

    def _ruler(self) -> None:
        out, addresses, book = self.out, self.addresses, self.book
        header, numbers = self.styles.of("header"), self.styles.of("header of numbers")
        for column, width in label_widths(self.sheet).items():
            out.set_column(column, column, width)
            out.write_string(HEADER_ROW, column, HEADERS[column], numbers if column == TOTAL else header)
        for gap in (FIRST_YEAR - 1, addresses.first_month - 1):
            out.set_column(gap, gap, GAP_WIDTH)
        out.set_column(FIRST_YEAR, addresses.first_month - 2, YEAR_WIDTH)
        out.set_column(addresses.first_month, addresses.columns("month")[-1], COLUMN_WIDTH)
        out.write_string(NUMBER_ROW, 0, "Number of the year or month", self.styles.of("quiet"))
        out.freeze_panes(TIME_ROWS, OF)
        out.repeat_rows(0, HEADER_ROW)
        for label, column in zip(book.year_labels, addresses.columns("year"), strict=True):
            out.write_string(HEADER_ROW, column, label, numbers)

    def _line(self, row: Row) -> None:
        out, addresses, place = self.out, self.addresses, row.place
        out.write_string(place, LABEL, plain_text(row.label), self.styles.of("label"))
        if row.of:
            out.write_string(place, OF, plain_text(row.of), self.styles.of("label"))
        out.write_string(place, UNIT, row.unit, self.styles.of("quiet"))
        out.write_string(place, KIND, KINDS[row.kind], self.styles.of("quiet"))
        if row.kind == "input":
            columns = addresses.columns(row.line.period)
            self._validate(place, columns[0], place, columns[-1], row.bounds, row.unit)

    def _table_row(self, row: TableRow) -> None:
        heads = self.headers.get(row.place, [])
        self.out.set_row(row.place, height(row, self.book, heads, self.widths))
        for column, header in enumerate(heads):
            self.out.write_string(row.place, column, plain_text(header.text), self._header_style(header))
        for column, cell in enumerate(row.cells):
            self._item(row.place, column, self.book.cells[cell.key].item)

    def _header_style(self, header: Header) -> Style:
        return self.styles.of("header of numbers" if header.numbers else "header")

    def _item(self, row: int, column: int, item: Item) -> None:
        match item:
            case str():
                self.out.write_string(row, column, plain_text(item), self.styles.of("wrapped"))
            case Link():
                self.out.write_url(row, column, f"internal:'{item.sheet}'!A1", self.styles.of("link"), item.sheet)
            case Space():
                self.out.write_blank(row, column, None, self.styles.of("space"))
                self.out.data_validation(row, column, row, column, WORDS)
            case Entry():
                self._validate(row, column, row, column, item.bounds, item.unit)

    def _validate(self, top: int, left: int, bottom: int, right: int, bounds: Unit | None, unit: str) -> None:
        """Have what is typed checked against its bounds."""
        rule: dict[str, Any] = {"validate": "decimal", "criteria": "between"}
        if unit == FLAG:
            rule |= {"validate": "whole", "minimum": 0, "maximum": 1, "input_message": "1 for yes, 0 for no."}
        elif bounds is None:
            rule |= {"minimum": -1e12, "maximum": 1e12, "input_message": f"A number: {unit}."}
        else:
            low = -bounds.maximum if bounds.minimum is None else bounds.minimum
            rule |= {"minimum": low, "maximum": bounds.maximum, "input_message": f"{bounds.name}. {bounds.remedy}"}
            if bounds.whole:
                rule["validate"] = "whole"
        low, high = rule["minimum"], rule["maximum"]
        rule |= {"error_title": "Out of bounds", "error_message": f"Enter a number from {low:g} to {high:g}."}
        self.out.data_validation(top, left, bottom, right, rule)

    def _accessible_tables(self) -> None:
        """Mark each table as one, with its header row and what it is about, for screen readers and for sorting."""
        contents, title = self.sheet.contents, ""
        for place, content in enumerate(contents):
            if isinstance(content, Heading):
                title = content.title
            if not isinstance(content, TableRow) or not content.headers:
                continue
            last = content.place
            for below in contents[place + 1 :]:
                if not isinstance(below, TableRow) or below.headers or below.place != last + 1:
                    break
                last = below.place
            if last == content.place:
                continue
            self.tables += 1
            columns = [
                {"header": plain_text(header.text), "header_format": self._header_style(header)}
                for header in self.headers[content.place]
            ]
            self.out.add_table(
                content.place,
                0,
                last,
                len(content.headers) - 1,
                {
                    "name": f"Table_{self.number}_{self.tables}",
                    "columns": columns,
                    "autofilter": False,
                    "style": None,
                    "title": plain_text(title),
                    "description": plain_text(f"{title}: {self.sheet.about}"),
                },
            )

    def _chart(self, chart: Chart) -> None:
        drawing = self.file.add_chart({"type": "column" if chart.columns else "line"})
        columns = self.addresses.columns(chart.period)
        labels = [self.book.rows[line.key][1].label for line in chart.lines]
        for number, line in enumerate(chart.lines):
            home, row = self.book.rows[line.key]
            drawing.add_series(
                {
                    "name": plain_text(series_name(row, labels)),
                    "categories": f"='{home.name}'!{xl_range_abs(HEADER_ROW, columns[0], HEADER_ROW, columns[-1])}",
                    "values": f"='{home.name}'!{xl_range_abs(row.place, columns[0], row.place, columns[-1])}",
                    **series_look(number, columns=chart.columns),
                }
            )
        drawing.set_title({"name": plain_text(chart.title), "name_font": {"size": 12}})
        axis = {"name": chart.unit, "num_format": AMOUNTS, "major_gridlines": GRIDLINES}
        drawing.set_y_axis(axis | {"min": 0} if chart.from_nil else axis)
        drawing.set_x_axis({"label_position": "low"} | ({} if chart.period == "year" else MONTH_AXIS))
        drawing.set_legend({"position": "bottom"})
        drawing.set_size({"width": 900, "height": 340})
        self.out.insert_chart(
            chart.place, 0, drawing, {"description": plain_text(chart.description), "object_position": 2}
        )
