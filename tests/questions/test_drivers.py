"""The driver defence: hand-worked shares, the same cost shared in every way, and rules of funders."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from funding_model.problems import ProblemsError
from funding_model.questions.allocation import allocate_scenario
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.drivers import Record, drivers, drivers_rows
from funding_model.questions.notes import warnings
from funding_model.report.drivers import drivers_grids, drivers_sentences, drivers_text, overheads_chart
from funding_model.report.look import LIGHT
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.loading import load_text
from funding_model.scenario.scenario import Scenario
from tests.questions.small_scenarios import TEXT, compared, scenario
from tests.report.told import not_shown
from tests.strategies import scenarios

SHARED = {"organisation.pools.2.driver": "fte"}
RULE = {"funder": "Trust", "drivers": ["fte"], "source": "Grant conditions 2025, section 4", "reason": "Too coarse."}


def way(document: Record, method: str, driver: str | None = None, pool: str | None = None) -> dict[str, float]:
    """Return what every service and activity bears in one way of sharing."""
    wanted = (method, driver, pool)
    found = [each for each in document["ways"] if (each["method"], each["driver"], each["pool"]) == wanted]
    assert len(found) == 1
    return {each["name"]: each["overhead"] for each in (*found[0]["services"], *found[0]["other_activities"])}


def check_ways(comparison: Comparison, document: Record) -> None:
    """The same cost is shared in every way; the way chosen is that of the comparison; extremes are of the ways."""
    support = comparison.evaluation.planned.full.support
    pools = len(comparison.scenario.organisation.pools)
    shared = support.own_cost[0, :, :pools].sum()
    for each in document["ways"]:
        borne = [unit["overhead"] for unit in (*each["services"], *each["other_activities"])]
        assert math.fsum(borne) == pytest.approx(shared, rel=1e-9, abs=1e-6)
    assert sum(each["chosen"] for each in document["ways"]) >= 1
    chosen = support.overhead[0].sum(axis=-1)
    for place, service in enumerate(document["services"]):
        every = [each["services"][place]["overhead"] for each in document["ways"]]
        assert service["chosen"] == pytest.approx(chosen[place], rel=1e-9, abs=1e-6)
        assert (service["lowest"]["value"], service["highest"]["value"]) == (min(every), max(every))
        assert sum(year["chosen"] for year in service["years"]) == pytest.approx(service["chosen"], rel=1e-9, abs=1e-6)


def test_a_single_rate_on_fte_is_shared_by_fte() -> None:
    """All overheads over 3, 0.6 and 1.5 FTE of Family support, Training and the shop."""
    comparison = compared(SHARED)
    whole = comparison.evaluation.planned.full.support.own_cost[0, :, :2].sum()
    found = way(drivers(comparison), "single_rate", "fte")
    assert found == pytest.approx({
        "Family support": whole * 3 / 5.1,
        "Training": whole * 0.6 / 5.1,
        "Shop": whole * 1.5 / 5.1,
    })  # fmt: skip


def test_a_pool_by_another_driver_leaves_the_others_as_they_are() -> None:
    """The office's own cost by headcount (3, 1 and 2 heads) rather than by FTE, directly."""
    comparison = compared(SHARED | {"services.2.posts.1.headcount": 1})
    document = drivers(comparison)
    own = comparison.evaluation.planned.full.support.own_cost[0].sum(axis=0)
    before = way(document, "direct")
    without = {"services.2.posts.1.headcount": 1, "organisation.other_activities.1.driver_quantities.headcount": 2}
    document = drivers(compared(SHARED | without))
    after = way(document, "direct", "headcount", "Office")
    assert after["Family support"] - before["Family support"] == pytest.approx(own[0] * (3 / 6 - 3 / 5.1))
    assert after["Shop"] - before["Shop"] == pytest.approx(own[0] * (2 / 6 - 1.5 / 5.1))


def test_methods_with_the_drivers_chosen_are_those_of_allocate() -> None:
    document = drivers(compared(SHARED))
    own = compared(SHARED).evaluation.planned.full.support.own_cost[0, :, 2:].sum(axis=0)
    cases = allocate_scenario(scenario(SHARED))["cases"]
    for method in ("direct", "step_down", "reciprocal"):
        found = way(document, method)
        for place, name in enumerate(found):
            whole = sum(case["methods"][method]["result"][name] for case in cases)
            assert found[name] == pytest.approx(whole - own[place])


def test_a_driver_of_which_a_user_has_none_is_not_reasonable_and_says_whose_it_is() -> None:
    """The shop has no headcount; nobody but the services has floor area."""
    area = {"services.1.driver_quantities": {"floor_area": 40}, "services.2.driver_quantities": {"floor_area": 10}}
    pools = drivers(compared(SHARED | area))["pools"]
    assert pools[0]["reasonable"] == ["fte", "direct_cost", "accumulated_cost", "direct_staff_cost"]
    assert pools[0]["left_out"] == [
        {"driver": "headcount", "without": ["Shop"]},
        {"driver": "floor_area", "without": ["Shop"]},
    ]
    everyone = area | {"organisation.other_activities.1.driver_quantities": {"fte": 1.5, "floor_area": 50}}
    document = drivers(compared(SHARED | everyone))
    assert "floor_area" in document["pools"][1]["reasonable"]
    assert way(document, "step_down", "floor_area")["Shop"] == pytest.approx(
        sum(way(document, "step_down").values()) * 50 / 100
    )


def test_accumulated_cost_belongs_to_the_step_down_alone() -> None:
    document = drivers(compared())
    assert {each["method"] for each in document["ways"] if each["driver"] is None} == {"step_down"}
    assert sum("step-down only" in note["text"] for note in document["notes"]) == 2
    assert way(document, "direct", "fte", "Director")


def test_a_rule_of_a_funder_marks_what_it_rejects_and_warns_of_what_was_chosen() -> None:
    rules = {"organisation.funder_rules": [RULE | {"contracts": ["Three years"], "pools": ["Office"]}]}
    comparison = compared(rules)
    document = drivers(comparison)
    each_year, three_years = document["contracts"]
    assert (each_year["rules"], each_year["rejected"]) == (0, [])
    assert three_years["rejected"] == [
        {
            "funder": "Trust",
            "rejects": 'the driver "Full-time equivalents" of Office',
            "reason": "Too coarse.",
            "source": RULE["source"],
        }
    ]
    marked = {(each["method"], each["pool"], each["driver"]): each["rejected_by"] for each in document["ways"]}
    assert marked["step_down", None, None] == ["Trust"]
    assert marked["step_down", "Office", "direct_cost"] == []
    assert marked["single_rate", None, "fte"] == ["Trust"]
    warning = "Warning: under “Three years” “Trust” does not accept"
    assert any(text.startswith(warning) for text in drivers_sentences(document))
    alone = drivers(compare(scenario(rules), ["Each year"]))
    assert all(each["rejected_by"] == [] for each in alone["ways"])


def test_a_comparison_warns_of_the_way_chosen_too() -> None:
    def told(changes: dict[str, object]) -> list[str]:
        return [note.where for note in warnings(compared(changes)) if "does not accept" in note.text]

    assert told({}) == []
    assert told({"organisation.funder_rules": [RULE]}) == ["Each year", "Three years"]
    method = {"funder": "Trust", "methods": ["step_down"], "contracts": ["Each year"], "source": "Letter"}
    assert told({"organisation.funder_rules": [method]}) == ["Each year"]
    other = {"funder": "Trust", "methods": ["direct"], "drivers": ["headcount"], "source": "Letter"}
    assert told({"organisation.funder_rules": [other]}) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"funder": "Trust", "source": "Letter"}, "rejects nothing"),
        ({"funder": "Trust", "drivers": ["fte"]}, "Name the document"),
        (RULE | {"drivers": ["ft"]}, 'there is no driver called "ft"'),
        (RULE | {"pools": ["Ofice"]}, 'there is no support pool called "Ofice"; did you mean "Office"?'),
        (RULE | {"contracts": ["Two years"]}, 'there is no contract called "Two years"'),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule: dict[str, object], words: str) -> None:
    found, problems = load_text(TEXT, {"organisation.funder_rules": [rule]})
    assert found is None
    assert words in " ".join(map(str, problems))


def test_rationale_and_its_absence_are_told() -> None:
    found = " ".join(drivers_sentences(drivers(compared({"organisation.pools.1.rationale": "Desks."}))))
    assert "“Office” is shared by full-time equivalents: “Desks”." in found
    assert "“Director” is shared by all cost so far in a step-down, and no reason for it is written down." in found


@pytest.mark.parametrize("identifier", library_ids())
def test_every_way_shares_the_same_cost_and_is_told_in_its_own_numbers(identifier: str) -> None:
    entered, _ = load_library(identifier)
    assert entered is not None
    comparison = compare(entered)
    document = drivers(comparison)
    check_ways(comparison, document)
    assert not_shown(drivers_sentences(document), drivers_grids(document)) == []
    assert max(map(len, drivers_text(document).splitlines())) <= 100
    assert overheads_chart(document, LIGHT).to_dict()["description"].startswith("Bar chart. Overhead")


@settings(max_examples=30)
@given(entered=scenarios())
def test_any_scenarios_ways_share_the_same_cost(entered: Scenario) -> None:
    try:
        comparison = compare(entered)
    except ProblemsError:
        return
    document = drivers(comparison)
    check_ways(comparison, document)
    assert not_shown(drivers_sentences(document), drivers_grids(document)) == []
    units = len(entered.services) + len(entered.organisation.other_activities)
    years = len(comparison.prepared.dates.year_labels())
    assert len(drivers_rows(document)) == len(document["ways"]) * units * (years + 1)
