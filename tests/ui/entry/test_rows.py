from __future__ import annotations

from typing import Any

import pytest

from funding_model.scenario.columns import column_of, columns_of, value_text, value_typed
from funding_model.scenario.costs import Line, OtherFunder, Post
from funding_model.ui.entry.paste import MOST_ROWS, block_typed
from funding_model.ui.entry.rows import cells_of, rows_typed

POSTS = columns_of(Post, ("name", "headcount", "fte", "salary", "pension_rate"))
LINES = columns_of(Line, ("name", "amount", "per", "eligible"))
KEPT: list[dict[str, Any]] = [
    {"name": "Worker", "fte": 1, "salary": 30000, "heads": [{"heads": 1}]},
    {"name": "Leader", "fte": 0.5, "salary": 40000, "pension_rate": 0.05},
]


def read(edits: dict[str, Any]) -> Any:  # noqa: ANN401 - what is read is checked by each test
    return rows_typed(POSTS, KEPT, [cells_of(POSTS, row) for row in KEPT], edits)


def test_a_row_shows_what_is_entered_and_what_holds_without() -> None:
    assert cells_of(POSTS, KEPT[0]) == {
        "name": "Worker",
        "headcount": "1",
        "fte": "1",
        "salary": "30,000",
        "pension_rate": "0%",
    }


def test_nothing_edited_changes_nothing() -> None:
    assert read({}).rows == KEPT
    assert read({}).problems == ()


def test_an_edited_cell_changes_its_field_and_no_other() -> None:
    found = read({"edited_rows": {"1": {"salary": "£41,250.50"}}})
    assert found.rows == [KEPT[0], {**KEPT[1], "salary": 41250.5}]


def test_a_cell_that_is_not_understood_keeps_what_was_there_and_says_where() -> None:
    found = read({"edited_rows": {1: {"salary": "41,5", "fte": "0.6"}}})
    assert found.rows == [KEPT[0], {**KEPT[1], "fte": 0.6}]
    assert [problem.where for problem in found.problems] == ["row 2 (Leader), Salary"]
    assert found.cells[1]["salary"] == "41,5"


def test_a_blank_cell_takes_the_field_away() -> None:
    found = read({"edited_rows": {1: {"pension_rate": ""}}})
    assert found.rows[1] == {"name": "Leader", "fte": 0.5, "salary": 40000}


def test_rows_are_added_at_the_end_and_blank_ones_left_out() -> None:
    found = read({"added_rows": [{"name": "New", "fte": "0.4", "_index": 7}, {}, {"name": " "}]})
    assert found.rows == [*KEPT, {"name": "New", "fte": 0.4}]


def test_deleted_rows_are_gone_and_edits_stay_with_their_rows() -> None:
    found = read({"deleted_rows": [0], "edited_rows": {1: {"name": "Manager"}}})
    assert found.rows == [{**KEPT[1], "name": "Manager"}]


def test_a_default_written_out_stays_a_default() -> None:
    found = read({"edited_rows": {0: {"headcount": "1"}}})
    assert found.rows[0] == KEPT[0]


def test_choices_are_read_by_their_words() -> None:
    per = column_of(Line, "per")
    assert value_typed(per, "a month") == ("month", None)
    assert value_typed(per, "MONTH") == ("month", None)
    assert value_typed(per, "for each person starting") == ("person_starting", None)
    value, problem = value_typed(per, "fortnight")
    assert value is None
    assert problem is not None
    assert "a month, a year, once" in problem.remedy


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("No", False), ("TRUE", True), ("", None)])
def test_yes_and_no_are_read(text: str, value: bool | None) -> None:  # noqa: FBT001 - the value to read
    assert value_typed(column_of(Line, "eligible"), text) == (value, None)


def test_several_amounts_are_parted_by_semicolons() -> None:
    column = column_of(OtherFunder, "amount_by_year")
    assert value_typed(column, "£12,000; 12,400.50;") == ([12000, 12400.5], None)
    assert value_text(column, [12000, 12400.5]) == "12,000; 12,400.50"
    value, problem = value_typed(column, "12,0; 3")
    assert value is None
    assert problem is not None


def test_a_block_with_its_headings_in_any_order() -> None:
    found = block_typed(LINES, "Amount\tName\tPer\n£1,250.50\tRent\ta month\n(300)\tRefund\tyear\n")
    assert found.problems == ()
    assert found.rows == [{"amount": 1250.5, "name": "Rent", "per": "month"}, {"amount": -300, "name": "Refund"}]


@pytest.mark.parametrize("heading", ["VAT rate (%)", "VAT rate", "vat", "vat_rate"])
def test_a_heading_is_known_with_its_unit_and_by_its_beginning(heading: str) -> None:
    columns = columns_of(Line, ("name", "amount", "vat_rate"))
    found = block_typed(columns, f"Name\tAmount (£)\t{heading}\nRent\t14,000\t20%")
    assert found.problems == ()
    assert found.rows == [{"name": "Rent", "amount": 14_000, "vat_rate": 0.2}]


def test_a_heading_that_names_no_column_is_said_once_and_nothing_is_read() -> None:
    found = block_typed(LINES, "Name\tAmount\tBudget holder\nRent\t14,000\tAnn\nTravel\t900\tBob")
    assert found.rows == []
    assert [problem.message for problem in found.problems] == [
        'The first row names columns, but "Budget holder" is no column.'
    ]
    assert found.problems[0].remedy.startswith("Columns here: Name, Amount, ")


def test_a_block_without_headings_is_read_in_order() -> None:
    found = block_typed(LINES, "Rent\t1000\r\nTravel\t200\r\n")
    assert [column.name for column in found.columns] == ["name", "amount"]
    assert found.rows == [{"name": "Rent", "amount": 1000}, {"name": "Travel", "amount": 200}]


def test_a_block_says_which_cells_it_did_not_understand() -> None:
    found = block_typed(LINES, "Rent\t1,5\nTravel\tabout 200\nFood\t3")
    assert [problem.where for problem in found.problems] == ["row 1, Amount", "row 2, Amount"]
    assert [row.get("amount") for row in found.rows] == [None, None, 3]


def test_quoted_cells_of_a_spreadsheet_are_one_cell() -> None:
    assert block_typed(LINES, '"Rent\nand rates"\t5').rows == [{"name": "Rent\nand rates", "amount": 5}]


@pytest.mark.parametrize(
    "text",
    ["a\t1\tyear\tyes\textra", "x\n" * (MOST_ROWS + 1), "9" * 300_000, '"' + "x" * 150_000],
    ids=["wide", "long", "large", "field"],
)
def test_a_block_that_is_too_large_is_refused(text: str) -> None:
    found = block_typed(LINES, text)
    assert found.rows == []
    assert len(found.problems) == 1


def test_formulas_and_markup_stay_text() -> None:
    assert block_typed(LINES, "=1+1|cmd\t5").rows == [{"name": "=1+1|cmd", "amount": 5}]
    assert block_typed(LINES, "<b>Rent</b>\t5").rows == [{"name": "<b>Rent</b>", "amount": 5}]
