"""A workbook filled in by hand gives the scenario that was meant; every slip is named by sheet and cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from funding_model.scenario.loading import load_text
from funding_model.scenario.workbook.drawing import scenario_workbook
from tests.scenario.workbook.by_hand import SMALL, content, read, small, typed


def test_the_least_that_a_person_types_is_a_scenario() -> None:
    scenario, problems = read(SMALL)
    assert problems == []
    assert scenario is not None
    assert (scenario.name, scenario.organisation.name) == ("Typed by hand", "A charity")
    key_worker, youth_worker = scenario.services[0].posts[0], scenario.services[1].posts[0]
    assert (key_worker.headcount, key_worker.fte, key_worker.salary) == (2, 0.8, 30_000)
    assert (youth_worker.headcount, youth_worker.pay_point) == (1, 20)
    yearly, three_years = scenario.contracts
    assert (yearly.term.months, yearly.movement.new_award) == (12, "rolled_forward")
    assert (three_years.term.months, three_years.preset) == (36, "")


def test_everything_that_people_type_is_understood() -> None:
    scenario, problems = read(
        small(
            Organisation={
                "The organisation: Opening cash": "£1,250.50",
                "The organisation: Borrowing rate": "9%",
                "The organisation: Employment allowance claimed": False,
                "The organisation: Redundancy law of": "great britain",
                "The organisation: First month": dt.datetime(2026, 9, 1),  # noqa: DTZ001 - as a spreadsheet holds it
            },
            Support_costs={"A7": "Office", "B7": "Premises and office", "C7": "floor_area"},
            Posts={"I7": "Apr-25", "J7": "5.5%", "O7": "05/2026", "V7": "no"},
            Shared_posts={"A7": "Family support", "B7": "Key worker", "C7": "Family support", "D7": 0.75}
            | {"A8": "Family support", "B8": "Key worker", "C8": "Office", "D8": "25%"},
            Other_costs={"A7": "Office", "B7": "Rent", "D7": "(0)", "E7": "a month"}
            | {"A8": "Family support"}
            | {"B8": 2026, "D8": 12.5, "M8": "Y"},
            People={"A7": "Family support", "C7": 12, "D7": 6, "G7": 5},
            Planned_changes={"A7": "Family support", "B7": dt.datetime(2027, 4, 30), "C7": 1.25},  # noqa: DTZ001
            Driver_quantities={"A7": "Family support", "B7": "floor_area", "C7": "1,200"},
            Agreed_prices={"A7": "Yearly", "B7": 100_000, "C7": "£105,000"},
            Service_terms={"A7": "Youth club", "B7": "all", "C7": "Price: funded share", "D7": "90%"}
            | {"A8": "Youth club", "B8": "Three years", "C8": "Payment: each payment covers", "D8": "monthly"},
            Assumptions={"D8": 0.2, "E8": "15%", "F8": 0.3, "G8": "Anything between low and high (uniform)"},
            Growth={"D7": 0.03},
            Other_funders={"A7": "Youth club", "B7": "A trust", "D7": 5_000, "E7": 0, "F7": "2,500"},
            Funder_rules={"A7": "A council", "D7": "One overhead rate for all; direct", "H7": "its guidance, page 3"},
            Staff_in_post={"A7": "Family support", "B7": "Key worker", "C7": 1, "D7": 4, "E7": 41},
        )
    )
    assert problems == []
    assert scenario is not None
    organisation, (family, youth) = scenario.organisation, scenario.services
    assert (organisation.opening_cash, organisation.borrowing_rate) == (1250.5, 0.09)
    assert (organisation.jurisdiction, organisation.first_month) == ("GB", "2026-09")
    post = family.posts[0]
    assert (post.prices_of, post.pension_rate, post.start, post.eligible) == ("2025-04", 0.055, "2026-05", False)
    assert post.time == {"Family support": 0.75, "Office": 0.25}
    assert [(each.heads, each.years_of_service, each.age) for each in post.heads] == [(1, 4, 41)]
    assert (organisation.pools[0].lines[0].amount, organisation.pools[0].lines[0].per) == (0, "month")
    assert (family.lines[0].name, family.lines[0].amount, family.lines[0].eligible) == ("2026", 12.5, True)
    assert family.people is not None
    assert (family.people.unit, family.people.caseload_per_fte, family.people.referrals_a_month) == ("people", 12, 5)
    assert [(each.start, each.volume) for each in family.planned_changes] == [("2027-04", 1.25)]
    assert family.driver_quantities == {"floor_area": 1200}
    assert list(scenario.contracts[0].price.schedule) == [100_000, 105_000]
    assert youth.model_dump()["contract_changes"] == {
        "all": {"price": {"funded_share": 0.9}},
        "Three years": {"payment": {"interval_months": 1}},
    }
    turnover = scenario.assumptions.turnover
    assert turnover is not None
    assert (turnover.low, turnover.value, turnover.high) == (0.15, 0.2, 0.3)
    assert (turnover.distribution, turnover.status) == ("uniform", "yours")
    pay = scenario.assumptions.pay_award
    assert (pay.every_year, pay.status) == (0.03, "yours")
    assert list(youth.other_funders[0].amount_by_year) == [5_000, 0, 2_500]
    assert list(organisation.funder_rules[0].methods) == ["single_rate", "direct"]


def problem(**further: dict[str, Any]) -> str:
    """The one problem of the small scenario with further cells."""
    scenario, problems = read(small(**further))
    assert scenario is None
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize(
    ("sheet", "cells", "words"),
    [
        ("Posts", {"C7": -1}, "Posts, cell C7: must be more than 0; you entered -1. Delete the entry if nobody is"),
        ("Posts", {"D7": "half"}, 'Posts, cell D7: "half" is not a number. Write it as 1.5.'),
        ("Posts", {"E7": "1,5"}, 'Posts, cell E7: "1,5" has a comma where it does not part thousands'),
        ("Posts", {"E7": "=1+1"}, 'Posts, cell E7: holds the formula "=1+1", and only values are read. Copy the cell'),
        ("Posts", {"E7": "#REF!"}, 'Posts, cell E7: holds the error "#REF!". Enter the value itself'),
        ("Posts", {"E7": dt.date(2026, 4, 1)}, "Posts, cell E7: the cell holds the date 1 April 2026. Give the cell"),
        ("Posts", {"E7": True}, "Posts, cell E7: must not be TRUE. Enter the value itself."),
        (
            "Posts",
            {"O7": dt.date(2026, 4, 26)},
            "Posts, cell O7: must be a month; the cell holds the day 26 April 2026.",
        ),
        ("Posts", {"O7": 2026}, "Posts, cell O7: must be a month; you entered 2026. Write it as April 2026."),
        ("Posts", {"F7": 20}, "Posts, row 7: needs either a salary or a pay point, and not both."),
        ("Posts", {"J7": 1.2}, "Posts, cell J7: must be at most 1; you entered 1.2."),
        (
            "Posts",
            {"A8": "Youth clubs"},
            'Posts, cell A8: there is no service or support pool called "Youth clubs"; did',
        ),
        ("Posts", {"A8": None}, "Posts, cell A8: is blank. Enter the service or support pool that this row is about"),
        ("Posts", {"D8": None}, "Posts, cell D8: is missing. Enter full-time equivalent of each of them"),
        ("Posts", {"AB9": "why"}, 'Posts, cell AB9: "why" stands in a column that is none of this sheet’s.'),
        ("Contracts", {"D10": 12.5}, "Contracts, cell D10: must be a whole number; you entered 12.5."),
        ("Contracts", {"D8": "yearly"}, 'Contracts, cell D8: "yearly" is not one of the choices here. Choose from:'),
        ("Contracts", {"F10": 12}, "Contracts, cell F6: is missing. Enter what you call it."),
        (
            "Contracts",
            {"F6": "Yearly", "F10": 12},
            'Contracts, cell F6: "Yearly" is the name of Contracts, column D as well.',
        ),
        ("Contracts", {"A95": "mine"}, 'Contracts, cell A95: "mine" stands in a row that is none of this sheet’s.'),
        ("Contracts", {"P12": "mine"}, 'Contracts, cell P12: "mine" stands beside the columns of this sheet.'),
        ("Services", {"A9": "Third"}, "Services, row 9: has no posts and no costs. Add a post or a line, or delete"),
        (
            "Other funders",
            {"A7": "Youth club", "B7": "A trust", "D7": 1, "F7": 2},
            "Other funders, cell E7: is blank, and a later year is not. Enter 0 for a year without money.",
        ),
        (
            "Shared posts",
            {"A7": "Youth club", "B7": "Youth worker", "C7": "Office", "D7": 1},
            'Shared posts, cell C7: there is no service or support pool called "Office"',
        ),
        (
            "Shared posts",
            {"A7": "Youth club", "B7": "Youth workr", "C7": "Youth club", "D7": 1},
            'Shared posts, cell B7: in "Youth club" there is no post called "Youth workr"; did you mean "Youth worker',
        ),
        (
            "Driver quantities",
            {"A7": "Youth club", "B7": "area", "C7": 1, "A8": "Youth club", "B8": "area", "C8": 2},
            'Driver quantities, cell B8: "area" is there twice. Keep one of the two rows.',
        ),
        ("Assumptions", {"D8": 4}, "Assumptions, cell D8: must be between 0 and 3 (fraction of staff a year)"),
        (
            "Assumptions",
            {"D8": 0.2, "E8": 0.3},
            "Assumptions, cell D8: is below low. Widen the range or change the value.",
        ),
        ("Assumptions", {"D21": "perhaps"}, 'Assumptions, cell D21: "perhaps" is neither yes nor no.'),
        ("Assumptions", {"E21": 1}, 'Assumptions, cell E21: "Cost per hire is all-in" has nothing to enter here.'),
        (
            "Service assumptions",
            {"A7": "Youth club", "B7": "Staff turnovr", "C7": 0.2},
            'Service assumptions, cell B7: there is no assumption called "Staff turnovr"; did you mean "Staff turn',
        ),
        (
            "Service terms",
            {"A7": "Youth club", "B7": "Monthly", "C7": "Price: funded share", "D7": 0.9},
            'Service terms, cell B7: there is no contract called "Monthly"',
        ),
        (
            "Service terms",
            {"A7": "Youth club", "B7": "all", "C7": "Price: funded share", "D7": 9},
            "Service terms, cell D7: must be at most 1; you entered 9.",
        ),
        (
            "Other settings",
            {"A7": "services.1.nam", "B7": "x"},
            'Other settings, cell B7: in services.1, "nam" is not a',
        ),
        ("Other settings", {"A7": "services.1.need_index", "B7": -1}, "Other settings, cell B7: must be at least 0"),
        (
            "Other settings",
            {"A7": "description"},
            "Other settings, cell B7: is blank. Enter the value, or clear the row.",
        ),
        ("About", {"B6": 2}, "About, cell B6: does not say that the workbook was made for version 1"),
    ],
)
def test_a_slip_is_named_by_sheet_and_cell(sheet: str, cells: dict[str, Any], words: str) -> None:
    assert problem(**{sheet.replace(" ", "_"): cells}).startswith(words)


def test_all_slips_are_named_at_once_in_the_order_of_the_sheets() -> None:
    scenario, problems = read(
        small(
            Assumptions={"D8": "lots"},
            Posts={"D7": 0, "D8": "x", "E8": "=A1"},
            Organisation={"The organisation: Opening cash": "ten"},
        )
    )
    assert scenario is None
    assert [each.split(":")[0] for each in problems] == [
        "Organisation, cell D15",
        "Posts, cell D7",
        "Posts, cell D8",
        "Posts, cell E8",
        "Assumptions, cell D8",
    ]


def test_a_blank_workbook_says_what_is_needed() -> None:
    scenario, problems = read({})
    assert scenario is None
    assert problems == [
        "Organisation, cell D6: is missing. Enter the scenario's name.",
        "Organisation, cell D11: is missing. Enter the organisation's name.",
        "Services: is missing. Enter the services.",
        "Contracts: is missing. Enter the contracts to compare.",
    ]


def test_sheets_of_ones_own_are_passed_over_and_strange_ones_named() -> None:
    book = typed(SMALL)
    book.create_sheet("Notes to self")["A1"] = "=1/0"
    book.create_sheet("workings")["A1"] = 12
    book.create_sheet("Sheet1")
    assert load_text(content(book))[1] == []
    book.create_sheet("Post")["A1"] = "a"
    del book["Growth"]
    strange, missing = (str(each) for each in load_text(content(book))[1])
    assert strange.startswith(
        'the sheet "Post": is not a sheet of an input workbook; did you mean "Posts"? Give it its'
    )
    assert missing == "Growth: the sheet is missing. Put it back, blank if not needed."


def test_rows_and_columns_may_change_places() -> None:
    scenario, _ = read(SMALL)
    assert scenario is not None
    book = typed({}, scenario_workbook(scenario))
    sheet = book["Posts"]
    for row in range(4, 9):
        first, last = sheet.cell(row, 2), sheet.cell(row, 4)
        first.value, last.value = last.value, first.value
    assert load_text(content(book)) == (scenario, [])


def test_values_laid_over_a_workbook_are_named_by_their_own_place() -> None:
    workbook = content(typed(SMALL))
    scenario, problems = load_text(workbook, {"services.1.posts.1.fte": 0.5})
    assert problems == []
    assert scenario is not None
    assert scenario.services[0].posts[0].fte == 0.5
    _, problems = load_text(workbook, {"services.1.posts.1.fte": 5})
    assert [each.where for each in problems] == ["services.1.posts.1.fte"]
