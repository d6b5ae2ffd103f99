"""The stages of the workbook that follow from a contract: what a reader changes moves them as it would the engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funding_model.questions.compare import compare
from funding_model.report.workbook.book import Book, Entry, Formula
from funding_model.report.workbook.build import book_of
from funding_model.report.workbook.calculate import calculated
from funding_model.report.workbook.figures import draft
from tests.questions.small_scenarios import compared, scenario
from tests.report.workbook.recalculated import differences, errors, master_check

CHANGES = (
    {"contracts.1.award.lead_months": 4, "contracts.1.award.renewal_probability": 0.5, "contracts.1.term.months": 9},
    {
        "contracts.1.term": {"months": 12, "extensions": 2, "extension_months": 6, "first_award_ends": "2026-11"},
        "contracts.1.award": {"lead_months": 7.5, "renewal_probability": 0.7, "extension_probability": 0.4},
        "assumptions.secure_months": 14,
        "assumptions.freeze_months": 3,
        "assumptions.extra_turnover_when_insecure": 0.2,
        "contracts.2.award.break_credibility": 0.25,
    },
    {
        "contracts.1.payment": {"interval_months": 6, "timing": "arrears", "days": 45},
        "contracts.2.award.break_notice_months": 9,
        "contracts.2.award.break_probability": 0.1,
        "contracts.1.award.competed": True,
    },
    {
        "assumptions.turnover": 0.35,
        "assumptions.months_to_fill": 3,
        "assumptions.opening_vacancy": 0.2,
        "assumptions.induction_months": 2.5,
        "assumptions.induction_productivity": 0.4,
        "assumptions.cover_share": 0.5,
        "assumptions.close_intake_months": 5,
        "assumptions.open_at_risk": 0.3,
        "services.1.people.caseload_per_fte": 7,
        "services.1.people.mean_length_months": 2,
    },
    {
        "services.1.posts.1.heads": [{"heads": 2, "years_of_service": 1, "age": 21}],
        "services.1.posts.1.contractual_notice_weeks": 14,
        "services.1.posts.1.redundancy": {"multiple": 2, "capped": False, "minimum_years": 1},
        "assumptions.redeployed": 0.25,
        "assumptions.stranded_months": 4,
        "contracts.1.award.continued_at_risk": False,
        "contracts.1.award.renewal_probability": 0.4,
    },
)
PRICED = {"contracts.1.price.schedule": [90_000, 92_000, 95_000]}
"""Agreed prices: another length of award then needs no plan at other prices, which a workbook made anew would have."""


def with_entries_of(book: Book, other: Book) -> Book:
    """Return a book with the entries, and the engine's figures, of another one laid out alike.

    Figures of the engine that stand in for what is not worked out in formulas are those of the other as well.
    """
    assert [row.formula for _, row in book.rows.values()] == [row.formula for _, row in other.rows.values()]
    for key, placed in book.cells.items():
        item = other.cells[key].item
        if isinstance(placed.item, Entry) and isinstance(item, Entry):
            placed.item = item
        if isinstance(placed.item, Formula) and isinstance(item, Formula):
            placed.item = replace(placed.item, engine=item.engine)
    for key, (_, row) in book.rows.items():
        row.engine = other.rows[key][1].engine
        if row.kind in ("input", "fixed"):
            row.entered = other.rows[key][1].entered
    return book


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_what_a_reader_changes_moves_the_workbook_as_it_would_the_engine(number: int) -> None:
    changed = compare(scenario(PRICED | CHANGES[number]))
    book = with_entries_of(book_of(compared(PRICED)), book_of(changed))
    values = calculated(draft(book))
    assert errors(book, values) == []
    assert differences(book, values) == []


def test_an_award_that_would_start_after_the_first_month_fails_a_check() -> None:
    book = book_of(compare(scenario({"contracts.1.term": {"months": 12, "first_award_ends": "2026-11"}})))
    assert master_check(book, calculated(draft(book))) == "all checks hold"
    ends = next(
        placed for placed in book.cells.values()
        if placed.sheet.name == "Contracts" and isinstance(placed.item, Entry) and placed.item.value == 8
    )  # fmt: skip
    ends.item = Entry(13, "months")  # the 13th month, so that an award of 12 would start with the second
    assert master_check(book, calculated(draft(book))).startswith("A CHECK FAILS")


def test_services_with_the_same_terms_share_lines_of_awards() -> None:
    book = book_of(compared())
    ours = [row for home, row in book.rows.values() if home.name == "Awards" and row.label == "All services"]
    assert {row.of for row in ours} == {"Each year", "Three years"}


def test_an_end_of_a_service_that_the_workbook_has_no_line_for_fails_a_check() -> None:
    book = book_of(compare(scenario(PRICED)))
    length = next(
        placed for placed in book.cells.values()
        if placed.sheet.name == "Contracts" and isinstance(placed.item, Entry) and placed.item.value == 12
    )  # fmt: skip
    length.item = Entry(3, "months")  # twelve ends in three years, of which five are listed
    values = calculated(draft(book))
    name = "Every end of Training is listed, Each year: those that are not"
    row = next(placed.row for placed in book.cells.values() if placed.item == name)
    checks = [sheet.name for sheet in book.sheets].index("Checks")
    assert values(checks, row, 1) == 12 - 5
    assert values(checks, row, 4) == "FAILS"
