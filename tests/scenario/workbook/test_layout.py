"""The workbook as people see it: every field has a place, nothing is hidden, and what is typed is checked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from pydantic import BaseModel

from funding_model.scenario.assumptions import Assumption, YearlyGrowth
from funding_model.scenario.contracts import Contract
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.walk import kind_of, kind_of_field
from funding_model.scenario.workbook.drawing import blank_workbook
from funding_model.scenario.workbook.layout import ABOUT, LISTS, OTHER, OWNERS, Listing
from funding_model.scenario.workbook.rows import model_of_settings
from funding_model.scenario.workbook.sheets import sheets
from funding_model.scenario.workbook.styles import INPUT

BOOK = openpyxl.load_workbook(io.BytesIO(blank_workbook()))
Place = tuple[str, ...]


def fields(model: type[BaseModel], place: Place = ()) -> Iterator[Place]:
    """Every field of a model and of what is in it, without the numbers of lists."""
    for name, info in model.model_fields.items():
        kind = kind_of_field(info)
        item = kind_of(kind.item) if kind.item is not None else kind
        if item.model is None or item.model is Assumption:
            yield (*place, name)
        else:
            yield from fields(item.model, (*place, name))


def entered() -> set[Place]:
    """Every field that stands on a sheet."""
    found: set[Place] = set()
    for sheet in sheets():
        starts: list[Place] = [()]
        if isinstance(sheet, Listing):
            paths = [heading.path for _, headings in sheet.sections for heading in headings]
            starts = [tuple(str(step) for step in sheet.place)]
        else:
            paths = [heading.path for heading in sheet.headings]
            starts = [tuple(str(step) for step in OWNERS[owner]) for owner in sheet.owners] or [()]
            starts = [(*start, "posts") if sheet.of_posts else start for start in starts]
            starts = [(*start, *(str(step) for step in sheet.under)) for start in starts]
            if sheet.holds in ("settings", "changes", "numbers"):
                paths = [path for _, path in sheet.settings] or [()]
        if isinstance(sheet, Listing) or sheet.holds != "changes":
            found |= {(*start, *(step for step in path if isinstance(step, str))) for start in starts for path in paths}
        else:
            found |= set(starts)
    return found


def test_every_field_of_a_scenario_has_a_place_on_a_sheet() -> None:
    there = entered()
    growth = {(*place, name) for place in there for name in YearlyGrowth.model_fields if place[:1] == ("assumptions",)}
    missing = {place for place in fields(Scenario) if place not in there | growth} - {("schema_version",)}
    assert missing == set()


def test_every_part_of_an_assumption_and_of_growth_has_a_column() -> None:
    for sheet in sheets():
        if not isinstance(sheet, Listing) and sheet.holds == "settings":
            names = {str(heading.path[0]) for heading in sheet.headings}
            wanted = YearlyGrowth if sheet.sheet == "Growth" else Assumption
            assert names == set(wanted.model_fields) - {"outturn_added"}


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in sheets() if not isinstance(sheet, Listing)], ids=lambda s: s.sheet
)
def test_what_a_heading_says_comes_from_the_model(sheet: Any) -> None:  # noqa: ANN401 - a table
    assert model_of_settings(sheet) is Contract or sheet.headings
    for column, each in enumerate(sheet.columns, 1):
        heading = BOOK[sheet.sheet].cell(4, column)
        assert heading.value == (each if isinstance(each, str) else each.title)
        help_text = "" if isinstance(each, str) else getattr(each, "help", "") or each.column.help
        assert (heading.comment.text if heading.comment else "") == help_text


def test_sheets_stand_in_the_order_of_the_work() -> None:
    assert BOOK.sheetnames == [ABOUT, *(sheet.sheet for sheet in sheets()), OTHER, LISTS]
    assert all(len(name) <= 31 for name in BOOK.sheetnames)


@pytest.mark.parametrize("name", BOOK.sheetnames)
def test_nothing_is_hidden_merged_or_locked_with_a_password(name: str) -> None:
    sheet = BOOK[name]
    assert sheet.sheet_state == "visible"
    assert not sheet.merged_cells.ranges
    assert not [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert name == ABOUT or sheet.freeze_panes


@pytest.mark.parametrize("name", BOOK.sheetnames)
def test_cells_to_type_into_and_only_these_are_unlocked_and_coloured(name: str) -> None:
    for row in BOOK[name].iter_rows():
        for cell in row:
            coloured = cell.fill.fgColor.rgb == f"FF{INPUT[1:]}"
            year = row[0].row == 4 and str(cell.value)[:2] == "20"
            assert cell.protection.locked is not (coloured or year), cell.coordinate


def test_numbers_and_choices_are_checked_as_they_are_typed() -> None:
    rules = {
        (name, str(rule.sqref)): rule
        for name in ("Posts", "Contracts")
        for rule in BOOK[name].data_validations.dataValidation
    }
    headcount, fte, eligible = (rules["Posts", f"{column}7:{column}2006"] for column in "CDV")
    assert headcount.formula1 == "AND(ISNUMBER(C7),C7>0,C7<=100000)"
    assert fte.formula1 == "AND(ISNUMBER(D7),D7>0,D7<=1)"
    assert fte.error == "Enter a number: more than 0 and at most 1."
    assert eligible.type == "list"
    months = rules["Contracts", "D10:O10"]
    assert (months.type, months.formula1, months.formula2) == ("whole", "1", "240")
    assert "A7:A2006" in {place for name, place in rules if name == "Posts"}


def test_lists_offer_what_may_be_chosen_in_words() -> None:
    texts = [cell.value for row in BOOK[LISTS].iter_rows(min_row=5) for cell in row]
    assert {"Northern Ireland", "Step-down: pool after pool", "for each delivery FTE a year", "yes"} <= set(texts)
