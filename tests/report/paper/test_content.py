"""What a report holds: the numbers of the results, and no number in a sentence that no table shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funding_model.problems import ProblemsError
from funding_model.questions.compare import compare
from funding_model.questions.document import as_document
from funding_model.report.paper.asked import ALWAYS, ANNEXES, Choices, refuse
from funding_model.report.paper.build import paper_of
from funding_model.report.paper.content import Paper, Section, every_section, inert, made_inert, tables
from funding_model.report.paper.open_book import band
from funding_model.report.table import Row, Table
from funding_model.report.words import in_unit, pounds
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.organisation import Pool
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import Service
from tests.report.paper.reading import cells, comparison_of, library_paper, prose


def table(paper: Paper, start: str) -> Table:
    return next(found for found in tables(paper.sections) if found.caption.startswith(start))


def scenario_of(identifier: str) -> Scenario:
    return comparison_of(identifier).scenario


@pytest.mark.parametrize("identifier", library_ids())
def test_results_are_those_of_the_comparison(identifier: str) -> None:
    comparison, paper = comparison_of(identifier), library_paper(identifier)
    document = as_document(comparison)
    money = table(paper, "The money columns")
    for row, contract in zip(money.rows, document["contracts"], strict=True):
        assert row.cells[0].removesuffix(" (base)") == contract["name"]
        names = ("full_cost", "fundable_cost", "price", "surplus", "surplus_posts_filled")
        assert row.cells[1:6] == tuple(pounds(contract["totals"][name]) for name in names)
    shown = set(cells(paper))
    for each in document["differences"]:
        if each["result"] in ("surplus_posts_filled", "purse_total", "lowest_cash", "leavers"):
            assert {in_unit(each["value"], each["unit"])} <= {cell.split("\n")[0] for cell in shown}
    assert document["meta"]["input_hash"] in shown
    assert {note["text"] for note in (*document["off"], *document["warnings"])} <= shown
    assert set(document["limits"]) <= set(prose(paper))


def number(cell: str) -> int:
    return int(cell.replace("−", "-").replace("£", "").replace(",", ""))


def test_years_services_and_kinds_of_cost_add_up_to_the_full_cost() -> None:
    comparison, paper = comparison_of("multi_service_charity"), library_paper("multi_service_charity")
    full = pounds(float(comparison.totals.full_cost[0]))
    years = table(paper, "Cost and price of all services")
    own = years.rows[1:5]
    assert [row.kind for row in own] == ["plain", "plain", "plain", "total"]
    assert own[-1].cells[1] == full
    assert sum(number(row.cells[1]) for row in own[:3]) == number(full)
    services = table(paper, "Each service under “As now, year by year”")
    assert sum(number(row.cells[1]) for row in services.rows[:-1]) == number(services.rows[-1].cells[1]) == number(full)
    budget = table(paper, "Budget of project costs")
    assert budget.rows[-1].cells[0] == "Full cost"
    assert sum(number(row.cells[-1]) for row in budget.rows if row.kind == "plain") == number(budget.rows[-1].cells[-1])
    assert budget.rows[-1].cells[-1] == full


def test_the_payment_profile_adds_up_to_the_price() -> None:
    """A contract paid late: what has not arrived by the end is a row of its own."""
    comparison = comparison_of("multi_service_charity")
    profile = table(library_paper("multi_service_charity"), "Payment profile")
    price = comparison.evaluation.cash.flows.price.sum(axis=(1, 2))
    for case in range(len(comparison.contracts)):
        column = [number(row.cells[case + 1]) for row in profile.rows]
        assert sum(column[:-1]) == column[-1]
        assert column[-1] == round(float(price[case]))
        assert column[-2] > 0


def test_grant_layout_ends_in_fundable_cost_and_price() -> None:
    comparison = comparison_of("family_support_hub")
    grant = table(library_paper("family_support_hub"), "Eligible expenditure under “annual rolled forward”, all")
    *parts, whole, price = grant.rows
    assert whole.cells[-1] == pounds(float(comparison.totals.fundable_cost[0]))
    assert price.cells[-1] == pounds(float(comparison.totals.price[0]))
    assert sum(number(row.cells[-1]) for row in parts) == number(whole.cells[-1])


def test_differences_below_the_threshold_are_counted() -> None:
    comparison = comparison_of("family_support_hub")
    chosen = Choices(annexes=("results",), materiality=3_120)
    small, every = (
        table(paper_of(comparison, choices), "“three-year indexed” beside")
        for choices in (chosen, replace(chosen, materiality=0))
    )
    counted = small.rows[-1]
    assert counted.cells[0] == "Results left out, which differ by less than £3,120"
    amounts = [row for row in every.rows if "£" in row.cells[3]]
    under = [row for row in amounts if abs(number(row.cells[3].replace("+", ""))) < 3_120]
    assert 0 < len(under) < len(amounts)
    assert counted.cells[3] == str(len(under))
    assert [row for row in every.rows if row not in under] == list(small.rows[:-1])


def test_terms_in_which_contracts_differ_are_listed_and_what_they_are_called_is_not() -> None:
    paper = paper_of(comparison_of("family_support_hub"), Choices(annexes=("results",)))
    found = table(paper, "Terms of “three-year indexed”")
    assert Row(("Term: length of the award", "12 months", "36 months")) in found.rows
    assert Row(("Movement: renewal uplift", "1% a year", "blank")) in found.rows
    assert not [row for row in found.rows if "preset" in row.cells[0].lower() or "description" in row.cells[0].lower()]


def changed(identifier: str, **values: object) -> Scenario:
    scenario, problems = load_library(identifier, values)
    assert scenario is not None, problems
    return scenario


def test_a_baseline_shows_what_was_entered_otherwise_and_what_it_does() -> None:
    other = changed(
        "family_support_hub",
        **{"services.1.posts.1.pay_point": None, "services.1.posts.1.salary": 31_234, "services.1.posts.1.fte": 0.5},
    )
    choices = Choices(annexes=("results",), baseline=scenario_of("family_support_hub"))
    paper = paper_of(compare(other), choices)
    entries = table(paper, "Entries that differ from the baseline scenario")
    told = " ".join(cell for row in entries.rows for cell in row.cells)
    assert "services.1.posts.1.fte" in told
    assert "31,234" in told
    assert any(found.caption.startswith("“annual rolled forward (") for found in tables(paper.sections))
    closed = paper_of(compare(other), replace(choices, open_book=True))
    entries = table(closed, "Entries that differ from the baseline scenario")
    told = " ".join(cell for row in entries.rows for cell in row.cells)
    assert "31,234" not in told
    assert "Withheld" in told


def test_a_baseline_of_another_kind_is_refused() -> None:
    with pytest.raises(ProblemsError, match="do not hold the same services"):
        refuse(Choices(baseline=scenario_of("short_breaks")), scenario_of("family_support_hub"))


@pytest.mark.parametrize(("salary", "expected"), [(25_000.0, "£25,000 to £29,999"), (24_999.99, "£20,000 to £24,999")])
def test_bands_of_pay(salary: float, expected: str) -> None:
    assert band(salary) == expected


@pytest.mark.parametrize("identifier", ["multi_service_charity", "family_support_hub", "sure_start_regional"])
def test_an_open_book_tells_no_pay(identifier: str) -> None:
    comparison = comparison_of(identifier)
    scenario = comparison.scenario
    paper = paper_of(comparison, Choices(annexes=("workforce", "results", "assumptions"), open_book=True))
    plain = paper_of(comparison, Choices(annexes=("workforce",)))
    homes: tuple[Service | Pool, ...] = (*scenario.services, *scenario.organisation.pools)
    salaries = [post.salary for home in homes for post in home.posts if post.salary is not None and post.salary % 5_000]
    text = " ".join([*cells(paper), *prose(paper)])
    told = [salary for salary in salaries if pounds(salary) in text]
    assert told == []
    assert not [
        found
        for found in tables(paper.sections)
        if found.caption.startswith("By post") and "Staff cost" in found.columns[-1]
    ]
    assert not any(", point " in cell for cell in cells(paper))
    assert paper.subtitle.startswith("Open-book")
    assert any("pay is shown in bands" in sentence for sentence in prose(paper))
    named = [
        cell for cell in cells(plain) if ", point " in cell or any(f", {pounds(each)}" in cell for each in salaries)
    ]
    assert named, "the report for the board tells it"


def test_only_what_is_chosen_is_in_it_and_what_always_holds() -> None:
    paper = paper_of(comparison_of("family_support_hub"), Choices(annexes=("cash",)))
    titles = [section.title for section in paper.sections if section.annex]
    assert titles == ["Annex A. Cash and reserves", f"Annex B. {ALWAYS}"]
    with pytest.raises(ProblemsError, match="there is no annex called nonsense"):
        paper_of(comparison_of("family_support_hub"), Choices(annexes=("nonsense",)))


def test_progress_is_told_and_can_stop_the_work() -> None:
    told: list[tuple[float, str]] = []
    paper_of(
        comparison_of("short_breaks"),
        Choices(annexes=("money", "cash")),
        lambda share, what: told.append((share, what)),
    )
    assert [what for _, what in told] == [ANNEXES["money"], ANNEXES["cash"], ALWAYS]
    assert [share for share, _ in told] == pytest.approx([0, 1 / 3, 2 / 3])

    def stop(_share: float, _what: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        paper_of(comparison_of("short_breaks"), Choices(), stop)


def test_control_characters_and_turned_directions_are_taken_out_everywhere() -> None:
    assert inert("a\x00b\u202ec\ufeffd\ud800e\uffff\nf") == "abcde\nf"
    inside = Section("t\x07", (Table("c\u202e", ("h\x1b",), (Row(("r\x00",)),)),))
    found = made_inert(Paper("p\x01", "s", (("f\x02", "v\x03"),), (inside,), "x\x04"))
    assert (found.title, found.facts, found.stamp) == ("p", (("f", "v"),), "x")
    assert list(every_section(found.sections)) == [(1, Section("t", (Table("c", ("h",), (Row(("r",)),)),)))]


def test_a_failed_check_stands_on_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    comparison = comparison_of("short_breaks")
    monkeypatch.setattr("funding_model.costing.checks.TOLERANCE", -1.0)
    paper = paper_of(comparison, Choices(annexes=()))
    assert any("do not use this report" in text for text in prose(paper))
