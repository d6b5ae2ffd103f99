"""Explanations: every figure of every tree is what its operation makes of its parts, down to what was typed."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from funding_model.problems import ProblemsError
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.document import as_document, csv_text
from funding_model.questions.explain import FIGURES, Case, Node, explain, explain_in
from funding_model.questions.explain.document import Asked, as_csv, numbered
from funding_model.questions.explain.document import as_document as explanation
from funding_model.questions.explain.node import LEAVES, OPERATIONS, OPERATIONS_IN_WORDS
from funding_model.scenario.assumptions import Assumption
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.scenario import Scenario
from tests.costing.generated import compared as compared_generated
from tests.costing.generated import examples
from tests.questions.small_scenarios import compared
from tests.strategies import scenarios

BILLIONTH = 1e-9
SMALLEST = {"pounds": 1e-6, "people": BILLIONTH, "weeks": BILLIONTH, "person-months": BILLIONTH}
"""Differences that are rounding in sums of large amounts, by the first word of the unit."""
LARGE = ("sure_start_regional",)
"""Scenarios of which only some services are worked out again to the last figure."""


def figures_of(root: Node, seen: dict[int, Node]) -> Iterator[Node]:
    """Yield every figure of a tree that was not seen before."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen[id(node)] = node
            yield node
            waiting += node.parts


def untrue(node: Node) -> str:
    """Say how a figure differs from what its operation makes of its parts; nothing when it does not."""
    found = node.recomputed()
    if node.value is None or found is None:
        return "" if node.value is found else f"{node.label}: {node.value} against {found}"
    scale = max(abs(node.value), *(abs(part.value or 0.0) for part in node.parts), 0.0)
    allowed = max(BILLIONTH * scale, SMALLEST.get(node.unit.split(" ")[0], 0.0), 1e-15)
    return "" if abs(found - node.value) <= allowed else f"{node.label}: {node.value} against {found}, {node.operation}"


def check_true(case: Case, services: list[str | None] | None = None) -> None:
    seen: dict[int, Node] = {}
    for figure in FIGURES.values():
        for service in services or [None]:
            if service is not None and "service" not in figure.takes:
                continue
            root = explain_in(case, figure.name, service)
            wrong = [told for node in figures_of(root, seen) if (told := untrue(node))]
            assert not wrong, (figure.name, wrong[:3])


# True


def test_every_figure_of_the_small_scenario_is_true() -> None:
    comparison = compared()
    for contract in comparison.contracts:
        check_true(Case(comparison, contract))


@pytest.mark.parametrize("identifier", [each for each in library_ids() if each not in LARGE])
def test_every_figure_of_the_library_is_true(identifier: str) -> None:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    comparison = compare(scenario)
    for contract in comparison.contracts:
        check_true(Case(comparison, contract))


@pytest.mark.parametrize("identifier", LARGE)
def test_every_figure_of_a_service_of_a_large_plan_is_true(identifier: str) -> None:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    comparison = compare(scenario)
    check_true(Case(comparison, comparison.contracts[1]), [scenario.services[4].name])


SETTINGS: dict[str, dict[str, Any]] = {
    "everything is felt": {
        "assumptions.extra_turnover_when_insecure": 0.2,
        "assumptions.freeze_months": 4,
        "assumptions.close_intake_months": 5,
        "assumptions.open_at_risk": 0.3,
        "assumptions.pause_share": 0.4,
        "assumptions.cover_share": 0.5,
        "assumptions.cover_premium": 0.2,
        "assumptions.induction_months": 2.5,
        "assumptions.induction_productivity": 0.4,
        "assumptions.most_starts_a_month": 5,
        "assumptions.gives_up_a_month": 0.1,
        "contracts.2.award.break_credibility": 0.4,
        "contracts.2.award.break_probability": 0.1,
    },
    "bought in, with exits": {
        "assumptions.done_by": "bought_in",
        "assumptions.letter_hours": 20,
        "assumptions.bid_hours": 80,
        "assumptions.bid_external": 5_000,
        "assumptions.notice_hours_per_head": 3,
        "assumptions.funder_hour_value": 40,
        "assumptions.letter_hours_funder": 6,
        "assumptions.redeployed": 0.25,
        "assumptions.pension_cessation_exposure": 10_000,
        "contracts.1.award.competed": True,
        "contracts.1.award.competition_saving": 0.02,
        "contracts.1.flexibility": {"chance_of_change": 0.1, "repurposable": 0.4, "variation_hours": 8},
        "services.1.lines": [
            {"name": "Closing", "amount": 4_000, "kind": "exit", "per": "once"},
            {"name": "Kits", "amount": 30, "per": "person_starting", "vat_rate": 0.2, "eligible": False},
            {"name": "Licences", "amount": 500, "per": "delivery_fte", "index": "own_rate", "own_rate": 0.04},
        ],
    },
    "volume, carried, narrow": {
        "contracts.1.payment": {"basis": "volume"},
        "contracts.2.payment": {"underspend": "carried"},
        "contracts.2.price": {
            "overhead_rule": "modified_base",
            "overhead_rate": 0.2,
            "base_exclusions": ["travel"],
            "recognises": ["recruitment", "monitoring", "closing_costs"],
            "increments_recognised": False,
            "establishment": "award_year",
            "dated_factors": [{"financial_year": "2027-28", "factor": 0.95, "of": "last_year"}],
        },
        "contracts.2.movement": {"within_award": "basket", "pay_weight": 0.6, "cap": 0.02, "floor": 0.0},
        "services.1.planned_changes": [{"start": "2027-10", "volume": 1.5}],
    },
    "turning out otherwise": {
        "assumptions.pay_award.outturn_added": 0.015,
        "assumptions.cpi.outturn_added": -0.005,
        "assumptions.cpi.by_year": {"2027-28": 0.05},
        "assumptions.pay_award.added": 0.002,
        "contracts.2.movement.within_award": "forecast",
        "contracts.2.price.recognises": ["recruitment", "monitoring"],
        "services.1.posts.1.prices_of": "2024-05",
        "services.1.lines.1.prices_of": "2023-05",
    },
    "reciprocal": {
        "organisation.allocation_method": "reciprocal",
        "organisation.pools.2.driver": "direct_staff_cost",
        "organisation.employment_allowance_claimed": True,
    },
    "single rate": {"organisation.allocation_method": "single_rate", "organisation.pools.2.driver": "fte"},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_every_figure_is_true_where_rare_things_are_entered(name: str) -> None:
    comparison = compared(SETTINGS[name])
    for contract in comparison.contracts:
        check_true(Case(comparison, contract))


@examples(10)
@given(scenarios(longest=3))
def test_every_figure_of_any_scenario_is_true(entered: Scenario) -> None:
    comparison = compared_generated(entered)
    check_true(Case(comparison, comparison.contracts[0]))


# The same figures as are printed


def test_every_result_that_is_printed_can_be_explained_and_is_the_same() -> None:
    comparison = compared()
    cases = {contract: Case(comparison, contract) for contract in comparison.contracts}
    rows = list(csv.DictReader(io.StringIO(csv_text([as_document(comparison)]))))
    assert rows
    for row in rows:
        if row["measure"] == "cash_minimum":  # entered, and not worked out
            continue
        place = (row["measure"], row["service"] or None, row["year"] or None)
        found = explain_in(cases[row["contract"]], *place)
        assert found.value == pytest.approx(float(row["value"]), rel=1e-9, abs=1e-6), place


def test_totals_reserves_and_hours_are_the_same() -> None:
    comparison = compared({"assumptions.letter_hours": 12, "assumptions.letter_hours_funder": 5})
    for contract in as_document(comparison)["contracts"]:
        case = Case(comparison, contract["name"])
        reserves = contract["cash"]["reserves"]
        assert explain_in(case, "free_reserves").value == pytest.approx(reserves["closing"])
        for year in reserves["years"]:
            assert explain_in(case, "free_reserves", year=year["year"]).value == pytest.approx(year["free_reserves"])
            assert explain_in(case, "reserves_policy", year=year["year"]).value == pytest.approx(year["policy"])
        for what, hours in contract["hours"]["provider"].items():
            assert explain_in(case, f"hours_{what}").value == pytest.approx(hours)
        for what, hours in contract["hours"]["funder"].items():
            assert explain_in(case, f"hours_funder_{what}").value == pytest.approx(hours)
        assert explain_in(case, "hours_provider_value").value == pytest.approx(contract["hours"]["provider_value"])
        assert explain_in(case, "weeks_lost").value == pytest.approx(sum(contract["families"]["weeks_lost"].values()))
        for at in contract["staff"]["secure_post_months_share_at"]:
            for clause in ("counted", "disregarded"):
                name = f"secure_post_months_share_at_{at['months']}_break_clause_{clause}"
                assert explain_in(case, name).value == pytest.approx(at[f"break_clause_{clause}"])


def test_a_figure_that_does_not_apply_is_blank() -> None:
    comparison = compared({"services.1.people": None, "organisation.borrowing_rate": None})
    contract = comparison.contracts[0]
    for figure in ("cost_per_person", "cost_per_place", "cash_notional_financing"):
        assert explain(comparison, contract, figure).value is None
    assert explain(comparison, contract, "people_starting_support").value == 0


# Where it comes from


def at(scenario: Scenario, where: str) -> object:
    """Return what stands at a place of a scenario, its lists numbered from 1."""
    found: object = scenario
    for step in where.split("."):
        if isinstance(found, tuple):
            found = found[int(step) - 1]
        elif isinstance(found, dict):
            found = found[step]
        else:
            found = getattr(found, step)
    return found.value if isinstance(found, Assumption) else found


def leaves(comparison: Comparison) -> Iterator[Node]:
    for contract in comparison.contracts:
        case = Case(comparison, contract)
        seen: dict[int, Node] = {}
        for figure in FIGURES:
            yield from (node for node in figures_of(explain_in(case, figure), seen) if not node.parts)


def test_what_was_typed_is_what_stands_at_its_place() -> None:
    comparison = compared(SETTINGS["bought in, with exits"])
    checked = set()
    for node in leaves(comparison):
        entry = node.entry
        if entry is None or entry.status in ("calendar", "constant") or not entry.where or node.stage != "entered":
            continue
        try:
            stands = at(comparison.scenario, entry.where)
        except (AttributeError, KeyError, IndexError, ValueError):
            continue
        if isinstance(stands, int | float) and not isinstance(stands, bool):
            checked.add(entry.where)
            assert node.value == pytest.approx(stands), entry.where
    assert {"services.1.posts.1.salary", "organisation.pools.1.lines.1.amount", "assumptions.secure_months"} <= checked
    assert {"contracts.1.award.renewal_probability", "contracts.1.movement.renewal_uplift"} <= checked
    assert len(checked) > 30


def test_every_end_of_a_tree_says_where_it_comes_from() -> None:
    for node in leaves(compared(SETTINGS["everything is felt"])):
        if node.operation == "given":
            entry = node.entry
            assert entry is not None
            assert entry.status in {
                "yours", "published", "default", "example", "no evidence", "terms", "calendar", "constant",
            }  # fmt: skip
            if node.stage == "reference" or node.formula.startswith("The default"):
                assert entry.where
                assert entry.source or entry.rationale, node.label
                assert entry.confidence, node.label
        elif node.operation in LEAVES:
            assert node.formula, node.label
        else:
            assert node.value == (node.operation == "product"), node.label  # of nothing


def test_what_is_taken_as_its_stage_gives_it_is_little() -> None:
    """Trees stop short of what was typed at these figures only."""
    comparison = compared(SETTINGS["bought in, with exits"])
    stopped = {node.label.split(",")[0] for node in leaves(comparison) if node.operation == "stage"}
    assert {each for each in stopped if not each.startswith("Lowest cash if ")} <= {
        "Redundancy", "Notice", "Protective notices", "Unpaid months", "Stranded overhead", "Rest of the organisation",
        "Costs of which no money leaves the bank", "Surplus of other activities so far", "Spending a month",
        "Cost waiting for payment x months", "Cost that restricted income has not met",
    }  # fmt: skip


# Operations


def test_every_operation_has_words() -> None:
    assert set(OPERATIONS_IN_WORDS) == {*OPERATIONS, *LEAVES}


def test_operations_worked_by_hand() -> None:
    assert OPERATIONS["difference"]([10.0, 3.0, 2.0]) == 5
    assert OPERATIONS["quotient"]([10.0, 4.0]) == 2.5
    assert OPERATIONS["quotient"]([10.0, 0.0]) is None
    assert (OPERATIONS["share"]([1.0, 0.0]), OPERATIONS["ratio"]([1.0, 0.0])) == (0.0, 1.0)
    assert OPERATIONS["between"]([0.5, 1.0, 2.0]) == 1.0
    assert (OPERATIONS["below"]([1.0, 2.0]), OPERATIONS["below"]([2.0, 2.0])) == (1.0, 0.0)
    settled, gone = 0.25, math.exp(-0.4)  # l = 0.1, q = 0.3: a quarter stands empty in the long run
    assert OPERATIONS["vacant_end"]([1.0, 0.1, 0.3]) == pytest.approx(settled + 0.75 * gone)
    assert OPERATIONS["vacant_mean"]([1.0, 0.1, 0.3]) == pytest.approx(settled + 0.75 * (1 - gone) / 0.4)
    assert OPERATIONS["vacant_mean"]([0.3, 0.0, 0.0]) == OPERATIONS["vacant_end"]([0.3, 0.0, 0.0]) == 0.3


# What is refused, and data


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        (("Ten years", "price"), "contract"),
        (("Each year", "profit"), "figure"),
        (("Each year", "price", "Cooking"), "service"),
        (("Each year", "price", None, "1999-00"), "year"),
        (("Each year", "cash_lowest", "Training"), "service"),
        (("Each year", "waiting_at_end", None, "2026-27"), "year"),
    ],
)
def test_what_is_unknown_is_refused(asked: tuple[str, ...], where: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        explain(compared(), *asked)
    assert [problem.where for problem in caught.value.problems] == [where]


def test_a_document_names_every_figure_once_and_its_parts_by_number() -> None:
    comparison = compared()
    root = explain(comparison, "Each year", "full_cost", "Training", "2026-27")
    document = explanation(comparison, Asked("Each year", "full_cost", "Training", "2026-27"), root)
    nodes = document["nodes"]
    assert [node["number"] for node in nodes] == list(range(len(nodes)))
    assert nodes[0]["value"] == document["value"] == root.value
    for node in nodes:
        if node["operation"] in OPERATIONS and node["parts"]:
            values = [nodes[part]["value"] for part in node["parts"]]
            assert OPERATIONS[node["operation"]](values) == pytest.approx(node["value"], abs=1e-6)
    assert len(list(csv.DictReader(io.StringIO(as_csv(root))))) == len(nodes)


def test_levels_below_those_asked_for_are_left_out() -> None:
    root = explain(compared(), "Each year", "full_cost")
    shallow = numbered(root, 1)
    assert {each.depth for each in shallow} == {0, 1}
    assert all(each.cut == bool(each.node.parts) for each in shallow if each.depth == 1)
    assert len(numbered(root)) > len(shallow)


def test_a_tree_that_is_too_large_is_refused_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funding_model.questions.explain.document.MOST_NODES", 50)
    with pytest.raises(ProblemsError) as caught:
        numbered(explain(compared(), "Each year", "surplus"))
    assert "--depth" in caught.value.problems[0].remedy
