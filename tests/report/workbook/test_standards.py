"""The modelling standards that the workbook keeps, each looked for in the file as a reader opens it."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from funding_model.questions.compare import compare
from funding_model.report.workbook.addresses import FIRST_YEAR, KIND, TOTAL, Addresses
from funding_model.report.workbook.book import Book, Row
from funding_model.report.workbook.build import book_of, workbook_of
from funding_model.report.workbook.figures import CHECK_ROW, HEADER_ROW, NUMBER_ROW
from funding_model.report.workbook.write import plain_text, written
from tests.questions.small_scenarios import compared, scenario

REFERENCE = re.compile(r"(?:'[^']+'!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?")
FORBIDDEN = ("OFFSET", "INDIRECT", "LET(", "XLOOKUP", "[")


@cache
def book() -> Book:
    return book_of(compared())


@cache
def opened(*, values: bool = False) -> Any:  # noqa: ANN401 - openpyxl has no types
    return openpyxl.load_workbook(io.BytesIO(content()), data_only=values)


@cache
def content() -> bytes:
    return workbook_of(compared())


def formulas() -> list[tuple[str, Any]]:
    return [
        (sheet.title, cell) for sheet in opened() for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]


def relative(formula: str, column: int) -> str:
    """Write the columns of a formula's relative references as their distance from its own."""

    def distance(match: re.Match[str]) -> str:
        letters = match.group(2)
        number = openpyxl.utils.column_index_from_string(letters)
        return match.group(0) if match.group(1) else f"C[{number - column}]{match.group(3)}"

    return re.sub(r"(\$?)\b([A-Z]{1,3})(\$?[0-9]+)\b", distance, formula)


def test_there_are_separate_sheets_for_control_inputs_workings_and_logs() -> None:
    names = opened().sheetnames
    assert names[:3] == ["Cover", "Checks", "Inputs"]
    assert {"Timeline", "Inputs by year", "Outlook", "Full cost", "Engine figures", "Changes"} <= set(names)


def test_nothing_is_hidden_merged_or_linked() -> None:
    for sheet in opened():
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert not any(each.hidden for each in sheet.column_dimensions.values())
        assert not any(each.hidden for each in sheet.row_dimensions.values())
    for _, cell in formulas():
        assert not any(word in cell.value for word in FORBIDDEN), cell.value


def test_inputs_are_open_checked_and_the_rest_is_locked_without_a_password() -> None:
    entries = 0
    for sheet in opened():
        assert sheet.protection.sheet
        assert not sheet.protection.password
        ranges = [found for rule in sheet.data_validations.dataValidation for found in rule.sqref.ranges]
        unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        checked = {
            f"{get_column_letter(column)}{row}"
            for each in ranges
            for row in range(each.min_row, each.max_row + 1)
            for column in range(each.min_col, each.max_col + 1)
        }
        assert unlocked == checked, sheet.title
        entries += len(unlocked)
    assert entries > 100
    assert all(cell.protection.locked for _, cell in formulas())


def test_one_formula_stands_along_a_row() -> None:
    addresses = Addresses(book())
    for home, row in book().rows.values():
        if row.entered is None:
            cells = [opened()[home.name].cell(row.place + 1, at + 1) for at in addresses.columns(row.line.period)]
            assert len({relative(cell.value, cell.column) for cell in cells}) == 1, (home.name, row.label)


def test_no_number_but_nought_and_one_stands_in_a_formula() -> None:
    for sheet, cell in formulas():
        bare = REFERENCE.sub("", re.sub(r'"[^"]*"', "", cell.value))
        numbers = set(re.findall(r"(?<![A-Za-z_0-9.])[0-9.]+(?![A-Za-z_0-9.])", bare))
        assert numbers <= {"0", "1"}, (sheet, cell.coordinate, cell.value)


def test_the_same_column_is_the_same_period_on_every_sheet() -> None:
    rows = {
        sheet.name: [
            [opened(values=True)[sheet.name].cell(row + 1, column + 1).value for column in _timeline()]
            for row in (NUMBER_ROW, HEADER_ROW)
        ]
        for sheet in book().sheets
        if sheet.timeline
    }
    first = rows["Timeline"]
    assert first[0][: book().years] == [1, 2, 3]
    assert all(found == first for found in rows.values())


def _timeline() -> range:
    return range(FIRST_YEAR, Addresses(book()).columns("month")[-1] + 1)


def test_the_master_check_is_in_sight_on_every_sheet() -> None:
    for sheet in opened(values=True):
        assert sheet.cell(CHECK_ROW + 1, 1).value == "Master check: all checks hold", sheet.title
        assert int(re.sub(r"\D", "", sheet.freeze_panes)) > CHECK_ROW + 1


def test_every_line_has_a_label_a_unit_and_its_kind_in_words() -> None:
    for home, row in book().rows.values():
        cells = [opened()[home.name].cell(row.place + 1, column + 1).value for column in range(TOTAL)]
        assert all((cells[0], cells[2], cells[KIND])), (home.name, row)


def test_what_is_next_to_nothing_is_shown_as_nil_without_a_minus_sign() -> None:
    """Wherever a format puts a minus sign first, another one without it takes over for what rounds to nil."""
    signed = 0
    for sheet in opened():
        nil = {
            coordinate: rule.dxf.numFmt.formatCode
            for area in sheet.conditional_formatting
            for rule in area.rules
            if rule.operator == "between" and -0.01 < float(rule.formula[0]) < 0 and rule.formula[1] == "0"
            for cells in area.sqref.ranges
            for row in cells.rows
            for coordinate in row
        }
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            reckoned = cell.data_type == "f" or (sheet.title == "Engine figures" and cell.data_type == "n")
            if cell.value is not None and reckoned and "−" in cell.number_format:
                signed += 1
                digits = re.sub(r"[1-9#,]", "", cell.number_format.split(";")[0])
                assert nil[cell.row, cell.column] == ";".join([f'"{digits}"'] * 3), (sheet.title, cell.coordinate)
    assert signed > 10_000


def test_cells_hold_what_the_formulas_come_to() -> None:
    addresses = Addresses(book())
    shown = [
        (opened(values=True)[home.name].cell(row.place + 1, addresses.columns(row.line.period)[0] + 1).value, row)
        for home, row in book().rows.values()
        if row.engine is not None
    ]
    assert len(shown) > 50
    for value, row in shown:
        assert value == pytest.approx(first_of(row), abs=0.005), row


def first_of(row: Row) -> float:
    return 0.0 if row.engine is None else float(row.engine[0])


def test_tables_have_header_rows_and_say_what_they_are_about() -> None:
    tables = [table for sheet in opened() for table in sheet.tables.values()]
    assert len(tables) > 10
    assert all(table.headerRowCount == 1 for table in tables)


def test_charts_are_native_say_what_they_show_and_begin_columns_of_cost_at_nil() -> None:
    with zipfile.ZipFile(io.BytesIO(content())) as parts:
        charts = {name: parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")}
        drawings = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/drawings/drawing")]
        assert not [name for name in parts.namelist() if name.startswith("xl/media")]  # none is a picture
    shown = [text for drawing in drawings for text in re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', drawing)]
    assert len(shown) == len(charts) >= 3
    assert all("the figures stand in" in text for text in shown)
    cost = [chart for chart in charts.values() if "Full cost, and price by contract" in chart]
    assert len(cost) == 1
    assert '<c:min val="0"/>' in cost[0]


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert workbook_of(compared()) == content()


def test_what_a_person_typed_is_never_a_formula() -> None:
    changed = scenario({"services.1.name": "=1+1", "name": "=HYPERLINK(0)"})
    sheets = openpyxl.load_workbook(io.BytesIO(written(book_of(compare(changed)))))
    named = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert named
    assert all(cell.data_type == "s" for cell in named)


def test_characters_that_no_cell_can_hold_are_left_out() -> None:
    assert plain_text("a\x00b\x1fc\td") == "abc\td"
