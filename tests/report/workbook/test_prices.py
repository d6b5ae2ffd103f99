"""Price, terms and money of the workbook: every rule comes to the engine's figures, and what is changed moves them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from funding_model.questions.compare import compare
from funding_model.report.workbook.addresses import Addresses
from funding_model.report.workbook.book import Book, Entry
from funding_model.report.workbook.build import book_of
from funding_model.report.workbook.calculate import Values, calculated
from funding_model.report.workbook.figures import draft
from tests.questions.small_scenarios import compared, scenario
from tests.report.workbook.recalculated import differences, errors, master_check
from tests.report.workbook.test_contracts import with_entries_of

LATER_POST = {"name": "Later post", "fte": 1, "salary": 30_000, "start": "2027-10"}
RULES: dict[str, dict[str, Any]] = {
    "a step a year of the forecast, held by a cap": {
        "contracts.2.movement": {"within_award": "forecast", "cap": 0.025, "floor": 0.0},
        "contracts.2.term": {"months": 18, "extensions": 1, "extension_months": 18},
    },
    "last year's price rolled forward by the forecast": {
        "contracts.1.term": {"months": 24},
        "contracts.1.movement": {"new_award": "rolled_forward", "renewal_uplift": 0.02, "within_award": "forecast"},
        "services.1.planned_changes": [{"start": "2027-07", "volume": 1.5}],
    },
    "paid today, and costed afresh later": {"contracts.2.price.current": 120_000, "contracts.2.term": {"months": 24}},
    "a schedule": {"contracts.2.price.schedule": [100_000, 110_000, 120_000]},
    "single years": {
        "contracts.2.price.current": 100_000,
        "contracts.2.price.dated_factors": [
            {"scenario_year": 1, "factor": 1.1, "of": "last_year"},
            {"scenario_year": 2, "factor": 0.9},
            {"scenario_year": 3, "factor": 1.0, "of": "last_year"},
        ],
    },
    "by volume": {"contracts.2.payment.basis": "volume", "services.1.people.opening_caseload": 12},
    "underspend carried": {"contracts.2.payment.underspend": "carried"},
    "steps and later posts left out": {
        "contracts.1.price.increments_recognised": False,
        "contracts.1.price.establishment": "award_year",
        "contracts.2.price.establishment": "award_year",
        "contracts.2.price.increments_recognised": False,
        "services.1.posts.1.increment": 700,
        "services.1.posts.1.steps_left": 3,
        "services.2.posts": [{"name": "Trainer", "fte": 0.6, "pay_point": 20}, LATER_POST],
        "services.1.planned_changes": [{"start": "2027-07", "volume": 1.5}, {"start": "2028-07", "volume": 0.8}],
    },
    "awards from the middle of a year": {"contracts.2.term": {"months": 15}, "contracts.1.term": {"months": 7}},
    "a base that leaves categories out": {
        "services.1.lines.1.category": "travel",
        "services.1.lines.1.per": "person_starting",
        "services.1.lines.1.amount": 40,
        "contracts.2.price": {"overhead_rule": "modified_base", "overhead_rate": 0.15, "base_exclusions": ["travel"]},
    },
    "terms recognised": {
        "contracts.2.price.recognises": ["recruitment", "monitoring", "closing_costs"],
        "contracts.2.monitoring.returns_a_year": 4,
        "services.1.lines": [{"name": "Removal", "amount": 6000, "per": "once", "kind": "exit"}],
    },
}
CHANGES: dict[str, dict[str, Any]] = {
    "shares, rates and steps": {
        "contracts.1.price": {"overhead_rule": "cap_of_total", "overhead_rate": 0.08, "funded_share": 0.9},
        "contracts.1.movement": {"new_award": "rolled_forward", "renewal_uplift": -0.02, "volume_follows": False},
        "contracts.2.price": {"overhead_rule": "flat_on_staff", "overhead_rate": 0.12, "margin": 0.05},
        "contracts.2.movement": {
            "within_award": "basket",
            "pay_weight": 0.7,
            "cap": 0.03,
            "floor": 0.01,
            "lag_years": 2,
        },
    },
    "terms, hours and who does the work": {
        "contracts.1.price": {"overhead_rule": "flat_on_direct", "overhead_rate": 0.12, "recognises": ["monitoring"]},
        "contracts.1.award.competed": True,
        "contracts.1.award.competition_saving": 0.02,
        "contracts.2.movement": {"within_award": "fixed", "rate": 0.03},
        "contracts.2.payment.underspend": "kept",
        "contracts.2.flexibility": {"chance_of_change": 0.2, "variation_hours": 12},
        "assumptions.done_by": "bought_in",
        "assumptions.letter_hours": 9,
        "assumptions.bid_hours": 60,
        "assumptions.bid_external": 5813,
        "assumptions.notice_hours_per_head": 3,
        "assumptions.funder_hour_value": 40,
        "assumptions.letter_hours_funder": 5,
    },
}


def row_of(book: Book, values: Values, sheet: str, label: str, contract: str) -> list[float]:
    """Return the months of the last line of a label on a sheet, of one contract."""
    home, row = [
        (home, row) for home, row in book.rows.values()
        if (home.name, row.label, row.of) == (sheet, label, contract) and row.kind == "result"
    ][-1]  # fmt: skip
    number = book.sheets.index(home)
    return [float(values(number, row.place, column)) for column in Addresses(book).columns("month")]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_of_the_price_comes_to_the_figures_of_the_engine(rule: str) -> None:
    book = book_of(compared(RULES[rule]))
    values = calculated(draft(book))
    assert errors(book, values) == []
    assert differences(book, values) == []
    assert master_check(book, values) == "all checks hold"


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_reader_changes_of_the_price_moves_the_money_as_it_would_the_engine(change: str) -> None:
    book = with_entries_of(book_of(compared()), book_of(compared(CHANGES[change])))
    values = calculated(draft(book))
    assert errors(book, values) == []
    assert differences(book, values) == []


def test_a_schedule_is_paid_by_the_month_and_single_years_are_changed() -> None:
    agreed = {"contracts.2.price.schedule": [12_000, 24_000, 36_000]}
    halved = {"contracts.2.price.dated_factors": [{"scenario_year": 2, "factor": 0.5}]}
    book = book_of(compare(scenario(agreed | halved)))
    values = calculated(draft(book))
    price = row_of(book, values, "Price", "Training", "Three years")
    # 12,000 / 12; 24,000 / 12 x 0.5; 36,000 / 12
    assert price == pytest.approx([1000.0] * 12 + [1000.0] * 12 + [3000.0] * 12)


def test_a_price_is_rolled_forward_by_its_uplift() -> None:
    rolled = {"contracts.1.price": {"current": 60_000}, "contracts.1.movement.volume_follows": False}
    book = book_of(compare(scenario(rolled)))
    price = row_of(book, calculated(draft(book)), "Price", "Training", "Each year")
    # 60,000 / 12 = 5,000; x 1.01 = 5,050; x 1.01 = 5,100.50
    assert price == pytest.approx([5000.0] * 12 + [5050.0] * 12 + [5100.5] * 12)


def test_a_length_of_award_whose_prices_the_workbook_lacks_fails_a_check() -> None:
    book = book_of(compared())
    lengths = [placed for placed in book.cells.values() if placed.sheet.name == "Contracts"]
    for placed in lengths:
        if isinstance(placed.item, Entry) and placed.item.value == 36:
            placed.item = replace(placed.item, value=24)
    assert master_check(book, calculated(draft(book))).startswith("A CHECK FAILS")
