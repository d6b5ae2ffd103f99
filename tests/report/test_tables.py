"""Tables of a comparison: what is shown adds up, whoever shows it."""

from __future__ import annotations

from functools import cache
from itertools import groupby

import pytest

from funding_model.questions.compare import Comparison, compare
from funding_model.questions.notes import Note
from funding_model.report.table import Row
from funding_model.report.tables import (
    UNCHANGED,
    checks_table,
    gap_beside,
    money_table,
    notes_table,
    results_on_pages,
    results_table,
    services_of_contract,
)
from funding_model.report.words import pounds
from funding_model.scenario.library import library_ids, load_library


def amount(text: str) -> int:
    return int(text.replace("£", "").replace(",", "").replace("−", "-").replace("+", ""))


@cache
def library_comparison(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


@pytest.mark.parametrize("identifier", library_ids())
def test_shown_years_add_up_to_the_whole(identifier: str) -> None:
    found = library_comparison(identifier)
    groups = [list(own) for head, own in groupby(money_table(found).rows, lambda row: row.kind == "group") if not head]
    assert len(groups) == len(found.contracts)
    for *years, whole in groups:
        assert whole.kind == "total"
        for place, cell in enumerate(whole.cells[1:], 1):
            assert sum(amount(row.cells[place]) for row in years) == amount(cell)


@pytest.mark.parametrize("identifier", library_ids())
def test_shown_steps_add_up_to_the_surplus(identifier: str) -> None:
    found = library_comparison(identifier)
    rows = gap_beside(found).rows
    for case, cell in enumerate(rows[-1].cells[1:]):
        assert sum(amount(row.cells[case + 1]) for row in rows[:-1]) == amount(cell)
        assert cell == pounds(float(found.totals.surplus[case]))


def test_shown_services_add_up_to_the_whole() -> None:
    found = library_comparison("multi_service_charity")
    *services, whole = services_of_contract(found, 1).rows
    for place, cell in enumerate(whole.cells[1:], 1):
        assert sum(amount(row.cells[place]) for row in services) == amount(cell)


def test_results_are_the_same_on_a_page_of_the_app_and_on_paper() -> None:
    """The app adds the share of a change in brackets; paper adds limits, which are no results."""
    found = library_comparison("multi_service_charity")
    shown = {row.cells[0]: row for row in results_table(found).rows}
    (paper,) = results_on_pages(found, None, "Every result")
    more = {"Minimum cash to be kept", "Posts secure for 12 months or more"}
    assert {row.cells[0] for row in paper.rows} - set(shown) == more
    for row in paper.rows:
        if row.cells[0] not in more:
            assert row.cells == tuple(cell.split(" (")[0] for cell in shown[row.cells[0]].cells)
    surplus = shown["Surplus"].cells
    assert surplus[3].endswith("(+4.7%)")
    assert shown["Full cost"].cells[2].endswith(f"\n{UNCHANGED}")


def test_contracts_beyond_what_a_page_has_room_for_are_on_further_tables() -> None:
    scenario, _ = load_library("multi_service_charity")
    assert scenario is not None
    more = tuple(scenario.contracts[0].model_copy(update={"name": f"Copy {number}"}) for number in range(1, 4))
    found = compare(scenario.model_copy(update={"contracts": (*scenario.contracts, *more)}))
    first, second = results_on_pages(found, ["surplus"], "Results")
    base = f"{found.base} (base)"
    assert first.columns == ("Result", base, *found.contracts[1:5])
    assert second.columns == ("Result", base, *found.contracts[5:])
    assert (first.caption[-9:], second.caption[-9:]) == (" (1 of 2)", " (2 of 2)")


def test_the_sums_that_are_checked_are_written_with_minus_signs() -> None:
    headings = [row.cells[0] for row in checks_table(library_comparison("family_support_hub")).rows]
    assert "People supported: opening + starting − leaving = closing" in headings
    assert not any(" - " in heading for heading in headings)


def test_what_a_check_compares_has_its_unit() -> None:
    comparison = library_comparison("family_support_hub")
    shown = {row.cells[0]: row.cells[2:] for row in checks_table(comparison).rows}
    [spent] = [check for check in comparison.checks if check.name == "everything allocated equals everything spent"]
    assert shown["Everything allocated equals everything spent"] == ("under £0.001", pounds(spent.scale))
    assert shown["Every month is priced once"] == ("under 0.001 months", "36 months")
    assert shown["Chances and shares lie between 0 and 1"] == ("under 0.1%", "100%")
    largest = [largest for _, largest in shown.values()]
    assert {"posts", "people", "weeks of service"} <= {cell.partition(" ")[2] for cell in largest}


def test_a_note_stands_once_with_every_place_or_with_how_many_more_there_are() -> None:
    notes = [Note(place, "Blank.") for place in ("a", "b", "c", "a")]
    assert notes_table("Notes", notes).rows == (Row(("Blank.", "A; B; C")),)
    assert notes_table("Notes", notes, 2).rows == (Row(("Blank.", "A; B and 1 more")),)
